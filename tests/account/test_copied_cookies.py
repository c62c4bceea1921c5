"""Whatever changes who can sign in ends every other sign-in, copies of this browser's own cookie too; and what an old password
has proved is worth nothing once another one is set."""

import pytest

from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import password_resets, proofs, second_factor, sign_ins
from portal.domain.errors import Refused
from tests.account.test_second_factor import PLACE, begin
from tests.support import mailed, phone
from tests.support.cast import PASSWORD
from tests.support.visitor import Visitor

NEW, OWNERS = "an entirely new password", "the password of its owner"


def change_password(visitor, owner):
    return visitor.post("/account/password", {"present": PASSWORD, "password": NEW})


def turn_on(visitor, owner):
    return visitor.post(f"{PLACE}/set-up", {"code": begin(visitor).now()})


def turn_off(visitor, owner):
    return visitor.post(f"{PLACE}/removal", {"password": PASSWORD, "code": phone.turned_on(owner).code()})


def renew_codes(visitor, owner):
    return visitor.post(f"{PLACE}/recovery-codes", {"password": PASSWORD, "code": phone.turned_on(owner).code()})


@pytest.mark.parametrize("act", [change_password, turn_on, turn_off, renew_codes])
def test_a_copied_cookie_is_worth_nothing_afterwards(world, act):
    key = world.key_of("acme")
    visitor, copy = Visitor(world.app, key), Visitor(world.app, key)
    assert copy.get("/account/sign-ins").status_code == 200
    assert act(visitor, world.acme.users["owner"]).status_code in (200, 303)
    assert visitor.get("/account/sign-ins").status_code == 200
    assert "/sign-in" in copy.get("/account/sign-ins").location


@pytest.fixture
def meanwhile(world, monkeypatch):
    """The owner sets another password by a link, right after the present one was proved."""
    owner = world.acme.users["owner"]
    links = [mailed.reset_key(owner.mail)]
    prove = proofs.by_password

    def proved_a_moment_ago(*given):
        user = prove(*given)
        password_resets.use(links.pop(), OWNERS)
        return user

    monkeypatch.setattr(proofs, "by_password", proved_a_moment_ago)
    return owner


@pytest.mark.on_both_engines
def test_a_password_that_was_changed_meanwhile_is_not_changed_back(meanwhile):
    sign_in = sign_ins.find(sign_ins.begin(meanwhile, "127.0.0.1", "tests")).sign_in_id
    with pytest.raises(Refused):
        people.change_password(meanwhile.id, sign_in, PASSWORD, NEW)
    assert people.proven(meanwhile.mail, OWNERS)
    assert not people.proven(meanwhile.mail, NEW)


@pytest.mark.on_both_engines
@pytest.mark.parametrize("act", [second_factor.turn_off, second_factor.new_recovery_codes])
def test_nor_is_the_second_factor_with_the_password_of_a_moment_ago(world, meanwhile, act):
    sign_in = sign_ins.find(sign_ins.begin(meanwhile, "127.0.0.1", "tests")).sign_in_id
    with pytest.raises(Refused, match="changed a moment ago"):
        act(meanwhile.id, sign_in, PASSWORD, "000000")
