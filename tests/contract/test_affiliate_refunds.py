"""What the contract settles of partial returns after approval."""

import pytest

from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.refunds.tables import Refund

REFUNDS = "/deal/order-1/refunds/"


@pytest.fixture
def approved(shop):
    shop.report(status="Paid")
    Deal.update(due_at=0).execute()
    assert deal_moves.settle_due() == 1
    return shop


def test_a_refund_is_answered_with_every_documented_key_and_listed(approved, api):
    reply = api.post(REFUNDS, {"amount": 30, "comment": "One of three"})
    deal = approved.deal()
    assert reply.status == 201
    assert reply.body == {
        "id": Refund.get().uuid,
        "deal_id": "order-1",
        "amount": 30.0,
        "currency": "USD",
        "payment_sum": 14.0,
        "created_at": deal["modified_at"],
    }
    assert (deal["cost"], deal["payment_sum"], deal["status"], deal["is_returned"]) == (100.0, 14.0, "Paid", False)
    second = api.post(f"/deal/{deal['id']}/refunds", {"amount": "70.00"}).body
    assert second["payment_sum"] == 0.0
    assert api.get(REFUNDS).body == [second, reply.body]
    page = api.get(f"{REFUNDS}?limit=1")
    assert page.body == [second] and 'rel="next"' in page.headers["Link"]


def test_more_than_the_cost_in_all_is_a_400(approved, api):
    assert api.post(REFUNDS, {"amount": 99.99}).status == 201
    for amount in (0.02, 0, -1, 0.001, 10**12):
        assert api.refused("POST", REFUNDS, {"amount": amount}) == ["amount"], amount
    assert api.refused("POST", REFUNDS, {}) == ["amount"]
    assert api.post(REFUNDS, {"amount": 0.01}).body["payment_sum"] == 0.0


def test_before_approval_the_refusal_names_the_mend(shop, api):
    for status in ("Created", "Paid"):
        shop.report(status=status)
        reply = api.post(REFUNDS, {"amount": 1})
        assert (reply.status, reply.fields) == (400, ["amount"]) and "Change its cost" in reply.body["detail"]
    assert (api.get(REFUNDS).body, api.get("/deal/none/refunds/").status) == ([], 404)


def test_a_key_sent_again_returns_nothing_twice(approved, api):
    key = {"Idempotency-Key": "back-1"}
    first, again = (api.post(REFUNDS, {"amount": 30}, headers=key) for _ in range(2))
    assert (again.status, again.body, again.headers["Idempotent-Replayed"]) == (201, first.body, "true")
    assert Refund.select().count() == 1


def test_a_later_cancel_takes_back_the_rest_alone(approved, api):
    api.post(REFUNDS, {"amount": 30})
    assert api.patch("/deal/order-1/", {"status": "Canceled", "is_returned": True}).body["is_returned"] is True
    assert approved.deal()["payment_sum"] == 0.0
    assert "nothing is left to return" in api.post(REFUNDS, {"amount": 1}).body["detail"]
