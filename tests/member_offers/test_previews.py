"""Previews: what a guest or a customer would see at a moment, drawn as the club draws it, and why; nothing is written by looking."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from portal import clock
from portal.database import database
from portal.domain.accounts.tables import Partner
from portal.domain.cards.segments import rules, segments
from portal.domain.member_offers import listing
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.missing import OfferMissing
from portal.domain.member_offers.terms import terms
from portal.domain.member_offers.uses import checks, previews
from portal.domain.member_offers.words import SCOPES
from portal.domain.members import bans
from portal.domain.schema import MODELS
from portal.domain.steps import PASSED
from portal.member_offers.previews.pages import NAMES
from tests.support import club_offers

pytestmark = pytest.mark.engine("sqlite")
CHRISTMAS = "12-24T10:00"


@pytest.fixture
def mia(world):
    return club_offers.member(world.acme, first_name="Mia", date_of_birth="1990-12-22", phone="+4915123456789")


@pytest.fixture
def viewer(world):
    return world.as_("acme", "viewer")


def year() -> int:
    """One whose Christmas is to come."""
    return clock.now().year + 1


def christmas() -> str:
    return f"{year()}-{CHRISTMAS}"


def october() -> str:
    return f"{year()}-10-05T10:00"


def preview(what, who=None, at: str = "") -> str:
    return f"/member-offers/{what.offer_id}/preview?at={at}{f'&customer={who.uuid}' if who else ''}"


def rows() -> dict[str, list]:
    """All that is stored of offers and members, but when somebody was seen."""
    tables = [model._meta.table_name for model in MODELS]
    kept = [table for table in tables if table.startswith(("offer", "member", "event", "collection", "authorization"))]
    return {table: database.execute_sql(f'SELECT * FROM "{table}" ORDER BY 1').fetchall() for table in kept}


def test_a_preview_says_of_an_offer_that_it_is_seen_where_members_see_it_and_only_there(world, mia):
    segment, told = segments.make(world.acme.id, "Regulars"), Counter()
    for is_shown, is_active, audience, is_inside in product(
        (True, False), (True, False), (segment.id, None), (True, False)
    ):
        what = club_offers.offer(world.acme, is_shown=is_shown, is_active=is_active, audience=audience)
        who = club_offers.asks(world.acme, mia.id)._replace(segments=(segment.id,) if is_inside else ())
        case = listing.as_it_is(who, what.offer_id)
        says = previews.steps(case, terms.find(world.acme.id, what.offer_id))[0]["outcome"] == PASSED
        assert says == is_listed(who, what.offer_id)
        told[says] += 1
    assert told == {True: 3, False: 13}


def is_listed(who, offer_id: int) -> bool:
    try:
        return bool(listing.one(who, offer_id, list(SCOPES)))
    except OfferMissing:
        return False


def test_an_offer_is_shown_as_a_customer_would_see_it_at_a_moment(world, viewer, mia):
    cake = club_offers.offer(world.acme, "Cake", type="BIRTHDAY", description="With a candle", member_limit=1)
    early = viewer.get(preview(cake, mia, october())).text
    assert "With a candle" in early and "Why can’t I?" in early
    assert "It is for the seven days from your birthday on." in early  # As the club says it.
    assert "The offer is for the seven days from the member’s birthday on." in early and "Nearest fix:" in early
    then = viewer.get(preview(cake, mia, christmas())).text
    assert "Why can’t I?" not in then and "Failed:" not in then and "1 use is left for you" in then
    guest = viewer.get(preview(cake, at=christmas())).text
    assert "Sign in to use or like it" in guest and "Guests read offers, and use none." in guest


def test_the_moment_is_by_the_clubs_clocks_to_the_minute(world, viewer, mia):
    Partner.update(time_zone="America/New_York").where(Partner.id == world.acme.id).execute()
    begins = datetime(year(), 12, 24, 10, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)
    what = club_offers.offer(world.acme, "Cake", usable_since=begins)
    assert "can be used from" in viewer.get(preview(what, mia, f"{year()}-12-24T09:59")).text
    assert "Failed:" not in viewer.get(preview(what, mia, christmas())).text


def test_each_check_stands_in_order_from_whether_the_offer_is_seen(world, viewer, mia):
    what = club_offers.offer(world.acme, "Cake", member_limit=1, needs_authorization=False)
    club_offers.use(world.acme, mia, what)
    page = viewer.get(preview(what, mia)).text
    assert set(NAMES) >= {check.name for check in checks.CHECKS}
    names = [str(name) for name in NAMES.values()]
    places = [page.index(f'timeline-title">{name}<') for name in names]
    assert places == sorted(places)
    assert page.count("Passed:") == 6 and page.count("Failed:") == 1 and page.count("Not reached:") == 4
    bans.ban(mia, clock.now() + timedelta(days=2))
    assert "banned from offers until" in viewer.get(preview(what, mia)).text
    later = f"{clock.now() + timedelta(days=4):%Y-%m-%dT%H:%M}"
    assert "banned from offers until" not in viewer.get(preview(what, mia, later)).text
    hidden = club_offers.offer(world.acme, "Secret", is_shown=False, description="In the dark")
    unseen = viewer.get(preview(hidden, mia)).text
    assert "The offer is hidden from members." in unseen and "They do not see this offer." in unseen
    assert "In the dark" not in unseen


def test_an_offer_for_a_segment_by_a_rule_is_seen_by_who_is_in_it_at_that_moment(world, viewer, mia):
    born = segments.make(world.acme.id, "Born in December", rules.BIRTHDAY)
    what = club_offers.offer(world.acme, "Cake", audience=born.id)
    assert "for the segment “Born in December” alone" in viewer.get(preview(what, mia, october())).text
    assert "for the segment" not in viewer.get(preview(what, mia, christmas())).text
    assert "for the segment" in viewer.get(preview(what, at=christmas())).text


def test_the_clubs_offers_stand_in_the_order_of_the_collections_and_lead_to_why(world, viewer, mia):
    tea, cake, coat = (club_offers.offer(world.acme, name) for name in ("Tea", "Cake", "Coat"))
    for title, inside in (("Breakfast", [cake, tea]), ("Winter", [coat])):
        collections.arrange(collections.make(world.acme.id, {"title": title}), [one.offer_id for one in inside])
    page = viewer.get(f"/member-offers/preview?customer={mia.uuid}&at={christmas()}").text
    shown = page[page.index("face-phone-page") :]
    places = [shown.index(word) for word in ("Breakfast", "Cake", "Tea", "Winter", "Coat")]
    assert places == sorted(places)
    assert f"/member-offers/{cake.offer_id}/preview?customer={mia.uuid}&amp;at=" in shown
    assert "/club/acme/offers" not in shown


def test_a_customer_is_found_by_name_or_phone(world, viewer, mia):
    what = club_offers.offer(world.acme, "Cake")
    others = [club_offers.member(world.acme, first_name="Omar", surname=name) for name in ("Ali", "Bey")]
    place = f"/member-offers/{what.offer_id}/preview"
    for asked in ("Mia", "0151 23456789", "ali"):
        assert "Sign in to use or like it" not in viewer.get(f"{place}?q={asked}").text
    several = viewer.get(f"{place}?q=Omar&at={christmas()}").text
    assert all(f"?customer={one.uuid}&amp;at=" in several for one in others)
    assert "Nobody fits" in viewer.get(f"{place}?q=Zoe").text


def test_a_moment_that_has_passed_or_is_none_is_refused_and_now_is_shown(world, viewer, mia):
    what = club_offers.offer(world.acme, "Cake")
    for at, said in (("2020-01-01T10:00", "to come"), ("9999-12-31T23:59", "to come"), ("tomorrow", "such as")):
        page = viewer.get(preview(what, mia, at))
        assert page.status_code == 200 and said in page.text and at in page.text and "Failed:" not in page.text


def test_looking_writes_nothing_and_counts_nothing(world, viewer, mia):
    what = club_offers.offer(world.acme, "Cake", needs_authorization=True, period="DAY", period_limit=1)
    collections.arrange(collections.make(world.acme.id, {"title": "Breakfast"}), [what.offer_id])
    before = rows()
    for place in (preview(what, mia), preview(what), preview(what, mia, christmas()), "/member-offers/preview"):
        assert viewer.get(place).status_code == 200
    assert rows() == before


def test_anothers_offer_and_customer_are_as_missing_ones(world, viewer):
    own, foreign = club_offers.offer(world.acme), club_offers.offer(world.rival)
    stranger = club_offers.member(world.rival, first_name="Zoe")
    assert viewer.get(preview(foreign)).status_code == viewer.get(preview(own, stranger)).status_code == 404
    assert "Nobody fits" in viewer.get(f"/member-offers/{own.offer_id}/preview?q=Zoe").text
    assert world.as_("acme", "cashier").get(preview(own)).status_code == 403
    assert preview(own).partition("?")[0] in viewer.get(f"/member-offers/{own.offer_id}").text
    assert "/member-offers/preview" in viewer.get("/member-offers").text
