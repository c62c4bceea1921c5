"""Whatever happens to member offers, and in whatever order: three limits hold together, and what is told is what happens."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from portal import clock
from tests.properties.member_offers.play import MemberOffers
from tests.properties.stage import Wall
from tests.properties.test_programme import _ALWAYS

SHORT = {
    "sqlite": settings(max_examples=12, stateful_step_count=40, derandomize=True, **_ALWAYS),
    "postgresql": settings(max_examples=3, stateful_step_count=40, derandomize=True, **_ALWAYS),
}
LONG = {
    "sqlite": settings(max_examples=1000, stateful_step_count=60, **_ALWAYS),
    "postgresql": settings(max_examples=250, stateful_step_count=60, **_ALWAYS),
}


@pytest.fixture
def play(app, engine, monkeypatch):
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)
    return lambda: MemberOffers(app, engine, wall)


def test_member_offers_keep_their_contract(play, engine_name):
    run_state_machine_as_test(play, settings=SHORT[engine_name])


@pytest.mark.long
def test_member_offers_keep_their_contract_for_long(play, engine_name):
    run_state_machine_as_test(play, settings=LONG[engine_name])
