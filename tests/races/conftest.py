"""Who races: a merchant's clients, a crowd of processes beside the web server, and both where the guards are out."""

import functools
from pathlib import Path

import pytest

from portal.database import database
from portal.domain import verify
from tests.races.crowd import Crowd
from tests.races.merchant import Merchant

GUESSES = 6  # at once
UNGUARDED = Path(__file__).parent / "unguarded"
ROOT = UNGUARDED.parent.parent.parent


@pytest.fixture
def merchant(server):
    """A merchant of its own on the shared server. Whatever raced there, the database must verify afterwards."""
    yield Merchant(server)
    with server.connected():
        assert verify.faults() == []


@pytest.fixture(scope="session")
def crowd_pool():
    """A crowd for each server, by its address."""
    crowds = {}

    def of(server) -> Crowd:
        if server.url not in crowds:
            crowds[server.url] = Crowd(server)
        return crowds[server.url]

    yield of
    for crowd in crowds.values():
        crowd.leave()


@pytest.fixture
def crowd(server, crowd_pool):
    """Processes beside the shared server."""
    return crowd_pool(server)


@pytest.fixture(scope="session")
def unguarded_pool(launch_server):
    """For each engine a server on which nothing is guarded; each control loses the race that it is about."""

    def launch(engine_name: str):
        server = launch_server(engine_name, pythonpath=f"{UNGUARDED}:{ROOT}", sign_in_limit=GUESSES, trusted_proxies=1)
        with server.connected():
            for index in (
                "deal_partner_id_deal_id",
                "deal_again",
                "member_partner_id_phone",
                "card_operation_reverses_id",
                "company_mail",
                "coupon_partner_id_code",
                "person_mail",
                "push_once_an_occasion",
            ):
                database.execute_sql(f"DROP INDEX {index}")
        return server

    return functools.cache(launch)


@pytest.fixture
def unguarded(unguarded_pool, engine_name):
    """A merchant where the guards are out."""
    return Merchant(unguarded_pool(engine_name))


@pytest.fixture
def unguarded_crowd(unguarded, crowd_pool):
    """Processes beside the server where the guards are out, and without them too."""
    return crowd_pool(unguarded.server)
