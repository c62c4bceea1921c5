"""Whatever happens to a feed, and whichever answers are lost: who keeps a copy of it, or of one catalog's, has what it has."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from portal import clock
from tests.properties.feed.play import Feed
from tests.properties.stage import Wall
from tests.properties.test_programme import _ALWAYS

SHORT = {
    "sqlite": settings(max_examples=12, stateful_step_count=40, derandomize=True, **_ALWAYS),
    "postgresql": settings(max_examples=3, stateful_step_count=40, derandomize=True, **_ALWAYS),
}
LONG = {
    "sqlite": settings(max_examples=600, stateful_step_count=60, **_ALWAYS),
    "postgresql": settings(max_examples=150, stateful_step_count=60, **_ALWAYS),
}


@pytest.fixture
def play(app, engine, monkeypatch):
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)
    return lambda: Feed(app, engine, wall)


def test_a_copy_of_the_feed_is_the_feed(play, engine_name):
    run_state_machine_as_test(play, settings=SHORT[engine_name])


@pytest.mark.long
def test_a_copy_of_the_feed_is_the_feed_for_long(play, engine_name):
    run_state_machine_as_test(play, settings=LONG[engine_name])
