"""Made-up requests by Schemathesis. Only the tests that make some import it: that takes a second."""

import itertools
from typing import NamedTuple

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
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
        make_up(result.ok(), examples, ask)
    return answered


def make_up(operation, examples: int, ask) -> None:
    """So many requests of an operation."""
    made = itertools.count()

    @settings(max_examples=examples, derandomize=True, **QUIET)
    def check(case):
        ask(case, next(made) < _BY_NOBODY)

    given(case=operation.as_strategy())(check)()


def send(case, headers: dict[str, str], answered: list[int]) -> None:
    """Send it, and hold the answer against the description."""
    response = case.call(headers=headers)
    answered.append(response.status_code)
    case.validate_response(response, checks=CHECKS)
