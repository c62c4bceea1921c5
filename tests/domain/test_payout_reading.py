"""Both sides read the same payouts; a statement adds up; nobody else finds them."""

import pytest

from portal import clock
from portal.affiliate.deals import stands as reward_stands
from portal.domain.affiliate.deals import passport as deal_passport
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.payouts import balances as payout_balances
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.affiliate.payouts import lists as payout_lists
from portal.domain.affiliate.payouts import payouts, sending
from portal.domain.affiliate.payouts import statement as payout_statement
from portal.domain.errors import NotFound
from tests.affiliate.counting import queries


@pytest.fixture
def carried(market):
    """Two payouts of northwind's: the second takes a deal of the first back."""
    payout_details.keep(market.world.northwind.id, {"holder": "N", "account": "A1", "tax_number": "T7"})
    market.approved("a")
    market.approved("b", "50")
    (first,) = market.pay_out(3000)
    market.update("Canceled", "a")
    market.approved("c", "150")
    (second,) = market.pay_out(1000)
    return first, second


def test_a_statement_adds_up_for_both_sides(market, carried):
    for asking in (market.world.acme.id, market.world.northwind.id):
        shown = [payout_statement.of(asking, payout.uuid.upper()) for payout in carried]
        assert [(one.carried_over, one.new, one.payout.amount, one.lines) for one in shown] == [
            (0, 3000, 3000, 2),
            (-2000, 3000, 1000, 2),
        ]
        assert shown[0].details["account"] == "A1"
        assert (shown[1].payout.merchant, shown[1].payout.promoter, shown[1].payout.number) == ("Acme", "Northwind", 2)


def test_a_statement_has_a_line_for_each_deal(market, carried):
    _, second = carried
    lines = payout_statement.lines(market.world.northwind.id, second.uuid).rows
    assert [(line.deal_id, line.amount, line.reward, line.is_clawback) for line in lines] == [
        ("c", 3000, 3000, False),
        ("a", -2000, 2000, True),
    ]
    assert (lines[0].cost, lines[0].offer_name, lines[0].catalog_title) == (15000, "Plan", "Shop")
    assert (lines[0].canceled, lines[1].canceled is None) == (None, False)
    assert lines[0].reported <= lines[0].approved


def test_the_lines_of_an_export_come_in_portions_and_once(market, monkeypatch):
    deal_ids = [str(number) for number in range(7)]
    for deal_id in deal_ids:
        market.approved(deal_id, "1")
    (payout,) = market.pay_out(140)
    monkeypatch.setattr(payout_statement, "_AT_ONCE", 3)
    read = payout_statement.each_line(market.world.acme.id, payout.uuid)
    assert [line.deal_id for line in read] == deal_ids
    monkeypatch.setattr(payout_statement.key_pages, "MOST", 3)
    page = payout_statement.lines(market.world.acme.id, payout.uuid)
    assert [line.deal_id for line in page.rows] == ["6", "5", "4"]
    older = payout_statement.lines(market.world.acme.id, payout.uuid, before=page.older_than)
    assert [line.deal_id for line in older.rows] == ["3", "2", "1"]


def test_nobody_else_finds_a_payout(market, carried):
    rival, (first, _) = market.world.rival.id, carried
    for read in (payout_statement.of, payout_statement.lines, payout_statement.each_line):
        for name in (first.uuid, "nothing"):
            with pytest.raises(NotFound):
                read(rival, name)
    for other in (rival, market.world.northwind.id):
        with pytest.raises(NotFound):
            payout_lists.of_run(other, first.run.uuid)
        assert (payout_lists.runs(other).rows, payout_lists.of_merchant(other).rows) == ([], [])
    assert payout_lists.of_promoter(market.world.acme.id).rows == []
    assert payout_balances.of_merchant(rival) == payout_balances.of_promoter(rival) == []


def test_lists_are_newest_first_and_narrowed(market, carried):
    acme, northwind = market.world.acme.id, market.world.northwind.id
    market.approved("yen", currency="JPY")
    market.pay_out(20, currency="JPY")
    payouts.take_back(acme, carried[0].uuid, "Lost.")
    rows = payout_lists.of_merchant(acme).rows
    assert [(row.number, row.currency, row.reason) for row in rows] == [
        (3, "JPY", None),
        (2, "USD", None),
        (1, "USD", "Lost."),
    ]
    assert (rows[0].taken_back, rows[2].taken_back is None) == (None, False)
    assert [row.number for row in payout_lists.of_merchant(acme, northwind, currency="USD").rows] == [2, 1]
    assert [row.number for row in payout_lists.of_promoter(northwind).rows] == [3, 2, 1]
    assert [row.number for row in payout_lists.of_run(acme, carried[1].run.uuid).rows] == [2]


def test_a_run_tells_its_totals_by_currency_in_two_queries(market):
    acme, northwind = market.world.acme.id, market.world.northwind.id
    for number in range(3):
        market.approved(f"usd{number}")
        market.approved(f"jpy{number}", currency="JPY")
        payouts.run(acme, [(northwind, "USD", 2000), (northwind, "JPY", 20)])
    rows = payout_lists.runs(acme).rows
    assert [[tuple(total) for total in row.totals] for row in rows] == [
        [("JPY", 1, 20, 1, 20), ("USD", 1, 2000, 1, 2000)]
    ] * 3
    assert queries(lambda: payout_lists.runs(acme)) == 2


def test_balances_are_the_same_from_both_sides(market, carried):
    market.report("Paid", "10", "held")
    market.report("Paid", "20", "held later")
    Deal.update(due_at=Deal.due_at + 1).where(Deal.deal_id == "held later").execute()
    market.update("Canceled", "c")
    market.approved("yen", currency="JPY")
    acme, northwind = market.world.acme.id, market.world.northwind.id
    sending.mark_sent(acme, carried[0].uuid)
    for balances, other in (
        (payout_balances.of_merchant(acme), "Northwind"),
        (payout_balances.of_promoter(northwind), "Acme"),
    ):
        assert [(one.partner, one.currency, one.held, one.due, one.recorded, one.paid) for one in balances] == [
            (other, "JPY", 0, 20, 0, 0),
            (other, "USD", 600, -3000, 1000, 3000),
        ]
        assert [one.clears_at for one in balances] == [None, market.deal("held").due_at]


def stands(market, deal_id: str) -> list:
    passport = deal_passport.of(market.world.acme.id, market.deal(deal_id).uuid)
    return [(said, total) for said, total, _ in reward_stands.of(passport)]


def test_a_passport_tells_where_the_reward_stands_at_each_stage(market):
    today = f"{clock.now().day} {clock.now():%b %Y}"
    market.report("Created", deal_id="a")
    assert stands(market, "a") == []
    market.report("Paid", deal_id="a")
    assert stands(market, "a") == [("Held for Northwind", 2000)]
    Deal.update(due_at=0).execute()
    market.approved("b", "150")
    assert stands(market, "a") == [("Due to Northwind", 2000)]
    (first,) = market.pay_out(5000)
    assert stands(market, "a") == [("To be sent to Northwind, payout no. 1", 2000)]
    market.send()
    paid = (f"Paid out to Northwind, payout no. 1 on {today}", 2000)
    assert stands(market, "a") == [paid]
    market.update("Canceled", "a")
    assert stands(market, "a") == [paid, ("To be taken back from Northwind with its next payout", -2000)]
    market.approved("c", "150")
    market.pay_out(1000)
    back = (f"Taken back from Northwind, payout no. 2 on {today}", -2000)
    assert stands(market, "a") == [paid, back]
    payouts.take_back(market.world.acme.id, first.uuid, "Lost.")
    assert stands(market, "a") == [back, ("Due to Northwind", 2000)]
    assert stands(market, "b") == [("Due to Northwind", 3000)]
