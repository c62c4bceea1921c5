"""Offers in the club on a phone: guests read them, members like and use them, and read why they cannot."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.domain.affiliate.clicks import of_members
from portal.domain.cards.cards import cards
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.identifiers import new_uuid
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.counts.tables import OfferDay
from portal.domain.member_offers.terms import terms as member_terms
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses.tables import OfferMember, OfferUse
from portal.domain.members import bans
from portal.domain.members.tables import Member
from portal.domain.pictures import album
from portal.member_offers.mobile import browsing
from tests.support import club, club_offers, feeding, loyalty, things

pytestmark = pytest.mark.engine("sqlite")
START = "/club/acme/"


@pytest.fixture
def mia(world):
    """A member of acme's club, in a browser."""
    return club.signed_in(world, world.acme)


def place(terms, end: str = "") -> str:
    return f"{START}offers/{terms.offer_id}{end}"


def key_of(page) -> str:
    """The key that a page of a use was drawn with."""
    return re.search(r'name="once"[^>]*value="([^"]+)"', page.text)[1]


def uses(terms) -> int:
    return OfferUse.select().where(OfferUse.terms == terms).count()


def test_the_start_page_shows_collections_in_the_order_of_their_offers(world):
    first, second, apart = (club_offers.offer(world.acme, name) for name in ("Tea", "Cake", "Coat"))
    shelf = collections.make(world.acme.id, {"title": "Breakfast"})
    collections.arrange(shelf, [second.offer_id, first.offer_id])
    page = world.anonymous().get(START).text
    assert page.index("Breakfast") < page.index("Cake") < page.index("Tea") and "Coat" not in page
    assert place(first) in page and world.anonymous().get(place(apart)).status_code == 200


def test_a_guest_sees_offers_before_cards_and_a_member_their_cards_before_offers(world, mia):
    club_offers.offer(world.acme, "Coffee")
    card = cards.issue(
        world.acme.id, Member.get(Member.partner == world.acme.id).id, loyalty.template(world.acme, 0).id
    )
    guest, own = world.anonymous().get(START).text, mia.get(START).text
    assert guest.index("Coffee") < guest.index("/c/new/")
    assert own.index(card.serial) < own.index("Coffee")


def test_a_guest_reads_an_offer_and_is_asked_to_sign_in_and_come_back(world):
    terms = club_offers.offer(
        world.acme, "Tea", description="Green", stores=["Mitte"], period="DAY", period_limit=2, member_limit=7,
        read_more={"title": "Leaves", "text": "From hills", "url": "https://tea.example/"},
    )  # fmt: skip
    page = world.anonymous().get(place(terms)).text
    for word in ("Green", "Mitte", "2 times a day", "7 times for each member", "Leaves", "From hills"):
        assert word in page
    assert f"/sign-in?next={place(terms)}" in page and "Like it" not in page
    assert OfferDay.get(OfferDay.terms == terms).clicked == 1
    answer = world.anonymous().get(place(terms, "/use"))
    assert answer.status_code == 302 and f"next={place(terms, '/use')}" in answer.location


def test_an_offer_that_is_not_shown_or_anothers_is_missing(world, mia):
    hidden, foreign = club_offers.offer(world.acme, is_shown=False), club_offers.offer(world.rival)
    for one in (hidden, foreign):
        assert mia.get(place(one)).status_code == mia.post(place(one, "/use")).status_code == 404
    assert mia.get(f"{START}offers/zero").status_code == 404


def test_a_member_leaves_for_an_offers_address_by_a_click_that_a_deal_finds_them_by(world, mia):
    sold = feeding.offer(world.acme)
    url = {"external_url": "https://shop.example/tea?size=2"}
    terms, alone = member_terms.put(sold, url), club_offers.offer(world.acme, **url)
    guest = world.anonymous().get(place(terms)).text
    assert url["external_url"] in guest and place(terms, "/address") not in guest
    assert place(terms, "/address") in mia.get(place(terms)).text
    answer = mia.get(place(terms, "/address"))
    assert answer.status_code == 302 and answer.location.startswith(f"{url['external_url']}&click=m")
    key = answer.location.partition("click=")[2]
    whose = of_members.whose(world.acme.id, key, timedelta(days=1))
    assert whose == things.holder_of(world.acme).uuid and whose not in answer.location
    for visitor, one in ((mia, alone), (world.anonymous(), terms)):
        assert visitor.get(place(one, "/address")).location == url["external_url"]
    assert mia.get(place(club_offers.offer(world.acme), "/address")).status_code == 404


def test_a_member_likes_an_offer_and_likes_it_no_more(world, mia):
    terms = club_offers.offer(world.acme)
    assert "take it back" in mia.post(place(terms, "/like"), {"on": "yes"}, htmx=True).text
    assert "You like it" in mia.get(START).text
    assert mia.post(place(terms, "/like"), {"on": "no"}).status_code == 303
    assert OfferMember.get(OfferMember.terms == terms).liked_at is None


def test_a_banned_member_likes_nothing_and_reads_until_when(world, mia):
    terms, member = club_offers.offer(world.acme), things.holder_of(world.acme)
    mia.post(place(terms, "/like"), {"on": "yes"})
    bans.ban(member, clock.now() + timedelta(days=30))
    for on in ("yes", "no"):
        refused = mia.post(place(terms, "/like"), {"on": on})
        assert refused.status_code == 400 and "You can use no offers until" in refused.text
    assert OfferMember.get(OfferMember.terms == terms).liked_at is not None
    assert place(terms, "/like") not in mia.get(place(terms)).text  # Nothing is offered that is refused.
    bans.lift(member)
    assert mia.post(place(terms, "/like"), {"on": "no"}).status_code == 303


def test_a_page_that_is_sent_again_is_one_use(world, mia):
    terms = club_offers.offer(world.acme)
    key = key_of(mia.get(place(terms, "/use")))
    for _ in range(2):
        assert mia.post(place(terms, "/use"), {"once": key}).status_code == 303
    assert uses(terms) == 1 and OfferMember.get(OfferMember.terms == terms).uses == 1
    mia.post(place(terms, "/use"), {"once": key_of(mia.get(place(terms, "/use")))})
    assert uses(terms) == 2


def test_the_key_of_anothers_page_is_no_use_of_theirs(world, mia):
    terms, other, key = club_offers.offer(world.acme), club_offers.offer(world.acme), new_uuid()
    for one in (terms, other):
        mia.post(place(one, "/use"), {"once": key})
    assert uses(terms) == uses(other) == 1


def test_while_a_use_is_active_it_is_shown_with_what_is_left_by_the_servers_clock(world, mia):
    terms = club_offers.offer(world.acme, "Tea", active_seconds=600)
    Member.update(first_name="Mia", surname="Quill").where(Member.id == things.holder_of(world.acme).id).execute()
    asked = mia.get(place(terms, "/use"))
    assert "10 min" in asked.text
    assert mia.post(place(terms, "/use"), {"once": key_of(asked)}).location == place(terms, "/use")
    page = mia.get(place(terms, "/use")).text
    assert "<strong>Mia Q.</strong>" in page and "Quill" not in page
    assert re.search(r"Active until (\d\d:\d\d:\d\d|\d+ \w+ \d{4})", page)
    assert 590_000 < int(re.search(r'data-use-left="(\d+)"', page)[1]) <= 600_000
    assert "Show the use" in mia.get(place(terms)).text
    OfferMember.update(active_until=clock.now() - timedelta(seconds=1)).execute()
    assert "data-use-left" not in mia.get(place(terms, "/use")).text


@pytest.mark.parametrize(
    ("given", "reason", "fix"),
    [
        ({"type": "EXCLUSIVE"}, "It is for members whom Acme gave it to.", "Ask Acme for it."),
        ({"type": "BIRTHDAY"}, "for the seven days from your birthday on", "date of birth"),
        ({"usable_since": timedelta(days=1)}, "It can be used from", "Come back then."),
        ({"member_limit": 1, "used": True}, "as often as you can.", "Choose another offer."),
        ({"period": "WEEK", "period_limit": 1, "used": True}, "as often as you can for now.", "Come back next week."),
        ({"global_limit": 1, "used": True}, "all that there was of it", "Choose another offer."),
        ({"banned": True}, "You can use no offers until", "Ask Acme about it."),
    ],
)
def test_a_member_reads_why_an_offer_cannot_be_used_and_what_helps(world, mia, given, reason, fix):
    used, banned = given.get("used"), given.get("banned")
    given = {
        name: clock.now() + value if isinstance(value, timedelta) else value
        for name, value in given.items()
        if name not in ("used", "banned")
    }
    terms = club_offers.offer(world.acme, **given)
    if used:
        club_offers.use(world.acme, things.holder_of(world.acme), terms)
    if banned:
        Member.update(banned_until=clock.now() + timedelta(days=1)).execute()
    page = mia.get(place(terms)).text
    assert "Why can’t I?" in page and reason in page and fix in page
    before = uses(terms)
    assert mia.post(place(terms, "/use"), {"once": new_uuid()}).location == place(terms)
    assert uses(terms) == before


def test_an_offer_with_a_code_of_the_counter_takes_the_members_own_alone(world, mia):
    terms, who = club_offers.offer(world.acme, needs_authorization=True), things.holder_of(world.acme)
    key = key_of(mia.get(place(terms, "/use")))
    assert "Type the six digits" in mia.post(place(terms, "/use"), {"once": key}).text
    wrong = mia.post(place(terms, "/use"), {"once": key, "code": "000000x"})
    assert wrong.status_code == 422 and "This code is wrong, used or too old" in wrong.text
    code = authorizations.make(club_offers.asks(world.acme, who.id), terms.offer_id)
    assert mia.post(place(terms, "/use"), {"once": key, "code": code}).status_code == 303
    assert uses(terms) == 1


def test_codes_of_the_counter_are_not_found_by_trying(world, mia):
    terms = club_offers.offer(world.acme, needs_authorization=True)
    for number in range(10):
        mia.post(place(terms, "/use"), {"once": new_uuid(), "code": f"00000{number}"})
    assert "You have tried too many codes." in mia.post(place(terms, "/use"), {"once": new_uuid(), "code": "1"}).text


def test_offers_are_found_by_words_store_tag_collection_and_liking(world, mia):
    tea = club_offers.offer(world.acme, "Tea", description="Green", stores=["Mitte"])
    cake = club_offers.offer(world.acme, "Cake", tags=["sweet"])
    shelf = collections.make(world.acme.id, {"title": "Breakfast"})
    collections.arrange(shelf, [cake.offer_id])
    mia.post(place(tea, "/like"), {"on": "yes"})

    def found(**asked) -> list[str]:
        page = mia.get(f"{START}offers", query_string=asked, htmx=True).text
        return re.findall(r"<strong>(\w+)</strong>", page)

    narrowed = [mia.get(f"{START}offers?{asked}").text for asked in ("search=tea", "tag=sweet")]
    assert ['club-narrow" open>' in page for page in narrowed] == [False, True]
    assert found() == ["Cake", "Tea"] and "<h1>" in mia.get(f"{START}offers").text
    assert found(search="green") == found(store="Mitte") == found(liked="1") == ["Tea"]
    assert found(tag="sweet") == found(collection=shelf.id) == ["Cake"]
    assert found(search="coat") == found(collection=shelf.id + 1) == []
    assert world.anonymous().get(f"{START}offers?liked=1&page=x&collection=y").text.count("<strong>") == 2
    assert OfferDay.get(OfferDay.terms == cake).seen >= 4


def test_of_many_stores_and_tags_some_are_proposed_and_all_are_found(world):
    names = [f"Hut {number:03}" for number in range(browsing._MOST_NAMES + 1)]
    for number in range(0, len(names), 50):
        some = names[number : number + 50]
        club_offers.offer(world.acme, f"O{number}", stores=some, tags=["few"])
    page = world.anonymous().get(f"{START}offers?store={names[0]}").text
    assert page.count("<option") == browsing._MOST_NAMES + 2, "Stores are typed; tags, which are few, are chosen from."
    assert re.search(r'<input class="input" id="store" name="store" list="store-names" value="Hut 000"', page)
    assert names[-1] not in page and "<strong>O0<" in page
    assert "<strong>O100<" in world.anonymous().get(f"{START}offers?store={names[-1].upper()}").text


def test_a_long_list_has_pages(world):
    for _ in range(browsing.PER_PAGE + 1):
        club_offers.offer(world.acme)
    first = world.anonymous().get(f"{START}offers").text
    assert first.count("<strong>") == browsing.PER_PAGE and "Earlier" not in first
    last = world.anonymous().get(f"{START}offers?page=2").text
    assert last.count("<strong>") == 1 and "Further" not in last


SCOPED = {
    "informational": "Good to know", "parking": "Parking", "carbon_offset": "Good for the climate", "reward": "Rewards",
}  # fmt: skip


def test_offers_of_other_scopes_stand_by_themselves_as_the_club_switched_them_on(world):
    made = {scope: club_offers.offer(world.acme, f"Of {scope}", scope=scope) for scope in SCOPED}
    club_offers.offer(world.acme, "Tea")
    guest, owner = world.anonymous(), world.as_("acme")
    start = guest.get(START).text
    for scope, title in SCOPED.items():
        assert f"<h2>{title}</h2>" in start and f"Of {scope}" in start
        listed = guest.get(f"{START}offers?scope={scope}").text
        assert f"Of {scope}" in listed and "Tea" not in listed and f"<h1>{title}</h1>" in listed
    assert "Of parking" not in guest.get(f"{START}offers").text
    assert owner.post("/club-page/scopes", {"scope": ["parking"]}).status_code == 303
    start = guest.get(START).text
    assert "Of parking" in start and "Of reward" not in start
    assert guest.get(place(made["parking"])).status_code == 200 and guest.get(place(made["reward"])).status_code == 404
    assert "Tea" in guest.get(f"{START}offers?scope=reward").text, "A kind that is not shown is as none."
    assert owner.post("/club-page/scopes", {"scope": ["standard"]}).status_code == 400
    assert world.as_("acme", "viewer").post("/club-page/scopes").status_code == 403


def test_what_is_there_to_be_read_has_no_button_and_says_so(world, mia):
    terms = club_offers.offer(world.acme, scope="informational", external_url="https://acme.example/read")
    page = mia.get(place(terms)).text
    assert "It is there to be read: nobody uses it." in page and "Use it" not in page and "Why can" not in page
    assert "Like it" in page and "Open its page" in page
    assert "Sign in to like it" in world.anonymous().get(place(terms)).text


def test_a_scope_that_the_club_does_not_show_is_neither_liked_nor_used(world, mia):
    terms = club_offers.offer(world.acme, scope="reward")
    assert "Use it" in mia.get(place(terms)).text
    world.as_("acme").post("/club-page/scopes")
    assert mia.post(place(terms, "/like"), {"on": "yes"}).status_code == 404
    assert mia.post(place(terms, "/use"), {"once": new_uuid()}).status_code == 404 and uses(terms) == 0


def test_what_is_missing_is_said_in_the_clubs_dress_with_a_way_on(world, mia):
    hidden, foreign = club_offers.offer(world.acme, is_shown=False), club_offers.offer(world.rival)
    for visitor in (mia, world.anonymous()):
        for one in (place(hidden), place(foreign), f"{START}offers/nothing", f"{START}c/nothing"):
            answer = visitor.get(one)
            assert answer.status_code == 404 and "There is nothing here" in answer.text
            assert "Back to Acme" in answer.text and 'class="brand club-brand"' in answer.text
            assert answer.headers["Cache-Control"] == "no-store"
    assert "club-brand" not in world.anonymous().get("/club/nobody/offers").text


def test_an_offer_that_ended_while_its_page_was_open_says_so_where_it_is_used(world, mia):
    terms = club_offers.offer(world.acme, "Tea")
    key = key_of(mia.get(place(terms, "/use")))
    MemberTerms.update(usable_until=clock.now() - timedelta(minutes=1)).where(MemberTerms.id == terms.id).execute()
    assert mia.post(place(terms, "/use"), {"once": key}).location == place(terms)
    assert "It ended on" in mia.get(place(terms)).text and uses(terms) == 0


def test_an_offer_that_has_ended_is_not_listed_and_its_page_says_so_with_no_button(world, mia):
    over, soon = club_offers.offer(world.acme, "Stollen", member_limit=3), club_offers.offer(world.acme, "Eggs")
    read = club_offers.offer(world.acme, "Carols", scope="informational")
    ended = MemberTerms.update(usable_until=clock.now() - timedelta(minutes=1))
    ended.where(MemberTerms.id.in_([over.id, read.id])).execute()
    MemberTerms.update(usable_since=clock.now() + timedelta(days=1)).where(MemberTerms.id == soon.id).execute()
    for visitor in (mia, world.anonymous()):
        for listed in (START, f"{START}offers", f"{START}offers?search=Stollen", f"{START}offers?scope=informational"):
            assert not re.search("<strong>(Stollen|Carols)", visitor.get(listed).text)
        assert re.search("It can be used from|>From ", visitor.get(f"{START}offers?search=Eggs").text)
        page = visitor.get(place(over)).text
        assert "It ended on" in page and "left for you" not in page
        assert "Use it" not in page and "Sign in to use" not in page and "Like it" not in page
        assert "It can be used from" in visitor.get(place(soon)).text
    shelf = collections.make(world.acme.id, {"title": "Advent"})
    collections.arrange(shelf, [over.offer_id])
    for listed in (START, f"{START}offers?collection={shelf.id}"):
        assert "<strong>Stollen" not in mia.get(listed).text
    assert "<h2>Advent" not in mia.get(START).text
    collections.arrange(shelf, [over.offer_id, soon.offer_id])
    page = mia.get(START).text
    assert "<h2>Advent" in page and "Eggs" in page and "Stollen" not in page


def test_a_member_is_told_no_uses_that_they_do_not_have(world, mia):
    terms, who = club_offers.offer(world.acme, period="DAY", period_limit=1), things.holder_of(world.acme)
    assert "1 use is left for you" in mia.get(place(terms)).text
    Member.update(banned_until=clock.now() + timedelta(days=1)).where(Member.id == who.id).execute()
    assert "left for you" not in mia.get(place(terms)).text
    start = mia.get(START).text
    assert start.index("You can use no offers until") < start.index("<h2>")
    Member.update(banned_until=None).where(Member.id == who.id).execute()
    club_offers.use(world.acme, who, terms)
    page = mia.get(place(terms)).text
    assert "left for you" not in page and "Come back tomorrow." in page


def test_a_club_without_collections_or_with_nothing_says_what_there_is(world):
    terms = club_offers.offer(world.acme, "Tea")
    assert "<h2>Offers</h2>" in world.anonymous().get(START).text
    MemberTerms.update(is_shown=False).where(MemberTerms.id == terms.id).execute()
    template = loyalty.template(world.acme, 0)
    CardTemplate.update(in_club=False).where(CardTemplate.id == template.id).execute()
    assert "No cards are offered here at the moment." in world.anonymous().get(START).text


def test_a_collections_picture_comes_in_the_size_for_a_phone_and_only_when_it_is_here(world):
    files = [
        {
            "url": f"https://acme.example/{size}.png",
            "width": 9,
            "height": 9,
            "kind": "collection_image",
            "size_type": size,
        }
        for size in ("original", "base", "thumbnail")
    ]
    shelf = collections.make(world.acme.id, {"title": "Leaves", "files": files})
    collections.arrange(shelf, [club_offers.offer(world.acme, "Tea").offer_id])
    assert "club-shelf-picture" not in world.anonymous().get(START).text
    came, small = (
        album.keep_upload(world.acme.id, name.encode(), "image/png", 9, 9, lambda _, one=file: one["url"])
        for name, file in zip(("came", "small"), files, strict=False)
    )
    album.describe(world.acme.id, "picture", {came.source_url: "Green leaves"})
    page = world.anonymous().get(START).text
    assert re.findall(r'<img class="club-shelf-picture" src="([^"]+)" alt="([^"]+)" loading="lazy">', page) == [
        (f"/pictures/{small.key}", "Green leaves")
    ]
    assert 'alt="Green leaves"' in world.as_("acme").get("/member-offers/preview").text
