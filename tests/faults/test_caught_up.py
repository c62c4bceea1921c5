"""Deals in time, though nobody was there to look, and as they were made, whatever the catalog has become since."""

from datetime import timedelta

import requests

from portal import clock
from portal.domain import verify
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.events.tables import Event
from portal.domain.offers.tables import Catalog
from tests.affiliate import things
from tests.faults.due import due_now
from tests.faults.shop import report
from tests.faults.test_backup_under_load import command
from tests.support.waiting import until

MONTH = timedelta(days=31)
DURATIONS = ("hold_duration", "canceled_duration")


def set_durations(portal, days: int) -> None:
    """Both durations of the catalog, as an integrator sets them."""
    with portal.connected():
        address = f"{portal.url}/api/catalog/{Catalog.get().uuid}"
    changed = dict.fromkeys(DURATIONS, f"{days} 00:00:00")
    assert requests.patch(address, json=changed, headers=portal.world.acme.bearer, timeout=60).ok


def a_month_passes() -> None:
    """Everything about the deals is a month longer ago."""
    times = (Deal.conversion_time, Deal.paid_at, Deal.due_at, Deal.modified_at)
    Deal.update({time: time - MONTH // clock.MICROSECOND for time in times}).execute()


def states() -> dict[str, str]:
    """What became of each deal."""
    return {deal.deal_id: "Approved" if deal.approved_at else deal.status for deal in Deal.select()}


def test_after_a_month_of_standing_still_every_deal_gets_what_it_was_made_with(portal):
    set_durations(portal, 15)
    assert report(portal, "paid-15").ok and report(portal, "unpaid-15", status="Created").ok
    set_durations(portal, 60)
    assert report(portal, "paid-60").ok and report(portal, "unpaid-60", status="Created").ok
    set_durations(portal, 1)
    portal.stop("web")
    with portal.connected():
        a_month_passes()
        assert due_now() == 2

    portal.start("web")
    portal.start("worker")
    with portal.connected():
        until(lambda: not due_now(), "what became due meanwhile")
        assert states() == {
            "paid-15": "Approved", "unpaid-15": "Canceled", "paid-60": "Paid", "unpaid-60": "Created",
        }  # fmt: skip
        a_month_passes()
    portal.stop("worker")
    portal.start("worker")
    with portal.connected():
        until(lambda: not due_now(), "the rest")
        assert set(states().values()) == {"Approved", "Canceled"}
        for fact in ("deal.approved", "deal.canceled"):
            assert Event.select().where(Event.type == fact).count() == 2
        assert verify.faults() == []


def test_a_clock_put_ahead_settles_the_deals_of_its_test_mode_alone(portal):
    portal.start("worker")
    with portal.connected():
        twin, promoter = portal.world.acme.twin(), portal.world.northwind.twin()
        catalog = things.catalog(twin.partner)
        things.offer(catalog)
        things.promotion(catalog, promoter, uid="TWN2222")
        for status in ("Paid", "Created"):
            things.deal(catalog, status, status, another_data="myshare=TWN2222")
    assert report(portal, "live").ok
    command(portal.environ, "clock", "advance", twin.partner.slug, str(int(MONTH.total_seconds())), "--test")
    with portal.connected():
        wanted = {"Paid": "Approved", "Created": "Canceled", "live": "Paid"}
        until(lambda: states() == wanted, states)
        approved = Deal.get(Deal.deal_id == "Paid")
        assert approved.approved_at - approved.paid_at == timedelta(seconds=approved.hold_duration)
        assert approved.modified_at - approved.paid_at >= MONTH
        assert verify.faults() == []
