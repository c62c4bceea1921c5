"""Whatever happens to pushes, and in whatever order: each recipient ends once, none is lost, and nobody gets what they must not."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from portal import clock
from portal.domain.cards.pushes import sending
from tests.properties.pushes.play import Pushes
from tests.properties.stage import Wall
from tests.properties.test_programme import _ALWAYS

SHORT = {
    "sqlite": settings(max_examples=15, stateful_step_count=40, derandomize=True, **_ALWAYS),
    "postgresql": settings(max_examples=4, stateful_step_count=40, derandomize=True, **_ALWAYS),
}
LONG = {
    "sqlite": settings(max_examples=1000, stateful_step_count=60, **_ALWAYS),
    "postgresql": settings(max_examples=250, stateful_step_count=60, **_ALWAYS),
}


@pytest.fixture
def play(app, engine, monkeypatch):
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    return lambda: Pushes(app, engine, wall)


def test_pushes_keep_their_contract(play, engine_name):
    run_state_machine_as_test(play, settings=SHORT[engine_name])


@pytest.mark.long
def test_pushes_keep_their_contract_for_long(play, engine_name):
    run_state_machine_as_test(play, settings=LONG[engine_name])
