"""Whatever is asked of coupons, and in whatever order: no more uses than the limits, each given back once, all or none."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from portal import clock
from tests.properties.coupons.play import Coupons
from tests.properties.stage import Wall
from tests.properties.test_programme import _ALWAYS

SHORT = {
    "sqlite": settings(max_examples=15, stateful_step_count=30, derandomize=True, **_ALWAYS),
    "postgresql": settings(max_examples=4, stateful_step_count=30, derandomize=True, **_ALWAYS),
}
LONG = {
    "sqlite": settings(max_examples=1000, stateful_step_count=50, **_ALWAYS),
    "postgresql": settings(max_examples=250, stateful_step_count=50, **_ALWAYS),
}


@pytest.fixture
def play(app, engine, monkeypatch):
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)
    return lambda: Coupons(app, engine, wall)


def test_coupons_keep_their_contract(play, engine_name):
    run_state_machine_as_test(play, settings=SHORT[engine_name])


@pytest.mark.long
def test_coupons_keep_their_contract_for_long(play, engine_name):
    run_state_machine_as_test(play, settings=LONG[engine_name])
