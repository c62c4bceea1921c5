"""Reporting again a deal that was canceled by time: the question, both pages, and the form that is sent again."""

import re

import pytest

from portal.domain.affiliate.deals.tables import Deal
from tests.affiliate import things
from tests.domain.test_reported_again import run_out


@pytest.fixture
def owner(world):
    return world.as_("acme")


@pytest.fixture
def late(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.promotion(catalog, world.northwind)
    things.deal(catalog, "LATE", another_data="myshare=NRTHWND22")
    return run_out("LATE")


def test_a_deal_is_reported_again_from_its_page_and_each_leads_to_the_other(world, owner, late):
    place = f"/deals/{late.uuid}/again"
    assert place in owner.get(f"/deals/{late.uuid}").text
    page = owner.get(place).text
    assert 'value="LATE-2"' in page and "It belongs to Northwind, as the old one did" in page
    answer = owner.post(place, {"deal_id": "LATE-2", "status": "Paid"})
    new = Deal.get(Deal.deal_id == "LATE-2")
    assert answer.location == f"/deals/{new.uuid}" and new.payment_sum == 1000
    old_page, new_page = (owner.get(f"/deals/{deal.uuid}").text for deal in (late, new))
    assert "Reported again as" in old_page and f"/deals/{new.uuid}" in old_page and place not in old_page
    assert "Deal reported again under another id" in old_page
    assert "Reported in place of" in new_page and f"/deals/{late.uuid}" in new_page
    promoter = world.as_("northwind")
    theirs = [promoter.get(f"/promotions/deals/{deal.uuid}").text for deal in (late, new)]
    assert f"/promotions/deals/{new.uuid}" in theirs[0] and f"/promotions/deals/{late.uuid}" in theirs[1]
    assert "LATE" not in theirs[0] + theirs[1]
    found = owner.get("/search?q=LAT").text
    assert late.uuid in found and new.uuid in found


def test_sent_again_it_leads_to_the_same_deal_and_says_so(owner, late):
    place = f"/deals/{late.uuid}/again"
    first = owner.post(place, {"deal_id": "LATE-2", "status": "Paid"})
    for deal_id in ("LATE-2", "LATE-3"):
        again = owner.post(place, {"deal_id": deal_id, "status": "Paid"})
        assert again.location == first.location
        assert "was reported again already, as LATE-2" in owner.get(again.location).text
    assert Deal.select().count() == 2


def test_one_that_somebody_canceled_says_why_it_cannot_be_and_what_serves(owner, late):
    things.deal(late.catalog, "MINE")
    mine = Deal.get(Deal.deal_id == "MINE")
    owner.post(f"/deals/{mine.uuid}/cancellation", {"returned": "0"})
    assert f"/deals/{mine.uuid}/again" not in owner.get(f"/deals/{mine.uuid}").text
    page = owner.get(f"/deals/{mine.uuid}/again").text
    assert "Somebody canceled this deal before its time ran out. Report the purchase as a new deal." in page
    assert owner.post(f"/deals/{mine.uuid}/again", {"deal_id": "MINE-2", "status": "Paid"}).status_code == 422
    taken = owner.post(f"/deals/{late.uuid}/again", {"deal_id": "MINE", "status": "Paid"})
    assert taken.status_code == 422 and re.search(r"Another deal has this id", taken.text)
