"""Things and links as the API tells them."""

from collections.abc import Iterable

from flask import current_app

from portal.api.fields import cursor_after
from portal.api.moments import moment
from portal.domain.graph.graph import Chain, Step
from portal.domain.graph.ways import GRAPH, Found, Way
from portal.graph import addresses


def thing(found: Found) -> dict:
    """A GraphThing."""
    page = addresses.page(found)
    return {
        "kind": found.kind,
        "id": found.key,
        "name": str(addresses.name(found)),
        "state": found.state,
        "at": moment(found.at),
        "url": page and current_app.config["SETTINGS"].public_url + page,
    }


def links(found: Iterable[Found]) -> list[dict]:
    """GraphLinks."""
    return [thing(one) | _tie(GRAPH.ways[one.way]) for one in found]


def place(found: Found) -> str:
    """Where a page that begins after this link begins."""
    places = (found.place_1, found.place_2)[: len(GRAPH.ways[found.way].places)]
    return cursor_after(*places)


def chain(whole: Chain) -> dict:
    """A GraphChain."""
    return {"things": [_step(step, whole.steps) for step in whole.steps], "is_cut": whole.is_cut}


def _step(step: Step, steps: list[Step]) -> dict:
    by = None
    if step.of is not None and step.way is not None:
        other = steps[step.of].thing
        by = {"kind": other.kind, "id": other.key} | _tie(step.way)
    return thing(step.thing) | {"distance": step.distance, "by": by}


def _tie(way: Way) -> dict:
    return {"relation": way.relation, "direction": way.direction}
