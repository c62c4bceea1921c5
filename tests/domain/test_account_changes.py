"""Where the money goes changes only for an owner who proves it once more; every owner is told, and whoever pays is warned."""

from datetime import timedelta

import pytest

from portal import clock
from portal.domain.accounts.sign_ins import password_resets, proofs, sign_ins
from portal.domain.accounts.tables import Membership
from portal.domain.affiliate.payouts import account_changes, payables
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.affiliate.payouts.tables import PayoutDetails
from portal.domain.errors import Forbidden, Invalid, Refused
from portal.domain.events.tables import Event
from portal.domain.mail.tables import Mail
from tests.affiliate import money
from tests.support import mailed
from tests.support.cast import PASSWORD

GIVEN = {"holder": "Northwind Ltd", "account": "OLD-1111"}
OTHER = {**GIVEN, "account": "NEW-2222"}


@pytest.fixture
def northwind(world):
    payout_details.keep(world.northwind.id, GIVEN)
    return world.northwind


def seen(party) -> str:
    return account_changes.seen(payout_details.of(party.id))


def change(party, given=OTHER, password=PASSWORD, role="owner", account_seen=None) -> PayoutDetails:
    held = seen(party) if account_seen is None else account_seen
    user = party.users[role]
    account_changes.change(party.id, given, user.id, signed_in(user), password, held)
    return payout_details.of(party.id)


def signed_in(user) -> int:
    return sign_ins.find(sign_ins.begin(user, "127.0.0.1", "tests")).sign_in_id


def account_of(party) -> str | None:
    details = payout_details.of(party.id)
    return details and details.account


def facts(party) -> list[str]:
    found = Event.select().where(Event.partner == party.id, Event.thing == "payout details").order_by(Event.id)
    return [event.type.removeprefix("payout_details.") for event in found]


@pytest.mark.parametrize("field", ["holder", "account", "bank"])
def test_no_part_of_the_account_changes_without_the_password(northwind, field):
    for password in ("", "not the password"):
        with pytest.raises(Invalid) as refused:
            change(northwind, {**GIVEN, field: "Thief"}, password)
        assert refused.value.field == "password"
    assert account_of(northwind) == "OLD-1111" and facts(northwind) == ["changed"] and not Mail.select().exists()


def test_the_first_account_asks_for_it_too(world):
    with pytest.raises(Invalid):
        change(world.northwind, password="")
    assert account_of(world.northwind) is None
    assert change(world.northwind).account_changed_at is None, "It took no other account's place."
    assert facts(world.northwind) == ["account_changed"] and Mail.select().count() == 1


def test_a_change_is_told_to_every_owner_and_stands_in_the_log(northwind):
    northwind.users["manager"].memberships.get().delete_instance()
    Membership.create(user=northwind.users["manager"], partner=northwind.partner, role="owner")
    kept = change(northwind)
    assert (kept.account, kept.account_changed_by) == ("NEW-2222", "Northwind Owner")
    assert kept.account_changed_at and facts(northwind) == ["changed", "account_changed"]
    told = list(Mail.select().order_by(Mail.id))
    assert {mail.to for mail in told} == {"owner@northwind.example", "manager@northwind.example"}
    assert {mail.subject for mail in told} == {"The payout account of Northwind was changed"}
    assert "Northwind Owner (owner@northwind[.]example) changed" in told[0].text and "ends in 2222" in told[0].text
    assert "NEW-2222" not in told[0].text and "OLD-1111" not in told[0].text


def test_what_is_no_account_needs_no_password_and_leaves_the_account_as_it_is(northwind):
    before = seen(northwind)
    change(northwind)
    kept = change(northwind, {**GIVEN, "tax_number": "T1"}, password="", account_seen=before)
    assert (kept.account, kept.tax_number) == ("NEW-2222", "T1")


def test_nobody_but_an_owner_changes_it_not_with_the_password_either(northwind):
    for role in ("manager", "cashier", "viewer"):
        with pytest.raises(Forbidden):
            change(northwind, role=role)
    assert account_of(northwind) == "OLD-1111"


def test_of_two_owners_the_second_is_told_instead_of_overwriting_the_first(northwind):
    before = seen(northwind)
    change(northwind)
    with pytest.raises(Refused, match="changed a moment ago"):
        change(northwind, {**GIVEN, "account": "THIRD-3333"}, account_seen=before)
    assert account_of(northwind) == "NEW-2222"


def test_a_password_that_was_changed_meanwhile_proves_nothing(northwind, monkeypatch):
    prove, links = proofs.by_password, [mailed.reset_key(northwind.users["owner"].mail)]

    def proved_a_moment_ago(*given, **more):
        user = prove(*given, **more)
        password_resets.use(links.pop(), "the password of its owner")
        return user

    monkeypatch.setattr(proofs, "by_password", proved_a_moment_ago)
    with pytest.raises(Refused, match="password was changed"):
        change(northwind)
    assert account_of(northwind) == "OLD-1111"


def test_in_test_mode_the_live_partners_owners_prove_it_and_nothing_leaves_the_house(world):
    twin = world.northwind.twin()
    change(twin)
    assert account_of(twin) == "NEW-2222" and Mail.get().partner_id == twin.id


def test_whoever_pays_is_warned_for_a_week_and_chooses_it_by_hand(world, northwind):
    shop = money.shop(world)
    shop.due("a")
    change(northwind)
    (line,) = payables.preview(world.acme.id)
    assert line.may_be_paid and not line.is_chosen and line.changed.by == "Northwind Owner"
    payout = shop.pay()
    assert account_changes.recent_before(payout.details, payout.at).by == "Northwind Owner"
    long_ago = clock.now() - timedelta(days=7, seconds=1)
    PayoutDetails.update(account_changed_at=long_ago).execute()
    shop.due("b")
    (line,) = payables.preview(world.acme.id)
    assert line.is_chosen and line.changed is None
    later = shop.pay()
    assert account_changes.recent_before(later.details, later.at) is None
