"""Who may see and change what: every page, asked as each role and as a stranger."""

import pytest

from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.deal_lists import views as saved_views
from portal.domain.affiliate.deals.tables import Deal, SavedView
from portal.domain.affiliate.questions.tables import DealQuestion
from portal.domain.offers.tables import Catalog, Offer
from tests.affiliate import things

SEEN = [
    "/catalogs", "/catalogs/{catalog}", "/deals", "/deals/news", "/deals/refused", "/deals/{deal}", "/deals/questions",
    "/deals/export.csv",
]  # fmt: skip
ASKED = [
    "/catalogs/{catalog}/edit", "/catalogs/{catalog}/publication", "/catalogs/{catalog}/offers/new", "/offers/{offer}/edit",
    "/catalogs/{catalog}/landings/new", "/landings/{landing}/edit", "/landings/{landing}/removal", "/deals/{deal}/cancellation",
    "/deals/views/{view}", "/deals/views/{view}/removal",
]  # fmt: skip
CHANGED = [
    *ASKED, "/catalogs/{catalog}/test-deal", "/offers/{offer}/activation", "/deals/{deal}/payment", "/deals/{deal}/return",
    "/deals/{deal}/cost", "/deals/{deal}/comment", "/deals/{deal}/questions/{question}",
]  # fmt: skip
MADE = ["/catalogs/new", "/deals/new", "/deals/cancellation", "/deals/views/new"]
WATCHED = (Catalog, Offer, Landing, Deal, SavedView, DealQuestion)
NAMED = [place for place in SEEN + ASKED if "{" in place]
MISSING = {
    "catalog": "ZZZZZ", "landing": "ZZZZZZ", "offer": "00000000-0000-4000-8000-000000000000",
    "deal": "00000000-0000-4000-8000-000000000000", "view": "00000000-0000-4000-8000-000000000000",
    "question": "00000000-0000-4000-8000-000000000000",
}  # fmt: skip


@pytest.fixture
def ids(world):
    catalog = things.catalog(world.acme.partner)
    offer = things.offer(catalog)
    deal, view = things.deal(catalog), saved_views.save(world.acme.id, 0, "Paid", "status=Paid", is_shared=True)
    asked = DealQuestion.create(deal=deal.id, merchant=world.acme.id, promoter=world.acme.id, question="When?")
    return {
        "catalog": catalog.short_code,
        "offer": offer.uuid,
        "landing": things.landing(catalog).code,
        "deal": deal.uuid,
        "view": view.uuid,
        "question": asked.uuid,
    }


def state():
    """Everything that a form could have changed."""
    return [[row.__data__ for row in model.select().order_by(model.id)] for model in WATCHED]


def test_a_viewer_reads_everything_and_changes_nothing(world, ids):
    viewer, before = world.as_("acme", "viewer"), state()
    for place in SEEN:
        assert viewer.get(place.format(**ids)).status_code == 200, place
    for place in [*MADE, *CHANGED]:
        assert viewer.post(place.format(**ids)).status_code == 403, place
    for place in [*MADE, *ASKED]:
        assert viewer.get(place.format(**ids)).status_code == 403, place
    assert state() == before


def test_a_viewer_sees_no_form_that_would_be_refused(world, ids):
    viewer = world.as_("acme", "viewer")
    for place in SEEN:
        main = viewer.get(place.format(**ids)).text.partition("<main")[2]
        assert 'method="post"' not in main, place


def test_a_cashier_sees_none_of_it(world, ids):
    cashier = world.as_("acme", "cashier")
    for place in SEEN + ASKED:
        assert cashier.get(place.format(**ids)).status_code == 403, place


@pytest.mark.on_both_engines
def test_somebody_elses_looks_exactly_like_missing(world, ids):
    stranger, before = world.as_("rival"), state()
    for place in NAMED:
        foreign, missing = stranger.get(place.format(**ids)), stranger.get(place.format(**MISSING))
        assert (foreign.status_code, foreign.data) == (404, missing.data), place
    for place in CHANGED:
        foreign, missing = stranger.post(place.format(**ids)), stranger.post(place.format(**MISSING))
        assert (foreign.status_code, foreign.data) == (404, missing.data), place
    assert state() == before


def test_without_the_forms_token_nothing_is_done(world, ids):
    owner, before = world.as_("acme"), state()
    for place in [*MADE, *CHANGED]:
        assert owner.post_without_token(place.format(**ids)).status_code == 400, place
    assert state() == before


def test_who_is_not_signed_in_is_led_to_sign_in(world, ids):
    for place in ["/", *SEEN, *ASKED]:
        response = world.anonymous().get(place.format(**ids))
        assert response.status_code == 302 and response.location.startswith("/sign-in"), place


@pytest.mark.on_both_engines
def test_a_list_filtered_by_a_foreign_catalog_shows_nothing_of_it(world, ids):
    assert "ORDER-1" not in world.as_("rival").get(f"/deals?catalog={ids['catalog']}").text
    assert "ORDER-1" not in world.as_("rival").get(f"/deals?q={ids['deal']}").text
