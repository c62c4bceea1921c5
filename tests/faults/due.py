"""Deals that are due: Created ones to be canceled, Paid ones to be approved, and how often it happened to each."""

from collections import Counter
from datetime import timedelta

from portal import clock
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.events.tables import Event
from portal.domain.offers.tables import Catalog
from portal.worker.queue import drain_task, queue_for
from tests.affiliate import things

SETTLED = ("deal.approved", "deal.canceled")


def leave_due_deals(portal, many: int) -> None:
    """So many more deals, every other one paid, whose time was over a second ago."""
    with portal.connected():
        catalog, first = Catalog.get(), Deal.select().count()
        ids = [f"due-{number}" for number in range(first, first + many)]
        for number, deal_id in enumerate(ids):
            status = "Paid" if number % 2 else "Created"
            things.deal(catalog, deal_id, status, another_data="myshare=NRTHWND22")
        Deal.update(due_at=clock.now() - timedelta(seconds=1)).where(Deal.deal_id.in_(ids)).execute()


def wake(portal, times: int = 1) -> None:
    """Have the workers look for due deals, now and again while they are at it."""
    drain = drain_task(queue_for(portal.settings))
    for _ in range(times):
        drain("deals")


def due_now() -> int:
    """How many deals still wait to be settled."""
    return Deal.select().where(Deal.due_at <= clock.now()).count()


def settled() -> Counter:
    """How often each deal was approved or canceled, by what happened and its own id."""
    rows = Event.select(Event.type, Event.thing_id).where(Event.type.in_(SETTLED)).tuples()
    return Counter(tuple(row) for row in rows)


def refuse_twice(many: int) -> None:
    """Each of so many deals was settled, and once: half of them approved, half canceled."""
    happened = settled()
    assert set(happened.values()) == {1}
    assert Counter(fact for fact, _ in happened) == Counter(dict.fromkeys(SETTLED, many // 2))
    assert len({deal for _, deal in happened}) == many
