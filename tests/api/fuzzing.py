"""Made-up requests by Schemathesis. Only the tests that make some import it: that takes a second."""

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
QUIET = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.explicit, Phase.generate],
}


def fuzzed(app, world, shop, token: str | None, examples: int) -> list[int]:
    """Every operation with this many made-up requests, half of the references in them pointing at real things: what those answered
    that nobody may ask without a client token."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    headers = dict.fromkeys(("Authorization", "X-Client-Authorization"), token) if token else {}
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
    answered: list[int] = []
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(max_examples=examples, derandomize=True, **QUIET)
        def check(case):
            named = real | (in_club if case.operation.path.startswith("/api/v3") else {})
            for name in case.path_parameters or {}:
                if len(str(case.path_parameters[name])) % 2:
                    case.path_parameters[name] = named[name]
            if isinstance(case.body, dict) and "catalog_id" in case.body:
                case.body["catalog_id"] = shop.catalog["catalog_id"]
            response = case.call(headers=headers)
            if all(case.operation.definition.raw.get("security", [{}])):
                answered.append(response.status_code)
            case.validate_response(response, checks=CHECKS)

        given(case=operation.as_strategy())(check)()
    return answered
