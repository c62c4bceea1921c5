"""Every promise holds after each test."""

import pytest

from portal.domain import verify


@pytest.fixture
def acme(world):
    yield world.acme
    assert verify.faults() == []
