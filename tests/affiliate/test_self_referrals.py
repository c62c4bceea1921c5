"""A promoter who buys through its own link is flagged, however the shop names the customer."""

import pytest

from portal.domain.accounts.tables import Membership, User
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.members.tables import Member
from portal.domain.typed.mailboxes import mailbox
from tests.affiliate import things

pytestmark = pytest.mark.on_both_engines
WAITS = "1 deal looks like a self-referral and is not approved yet"


@pytest.fixture
def catalog(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.promotion(catalog, world.northwind)
    return catalog


def bought(catalog, customer: str, status: str = "Created") -> bool:
    """Whether a purchase of this customer through northwind's link is flagged."""
    number = Deal.select().count()
    things.deal(catalog, f"D{number}", status, another_data=f"myshare=NRTHWND22&customer={customer}")
    deal = Deal.get(Deal.deal_id == f"D{number}")
    assert any("works for the promoter" in step["detail"] for step in deal.attribution) is deal.is_self_referral
    return deal.is_self_referral


@pytest.mark.parametrize(
    "customer",
    [
        "manager@northwind.example", "Manager%40NorthWind.Example", "%20manager@northwind.example%20",
        "manager%2Bshop@northwind.example", "manager+shop@northwind.example", "mailto:manager@northwind.example",
        "Max%20M.%20%3Cmanager@northwind.example%3E", "man%E2%80%8Bager@northwind.example", "ｍanager@northwind.example",
    ],
)  # fmt: skip
def test_by_the_mail_of_somebody_who_works_for_the_promoter_however_it_is_written(catalog, customer):
    assert bought(catalog, customer)


@pytest.mark.parametrize(
    "customer", ["mia@elsewhere.example", "manager@northwind.example.org", "manager", "7", "@", "a@", "x"]
)
def test_others_are_not_flagged(catalog, customer):
    assert not bought(catalog, customer)


def test_by_the_ids_under_which_the_merchant_knows_its_members(world, catalog):
    own, theirs = ({"mail": mail, "first_name": "M"} for mail in ("viewer@northwind.example", "mia@elsewhere.example"))
    max_ = Member.create(partner=world.acme.id, external_user_id="m-1", **own)
    mia = Member.create(partner=world.acme.id, external_user_id="m-2", **theirs)
    strangers = Member.create(partner=world.rival.id, external_user_id="m-3", **own)
    assert all(bought(catalog, customer) for customer in (max_.uuid, max_.uuid.upper(), str(max_.id), "m-1"))
    assert not any(bought(catalog, customer) for customer in (mia.uuid, str(mia.id), "m-2", strangers.uuid, "m-3"))


def test_the_people_of_its_companies_are_the_promoters_too(world, catalog):
    works_for_north = User.create(mail="only@north.example", name="N", password_hash="none")
    Membership.create(user=works_for_north, partner=world.north.id, role="viewer")
    assert bought(catalog, "only@north.example")


def test_a_self_referral_waits_for_the_merchant_until_it_is_approved_or_canceled(world, catalog):
    owner = world.as_("acme")
    assert WAITS not in owner.get("/").text
    bought(catalog, "owner@northwind.example"), bought(catalog, "mia@elsewhere.example")
    page = owner.get("/").text
    assert WAITS in page and 'href="/deals?only=self-referral"' in page
    assert "D0" in owner.get("/deals?only=self-referral").text and WAITS not in world.as_("northwind").get("/").text
    deals.update(world.acme.id, "D0", status="Canceled")
    assert WAITS not in owner.get("/").text
    bought(catalog, "owner@northwind.example", "Paid")
    assert WAITS in owner.get("/").text
    Deal.update(due_at=0).execute()
    deal_moves.settle_due()
    assert WAITS not in owner.get("/").text


def test_mailboxes_are_told_apart_and_together():
    for one, other in (
        ("a.b+c@googlemail.com", "AB@gmail.com"), ("a+b+c@x.example", "a@x.example"), ("a@münchen.example.", "a@xn--mnchen-3ya.example"),
    ):  # fmt: skip
        assert mailbox(one) == mailbox(other) is not None
    assert mailbox("a.b@x.example") != mailbox("ab@x.example")
    assert [mailbox(none) for none in ("", "@", "a@", "+b@x.example", "a", "a b")] == [None] * 6
    assert mailbox("a@" + "x" * 300 + "..example")  # No domain, and no reason to fail.
