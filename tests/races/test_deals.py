"""Many clients at once against the real server's processes: one winner, whole books, and never a 5xx."""

from collections import Counter

import pytest

from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.ledger.tables import Transfer
from portal.domain.affiliate.refunds import lists as refund_lists
from tests.races.books import books_of, facts_of
from tests.races.control import is_lost

pytestmark = pytest.mark.races


def test_one_deal_id_from_eight_clients_makes_one_deal(merchant):
    for round_ in range(5):
        said = merchant.said(deal_id=f"same-{round_}", status="Paid" if round_ % 2 else "Created")
        answers = merchant.at_once([("POST", "/deal/", said)] * 8)
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.text for answer in answers}) == 1
        with merchant.server.connected():
            (deal,) = Deal.select().where(Deal.partner == merchant.partner, Deal.deal_id == said["deal_id"])
            paid = deal.status == "Paid"
            assert facts_of(deal) == Counter({"deal.created": 1, **({"deal.paid": 1} if paid else {})})
            assert books_of(deal) == ({"owed": -2000, "held": 2000} if paid else {})


def test_without_the_guard_one_deal_id_makes_several_deals(unguarded):
    def play(deal_id):
        answers = unguarded.at_once([("POST", "/deal/", unguarded.said(deal_id=deal_id))] * 8)
        assert {answer.status_code for answer in answers} == {200}
        with unguarded.server.connected():
            return Deal.select().where(Deal.partner == unguarded.partner, Deal.deal_id == deal_id).count() > 1

    assert is_lost(play)


def test_one_deal_id_with_different_costs_is_one_of_them(merchant):
    answers = merchant.at_once([("POST", "/deal/", merchant.said(cost=cost)) for cost in range(1, 9)])
    assert Counter(answer.status_code for answer in answers) == {200: 1, 400: 7}
    assert {answer.json()["errors"][0]["field"] for answer in answers if answer.status_code == 400} == {"cost"}


def test_paid_and_canceled_at_once_leave_whole_books(merchant):
    for round_ in range(3):
        deal_id = f"both-{round_}"
        merchant.send("POST", "/deal/", merchant.said(deal_id=deal_id))
        paid, canceled = ({"status": status} for status in ("Paid", "Canceled"))
        moves = [("PATCH", f"/deal/{deal_id}/", body) for body in (paid, canceled)] * 12
        moves += [("POST", "/deal/", merchant.said(deal_id=deal_id, status="Paid"))] * 8
        answers = merchant.at_once(moves)
        assert {answer.status_code for answer in answers} <= {200, 400}
        assert {
            answer.status_code for answer, (_, _, body) in zip(answers, moves, strict=True) if body == canceled
        } == {200}
        with merchant.server.connected():
            deal = merchant.deal(deal_id)
            assert (deal.status, deal.payment_sum, books_of(deal)) == ("Canceled", 0, {})
            facts = facts_of(deal)
            assert (facts["deal.created"], facts["deal.canceled"]) == (1, 1)
            assert facts["deal.paid"] <= 1
            assert Transfer.select().where(Transfer.deal == deal).count() == 2 * facts["deal.paid"]


def test_without_the_guard_one_deal_is_paid_several_times(unguarded):
    def play(deal_id):
        unguarded.send("POST", "/deal/", unguarded.said(deal_id=deal_id))
        unguarded.at_once([("PATCH", f"/deal/{deal_id}/", {"status": "Paid"})] * 8)
        with unguarded.server.connected():
            deal = unguarded.deal(deal_id)
            return facts_of(deal)["deal.paid"] > 1 and books_of(deal)["held"] > deal.payment_sum

    assert is_lost(play)


def test_parts_returned_at_once_are_never_more_than_the_cost(merchant):
    approved(merchant, "parts")
    answers = merchant.at_once([("POST", "/deal/parts/refunds/", {"amount": 3})] * 64)
    assert Counter(answer.status_code for answer in answers) == {201: 33, 400: 31}
    with merchant.server.connected():
        deal = merchant.deal("parts")
        assert books_of(deal) == {"owed": -20, "due": 20}
        assert (deal.payment_sum, facts_of(deal)["deal.refunded"]) == (20, 33)


def test_a_cancel_among_parts_takes_back_the_rest(merchant):
    approved(merchant, "rest")
    moves = [("POST", "/deal/rest/refunds/", {"amount": 10})] * 8
    merchant.at_once([*moves, ("PATCH", "/deal/rest/", {"status": "Canceled"})])
    with merchant.server.connected():
        assert (merchant.deal("rest").payment_sum, books_of(merchant.deal("rest"))) == (0, {})


def test_without_the_guard_more_is_returned_than_was_paid(unguarded):
    def play(deal_id):
        approved(unguarded, deal_id)
        unguarded.at_once([("POST", f"/deal/{deal_id}/refunds/", {"amount": 60})] * 8)
        with unguarded.server.connected():
            return refund_lists.sums_of(unguarded.deal(deal_id).id).amount > 10_000

    assert is_lost(play)


def approved(merchant, deal_id: str) -> None:
    """Its deal of 100 USD has cleared its hold."""
    assert merchant.send("POST", "/deal/", merchant.said(deal_id=deal_id, status="Paid")).status_code == 200
    merchant.make_due(deal_id)
    with merchant.server.connected():
        deal_moves.settle_due()
        assert merchant.deal(deal_id).approved_at


def test_costs_set_at_once_leave_the_reward_of_the_last(merchant):
    merchant.send("POST", "/deal/", merchant.said(status="Paid"))
    merchant.at_once([("PATCH", "/deal/race/", {"cost": cost}) for cost in range(10, 26)])
    with merchant.server.connected():
        deal = merchant.deal()
        assert deal.payment_sum == deal.cost // 5
        assert books_of(deal) == {"owed": -deal.payment_sum, "held": deal.payment_sum}


def test_one_catalog_code_at_once_is_had_by_one(merchant):
    for round_ in range(3):
        body = {"title": "Twice", "catalog_code": f"twice-{round_}"}
        answers = merchant.at_once([("POST", "/catalog/", body)] * 8)
        counted = Counter(answer.status_code for answer in answers)
        assert counted[200] == 1
        assert counted[400] + counted[409] == 7
        assert {answer.json()["errors"][0]["field"] for answer in answers if answer.status_code == 400} <= {
            "catalog_code"
        }


def test_limits_of_a_catalog_set_at_once_never_cross(merchant):
    made = merchant.send("POST", "/catalog/", {"title": "L", "catalog_code": "limits"}).json()
    address = f"/catalog/{made['id']}/"
    for low, high in ((50, 10), (60, 20), (70, 30)):
        merchant.send("PATCH", address, {"min_promo_code_percent": None, "max_promo_code_percent": None})
        halves = [{"min_promo_code_percent": low}, {"max_promo_code_percent": high}] * 4
        answers = merchant.at_once([("PATCH", address, half) for half in halves])
        assert {answer.json()["errors"][0]["field"] for answer in answers if answer.status_code == 400} <= {
            "min_promo_code_percent"
        }
        assert {answer.status_code for answer in answers} <= {200, 400, 409}


def test_an_offer_changed_at_once_keeps_one_reward_and_one_price_for_a_fixed_one(merchant):
    made = merchant.send("POST", "/catalog/", {"title": "O", "catalog_code": "offers"}).json()
    one, two = [{"cost": 1, "currency": "USD"}], [{"cost": 1, "currency": "USD"}, {"cost": 2, "currency": "RUB"}]
    for round_ in range(4):
        body = {"name": f"O-{round_}", "catalog_id": made["id"], "prices": one, "reward_percent": 5}
        address = f"/offer/{merchant.send('POST', '/offer/', body).json()['id']}/"
        answers = merchant.at_once(
            [("PATCH", address, change) for change in ({"prices": two}, {"fix_remuneration": 1})] * 4
        )
        assert {answer.status_code for answer in answers} <= {200, 400}
        shown = merchant.send("GET", address, {}).json()
        assert (shown["fix_remuneration"] is None) != (shown["reward_percent"] is None)
        assert shown["fix_remuneration"] is None or len(shown["prices"]) == 1
