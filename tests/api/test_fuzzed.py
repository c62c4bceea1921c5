"""Schemathesis over the served description: no 5xx, and no answer outside it, with a token and without."""

import pytest


@pytest.fixture
def fuzzed():
    from tests.api.fuzzing import fuzzed

    return fuzzed


def test_made_up_requests_never_break_the_portal_and_are_refused_as_described_without_a_token(
    fuzzed, app, world, shop, api
):
    shop.report()
    answered = fuzzed(app, world, shop, api.token, 12)
    assert len(answered.with_token) > 100 and {200, 400, 404} <= set(answered.with_token)
    assert set(answered.without) == {401, 470}


@pytest.mark.long
def test_made_up_requests_never_break_the_portal_at_length(fuzzed, app, world, shop, api):
    shop.report()
    fuzzed(app, world, shop, api.token, 400)
