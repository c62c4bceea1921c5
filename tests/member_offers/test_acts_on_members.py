"""What staff do with a customer's offers, on the customer's page: grants, undone uses, bans."""

from datetime import timedelta

import pytest

from portal import clock
from portal.domain.accounts.partners import areas
from portal.domain.accounts.tables import Partner
from portal.domain.events.tables import Event
from portal.domain.identifiers import new_uuid
from portal.domain.member_offers import grants, likes
from portal.domain.member_offers.listing import one
from portal.domain.member_offers.terms import terms
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses import checks
from portal.domain.member_offers.uses.tables import OfferMember, OfferUse
from portal.domain.member_offers.words import CLUB, SCOPES
from portal.domain.members import bans
from portal.domain.members.tables import Member
from tests.support import club_offers

pytestmark = pytest.mark.engine("sqlite")


@pytest.fixture
def mia(world):
    return club_offers.member(world.acme, first_name="Mia")


def place(who: Member, end: str = "") -> str:
    return f"/customers/{who.uuid}{end}"


def tab(world, who: Member, role: str = "manager") -> str:
    return world.as_("acme", role).get(place(who, "?tab=offers")).text


def told(world, who: Member, what):
    return one(club_offers.asks(world.acme, who.id), what.offer_id, list(SCOPES))


def typed(moment) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def events() -> list[tuple[str, str]]:
    return [(event.type, event.actor) for event in Event.select().order_by(Event.id.desc()).limit(2)]


def test_the_tab_tells_what_was_used_liked_and_granted_and_is_there_before_anything_was(world, mia):
    assert "Nothing yet." in tab(world, mia)
    coffee = club_offers.offer(world.acme, "Coffee", active_seconds=60)
    night = club_offers.offer(world.acme, "Night", type="EXCLUSIVE")
    club_offers.use(world.acme, mia, coffee)
    likes.like(club_offers.asks(world.acme, mia.id), coffee.offer_id, list(SCOPES))
    manager = world.as_("acme", "manager")
    manager.post(place(mia, "/offers/grant"), {"offer": night.offer_id})
    shown = tab(world, mia)
    for said in (
        f"/member-offers/{coffee.offer_id}",
        f"/member-offers/{night.offer_id}",
        "Active</span>",
        "Granted</span>",
    ):
        assert said in shown
    areas.switch(Partner.get_by_id(world.acme.id), CLUB, False)
    page = world.as_("acme").get(place(mia, "?tab=offers")).text
    assert "Coffee" in page and "Grant an offer" not in page  # Told as other areas tell, without acts.


def test_of_many_uses_the_latest_are_told_and_the_others_are_a_click_away(world, mia):
    coffee = club_offers.offer(world.acme, "Coffee", active_seconds=0)
    for _ in range(12):
        club_offers.use(world.acme, mia, coffee)
    owner, tab = world.as_("acme"), f"/customers/{mia.uuid}?tab=offers"
    page = owner.get(tab).text
    assert page.count("/undoing") == 10 and "2 uses more" in page
    assert owner.get(f"{tab}&all=used").text.count("/undoing") == 12


def test_an_undone_use_gives_back_a_use_of_all_three_limits_as_the_question_said(world, mia):
    what = club_offers.offer(
        world.acme, "Coffee", member_limit=2, period="YEAR", period_limit=3, global_limit=4, active_seconds=60
    )
    club_offers.use(world.acme, mia, what)
    mistaken = OfferUse.get()
    before = told(world, mia, what)
    assert (before.row.uses, before.period_uses, before.row.global_uses) == (1, 1, 1)
    manager, question = world.as_("acme", "manager"), place(mia, f"/offers/uses/{mistaken.uuid}/undoing")
    assert question in tab(world, mia)
    asked = manager.get(question).text
    for said in ("Undo the use of “Coffee”?", "1 → 0 of 2", "1 → 0 of 3", "1 → 0 of 4", "Mia"):
        assert said in asked
    assert OfferUse.get().undone_at is None
    assert manager.post(question).location == place(mia, "?tab=offers")
    after = told(world, mia, what)
    assert (after.row.uses, after.period_uses, after.row.global_uses) == (0, 0, 0)
    assert (after.uses_left, after.period_left, checks.is_usable(after)) == (2, 3, True)
    assert events()[0] == ("offer_use.undone", f"user:{world.acme.users['manager'].id}")
    assert "Undone" in tab(world, mia) and question not in tab(world, mia)
    assert "was undone before" in manager.post(question).text


def test_a_use_of_an_earlier_period_gives_nothing_back_to_the_present_one(world, mia):
    what = club_offers.offer(world.acme, "Coffee", period="DAY", period_limit=1)
    with clock.acting(-86_400):
        club_offers.use(world.acme, mia, what)
    page = world.as_("acme").get(place(mia, f"/offers/uses/{OfferUse.get().uuid}/undoing")).text
    assert "Undo the use" in page and "Of this period" not in page


def test_an_exclusive_offer_is_granted_until_a_moment_and_taken_back(world, mia):
    night = club_offers.offer(world.acme, "Night", type="EXCLUSIVE")
    with clock.acting(-7200):
        an_hour = {"usable_until": clock.now() + timedelta(hours=1)}
        for spent in (an_hour, {"is_shown": False}, {"type": "REGULAR"}):
            club_offers.offer(world.acme, "Spent", **{"type": "EXCLUSIVE", **spent})
    manager, form = world.as_("acme", "manager"), place(mia, "/offers/grant")
    page = manager.get(form).text
    assert "Night" in page and "Spent" not in page
    assert not checks.is_usable(told(world, mia, night))
    late = typed(clock.now() - timedelta(days=1))
    assert "to come" in manager.post(form, {"offer": night.offer_id, "until": late}).text
    manager.post(form, {"offer": night.offer_id, "until": typed(clock.now() + timedelta(days=2))})
    assert checks.is_usable(told(world, mia, night))
    with clock.acting(3 * 86_400):
        assert not checks.is_usable(told(world, mia, night))
    with clock.acting(-86_400):
        grants.grant(club_offers.asks(world.acme, mia.id), night.offer_id, list(SCOPES), 60)
    assert "Ended" in tab(world, mia)
    terms.change(night, {"is_shown": False})
    ending = place(mia, f"/offers/{night.offer_id}/grant-ending")
    assert ending in tab(world, mia)
    manager.post(ending)
    assert OfferMember.get().granted_at is None and ending not in tab(world, mia)
    assert events()[0][0] == "offer_grant.ended"
    assert "not granted" in manager.post(ending).text


def test_where_no_offer_can_be_granted_the_page_says_which_could(world, mia):
    club_offers.offer(world.acme, "Coffee")
    assert "No offer can be granted" in world.as_("acme").get(place(mia, "/offers/grant")).text


def test_a_ban_is_given_a_reason_and_an_end_shown_felt_and_lifted(world, mia):
    what = club_offers.offer(world.acme, "Coffee")
    manager, form = world.as_("acme", "manager"), place(mia, "/ban")
    assert form in manager.get(place(mia)).text
    past = manager.post(form, {"banned_until": typed(clock.now() - timedelta(days=1)), "reason": "Sold codes"})
    assert past.status_code == 422 and "to come" in past.text and "Sold codes" in past.text
    until = clock.now() + timedelta(days=3)
    manager.post(form, {"banned_until": typed(until), "reason": "Sold codes"})
    assert events()[0] == ("member.banned", f"user:{world.acme.users['manager'].id}")
    shown = tab(world, mia)
    for said in ("Banned from offers", "Cannot use the club’s offers until", "Sold codes", "467", "Change the ban"):
        assert said in shown
    assert "Banned from offers" in manager.get(place(mia)).text
    assert not checks.is_usable(told(world, mia, what))
    assert "Sold codes" in manager.get(form).text
    manager.post(place(mia, "/ban/lifting"))
    assert "Banned from offers" not in tab(world, mia) and checks.is_usable(told(world, mia, what))
    assert events()[0][0] == "member.unbanned"
    assert "not banned" in manager.post(place(mia, "/ban/lifting")).text


def test_viewers_see_the_offers_and_do_nothing_and_cashiers_see_no_customers_page(world, mia):
    what = club_offers.offer(world.acme, "Coffee")
    club_offers.use(world.acme, mia, what)
    use = OfferUse.get().uuid
    viewers = tab(world, mia, "viewer")
    assert "Coffee" in viewers
    acts = (
        "/offers/grant",
        f"/offers/{what.offer_id}/grant-ending",
        f"/offers/uses/{use}/undoing",
        "/ban",
        "/ban/lifting",
    )
    for end in acts:
        assert place(mia, end) not in viewers
        for role in ("viewer", "cashier"):
            assert world.as_("acme", role).post(place(mia, end)).status_code == 403


def test_anothers_use_offer_and_customer_are_as_missing_ones(world, mia):
    other = club_offers.member(world.acme, first_name="Omar")
    club_offers.use(world.acme, other, club_offers.offer(world.acme))
    stranger = club_offers.member(world.rival)
    club_offers.use(world.rival, stranger, club_offers.offer(world.rival))
    manager = world.as_("acme", "manager")
    for use in [*(row.uuid for row in OfferUse.select()), new_uuid(), "x"]:
        owners = use == OfferUse.get(OfferUse.member == other).uuid
        for who in (mia, stranger, *(() if owners else (other,))):
            assert manager.post(place(who, f"/offers/uses/{use}/undoing")).status_code == 404
    assert OfferUse.select().where(OfferUse.undone_at.is_null(False)).count() == 0
    foreign = club_offers.offer(world.rival, type="EXCLUSIVE")
    assert manager.post(place(mia, "/offers/grant"), {"offer": foreign.offer_id}).status_code == 422
    for end in ("/ban", "/ban/lifting", "/offers/grant"):
        assert manager.post(place(stranger, end)).status_code == 404
    assert Member.get_by_id(stranger.id).banned_until is None


def test_an_exclusive_offer_says_that_it_is_granted_and_leads_to_whom(world, mia):
    manager = world.as_("acme", "manager")
    manager.post("/member-offers/new", {"scope": "standard", "type": "EXCLUSIVE", "name": "Night"})
    offer_id = MemberTerms.get().offer_id
    page = manager.get(f"/member-offers/{offer_id}").text
    assert "Only those to whom you grant it can use it." in page and "They use it as often as they like." in page
    assert "As often as members like." not in page and f'href="/member-offers/{offer_id}/grant"' in page
    found = manager.get(f"/member-offers/{offer_id}/grant?q=Mia").text
    assert place(mia, f"/offers/grant?offer={offer_id}") in found
    form = manager.get(place(mia, f"/offers/grant?offer={offer_id}")).text
    assert f'<option selected value="{offer_id}">' in form


def test_what_keeps_a_customer_from_offers_can_be_lifted_where_it_is_said(world, mia):
    bans.ban(mia, clock.now() + timedelta(days=1))
    lifting = f'<form method="post" action="{place(mia, "/ban/lifting")}">'
    assert lifting in tab(world, mia) and lifting not in tab(world, mia, "viewer")


def test_the_pages_of_the_club_are_found_by_the_words_people_have_for_them(world):
    owner = world.as_("acme", "owner")
    for text, leads_to in (
        ("poster", "/club-page/poster"),
        ("qr", "/club-page"),
        ("preview", "/member-offers"),
        ("add an offer", "/member-offers/new"),
        ("grant", "/member-offers"),
        ("ban", "/customers"),
        ("undo", "/customers"),
        ("colour", "/club-page/look"),
        ("logo", "/club-page/look"),
    ):
        assert f'href="{leads_to}"' in owner.get(f"/search?q={text}", htmx=True).text, text
