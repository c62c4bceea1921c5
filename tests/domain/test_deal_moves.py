"""Every move of a deal posts what it must, balances, and is told once with its actor."""

from decimal import Decimal

import pytest

from portal import clock
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.ledger import book
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.events.tables import Event
from portal.domain.offers import catalogs, offers
from portal.domain.offers.tables import Catalog

HELD = {"acme owed": -2000, "northwind held": 2000}
DUE = {"acme owed": -2000, "northwind due": 2000}


def clear_hold() -> int:
    """Let every wait be over, and settle what is due."""
    Deal.update(due_at=clock.micros() - 1).where(Deal.due_at.is_null(False)).execute()
    return deal_moves.settle_due()


def test_created_posts_nothing(market):
    market.report()
    assert (market.books(), market.reasons(), market.deal().payment_sum) == ({}, [], 0)


@pytest.mark.parametrize("road", ["paid at once", "moved by report", "moved by update"])
def test_paid_holds_the_reward_for_the_promoter(market, road):
    market.report("Paid" if road == "paid at once" else "Created")
    market.update("Paid") if road == "moved by update" else market.report("Paid")
    market.report("Paid")
    assert (market.books(), market.reasons(), market.deal().payment_sum) == (HELD, ["paid"], 2000)


def test_approval_makes_the_held_reward_due_once(market):
    market.report("Paid")
    assert deal_moves.settle_due() == 0
    assert (clear_hold(), deal_moves.settle_due()) == (1, 0)
    deal = market.deal()
    assert (market.books(), market.reasons()) == (DUE, ["paid", "approved"])
    assert (deal.status, deal.approved_at is not None, deal.due_at) == ("Paid", True, None)


def test_cancel_takes_back_from_the_stage_that_was_reached(market):
    market.report("Created", deal_id="created")
    market.report("Paid", deal_id="paid")
    market.report("Paid", deal_id="approved")
    Deal.update(due_at=0).where(Deal.deal_id == "approved").execute()
    assert deal_moves.settle_due() == 1
    for deal_id in ("created", "paid", "approved"):
        market.update("Canceled", deal_id)
        market.update("Canceled", deal_id, is_returned=True)
    assert market.books() == {}
    assert market.reasons() == ["paid", "paid", "approved", "canceled", "canceled"]
    assert [(deal.payment_sum, deal.is_returned, deal.due_at) for deal in Deal.select()] == [(0, True, None)] * 3
    assert book.of_deal(market.deal("approved").id) == []


def test_a_clawback_after_payout_leaves_the_due_account_below_zero(market):
    market.approved()
    market.pay_out(2000)
    market.update("Canceled")
    assert market.books() == {"northwind due": -2000, "northwind paid": 2000}


def test_another_cost_reworks_a_held_reward_by_a_counter_entry(market):
    market.report(cost="80")
    market.update(cost=Decimal(100))
    assert market.books() == {}
    market.update("Paid", cost=Decimal(50))
    assert market.books() == {"acme owed": -1000, "northwind held": 1000}
    market.update(cost=Decimal("12.34"))
    assert market.books() == {"acme owed": -247, "northwind held": 247}
    market.update(cost=Decimal(0))
    assert market.books() == {}
    market.update(cost=Decimal(100))
    assert market.books() == HELD
    assert market.reasons() == ["paid", *["cost changed"] * 4]
    clear_hold()
    with pytest.raises(Refused):
        market.update(cost=Decimal(1))
    assert (market.books(), market.deal().cost) == (DUE, 10000)


def test_nobodys_deal_posts_nothing_whatever_happens_to_it(market):
    market.report("Paid", another_data=None)
    market.update(cost=Decimal(10))
    clear_hold()
    market.update("Canceled")
    assert (market.books(), market.reasons()) == ({}, [])
    assert market.deal().attribution == []


def test_sums_never_mix_currencies(market):
    for currency, cost in (("USD", "0.25"), ("JPY", "250"), ("KWD", "0.250")):
        market.report("Paid", cost, currency, currency=currency)
    held = {currency: market.books(currency).get("northwind held", 0) for currency in ("USD", "JPY", "KWD", "EUR")}
    assert held == {"USD": 5, "JPY": 50, "KWD": 50, "EUR": 0}


def test_a_fixed_reward_is_what_it_says(market):
    price = [offers.Price(Decimal(9), "USD")]
    terms.create(
        market.world.acme.id, {"name": "Fixed", "fix_remuneration": Decimal("3.33")}, market.catalog.uuid, price
    )
    market.report("Paid", "0.01", offer="Fixed")
    assert market.books() == {"acme owed": -333, "northwind held": 333}


def test_the_worker_cancels_what_stayed_created_and_settles_each_deal_once(market):
    for number in range(7):
        market.report("Paid" if number % 2 else "Created", deal_id=str(number))
    Deal.update(due_at=1).execute()
    assert [deal_moves.settle_due(most=2) for _ in range(5)] == [2, 2, 2, 1, 0]
    states = {deal.deal_id: (deal.status, deal.approved_at is not None) for deal in Deal.select()}
    assert states == {str(number): ("Paid", True) if number % 2 else ("Canceled", False) for number in range(7)}
    catalog = Catalog.get()
    assert (catalog.approved_deals, catalog.canceled_deals) == (3, 4)


def test_a_wait_of_nothing_is_over_at_once(market):
    catalogs.change(market.catalog, {"hold_duration": "0 00:00:00"})
    market.report("Paid")
    assert deal_moves.settle_due() == 1
    assert market.books() == DUE


def test_payment_starts_the_hold_anew(market):
    market.report("Created")
    created = market.deal()
    market.update("Paid")
    paid = market.deal()
    day = 86_400_000_000
    assert clock.to_micros(created.due_at) - clock.to_micros(created.conversion_time) == 14 * day
    assert clock.to_micros(paid.due_at) - clock.to_micros(paid.paid_at) == 30 * day


def facts(deal: Deal) -> list[tuple]:
    rows = Event.select().where(Event.thing == "deal", Event.thing_id == deal.uuid).order_by(Event.id)
    return [(event.type, event.actor) for event in rows]


def test_every_fact_is_written_once_with_its_actor(market):
    log.acting_as("token:7")
    market.report()
    market.report()
    market.report("Paid")
    market.report("Created")
    market.update("Paid", cost=Decimal(90), comment="hm")
    market.update("Paid", cost=Decimal(90), comment="hm")
    log.acting_as("system")
    clear_hold()
    log.acting_as("user:3")
    for _ in range(2):
        market.update("Canceled")
        market.update("Canceled", is_returned=True)
    log.acting_as("system")
    assert facts(market.deal()) == [
        ("deal.created", "token:7"),
        ("deal.paid", "token:7"),
        ("deal.cost_changed", "token:7"),
        ("deal.commented", "token:7"),
        ("deal.approved", "system"),
        ("deal.canceled", "user:3"),
        ("deal.returned", "user:3"),
    ]
    assert all(event.partner_id == market.world.acme.id for event in Event.select().where(Event.thing == "deal"))


def test_a_refused_move_leaves_neither_fact_nor_entry(market):
    market.report("Paid")
    market.update("Canceled")
    before = (facts(market.deal()), market.reasons(), market.deal().__data__)
    for act in (
        lambda: market.report("Paid"),
        lambda: market.update("Paid", comment="no"),
        lambda: market.update(cost=Decimal(1)),
        lambda: market.report("Canceled", "7"),
    ):
        with pytest.raises((Refused, Invalid)):
            act()
    assert (facts(market.deal()), market.reasons(), market.deal().__data__) == before


def test_a_comment_of_a_refused_move_is_not_kept(market):
    market.report("Paid")
    with pytest.raises(Refused):
        market.update("Created", comment="back")
    assert market.deal().comment is None


def test_another_partners_deal_is_not_there(market):
    from portal.domain.affiliate.deals import deals

    market.report()
    for reference in ("d", market.deal().uuid):
        with pytest.raises(NotFound):
            deals.update(market.world.rival.id, reference, "Canceled")


def test_a_deal_that_cannot_be_settled_holds_up_no_other(market, monkeypatch):
    for deal_id in ("broken", "sound"):
        market.report("Paid", deal_id=deal_id)
    broken, release = market.deal("broken").id, book.release

    def failing(deal_id, *rest):
        if deal_id == broken:
            raise ValueError("damaged")
        return release(deal_id, *rest)

    monkeypatch.setattr(book, "release", failing)
    assert clear_hold() == 1
    assert [market.deal(deal_id).approved_at is not None for deal_id in ("broken", "sound")] == [False, True]
    monkeypatch.undo()
    assert clear_hold() == 1
    assert market.books() == {account: 2 * total for account, total in DUE.items()}
