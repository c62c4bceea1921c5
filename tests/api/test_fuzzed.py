"""Schemathesis over the served description: no 5xx, and no answer outside it, with a token and without."""

import pytest

schemathesis = pytest.importorskip("schemathesis", reason="part of the development requirements")
from hypothesis import HealthCheck, Phase, given, settings  # noqa: E402
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

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


def fuzzed(app, shop, token: str | None, examples: int) -> list[int]:
    """Every operation with this many made-up requests, half of the references in them pointing at real things."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    headers = {"Authorization": token} if token else {}
    real = {
        "catalog_id": shop.catalog["id"],
        "offer_id": shop.offer["id"],
        "landing_id": shop.landing["id"],
        "deal_id": "order-1",
    }
    answered: list[int] = []
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(max_examples=examples, derandomize=True, **QUIET)
        def check(case):
            for name in case.path_parameters or {}:
                if len(str(case.path_parameters[name])) % 2:
                    case.path_parameters[name] = real[name]
            if isinstance(case.body, dict) and "catalog_id" in case.body:
                case.body["catalog_id"] = shop.catalog["catalog_id"]
            response = case.call(headers=headers)
            answered.append(response.status_code)
            case.validate_response(response, checks=CHECKS)

        given(case=operation.as_strategy())(check)()
    return answered


def test_made_up_requests_never_break_the_portal(app, shop, api):
    shop.report()
    answered = fuzzed(app, shop, api.token, 12)
    assert len(answered) > 100
    assert {200, 400, 404} <= set(answered)


def test_made_up_requests_without_a_token_are_refused_as_described(app, shop):
    assert set(fuzzed(app, shop, None, 3)) == {401}


@pytest.mark.long
def test_made_up_requests_never_break_the_portal_at_length(app, shop, api):
    shop.report()
    fuzzed(app, shop, api.token, 400)
