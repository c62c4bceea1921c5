"""Whoever comes, changes, is merged, erased, imported and undone, and in whatever order: one phone is one customer's, nothing that
was theirs is lost, and nothing is left of who was erased."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from portal import clock
from tests.properties.customers.dealing import Dealing
from tests.properties.customers.filing import Filing
from tests.properties.customers.holding import Holding
from tests.properties.stage import Wall
from tests.properties.test_programme import _ALWAYS

SHORT = {
    "sqlite": settings(max_examples=15, stateful_step_count=40, derandomize=True, **_ALWAYS),
    "postgresql": settings(max_examples=4, stateful_step_count=40, derandomize=True, **_ALWAYS),
}
LONG = {
    "sqlite": settings(max_examples=800, stateful_step_count=60, **_ALWAYS),
    "postgresql": settings(max_examples=200, stateful_step_count=60, **_ALWAYS),
}


class Customers(Holding, Filing, Dealing):
    """Everything that anybody may do."""


@pytest.fixture
def customers(app, engine, monkeypatch):
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)
    return lambda: Customers(app, engine, wall)


def test_customers_keep_their_contract(customers, engine_name):
    run_state_machine_as_test(customers, settings=SHORT[engine_name])


@pytest.mark.long
def test_customers_keep_their_contract_for_long(customers, engine_name):
    run_state_machine_as_test(customers, settings=LONG[engine_name])
