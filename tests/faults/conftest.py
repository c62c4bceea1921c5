"""Faults are brought upon servers of the tests' own, which are ended with the test."""

import pytest

from tests.faults.shop import open_catalog


@pytest.fixture
def start_portal(launch_server):
    """Start a portal whose catalog is open: `start_portal("sqlite", worker=True)`. Ended with the test."""
    servers = []

    def start(engine_name: str, **options):
        servers.append(launch_server(engine_name, **options))
        open_catalog(servers[-1])
        return servers[-1]

    yield start
    for server in servers:
        for name in list(server.processes):
            server.kill(name)


@pytest.fixture
def portal(start_portal, engine_name):
    """A portal on this engine."""
    return start_portal(engine_name)
