"""Codes of the counter: made at the counter, on a customer's page and on an offer's, for what the customer can use with one."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.domain.accounts.partners import areas
from portal.domain.accounts.tables import Membership, Partner
from portal.domain.cards.cards import cards
from portal.domain.cards.counter import pins
from portal.domain.events.tables import Event
from portal.domain.member_offers.authorizations.tables import AuthorizationCode
from portal.domain.member_offers.uses.tables import OfferUse
from portal.domain.member_offers.words import CLUB, INFORMATIONAL
from portal.domain.members import bans
from tests.support import club_offers, loyalty
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.engine("sqlite")


@pytest.fixture
def mia(world):
    return club_offers.member(world.acme, first_name="Mia", phone="+4915123456789")


@pytest.fixture
def card(world, mia):
    return cards.issue(world.acme.id, mia.id, loyalty.template(world.acme, 0).id)


@pytest.fixture
def night(world):
    return club_offers.offer(world.acme, "Night", needs_authorization=True, active_seconds=3600, member_limit=9)


@pytest.fixture
def cashier(world):
    return world.as_("acme", "cashier")


def place(card, end: str = "") -> str:
    return f"/counter/cards/{card.serial}/beside/offers{end}"


def digits(page) -> str:
    return re.search(r'spoken-code-digits"[^>]*>(\d{3} \d{3})<', page.text)[1]


def codes() -> int:
    return AuthorizationCode.select().count()


def test_a_cashier_makes_a_code_that_its_member_uses_once(world, cashier, card, mia, night):
    club_offers.offer(world.acme, "Coffee")
    assert place(card) in cashier.get(f"/counter/cards/{card.serial}").text
    page = cashier.get(place(card)).text
    assert "Night" in page and f'value="{night.offer_id}"' in page and page.count('name="offer"') == 1
    made = cashier.post(place(card), {"offer": night.offer_id})
    assert made.status_code == 200 and 'data-left="600"' in made.text and "Mia" in made.text
    assert made.headers["Cache-Control"] == "no-store"
    event = Event.select().order_by(Event.id.desc()).first()
    told = (event.type, event.actor, event.thing_id)
    assert told == ("offer_use.authorized", f"user:{world.acme.users['cashier'].id}", night.offer.uuid)
    assert event.data == {"member_id": mia.id}
    assert "1 code from before is still good." in cashier.get(place(card)).text
    club_offers.use(world.acme, mia, night, digits(made))
    assert OfferUse.select().count() == 1


def test_the_counter_tells_what_the_customer_uses_without_a_code_and_what_is_in_the_way(world, cashier, card, mia):
    coffee, _ = (club_offers.offer(world.acme, name, member_limit=1) for name in ("Coffee", "Soup"))
    club_offers.offer(world.acme, "Over", usable_until=clock.now() - timedelta(days=1))
    club_offers.offer(world.acme, "To be read", scope=INFORMATIONAL)
    club_offers.use(world.acme, mia, coffee)
    page = cashier.get(place(card)).text
    told = page.partition("counter-stands")[2].partition("</ul>")[0]
    assert re.findall("<li><span>(\\w+)", told) == ["Soup", "Coffee"]
    assert told.index("Can be used") < told.index("Coffee") < told.index("Not now")
    assert "<h2>Make a code" not in page


def test_whoever_took_over_by_a_pin_makes_the_code(world, card, night):
    manager, waiter = world.as_("acme", "manager"), world.acme.users["cashier"]
    pins.choose(world.acme.id, waiter.id, "7391", PASSWORD)
    membership = Membership.get(Membership.partner == world.acme.id, Membership.user == waiter.id)
    manager.post(f"/counter/cashiers/{membership.id}", {"pin": "7391"})
    manager.post(place(card), {"offer": night.offer_id})
    event = Event.get(Event.type == "offer_use.authorized")
    assert event.actor == f"user:{waiter.id}"


def test_what_no_code_would_help_with_is_said_instead_of_a_button(world, cashier, card, mia):
    spent = club_offers.offer(world.acme, "Spent", needs_authorization=True, member_limit=1)
    club_offers.use(world.acme, mia, spent, digits(cashier.post(place(card), {"offer": spent.offer_id})))
    club_offers.offer(world.acme, "Gone", needs_authorization=True, usable_since=clock.now() + timedelta(days=1))
    page = cashier.get(place(card)).text
    assert "The 1 use that a member has is made." in page and "can be used from" in page
    assert 'name="offer"' not in page
    before = codes()
    refused = cashier.post(place(card), {"offer": spent.offer_id})
    assert refused.status_code == 303 and codes() == before
    assert "Raise the limit of a member." in cashier.get(place(card)).text
    fresh = club_offers.offer(world.acme, "Fresh", needs_authorization=True)
    bans.ban(mia, clock.now() + timedelta(days=1))
    assert "banned from offers until" in cashier.get(place(card)).text
    assert cashier.post(place(card), {"offer": fresh.offer_id}).status_code == 303 and codes() == before


def test_a_member_has_five_good_codes_for_an_offer_at_most(cashier, card, night):
    for _ in range(5):
        assert cashier.post(place(card), {"offer": night.offer_id}).status_code == 200
    assert cashier.post(place(card), {"offer": night.offer_id}).status_code == 303
    assert "has 5 codes for it already" in cashier.get(place(card)).text


def test_the_counter_has_offers_only_with_a_club_that_shows_some(world, cashier, card):
    assert place(card) not in cashier.get(f"/counter/cards/{card.serial}").text
    assert cashier.get(place(card)).status_code == 404
    club_offers.offer(world.acme, "Coffee")
    assert "These need no code" in cashier.get(place(card)).text
    areas.switch(Partner.get_by_id(world.acme.id), CLUB, False)
    assert place(card) not in cashier.get(f"/counter/cards/{card.serial}").text
    assert cashier.get(place(card)).status_code == 404
    assert cashier.get(f"/counter/cards/{card.serial}/beside/nothing").status_code == 404


def test_a_use_is_undone_at_the_counter_for_ten_minutes(world, cashier, card, mia):
    what = club_offers.offer(world.acme, "Coffee", member_limit=2)
    with clock.acting(-300):
        club_offers.use(world.acme, mia, what)
    with clock.acting(-900):
        club_offers.use(world.acme, mia, what)
    recent, old = OfferUse.select().order_by(OfferUse.used_at.desc())
    page = cashier.get(place(card)).text
    assert f"?undo={recent.uuid}" in page and old.uuid not in page
    question = cashier.get(place(card, f"?undo={recent.uuid}")).text
    assert "Undo the use of “Coffee”?" in question and "2 → 1 of 2" in question
    assert cashier.post(place(card), {"use": recent.uuid}).status_code == 303
    assert cashier.post(place(card), {"use": old.uuid}).status_code == 303
    assert "A manager can still undo it" in cashier.get(place(card)).text
    undone = [OfferUse.get_by_id(use.id).undone_at is not None for use in (recent, old)]
    assert undone == [True, False]


def test_the_portal_makes_a_code_on_the_customers_page_and_on_the_offers(world, mia, night):
    manager, codes_of = world.as_("acme", "manager"), f"/customers/{mia.uuid}/offers/codes"
    assert codes_of in manager.get(f"/customers/{mia.uuid}?tab=offers").text
    assert "Night" in manager.get(codes_of).text
    club_offers.use(world.acme, mia, night, digits(manager.post(codes_of, {"offer": night.offer_id})))
    of_offer = f"/member-offers/{night.offer_id}/code"
    assert of_offer in manager.get(f"/member-offers/{night.offer_id}").text
    assert "Nobody fits" in manager.get(f"{of_offer}?q=Omar").text
    for asked in ("Mia", "0151 23456789"):
        assert mia.uuid in manager.get(f"{of_offer}?q={asked}").text
    told = manager.post(of_offer, {"customer": mia.uuid})
    assert told.status_code == 303 and "active until" in manager.get(of_offer).text


def test_a_code_for_anothers_offer_or_customer_is_as_for_a_missing_one(world, cashier, card, mia, night):
    foreign, stranger = club_offers.offer(world.rival, needs_authorization=True), club_offers.member(world.rival)
    manager = world.as_("acme", "manager")
    for offer_id in (foreign.offer_id, 10**9, "x"):
        assert cashier.post(place(card), {"offer": offer_id}).status_code == 404
        assert manager.post(f"/customers/{mia.uuid}/offers/codes", {"offer": offer_id}).status_code == 404
    assert manager.post(f"/member-offers/{night.offer_id}/code", {"customer": stranger.uuid}).status_code == 404
    assert manager.post(f"/member-offers/{foreign.offer_id}/code", {"customer": mia.uuid}).status_code == 404
    assert cashier.get(place(loyalty.card(world.rival))).status_code == 404
    viewer = world.as_("acme", "viewer")
    for where in (place(card), f"/customers/{mia.uuid}/offers/codes", f"/member-offers/{night.offer_id}/code"):
        assert viewer.post(where, {"offer": night.offer_id}).status_code == 403
    assert codes() == 0
