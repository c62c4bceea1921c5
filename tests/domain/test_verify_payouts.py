"""Every promise about payouts is broken once, and the proof says so."""

import re

import pytest

from portal.database import database
from portal.domain import verify
from portal.domain.affiliate.ledger.tables import Entry, Transfer
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.payouts.tables import Payout, PayoutItem, PayoutRun
from portal.domain.affiliate.promises import PAYOUTS

OF_PAYOUT = Entry.transfer.in_(Transfer.select(Transfer.id).where(Transfer.payout.is_null(False)))


@pytest.fixture
def paid(market):
    """A payout that stands, one that was taken back, a clawback that waits."""
    market.approved("a")
    (lost,) = market.pay_out(2000)
    payouts.take_back(market.world.acme.id, lost.uuid, "Lost.")
    market.approved("b", "50")
    market.pay_out(3000)
    market.update("Canceled", "b")
    assert verify.faults() == []
    return market


def first_of(model):
    return model.id == model.select().order_by(model.id).get().id


def a_payout_without_its_transfer(world):
    last = Transfer.select().where(Transfer.payout.is_null(False)).order_by(Transfer.id.desc()).get()
    Entry.delete().where(Entry.transfer == last).execute()
    last.delete_instance()


def a_second_open_item(world):
    database.execute_sql("DROP INDEX payout_item_open_once")
    waiting = PayoutItem.get(PayoutItem.payout.is_null())
    PayoutItem.create(**{name: value for name, value in waiting.__data__.items() if name != "id"})


BREAKS = [
    (
        lambda world: Payout.update(amount=7).where(Payout.reversed_at.is_null()).execute(),
        "it is 7, but .* sum to 3000",
    ),
    (lambda world: PayoutItem.update(amount=5).where(PayoutItem.payout.is_null()).execute(), "0 is due .* sum to 1005"),
    (lambda world: PayoutItem.delete().where(PayoutItem.payout.is_null()).execute(), "0 is due .* sum to 1000"),
    (lambda world: Payout.update(reversed_at=None).execute(), "2000 is due .* sum to 4000"),
    (lambda world: Payout.update(reversed_at=None).execute(), "should have 2000 paid for it, but has 0 paid and 0 due"),
    (a_payout_without_its_transfer, "should have 3000 paid for it, but has 0 paid and 0 due"),
    (a_payout_without_its_transfer, "Partner northwind was paid 3000 USD by its payouts, but 0 by the ledger"),
    (
        lambda world: Entry.update(partner=world.rival.id).where(OF_PAYOUT).execute(),
        "on account due belongs to somebody",
    ),
    (lambda world: Entry.update(partner=world.rival.id).where(OF_PAYOUT).execute(), "Partner rival was paid 0 USD"),
    (lambda world: Entry.update(currency="EUR").where(OF_PAYOUT).execute(), "is in another currency"),
    (lambda world: Entry.update(account="held").where(OF_PAYOUT).execute(), "on account held belongs to somebody"),
    (lambda world: Transfer.update(payout=None).execute(), "neither a deal nor a payout"),
    (
        lambda world: Transfer.update(payout=Payout.get()).where(first_of(Transfer)).execute(),
        "neither a deal nor a payout, or about both",
    ),
    (
        lambda world: PayoutItem.update(promoter=world.rival.id).execute(),
        "names another merchant, promoter, promotion or currency",
    ),
    (
        lambda world: PayoutItem.update(merchant=world.rival.id).execute(),
        "names another merchant, promoter, promotion or currency",
    ),
    (
        lambda world: PayoutItem.update(promotion=None).execute(),
        "names another merchant, promoter, promotion or currency",
    ),
    (
        lambda world: PayoutItem.update(currency="EUR").execute(),
        "names another merchant, promoter, promotion or currency",
    ),
    (lambda world: Payout.update(merchant=world.rival.id).execute(), "has items of another merchant or promoter"),
    (lambda world: Payout.update(promoter=world.rival.id).execute(), "has items of another merchant or promoter"),
    (lambda world: PayoutRun.update(merchant=world.rival.id).execute(), "made in another's run"),
    (a_second_open_item, "more than one open item"),
]


def broken_by(damage, world) -> dict:
    """The sentences by check; the damage is undone."""
    with database.atomic() as undone:
        damage(world)
        said = {check: verify._broken(check) for check in PAYOUTS}
        undone.rollback()
    return {check: sentences for check, sentences in said.items() if sentences}


@pytest.mark.parametrize(("damage", "says"), BREAKS)
def test_a_broken_promise_is_said(paid, damage, says):
    said = [sentence for sentences in broken_by(damage, paid.world).values() for sentence in sentences]
    assert any(re.search(says, sentence) for sentence in said), said


def test_every_promise_about_payouts_is_broken_here(paid):
    broken = set().union(*(broken_by(damage, paid.world) for damage, _ in BREAKS))
    assert broken == set(PAYOUTS)
