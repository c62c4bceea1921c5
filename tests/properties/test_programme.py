"""Whatever merchants, strangers, time and the worker do, and in whatever order, the affiliate programme keeps its contract."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from portal import clock
from tests.properties.machine import Programme
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
