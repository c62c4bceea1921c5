"""Guessing passwords is slow; signing in is not."""

import pytest

from portal.server.limits import network
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.settings(sign_in_limit=3)


def attempt(world, mail, password, address="127.0.0.1"):
    return (
        world.anonymous()
        .post("/sign-in", {"mail": mail, "password": password}, environ_overrides={"REMOTE_ADDR": address})
        .status_code
    )


def test_the_fourth_wrong_password_is_not_even_looked_at(world):
    mail = world.acme.users["owner"].mail
    assert [attempt(world, mail, "a wrong password") for _ in range(4)] == [422, 422, 422, 429]
    assert attempt(world, mail, PASSWORD) == 429


def test_a_stranger_elsewhere_does_not_lock_the_owner_out(world):
    mail = world.acme.users["owner"].mail
    for _ in range(4):
        attempt(world, mail, "a wrong password", "192.0.2.7")
    assert attempt(world, mail, PASSWORD) == 303


def test_a_household_with_many_addresses_is_counted_as_one(world):
    mail = world.acme.users["owner"].mail
    addresses = [f"2001:db8:1:2::{number:x}" for number in range(1, 5)]
    assert [attempt(world, mail, "a wrong password", address) for address in addresses] == [422, 422, 422, 429]
    assert attempt(world, mail, "a wrong password", "2001:db8:1:3::1") == 422


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
        (None, ""),
        ("unix:", "unix:"),
    ],
)
def test_an_address_stands_for_its_network(address, counted):
    assert network(address) == counted


def test_signing_in_with_the_right_password_is_never_too_often(world):
    mail = world.acme.users["viewer"].mail
    assert [attempt(world, mail, PASSWORD) for _ in range(20)] == [303] * 20
