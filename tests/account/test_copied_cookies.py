"""Whatever changes who can sign in, or where money goes, ends every other sign-in, copies of this browser's own cookie too; and what an old password
has proved is worth nothing once another one is set."""

import pytest

from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import password_resets, proofs, second_factor, sign_ins
from portal.domain.affiliate.payouts import account_changes
from portal.domain.affiliate.payouts import details as payout_details
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


def change_payout_account(visitor, owner):
    given = {"holder": "Acme Ltd", "account": "NEW-1", "minimums-0-currency": "USD", "password": PASSWORD}
    return visitor.post("/rewards/details", given)


@pytest.mark.parametrize("act", [change_password, turn_on, turn_off, renew_codes, change_payout_account])
def test_neither_a_copied_cookie_nor_another_sign_in_is_worth_anything_afterwards(world, act):
    key = world.key_of("acme")
    visitor, copy, elsewhere = Visitor(world.app, key), Visitor(world.app, key), world.as_("acme")
    assert copy.get("/account/sign-ins").status_code == elsewhere.get("/account/sign-ins").status_code == 200
    assert act(visitor, world.acme.users["owner"]).status_code in (200, 303)
    assert visitor.get("/account/sign-ins").status_code == 200
    for other in (copy, elsewhere):
        assert "/sign-in" in other.get("/account/sign-ins").location


def test_a_payout_account_that_stays_as_it_is_ends_nobodys_sign_in(world):
    """Nor does a password that is not theirs."""
    visitor, elsewhere = world.as_("acme"), world.as_("acme")
    given = {"holder": "Acme Ltd", "account": "OLD-1", "minimums-0-currency": "USD"}
    payout_details.keep(world.acme.id, {name: given[name] for name in ("holder", "account")})
    kept = {**given, "account_seen": account_changes.seen(payout_details.of(world.acme.id)), "tax_number": "T1"}
    assert visitor.post("/rewards/details", kept).status_code == 303
    assert visitor.post("/rewards/details", {**kept, "account": "NEW-1", "password": "a wrong one"}).status_code == 422
    assert payout_details.of(world.acme.id).tax_number == "T1"
    assert elsewhere.get("/account/sign-ins").status_code == 200


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
