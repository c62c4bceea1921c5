"""A deal that names a promoter that nobody is says so, and waits for somebody to look."""

import pytest

from portal.domain.affiliate.attribution.another_data import pairs_of, unknown_uid
from portal.domain.affiliate.deals import deals, unknown_uids
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.errors import NotFound
from portal.domain.events.tables import Event
from tests.affiliate import things

UID = "NRTHWND22"
WAITS = "1 deal names a promoter that nobody is"


@pytest.fixture
def catalog(world):
    """Acme's catalog with an offer, sold by northwind."""
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog), things.landing(catalog)
    things.promotion(catalog, world.northwind)
    return catalog


@pytest.mark.parametrize(
    ("another_data", "named"),
    [
        ("myshare=NRTHWND23", "NRTHWND23"),
        ("https://shop.example/?myshare=nrthwnd2#top", "NRTHWND2"),
        ("uid=NRTHWND23", "NRTHWND23"),
        ("ref=bdgsyehv2", "BDGSYEHV2"),
        ("ref=newsletter&myshare=NRTHWND23", "NRTHWND23"),
        # What shops mean by these names themselves.
        ("ref=instagram", None),
        ("ref=newsletter", None),
        ("uid=482019334", None),
        ("uid=17", None),
        ("myshare=", None),
        ("myshare=a%20friend%20of%20mine", None),
        ("subid=NRTHWND23", None),
        (None, None),
    ],
)
def test_what_looks_like_a_uid_is_told_from_what_shops_call_so(another_data, named):
    assert unknown_uid(pairs_of(another_data)) == named


@pytest.mark.on_both_engines
def test_it_says_so_on_its_page_and_in_waiting_until_somebody_has_looked(world, catalog):
    deal = things.deal(catalog, "LOST", another_data="/thanks?myshare=NRTHWND23")
    things.deal(catalog, "BROUGHT", another_data=f"myshare={UID}")
    things.deal(catalog, "NEWSLETTER", another_data="ref=newsletter")
    owner, place = world.as_("acme"), f"/deals/{deal.uuid}"
    assert WAITS in owner.get("/").text and 'href="/deals?only=unknown-uid"' in owner.get("/").text
    listed = owner.get("/deals?only=unknown-uid").text
    assert "LOST" in listed and "BROUGHT" not in listed and "NEWSLETTER" not in listed
    assert "Nobody has the link id NRTHWND23" in owner.get(place).text
    assert f'action="{place}/look"' not in world.as_("acme", "viewer").get(place).text
    assert WAITS not in world.as_("rival").get("/").text
    for _ in range(2):
        owner.post(f"{place}/look")
    assert WAITS not in owner.get("/").text and "Nobody has the link id" not in owner.get(place).text
    assert "no promoter has the link id NRTHWND23" in owner.get(place).text
    assert Event.select().where(Event.type == "deal.left_to_nobody").count() == 1


def test_a_canceled_one_waits_no_longer(world, catalog):
    deal = things.deal(catalog, "LOST", another_data="myshare=NRTHWND23")
    assert WAITS in world.as_("acme").get("/").text
    deals.update(world.acme.id, "LOST", status="Canceled")
    assert WAITS not in world.as_("acme").get("/").text
    assert "Nobody has the link id" not in world.as_("acme").get(f"/deals/{deal.uuid}").text


def test_one_that_a_promo_code_or_another_name_brought_to_somebody_does_not_wait(world, catalog):
    things.deal(catalog, "NAMED", another_data=f"myshare=NRTHWND23&uid={UID}")
    assert Deal.get().unknown_uid is None


def test_a_stranger_cannot_leave_it_to_nobody(world, catalog):
    deal = things.deal(catalog, "LOST", another_data="myshare=NRTHWND23")
    with pytest.raises(NotFound):
        unknown_uids.looked_at(world.rival.id, deal.uuid)
    assert Deal.get().unknown_uid == "NRTHWND23"
