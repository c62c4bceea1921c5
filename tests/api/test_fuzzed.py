"""Schemathesis over the served description: no 5xx, and no answer outside it, with a token and without."""

import pytest


@pytest.fixture
def fuzzed():
    from tests.api.fuzzing import fuzzed

    return fuzzed


def test_made_up_requests_never_break_the_portal(fuzzed, app, world, shop, api):
    shop.report()
    answered = fuzzed(app, world, shop, api.token, 12)
    assert len(answered) > 100
    assert {200, 400, 404} <= set(answered)


def test_made_up_requests_without_a_token_are_refused_as_described(fuzzed, app, world, shop):
    assert set(fuzzed(app, world, shop, None, 3)) == {401, 470}


@pytest.mark.long
def test_made_up_requests_never_break_the_portal_at_length(fuzzed, app, world, shop, api):
    shop.report()
    fuzzed(app, world, shop, api.token, 400)
