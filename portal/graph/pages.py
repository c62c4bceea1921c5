"""The graph on pages: what a thing comes from and what it leads to, as a part of each thing's page and as a page of its own."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from flask import g, render_template, request, url_for

from portal import clock
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.errors import NotFound
from portal.domain.graph import graph
from portal.domain.graph.graph import Reader
from portal.domain.graph.ways import FROM, GRAPH, Found, Way
from portal.domain.sentences import say
from portal.graph import addresses
from portal.web.addresses import row_id, with_arguments

_MOST, _MOST_ON_PAGE = 5, 50
_WAY = attrgetter("way")


# What each kind is drawn as, as in the menu where it stands there.
ICONS = {
    "catalog": "library", "offer": "tag", "landing": "globe", "promotion": "users", "promo_code": "ticket-percent",
    "click": "mouse-pointer-click", "deal": "handshake", "reward": "coins", "cancellation": "ban", "refund": "receipt",
    "payout": "banknote", "coupon_batch": "boxes", "coupon": "ticket", "coupon_assignment": "calendar-check",
    "ticketed_event": "calendar-days", "reservation": "hourglass", "coupon_use": "scan-line", "member": "user",
    "card_template": "palette", "card": "credit-card", "card_operation": "activity", "push": "send",
    "member_offer": "gift", "offer_use": "smartphone", "collection": "layers", "feed_listing": "rss",
}  # fmt: skip


class Shown(NamedTuple):
    """A thing in words: what it is and is drawn as, what it is called, how it stands (the word of the wire, and in words), and the
    page to go to: its own, or else that of its links."""

    word: str
    icon: str
    name: str
    standing: str | None
    state: str | None
    at: datetime | None
    url: str


class Group(NamedTuple):
    """What a thing has at the end of one way: some of it, how much more there is, and where all of it is."""

    heading: str
    is_origin: bool
    things: list[Shown]
    more: int
    url: str


def show(kind: str, thing_id: str):
    """A thing with what it comes from and what it leads to; all of one relation where the address names one."""
    reader = Reader(g.partner.id, frozenset(PERMITS))
    thing = _found(reader, kind, thing_id)
    way = GRAPH.way(thing.kind, request.args.get("relation", ""))
    if way is not None:
        return _of_way(reader, thing, way)
    if request.args.get("all"):
        return _chain(reader, thing)
    found, more = graph.links(reader, thing, _MOST)
    by_way = groupby(sorted(found, key=_WAY), _WAY)
    groups = [_group(thing, GRAPH.ways[number], list(its), more) for number, its in by_way]
    return render_template(
        "graph/show.html",
        thing=_shown(thing),
        page=addresses.page(thing),
        groups=groups,
        most=graph.MOST_COUNTED,
        whole=_address(thing, all=1),
    )


def _found(reader: Reader, kind: str, thing_id: str) -> Found:
    known = graph.kind_of(kind)
    if known is None:
        raise NotFound(say("thing"))
    return graph.find(reader, known, thing_id)[0]


def _chain(reader: Reader, thing: Found) -> str:
    """All that hangs on the thing, in the order in which it came about."""
    chain = graph.chain(reader, thing)
    steps = sorted(chain.steps, key=lambda step: (step.thing.at or 0, step.distance))
    return render_template(
        "graph/chain.html",
        thing=_shown(thing),
        links=_address(thing),
        things=[(_shown(step.thing), step.distance == 0) for step in steps],
        is_cut=chain.is_cut,
    )


def _of_way(reader: Reader, thing: Found, way: Way) -> str:
    after, then = (request.args.get(name, type=row_id) for name in ("after", "then"))
    found = graph.going_on(reader, thing, way, None if after is None else (after, then or 0), _MOST_ON_PAGE)
    shown, is_last = found[:_MOST_ON_PAGE], len(found) <= _MOST_ON_PAGE
    older = None if is_last else with_arguments(after=shown[-1].place_1, then=shown[-1].place_2)
    return render_template(
        "graph/relation.html",
        thing=_shown(thing),
        all_of_it=_address(thing),
        heading=way.heading,
        things=list(map(_shown, shown)),
        older=older,
    )


def _group(thing: Found, way: Way, its: Sequence[Found], more: dict[str, int]) -> Group:
    url = _address(thing, relation=way.relation)
    return Group(way.heading, way.direction == FROM, list(map(_shown, its)), more.get(way.relation, 0), url)


def _shown(found: Found) -> Shown:
    node = GRAPH.nodes[found.kind]
    url = addresses.page(found) if found.page_kind.replace(" ", "_") == found.kind else None
    state = node.states.get(found.state or "")
    at = None if found.at is None else clock.from_micros(found.at)
    return Shown(node.word, ICONS[found.kind], addresses.name(found), found.state, state, at, url or _address(found))


def _address(found: Found, **more) -> str:
    return url_for("graph.show", kind=found.kind, thing_id=found.key, **more)
