"""`modified_since`: what changed of deals, in the order of the changes, so that a copy elsewhere is kept up to date."""

import re

import pytest

from portal import clock
from portal.domain.affiliate.deals.tables import Deal


@pytest.fixture
def five(shop):
    """Five deals, 1 to 5, that last changed in this order, a minute apart."""
    for number in range(1, 6):
        shop.report(deal_id=str(number))
        change(number, number)
    return shop


def change(deal_id, minute: int) -> None:
    moment = clock.micros() - (60 - minute) * 60_000_000
    Deal.update(modified_at=moment, conversion_time=moment).where(Deal.deal_id == str(deal_id)).execute()


def ids(reply) -> list[str]:
    return [deal["deal_id"] for deal in reply.body]


def following(reply) -> str:
    return re.fullmatch(r'<[^>]+/api(/[^>]+)>; rel="next"', reply.headers["Link"])[1]


def test_deals_come_in_the_order_of_their_changes_from_the_moment_on(api, five):
    since = five.deal("3")["modified_at"]
    assert ids(api.get("/deal/?modified_since=2001-01-01")) == ["1", "2", "3", "4", "5"]
    assert ids(api.get(f"/deal/?modified_since={since}")) == ["3", "4", "5"]
    api.patch("/deal/1/", {"status": "Paid"})
    assert ids(api.get(f"/deal/?modified_since={since}")) == ["3", "4", "5", "1"]
    assert ids(api.get(f"/deal/?modified_since={since}&status=Paid&catalog_code=shop")) == ["1"]
    assert ids(api.get(f"/deal/?modified_since={since}&catalog_code=none")) == []
    assert api.get("/deal/?modified_since=lately").fields == ["modified_since"]


def test_none_is_passed_over_when_deals_change_between_two_pages(api, five):
    page = api.get("/deal/?modified_since=2001-01-01&limit=2")
    seen = ids(page)
    api.patch("/deal/2/", {"status": "Paid"})  # Seen already, and where the next page begins.
    api.patch("/deal/3/", {"status": "Paid"})
    while "Link" in page.headers:
        page = api.get(following(page))
        seen += ids(page)
        assert len(seen) < 20
    assert seen == ["1", "2", "4", "5", "2", "3"]


def test_every_change_of_what_is_shown_is_one(api, five):
    for number, act in enumerate(
        (
            {"status": "Paid"}, {"cost": 50}, {"status": "Canceled"}, {"is_returned": True, "status": "Canceled"},
        )
    ):  # fmt: skip
        before = five.deal("1")
        change(1, -number)
        api.patch("/deal/1/", act)
        since = clock.from_micros(clock.micros() - 60_000_000).isoformat()[:19]
        assert ids(api.get(f"/deal/?modified_since={since}")) == ["1"], act
        assert five.deal("1") != before


@pytest.mark.parametrize(("status", "field"), [("Created", "canceled_at"), ("Paid", "approved_at")])
def test_what_a_moment_decided_is_a_change_whether_the_worker_came_or_not(api, five, status, field):
    five.report(deal_id="3", status=status)
    change(3, 3)
    Deal.update(due_at=clock.micros() - 1).where(Deal.deal_id == "3").execute()
    since = clock.from_micros(clock.micros() - 60_000_000).isoformat()[:19]
    (shown,) = api.get(f"/deal/?modified_since={since}").body
    assert shown["deal_id"] == "3" and shown[field]


def test_a_cursor_of_the_other_order_is_refused(api, five):
    by_change = following(api.get("/deal/?modified_since=2001-01-01&limit=1"))
    newest = following(api.get("/deal/?limit=1"))
    assert api.get(by_change.replace("modified_since=2001-01-01&", "")).fields == ["cursor"]
    assert api.get(f"{newest}&modified_since=2001-01-01").fields == ["cursor"]
