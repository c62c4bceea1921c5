"""Made-up requests by Schemathesis. Only the tests that make some import it: that takes a second."""

from copy import deepcopy
from typing import NamedTuple

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core import NotSet
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support import things

# Left out, because the contract says otherwise: unknown keys, parameters and methods of writing a value are accepted
# (negative_data_rejection), and a rule may refuse what fits its schema (positive_data_acceptance).
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
_BY_NOBODY = 3  # of each operation
QUIET = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.explicit, Phase.generate],
}
PARTS = ("method", "path_parameters", "headers", "cookies", "query", "body", "media_type", "multipart_content_types")
_made: dict[tuple[str, int], list[dict]] = {}


class Answered(NamedTuple):
    """The statuses of what nobody may ask without a client token: asked with one, and by nobody."""

    with_token: list[int]
    without: list[int]


def fuzzed(app, world, shop, token: str, examples: int) -> Answered:
    """Every operation with this many made-up requests, half of the references in them pointing at real things; some of them
    are sent without the token first."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    headers = dict.fromkeys(("Authorization", "X-Client-Authorization"), token)
    in_club = things.of_club(world.acme)
    real = (
        things.of_loyalty(world.acme)
        | things.of_coupons(world.acme)
        | {
            "club_slug": world.acme.partner.slug,
            "catalog_id": shop.catalog["id"],
            "offer_id": shop.offer["id"],
            "landing_id": shop.landing["id"],
            "deal_id": "order-1",
            "partner_id": world.acme.id,
            "kind": "any",
            "thing_id": "order-1",
        }
    )
    answered = Answered([], [])

    def ask(case, is_first: bool) -> None:
        named = real | (in_club if case.operation.path.startswith("/api/v3") else {})
        for name in case.path_parameters or {}:
            if len(str(case.path_parameters[name])) % 2:
                case.path_parameters[name] = named[name]
        if isinstance(case.body, dict) and "catalog_id" in case.body:
            case.body["catalog_id"] = shop.catalog["catalog_id"]
        is_guarded = all(case.operation.definition.raw.get("security", [{}]))
        if is_first:
            send(case, {}, answered.without if is_guarded else [])
        send(case, headers, answered.with_token if is_guarded else [])

    for result in schema.get_all_operations():
        for number, case in enumerate(made_up(result.ok(), examples)):
            ask(case, number < _BY_NOBODY)
    return answered


def made_up(operation, examples: int) -> list:
    """So many requests of an operation. To make them up takes longer than to send them: they are kept for the other engine."""
    key = operation.label, examples
    if key not in _made:
        _made[key] = []

        @settings(max_examples=examples, derandomize=True, **QUIET)
        def keep(case):
            parts = {name: getattr(case, name) for name in PARTS}
            _made[key].append({name: part for name, part in parts.items() if not isinstance(part, NotSet)})

        given(case=operation.as_strategy())(keep)()
    return [operation.Case(**deepcopy(parts)) for parts in _made[key]]


def send(case, headers: dict[str, str], answered: list[int]) -> None:
    """Send it, and hold the answer against the description."""
    response = case.call(headers=headers)
    answered.append(response.status_code)
    case.validate_response(response, checks=CHECKS)
