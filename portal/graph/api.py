"""The graph over JSON."""

from flask import current_app

from portal.api import codes
from portal.api.errors import ApiError
from portal.api.paging import place
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.errors import Invalid, NotFound
from portal.domain.graph import graph
from portal.domain.graph.graph import ANY, Reader
from portal.domain.graph.ways import GRAPH, Found, Way
from portal.domain.sentences import say
from portal.graph import wire
from portal.graph.schemas import GraphQuery


def show(caller: Credential, kind: str, thing_id: str, query: GraphQuery) -> dict:
    """A thing of the token's partner with what it comes from and what it leads to, as far as the token's permits let it be read.

    `kind` is the thing's, or `any`: then whatever the id means is told, and the whole chain that hangs on it. An id is taken in
    any notation that people use: a UUID, the number of a card with dashes or without, a code, an order's id, a number.
    """
    reader = Reader(caller.partner_id, caller.permits)
    known = _kind(reader, kind)
    for settle in current_app.extensions["settles"]:
        settle(caller.partner_id)  # What is about to be told stands as its moment has decided.
    thing, *others = graph.find(reader, known, thing_id)
    if query.relation is not None:
        return _answer(thing, **_page(reader, thing, query))
    if query.after is not None:
        raise Invalid("after", say("Send `relation` as well: a page is of one relation."))
    answer = _answer(thing, **_links(reader, thing, query.limit))
    if known == ANY:
        answer["others"] = [wire.thing(one) for one in others]
        answer["chain"] = wire.chain(graph.chain(reader, thing))
    return answer


def _kind(reader: Reader, text: str) -> str:
    kind = graph.kind_of(text)
    if kind is None:
        raise NotFound(say("thing"))
    if kind != ANY and not reader.may(kind):
        permits = " or ".join(sorted(GRAPH.nodes[kind].permits))
        raise ApiError(
            codes.PERMIT_MISSING, f"This token lacks the permit {permits}. Add it to the token in the portal."
        )
    return kind


def _answer(thing: Found, links: list[dict], more: dict[str, int], following: str | None = None) -> dict:
    return {"thing": wire.thing(thing), "links": links, "more": more, "next": following, "others": [], "chain": None}


def _links(reader: Reader, thing: Found, most: int) -> dict:
    """The latest of each relation, and of those that have more, how many."""
    shown, more = graph.links(reader, thing, most)
    return {"links": wire.links(shown), "more": more}


def _page(reader: Reader, thing: Found, query: GraphQuery) -> dict:
    """A page of one relation."""
    way = _way(thing, query.relation or "")
    after = None if query.after is None else place(query.after, len(way.places), "after")
    found = graph.going_on(reader, thing, way, after, query.limit)
    shown, is_last = found[: query.limit], len(found) <= query.limit
    return {"links": wire.links(shown), "more": {}, "following": None if is_last else wire.place(shown[-1])}


def _way(thing: Found, relation: str) -> Way:
    way = GRAPH.way(thing.kind, relation)
    if way is None:
        every = ", ".join(way.relation for way in GRAPH.of_kind[thing.kind])
        raise Invalid("relation", say("Send one of {relations}.", relations=every))
    return way
