"""The filters of the log: read from the address, and shown as chips. What cannot be read is left out."""

from flask import g, request

from portal.domain.events import history, things, timeline
from portal.domain.events.history import Filter
from portal.domain.events.kinds import KINDS, types_of
from portal.domain.events.types import TYPES
from portal.domain.sentences import say
from portal.web import addresses, date_ranges

_LABELS = {
    "q": say("Search"),
    "who": say("Who"),
    "kind": say("Kind"),
    "type": say("What"),
    "of": say("Of"),
}
_ASKED = (*_LABELS, *date_ranges.PARAMETERS)


def read(people: list[tuple[str, str]]) -> tuple[Filter, dict]:
    """The filter of this request, and what of it was understood, as it is written in addresses; its days under "range".

    Under "titles" are the words for what has others in the address. `of` is a thing and its id: "catalog:…".
    """
    given = {name: request.args.get(name, "").strip()[:100] for name in _LABELS}
    titles = {
        "q": given["q"],
        "who": _who(given["who"], people),
        "kind": KINDS[given["kind"]].label if given["kind"] in KINDS else "",
        "type": _what(given["type"], given["kind"]),
        "of": _thing(*_parted(given["of"])),
    }
    dates = date_ranges.asked()
    asked: dict = {name: given[name] if title else "" for name, title in titles.items()}
    asked |= {"range": dates, "titles": titles}
    return Filter(asked["who"], _types(asked), *_parted(asked["of"]), dates.since, dates.until), asked


def query(asked: dict) -> dict[str, str]:
    """The filters in use, for another address about the same events."""
    return {name: value for name, value in {**asked, **asked["range"].query}.items() if name in _ASKED and value}


def chips(asked: dict) -> list[tuple[str, str]]:
    """Each filter in use in words, with the address without it."""
    return addresses.chips(_LABELS, asked["titles"]) + date_ranges.chips(asked["range"])


def _who(actor: str, people: list[tuple[str, str]]) -> str | None:
    """Their name, of somebody of the team or who once was; no other's."""
    known = dict(people)
    if not actor or actor in known or not history.is_actor(g.partner.id, actor):
        return known.get(actor)
    return timeline.names({actor}).get(actor, actor)


def _what(one: str, kind: str) -> str | None:
    """A type of event in words, unless it is of another kind than the chosen one."""
    return TYPES.get(one) if kind not in KINDS or one in types_of(kind) else None


def _types(asked: dict) -> tuple[str, ...]:
    if asked["type"]:
        return (asked["type"],)
    return types_of(asked["kind"]) if asked["kind"] else ()


def _parted(of: str) -> tuple[str, str]:
    thing, _, thing_id = of.partition(":")
    return thing, thing_id


def _thing(thing: str, thing_id: str) -> str | None:
    """What the partner's thing is called."""
    called = things.called(g.partner.id, [(thing, thing_id)]) if thing and thing_id else {}
    found = called.get((thing, thing_id))
    return found and f"{thing} {found.name}"
