"""A deal that was canceled by time and is paid late is reported again, once, with all that the old one was made under."""

from decimal import Decimal

import pytest

from portal import clock
from portal.database import database
from portal.domain import verify
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import again
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promises import TENANCY
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events.tables import Event
from portal.domain.offers import catalogs

KEPT = (
    "catalog_id", "catalog_code", "offer_id", "offer_name", "cost", "currency", "promo_code", "another_data", "promotion_id", "used_code_id",
    "click_id", "customer", "is_self_referral", "reward_percent", "fix_remuneration", "hold_duration", "canceled_duration",
)  # fmt: skip


def run_out(deal_id: str = "d") -> Deal:
    """The deal's time runs out before it is paid."""
    deal = Deal.get(Deal.deal_id == deal_id)
    past = clock.to_micros(deal.conversion_time) - deal.canceled_duration * deal_moves.SECOND
    Deal.update(conversion_time=past, due_at=clock.micros()).where(Deal.id == deal.id).execute()
    assert deal_moves.settle_due() == 1
    return Deal.get_by_id(deal.id)


@pytest.fixture
def late(market) -> Deal:
    """A deal that northwind's click brought; it was canceled by time, and everything changed since."""
    click = Click.create(key="click-1", promotion=market.promotion, at=clock.now())
    market.report(another_data=f"myshare=BDGSYEHVX&click={click.key}&customer=C7")
    old = run_out()
    catalogs.change(market.catalog, {"hold_duration": "1 00:00:00", "is_published": False})
    terms.change(old.offer, {"reward_percent": Decimal(5), "name": "Renamed", "is_active": False})
    Click.update(at=0).execute()
    Promotion.update(state="ended").execute()
    return old


def report_again(market, deal_id: str = "d-2", **more) -> Deal:
    return Deal.get_by_id(again.report_again(market.world.acme.id, "d", deal_id, **more).id)


def test_the_new_deal_has_all_that_the_old_one_was_made_under(market, late):
    new = report_again(market)
    assert [getattr(new, name) for name in KEPT] == [getattr(late, name) for name in KEPT]
    assert (new.status, new.payment_sum, new.first_cost, new.conversion_time > late.conversion_time) == (
        "Paid", 2000, 10_000, True,
    )  # fmt: skip
    assert new.click_id and market.books() == {"acme owed": -2000, "northwind held": 2000}
    assert (
        new.attribution[:-1] == late.attribution and "was decided for the deal before" in new.attribution[-1]["detail"]
    )
    assert Deal.get_by_id(late.id) == late and Deal.get_by_id(late.id).status == "Canceled"
    told = {event.thing_id: event.type for event in Event.select().order_by(Event.id) if event.type != "deal.paid"}
    assert (told[late.uuid], told[new.uuid]) == ("deal.reported_again", "deal.created")
    assert [(one.uuid, one.is_older) for one in again.linked(new.id)] == [(late.uuid, True)]
    assert [(one.uuid, one.is_older) for one in again.linked(late.id)] == [(new.uuid, False)]
    assert verify.faults() == []


def test_it_may_be_created_and_moves_like_every_other_deal(market, late):
    new = report_again(market, status="Created")
    assert (new.status, new.payment_sum, new.due_at - new.conversion_time) == (
        "Created",
        0,
        late.due_at or new.due_at - new.conversion_time,
    )
    market.update("Paid", "d-2")
    Deal.update(due_at=0).where(Deal.deal_id == "d-2").execute()
    deal_moves.settle_due()
    assert market.books() == {"acme owed": -2000, "northwind due": 2000}
    assert verify.faults() == []


def test_each_deal_is_reported_again_once_and_the_new_one_again_when_its_time_runs_out_too(market, late):
    new = report_again(market, status="Created")
    with pytest.raises(again.ReportedAlready) as known:
        report_again(market, "d-3")
    assert (known.value.uuid, Deal.select().count()) == (new.uuid, 2)
    run_out("d-2")
    again.report_again(market.world.acme.id, new.uuid, "d-3")
    assert verify.faults() == []


def test_a_deal_that_was_to_be_paid_at_once_is_paid_when_it_is_reported_again(market):
    catalogs.change(market.catalog, {"canceled_duration": "0 00:00:00"})
    market.report()
    deal_moves.settle_due()
    assert report_again(market).payment_sum == 2000
    assert verify.faults() == []


def test_the_moment_alone_cancels_a_deal_so_that_it_can_be_reported_again(market):
    old = market.report()
    wait = Deal.get_by_id(old.id).canceled_duration * deal_moves.SECOND
    past = clock.micros() - wait - 1
    Deal.update(conversion_time=past, due_at=past + wait).execute()
    assert (report_again(market).status, market.deal().status) == ("Paid", "Canceled")
    assert verify.faults() == []


@pytest.mark.parametrize("ended", ["Created", "Paid", "Canceled", "Paid and canceled"])
def test_only_a_deal_whose_time_ran_out_is_reported_again(market, ended):
    market.report("Created")
    for status in ended.replace("canceled", "Canceled").split(" and "):
        market.update(status)
    with pytest.raises(Refused, match="Somebody canceled" if "anceled" in ended else "is not canceled"):
        report_again(market)
    assert Deal.select().count() == 1


def test_the_new_id_is_free_and_one_that_can_be_kept(market, late):
    market.report(deal_id="d-2", offer="Renamed")
    for deal_id in ("d-2", "d", "", "a\tb", "x" * 256):
        with pytest.raises(Invalid) as refused:
            report_again(market, deal_id)
        assert refused.value.field == "deal_id"
    with pytest.raises(Invalid):
        report_again(market, "d-3", status="Canceled")
    with pytest.raises(NotFound):
        again.report_again(market.world.rival.id, late.uuid, "d-3")
    assert again.proposed(market.world.acme.id, "d") == "d-3"
    assert len(again.proposed(market.world.acme.id, "x" * 255)) < 255


def test_nobodys_deal_is_reported_again_and_stays_nobodys(market):
    market.report(another_data=None)
    run_out()
    new = report_again(market)
    assert (new.promotion, new.payment_sum, new.attribution, market.books()) == (None, 0, [], {})
    assert verify.faults() == []


@pytest.mark.parametrize(
    "damage",
    [{"canceled_at": 0}, {"paid_at": 1}, {"currency": "EUR"}, {"click": None}, {"hold_duration": 1}, {"reward_percent": None}],
    ids=lambda damage: next(iter(damage)),
)  # fmt: skip
def test_the_proof_sees_a_deal_in_place_of_one_that_it_does_not_fit(market, late, damage):
    report_again(market, status="Created")
    with database.atomic() as undone:
        Deal.update(**damage).where(Deal.id == late.id).execute()
        assert len(verify._broken(TENANCY[0])) == 1
        undone.rollback()
