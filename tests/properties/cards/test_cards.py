"""Whatever is asked of cards, undone, credited and taken back, and in whatever order, each field stays the sum of its entries."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from portal import clock
from tests.properties.cards.play import Cards
from tests.properties.stage import Wall
from tests.properties.test_programme import _ALWAYS

SHORT = {
    "sqlite": settings(max_examples=20, stateful_step_count=40, derandomize=True, **_ALWAYS),
    "postgresql": settings(max_examples=5, stateful_step_count=40, derandomize=True, **_ALWAYS),
}
LONG = {
    "sqlite": settings(max_examples=1500, stateful_step_count=60, **_ALWAYS),
    "postgresql": settings(max_examples=400, stateful_step_count=60, **_ALWAYS),
}


@pytest.fixture
def cards(app, engine, monkeypatch):
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)
    return lambda: Cards(app, engine, wall)


def test_cards_keep_their_contract(cards, engine_name):
    run_state_machine_as_test(cards, settings=SHORT[engine_name])


@pytest.mark.long
def test_cards_keep_their_contract_for_long(cards, engine_name):
    run_state_machine_as_test(cards, settings=LONG[engine_name])
