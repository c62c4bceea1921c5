"""Whatever merchants, strangers, time and the worker do, and in whatever order, the affiliate programme keeps its contract."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from portal import clock
from tests.properties.machine import Programme
from tests.properties.stage import Stage, Wall

_ALWAYS = {"database": None, "deadline": None, "suppress_health_check": list(HealthCheck)}
SHORT = settings(max_examples=25, stateful_step_count=80, derandomize=True, **_ALWAYS)
LONG = settings(max_examples=1000, stateful_step_count=80, **_ALWAYS)


@pytest.mark.parametrize(
    "profile", [pytest.param(SHORT, id="short"), pytest.param(LONG, id="long", marks=pytest.mark.long)]
)
def test_the_programme_keeps_its_contract(app, engine, profile, monkeypatch):
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)
    stage = Stage(app, engine, wall)

    def programme():
        return Programme(stage)

    run_state_machine_as_test(programme, settings=profile)
