"""Whatever merchants, strangers, time and the worker do, and in whatever order, the affiliate programme keeps its contract."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from portal import clock
from tests.properties.machine import Programme
from tests.properties.model.terms import Said
from tests.properties.stage import Stage, Wall

_ALWAYS = {"database": None, "deadline": None, "suppress_health_check": list(HealthCheck)}
_SHORT = {**_ALWAYS, "stateful_step_count": 60, "derandomize": True}
SHORT = {"sqlite": settings(max_examples=16, **_SHORT), "postgresql": settings(max_examples=5, **_SHORT)}
LONG = {  # A play on PostgreSQL takes four times as long.
    "sqlite": settings(max_examples=1000, stateful_step_count=80, **_ALWAYS),
    "postgresql": settings(max_examples=250, stateful_step_count=80, **_ALWAYS),
}


@pytest.fixture
def stage(app, engine, monkeypatch):
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)
    return Stage(app, engine, wall)


def played(stage: Stage, profile: settings) -> None:
    def programme():
        return Programme(stage)

    run_state_machine_as_test(programme, settings=profile)


def test_the_programme_keeps_its_contract(stage, engine_name):
    stage.figures_every = 3
    played(stage, SHORT[engine_name])


@pytest.mark.long
def test_the_programme_keeps_its_contract_for_long(stage, engine_name):
    played(stage, LONG[engine_name])


@pytest.mark.parametrize("between", [0, 1, 2])
def test_a_deal_that_falls_due_as_its_report_is_sent_again_is_settled_first(stage, between):
    """Deals are reported a tick apart, and so fall due a tick apart: one of the retries comes to the last one's moment."""
    play = type("Play", (Programme,), {"__init__": lambda self: Programme.__init__(self, stage)})()
    statuses = ["Created", *["Paid"] * between, "Created"]
    said = [Said("", status, "Plan", "", 10_000, "", False, None, None) for status in statuses]
    play.begin(in_test_mode=False, said=said, history=[])
    for step in (play.the_worker_comes_too_early_and_in_time, *[play.retry] * 4):
        step()
        play.agree()
    play.teardown()
