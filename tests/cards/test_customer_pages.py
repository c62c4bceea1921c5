"""Customers as people of the team see them: found, added, changed, handed out and erased."""

import csv
import io
import json

import pytest

from portal import clock
from portal.database import transaction
from portal.domain.cards.cards import cards
from portal.domain.cards.customers import lists
from portal.domain.cards.moments import membership
from portal.domain.cards.operations import booking
from portal.domain.cards.pushes import pushes
from portal.domain.cards.pushes.browsers import subscriptions
from portal.domain.cards.templates.tables import MembershipTier
from portal.domain.cards.wallets import holdings, registrations
from portal.domain.lists import key_pages
from portal.domain.members import elsewhere, members
from portal.domain.members.consents import consents
from portal.domain.members.oauth import chains
from portal.domain.members.sign_ins import sign_ins
from portal.domain.members.tables import Member, Segment
from tests.support import desk, loyalty, oauth
from tests.support.pushes import browser, installed, work


@pytest.fixture
def mia(world):
    return members.create(
        world.acme.id,
        {"first_name": "Mia", "surname": "=Berger", "phone": "+49 151 23456789", "mail": "mia@example.com"},
    )


def form(**changed):
    """What a browser sends of the form of a customer."""
    fields = ("first_name", "surname", "phone", "mail", "date_of_birth", "gender", "external_user_id")
    return dict.fromkeys(fields, "") | changed


def test_a_list_says_what_it_is_for_and_offers_the_first_step(world):
    page = world.as_("acme").get("/customers").text
    assert "No customers yet" in page and 'href="/customers/new"' in page
    assert 'href="/customers/new"' not in world.as_("acme", "viewer").get("/customers").text


@pytest.mark.parametrize("asked", ["q=0151/234", "q=berger+mi", "q=MIA%40", "cards=none", "unseen=9", "template=x"])
def test_a_customer_is_found_in_the_list(world, mia, asked):
    members.create(world.acme.id, {"first_name": "Anna"})
    page = world.as_("acme").get(f"/customers?{asked}").text
    assert f"/customers/{mia.uuid}" in page


def test_who_does_not_fit_is_not_listed_and_the_way_back_is(world, mia):
    page = world.as_("acme").get("/customers?q=anna").text
    assert mia.uuid not in page and "No customer fits" in page and "Show all customers" in page


def test_a_list_counts_what_it_shows_and_looks_for_others_only_where_there_are_any(world, mia, monkeypatch):
    monkeypatch.setattr(key_pages, "MOST", 2)
    looked: list = []
    monkeypatch.setattr(lists, "count", lambda *asked: looked.append(asked) or 5000)
    owner, names = world.as_("acme"), ("Anna", "Ben")
    last = [members.create(world.acme.id, {"first_name": name}) for name in names][-1]
    for asked in ("q=berg", "q=nobody", "cards=some"):
        assert "over 1,000" not in owner.get(f"/customers?{asked}").text and not looked
    for asked in ("", "cards=none", f"before={last.id}", f"q=berg&before={last.id}"):
        looked.clear()
        assert "over 1,000" in owner.get(f"/customers?{asked}").text and len(looked) == 1


def test_the_palette_finds_customers_by_name_and_phone_and_opens_the_only_one(world, mia):
    owner = world.as_("acme")
    assert f"/customers/{mia.uuid}" in owner.get("/search?q=berg", headers={"HX-Request": "true"}).text
    assert owner.get("/search?q=%2B49+151+23456789").location == f"/customers/{mia.uuid}"
    assert mia.uuid not in world.as_("rival").get("/search?q=berg").text


def test_a_customer_is_added_once(world):
    owner = world.as_("acme")
    answer = owner.post("/customers/new", form(first_name="Anna", phone="+4915123456789", gender="2"))
    member = Member.get()
    assert answer.location == f"/customers/{member.uuid}" and (member.gender, member.surname) == (2, None)
    again = owner.post("/customers/new", form(first_name="Anna", phone="0049 151 23456789"))
    assert again.status_code == 422 or "already" in owner.get(again.location).text
    assert Member.select().count() == 1


def test_who_has_a_phone_or_mail_already_is_named_and_led_to(world):
    other = loyalty.customer(world.acme, "Zoë <b>", phone="+4915123456789", mail="zoe@example.com")
    third, owner = loyalty.customer(world.acme), world.as_("acme")
    for typed in ({"phone": "0049 151 23456789"}, {"mail": "zoe@example.com"}):
        for address in ("/customers/new", f"/customers/{third.uuid}/details"):
            page = owner.post(address, form(first_name="Mia", **typed))
            text = page.text if page.status_code == 422 else owner.get(page.location).text
            assert f'<a href="/customers/{other.uuid}">Zoë &lt;b&gt;</a> has it already.' in text
            assert f"already: {other.uuid}" not in text


def test_details_are_changed_where_they_stand_and_wrong_ones_stay_in_the_form(world, mia):
    owner, place = world.as_("acme"), f"/customers/{mia.uuid}"
    owner.post(f"{place}/details", form(first_name="Mia", date_of_birth="1992-02-29", phone="+49 151 23456780"))
    assert 'value="1992-02-29"' in owner.get(f"{place}?tab=details").text
    assert "29 Feb 1992" in world.as_("acme", "viewer").get(f"{place}?tab=details").text
    assert (Member.get().phone, Member.get().mail) == ("+4915123456780", None)
    wrong = owner.post(f"{place}/details", form(first_name="Mia", mail="mia"), headers={"HX-Request": "true"})
    assert wrong.status_code == 422 and 'value="mia"' in wrong.text and "such as ada@example.com" in wrong.text


def test_a_customers_page_shows_what_is_on_the_cards_and_what_happened(world):
    card = loyalty.card(world.acme)
    booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 3, comment="a cake"))
    owner, place = world.as_("acme", "viewer"), f"/customers/{card.member.uuid}"
    page = owner.get(place).text
    assert card.serial in page and "3 of 10 stamps" in page and 'class="chart"' in page
    happened = owner.get(f"{place}?tab=operations").text
    assert "Stamps added" in happened and "+3 stamps" in happened and "a cake" in happened
    booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 8))
    assert "+8 stamps: 10 stamps became 1 reward" in owner.get(f"{place}?tab=operations").text


def test_a_customers_page_tells_of_a_card_how_it_stands_and_what_has_ended_of_it(world, monkeypatch):
    card = loyalty.card(world.acme, 5, lot_days=1, card_days=2)
    booking.book(world.acme.id, card.serial, booking.Asked("add-point", 10))
    place, wall = f"/customers/{card.member.uuid}", clock.wall_micros() + 3 * 86_400_000_000
    before = world.as_("acme").get(place).text
    assert '"On it">10.00\xa0EUR' in before and "Not installed" in before and "Expired" not in before
    monkeypatch.setattr(clock, "wall_micros", lambda: wall)
    after = world.as_("acme").get(place).text
    assert '"On it">0.00\xa0EUR' in after and "Not installed" not in after and "Expired" in after


def test_the_file_has_all_that_is_filtered_as_text(world, mia):
    members.create(world.acme.id, {"first_name": "Anna"})
    rows = list(csv.DictReader(io.StringIO(world.as_("acme").get("/customers/export.csv?q=mia").text.lstrip("\ufeff"))))
    assert [(row["firstName"], row["surname"], row["email"], row["id"], row["member_id"]) for row in rows] == [
        ("Mia", "'=Berger", "mia@example.com", mia.uuid, str(mia.id))
    ]


def test_the_page_of_a_customer_names_the_number_by_which_each_api_knows_them(world):
    mia = loyalty.customer(world.acme, "Mia")
    page = world.as_("acme").get(f"/customers/{mia.uuid}?tab=details").text
    assert "Number in the member offers API" in page and f"<code>{mia.id}</code>" in page
    assert f"<code>{mia.uuid}</code>" in page


@pytest.mark.parametrize("place", ["customers", "cards"])
def test_the_export_stands_in_the_menu_and_follows_the_filters(world, place):
    owner, name = world.as_("acme", "viewer"), "Customer"
    loyalty.card(world.acme)
    assert f'id="list-export" href="/{place}/export.csv"' in owner.get(f"/{place}").text
    filtered = owner.get(f"/{place}?q={name}", headers={"HX-Request": "true", "HX-Target": place}).text
    assert f'id="list-export" href="/{place}/export.csv?q={name}" download hx-swap-oob="true"' in filtered


def test_all_that_is_known_of_a_person_is_one_file(world):
    card = loyalty.card(world.acme)
    booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 3, comment="a cake"))
    answer = world.as_("acme").get(f"/customers/{card.member.uuid}/data.json")
    known = json.loads(answer.data)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert (known["customer"]["id"], known["customer"]["member_id"]) == (card.member.uuid, card.member_id)
    assert known["cards"][0]["id"] == card.serial
    assert known["operations"][0]["comment"] == "a cake" and known["operations"][0]["amount"] == 3


def test_the_file_has_what_was_sent_agreed_to_and_where_they_came_in_and_no_secret_of_it(world):
    template = loyalty.template(world.acme)
    card = installed(world.acme, template)
    members.change(card.member, {"mail": "mia@members.example"})
    address, point, secret = browser(1, at="https://push.example/a-secret-address")
    subscriptions.subscribe(card.member, address, point, secret)
    pushes.send(world.acme.id, "Come in", template.id)
    work()
    consents.keep(card.member_id, template.name, "We keep your name.", clock.now())
    came = sign_ins.begin(card.member, "mia@members.example", "192.0.2.7", "Mozilla/5.0 (iPhone) Safari/605")
    sign_ins.end_all(card.member_id)
    registrations.register(card, "a-phone", "a-token-of-apple")
    with transaction():
        holdings.keep(card, "google", is_due=False)
    pair = chains.begin(world.acme.id, card.member_id, oauth.app_of(world.acme).id, oauth.token_of(world.acme).id)[1]
    text = world.as_("acme").get(f"/customers/{card.member.uuid}/data.json").text
    known = json.loads(text)
    assert [(one["message"], one["cardId"]) for one in known["inbox"]] == [("Come in", card.serial)]
    assert [(one["for"], one["text"]) for one in known["consents"]] == [(template.name, "We keep your name.")]
    [sign_in] = known["signIns"]
    assert (sign_in["browser"], sign_in["address"]) == ("Safari on iPhone", "192.0.2.7") and sign_in["endedAt"]
    assert [(one["name"], one["endedAt"]) for one in known["apps"]] == [("Acme app", None)]
    assert [one["service"] for one in known["notifiedBrowsers"]] == ["push.example"]
    assert [(one["wallet"], one["cardId"]) for one in known["wallets"]] == [
        ("apple", card.serial),
        ("google", card.serial),
    ]
    for kept in (
        address,
        "a-secret-address",
        point,
        secret,
        came.key,
        "a-phone",
        "a-token-of-apple",
        pair.access,
        pair.refresh,
    ):
        assert kept not in text


def test_the_file_has_every_coupon_that_other_areas_tell_of(world, monkeypatch):
    mia = loyalty.customer(world.acme)
    for number in range(3):
        desk.coupon(world.acme, code=f"FOR-MIA-{number}", member_id=mia.id)
    monkeypatch.setattr(elsewhere, "MOST_SHOWN", 1)
    known = world.as_("acme").get(f"/customers/{mia.uuid}/data.json").json
    assert [one["things"][0]["name"] for one in known["elsewhere"]["coupons"]] == [
        f"FOR-MIA-{number}" for number in (2, 1, 0)
    ]


def test_erasing_asks_first_and_names_what_is_lost(world):
    card = loyalty.card(world.acme)
    owner, place = world.as_("acme"), f"/customers/{card.member.uuid}"
    asked = owner.get(f"{place}/erasure").text
    assert "1 card is deleted" in asked and "nobody can bring them back" in asked
    assert owner.post(f"{place}/erasure").location == "/customers"
    assert owner.get(place).status_code == 404 and Member.get().erased_at
    assert world.as_("acme", "cashier").get("/customers").status_code == 403


def test_customers_are_put_into_a_segment_and_the_list_shows_them(world, mia):
    owner, place = world.as_("acme"), f"/customers/{mia.uuid}"
    assert owner.post("/customers/segments", {"name": "Regulars"}).location == "/customers/segments"
    segment = Segment.get()
    assert owner.post(f"{place}/segments", {"segment": segment.id}).location == f"{place}?tab=details"
    members.create(world.acme.id, {"first_name": "Anna"})
    listed = owner.get(f"/customers?segment={segment.id}").text
    assert mia.uuid in listed and "Segment: Regulars" in listed and "Anna" not in listed
    assert "Take out" in owner.get(f"{place}?tab=details").text
    owner.post(f"{place}/segments/leaving", {"segment": segment.id})
    assert mia.uuid not in owner.get(f"/customers?segment={segment.id}").text
    assert owner.post(f"/customers/segments/{segment.id}", {"name": "Friends"}).location == "/customers/segments"
    assert "Friends" in owner.get("/customers/segments").text
    assert "Its customers stay, with their cards" in owner.get(f"/customers/segments/{segment.id}/removal").text
    owner.post(f"/customers/segments/{segment.id}/removal")
    assert Segment.select().count() == 0 and Member.select().count() == 2


def test_a_segment_by_a_rule_says_who_is_in_it(world):
    template, owner = loyalty.template(world.acme, 5, name="Gift"), world.as_("acme")
    given = {"name": "Rich", "rule": "balance", "template": str(template.id), "number": "12.5"}
    made = owner.post("/customers/segments/by-rule", given)
    assert made.location == f"/customers?segment={Segment.get().id}" and Segment.get().rule["number"] == 1250
    assert "Has at least 12.50 EUR on Gift" in owner.get("/customers/segments").text
    for wrong in ({"number": "12.555"}, {"number": ""}, {"template": ""}, {"rule": "birthday"}, {"name": "RICH"}):
        answer = owner.post("/customers/segments/by-rule", given | {"name": "Other"} | wrong)
        assert answer.status_code == 422, wrong
    assert Segment.select().count() == 1


def test_two_customers_are_compared_and_made_one(world):
    card = loyalty.card(world.acme, name="Coffee")
    anna = members.create(world.acme.id, {"first_name": "Anna", "mail": "anna@example.com"})
    cards.issue(world.acme.id, anna.id, card.template_id)
    owner, place = world.as_("acme"), f"/customers/{card.member.uuid}/merging"
    assert owner.get(f"{place}?other=nobody").status_code == 422
    compared = owner.get(f"{place}?other=ANNA@example.com").text
    assert "anna@example.com" in compared and "both cards become one" in compared and "The other way round" in compared
    assert owner.post(place, {"other": anna.uuid}).location == f"/customers/{card.member.uuid}"
    assert Member.get_by_id(anna.id).merged_into == card.member
    assert owner.get(f"/customers/{anna.uuid}").status_code == 200, "The old address shows who they became."
    for again in (owner.get(f"{place}?other={anna.uuid}"), owner.post(place, {"other": anna.uuid})):
        assert (
            again.status_code == 422 and "they are one already" in again.text and "cannot be undone" not in again.text
        )


def test_what_is_lost_of_the_one_who_goes_is_told_before(world):
    template = loyalty.template(world.acme, 6, name="Club")
    known = ({"date_of_birth": "1990-09-24"}, {"external_user_id": "Till-7"})
    stays, goes = (loyalty.customer(world.acme, "Anna", **more) for more in known)
    for member, level in ((stays, "Basic"), (goes, "Gold")):
        tier = MembershipTier.create(template=template, name=level, visits=4)
        card = cards.issue(world.acme.id, member.id, template.id)
        membership.set_tier(world.acme.id, card.serial, tier.id, "month", "api")
    compared = world.as_("acme").get(f"/customers/{stays.uuid}/merging?other={goes.uuid}").text
    assert "Club: the level Basic stays, and Gold ends" in compared
    assert "24 Sep 1990" in compared and "Till-7" in compared


def test_who_may_be_there_twice_is_listed(world):
    owner = world.as_("acme")
    assert "Nobody seems to be there twice" in owner.get("/customers/duplicates").text
    pair = [members.create(world.acme.id, {"first_name": "Zoë", "date_of_birth": "1990-09-24"}).uuid for _ in range(2)]
    page = owner.get("/customers/duplicates").text
    assert f"/customers/{pair[0]}/merging?other={pair[1]}" in page and "The same name and date of birth" in page
