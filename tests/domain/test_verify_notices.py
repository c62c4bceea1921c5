"""Every promise about what waits to be told is broken once, and the proof says so."""

from datetime import timedelta

import pytest

from portal import clock
from portal.database import database
from portal.domain import verify
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.notices import gathered as gathered_notices
from portal.domain.affiliate.notices.tables import GatheredNotice
from portal.domain.affiliate.promises import NOTICES
from portal.domain.events import chain, log

DAY, HOUR = 86_400, 3600


@pytest.fixture
def waiting(market):
    """A canceled deal that northwind will be told of, and one that is paid."""
    market.report("Paid", deal_id="kept")
    market.report("Paid", deal_id="lost")
    market.update("Canceled", "lost")
    assert GatheredNotice.select().count() == 1
    assert verify.faults() == []
    return market


def work(market, *seconds: int) -> None:
    """The worker closes the log at each of these times from now."""
    for later in seconds:
        with clock.acting(later):
            log.record(market.world.acme.id, "deal.commented", "deal", "x")
            log.give_positions()
            assert chain.close()


def another_deal(market):
    kept = Deal.get(Deal.deal_id == "kept")
    GatheredNotice.update(deal=kept).execute()


def another_kind(market):
    GatheredNotice.update(kind="question").execute()


def another_partner(market):
    GatheredNotice.update(partner=market.world.rival.id).execute()


def its_own_deal(market):
    GatheredNotice.update(partner=market.world.acme.id).execute()


def nobodys_deal(market):
    Deal.update(promotion=None).execute()


def twice(market):
    notice = GatheredNotice.get()
    GatheredNotice.create(partner=notice.partner, kind=notice.kind, deal=notice.deal)


def left_behind(market):
    work(market, DAY + 1, DAY + HOUR + 2)


BREAKS = [
    (another_deal, 0, "which is not canceled"),
    (another_kind, 0, "which is not canceled"),
    (another_partner, 0, "not one that it brought to another"),
    (its_own_deal, 0, "not one that it brought to another"),
    (nobodys_deal, 0, "not one that it brought to another"),
    (twice, 1, "would be told 2 times"),
    (left_behind, 2, "still waits"),
]


@pytest.mark.parametrize(("damage", "place", "says"), BREAKS)
def test_a_broken_promise_is_said(waiting, damage, place, says):
    with database.atomic() as undone:
        damage(waiting)
        said = [verify._broken(check) for check in NOTICES]
        undone.rollback()
    assert [bool(sentences) for sentences in said] == [number == place for number in range(len(NOTICES))]
    assert says in said[place][0]


def test_what_waits_while_the_worker_stood_still_is_no_fault(waiting):
    """After a long stop it may close the log before it tells; what is told is gone."""
    work(waiting, 0, 3 * DAY)
    assert verify.faults() == []
    GatheredNotice.update(at=clock.now() - gathered_notices.WAITS - timedelta(days=4)).execute()
    work(waiting, 3 * DAY + HOUR + 1)
    assert len(verify.faults()) == 1
    assert gathered_notices.tell_due() == 1
    assert verify.faults() == []
