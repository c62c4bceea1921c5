"""What holders of cards open without signing in: the card by its secret link, and the forms by which people get one."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.cards.asking import asking
from portal.domain.cards.asking.tables import AskedCard
from portal.domain.cards.cards import cards, lists
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.companies.tables import Company
from portal.domain.cards.counter import codes
from portal.domain.cards.operations import booking, moving
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.operations.tables import CardLot
from portal.domain.cards.templates.tables import CardField, CardTemplate
from portal.domain.mail import counts, outbox, stops, strangers
from portal.domain.mail.tables import Mail
from portal.domain.members import members, merging
from portal.domain.members.consents.tables import MemberConsent
from portal.domain.members.tables import Member
from portal.web import qr
from tests.support import loyalty
from tests.support.loyalty import NEEDS

PHONE = {
    "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari/604.1"
}
GOOD = {"first_name": "Ada", "mail": "Ada@Lovelace.example", "phone": "+49 151 23456789", "consent": "y"}


@pytest.fixture
def stamps(world):
    """A stamp card of Mia's with three stamps, which a cashier gave with a note."""
    mia = loyalty.customer(world.acme, "Mia", surname="Berger", mail="mia@example.com", phone="+49 160 1234567")
    card = cards.issue(world.acme.id, mia.id, loyalty.template(world.acme, 0, name="Coffee").id)
    cashier = world.acme.users["cashier"].id
    booking.book(world.acme.id, card.serial, Asked("add-stamp", 3, comment="Ugly remark", manager_id=cashier))
    return card


def place(card, rest: str = "") -> str:
    return f"/c/{card.key}{rest}" if rest else f"/club/{card.partner.slug}/c/{card.key}"


def installed(card) -> bool:
    return Card.get_by_id(card.id).installed_at is not None


def ask(world, template, **typed) -> str:
    return world.anonymous().post(f"/c/new/{template.key}", {**GOOD, **typed}).text


def mailed() -> list[str]:
    """What was mailed once the worker took up what was asked for: whose letterbox, and the link."""
    while asking.answer_asked():
        pass
    links = [(mail.to, re.search(r"/c/\S*", mail.text)) for mail in Mail.select().order_by(Mail.id)]
    return [f"{to} {link[0]}" for to, link in links]


def opened(world, number: int = -1, **typed):
    """Press the button behind one of the mailed links."""
    return world.anonymous().post(mailed()[number].split()[1], {"consent": "y", **typed})


@pytest.mark.parametrize("kind, mechanics", NEEDS)
def test_each_type_of_card_has_a_page_of_its_own(world, kind, mechanics):
    card = loyalty.card(world.acme, kind, mechanics)
    answer = world.anonymous().get(place(card))
    assert answer.status_code == 200 and card.serial in answer.text and "<svg" in answer.text


def test_the_link_of_a_card_leads_into_the_club_of_its_partner(world, stamps):
    visitor = world.anonymous()
    answer = visitor.get(f"/c/{stamps.key}")
    assert (answer.status_code, answer.location) == (302, place(stamps))
    assert answer.headers["Referrer-Policy"] == "no-referrer" and not installed(stamps)


def test_the_page_says_what_is_on_it_and_nothing_of_staff(world, stamps):
    page = world.anonymous().get(place(stamps)).text
    assert "3 of 10 stamps" in page and "Stamps added" in page and "+3 stamps" in page
    cashier = world.acme.users["cashier"]
    assert not [
        word for word in ("Ugly remark", cashier.name, cashier.mail, "mia@example.com", "1234567<") if word in page
    ]


def test_nobody_keeps_or_lists_the_page_or_learns_its_address(world, stamps):
    for path in (place(stamps), place(stamps, ".svg"), f"/c/new/{stamps.template.key}", f"/c/with/{stamps.share_key}"):
        headers = world.anonymous().get(path).headers
        assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "no-referrer", path
        assert headers["X-Robots-Tag"] == "noindex, nofollow", path


@pytest.mark.parametrize("key", ["", "x", "A" * 22, "a" * 500, "%00", "../cards", "652738-965-338"])
def test_a_wrong_key_is_not_there(world, stamps, key):
    for path in (f"/c/{key}", f"/c/{key}.svg", f"/c/new/{key}", f"/c/with/{key}", f"/c/{stamps.serial}"):
        assert world.anonymous().get(path).status_code in (400, 404), path


def test_what_a_key_opens_is_one_thing(world, stamps):
    for path in (
        f"/c/{stamps.share_key}",
        f"/c/new/{stamps.key}",
        f"/c/with/{stamps.key}",
        f"/c/{stamps.template.key}",
    ):
        assert world.anonymous().get(path).status_code == 404, path


def test_opening_its_page_installs_the_card(world, stamps):
    world.anonymous().get(place(stamps), headers=PHONE)
    assert installed(stamps) and Card.get_by_id(stamps.id).device == "pwa"


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "WhatsApp/2.23"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {**PHONE, "Sec-Purpose": "prefetch;prerender"},
        {**PHONE, "Sec-Fetch-Dest": "iframe"},
    ],
)
def test_programs_and_looks_ahead_do_not_install_it(world, stamps, headers):
    assert world.anonymous().get(place(stamps), headers=headers).status_code == 200 and not installed(stamps)


def test_neither_a_head_nor_its_code_nor_its_partners_people_install_it(world, stamps):
    world.anonymous().client.head(place(stamps))
    world.anonymous().get(place(stamps, ".svg"))
    world.anonymous().get(place(stamps, "/code"), htmx=True)
    assert world.as_("acme").get(place(stamps)).status_code == 200 and not installed(stamps)
    world.as_("rival").get(place(stamps))
    assert installed(stamps), "To others' people it is a card like any."


def test_the_code_is_black_on_white(world, stamps):
    answer = world.anonymous().get(place(stamps, ".svg"))
    assert answer.mimetype == "image/svg+xml" and "#000" in answer.text and "#fff" in answer.text


def test_the_code_for_the_counter_is_renewed_by_itself_and_the_number_stands_beside_it_for_who_is_offline(
    world, stamps, monkeypatch
):
    visitor = world.anonymous()
    shown = visitor.get(place(stamps)).text
    part = shown[shown.index('<div id="card-code"') :]
    assert f'hx-get="{place(stamps, "/code")}"' in part and f"the number {stamps.serial}, not a live code" in part
    assert "#000" in part and "#fff" in part and str(qr.drawn(codes.still_of(stamps))) in part
    at = clock.wall_micros()
    monkeypatch.setattr(clock, "wall_micros", lambda: at + 30_000_000)
    renewed = visitor.get(place(stamps, "/code"), htmx=True)
    assert str(qr.drawn(codes.code_of(stamps).text)) in renewed.text and "no-store" in renewed.headers["Cache-Control"]
    assert str(qr.drawn(codes.code_of(stamps).text)) not in shown
    cards.set_expiration(stamps, clock.now())
    assert "card-code" not in visitor.get(place(stamps)).text
    cards.delete(stamps)
    assert visitor.get(place(stamps, "/code")).status_code == 404


def test_a_deleted_card_says_so_and_nothing_of_its_holder(world, stamps):
    cards.delete(stamps)
    answer = world.anonymous().get(place(stamps))
    assert answer.status_code == 410 and "not good any more" in answer.text and "Mia" not in answer.text
    assert world.anonymous().get(place(stamps, ".svg")).status_code == 404
    assert world.anonymous().get(f"/c/with/{stamps.share_key}").status_code == 404


def test_the_link_of_a_lost_card_does_not_lead_to_the_new_one(world, stamps):
    newer = moving.move(stamps, source="portal")
    page = world.anonymous().get(place(stamps)).text
    assert newer.serial not in page and newer.key not in page
    assert "3 of 10 stamps" in world.anonymous().get(place(newer)).text


def test_a_closed_partners_cards_are_not_there(world, stamps):
    Partner.update(disabled_at=clock.now()).where(Partner.id == world.acme.id).execute()
    form = f"/c/new/{stamps.template.key}"
    for path in (place(stamps), place(stamps, ".svg"), form, f"{form}.svg", f"/c/with/{stamps.share_key}"):
        assert world.anonymous().get(path).status_code == 404, path


def test_what_ends_next_is_told_and_what_has_ended_is_gone(world):
    card = loyalty.card(world.acme, 7, lot_days=10)
    booking.book(world.acme.id, card.serial, Asked("add-scores", 40))
    assert "40 points end on" in world.anonymous().get(place(card)).text
    past = clock.now() - timedelta(minutes=1)
    CardLot.update(expires_at=past).execute()
    Card.update(due_at=past).execute()
    page = world.anonymous().get(place(card)).text
    assert "end on" not in page and "0 points" in page and "−40 points" in page
    cards.set_expiration(card, clock.now() + timedelta(days=30))
    assert "good until" in world.anonymous().get(place(card)).text


def test_a_newcomer_gets_a_customer_and_a_card_and_its_link_by_mail(world):
    template = loyalty.template(world.acme, 0)
    assert "on its way" in ask(world, template) or "sends no mail" in ask(world, template, mail="x@y.example")
    assert mailed()[0].startswith("ada@lovelace.example /c/asked/")
    assert opened(world, 0).location.startswith("/club/acme/c/")
    card = Card.get(Card.template == template)
    assert (card.member.first_name, mailed()[-1]) == ("Ada", f"ada@lovelace.example /c/{card.key}")


def test_what_was_agreed_to_and_when_is_kept_with_the_customer(world):
    template = loyalty.template(world.acme, 0, name="Coffee", texts={"terms": "No cash."})
    form = {name: value for name, value in GOOD.items() if name != "consent"}
    assert (
        "Tick the box" in world.anonymous().post(f"/c/new/{template.key}", form).text
        and not AskedCard.select().exists()
    )
    ask(world, template)
    asked_at = AskedCard.get().at
    opened(world)
    kept = MemberConsent.get()
    assert (kept.member.first_name, kept.about, kept.at) == ("Ada", "Coffee", asked_at)
    assert kept.text.startswith("I agree that Acme keeps") and kept.text.endswith("\n\nNo cash.")
    page = world.as_("acme", "viewer").get(f"/customers/{kept.member.uuid}?tab=details").text
    assert "What they agreed to" in page and "No cash." in page
    members.erase(kept.member)
    assert not MemberConsent.select().exists()
    page = world.anonymous().post(f"/c/new/{template.key}", {"surname": "Berger"}).text
    assert page.count("This field is required.") == 2 and "Tick the box" in page  # All of it at once.


def test_who_is_a_customer_already_agrees_behind_the_link_for_a_stranger_may_have_filled_in_the_form(world, stamps):
    ask(world, loyalty.template(world.acme, 5, name="Tea"), mail="mia@example.com")
    link = mailed()[-1].split()[1]
    assert "Tick the box" in world.anonymous().post(link).text and not MemberConsent.select().exists()
    world.anonymous().post(link, {"consent": "y"})
    kept = MemberConsent.get()
    assert kept.member_id == stamps.member_id and kept.about == "Tea"
    maria = loyalty.customer(world.acme, "Maria")
    merging.merge(kept.member, maria)
    assert MemberConsent.get().member_id == maria.id


def test_nothing_is_issued_before_somebody_presses_behind_the_mailed_link_and_then_once(world):
    template = loyalty.template(world.acme, 0)
    ask(world, template)
    link = mailed()[0].split()[1]
    page = world.anonymous().get(link)
    assert "Get my card" in page.text and page.headers["Cache-Control"] == "no-store"
    world.anonymous().client.head(link)
    assert not Card.select().exists() and not Member.select().exists()
    assert world.anonymous().post(link).location == place(Card.get())
    assert "leads nowhere any more" in world.anonymous().post(link).text and Card.select().count() == 1


@pytest.mark.parametrize("past", [{"at": clock.from_micros(1)}, {"key_digest": "other"}])
def test_a_link_that_is_too_old_or_not_ours_leads_nowhere(world, past):
    ask(world, loyalty.template(world.acme, 0))
    link = mailed()[0].split()[1]
    AskedCard.update(**past).execute()
    for answer in (world.anonymous().get(link), world.anonymous().post(link)):
        assert answer.status_code == 404 and not Card.select().exists()


def test_neither_link_can_be_read_where_sent_mails_are_kept():
    for path in ("/c/asked/Ab12", "/c/Ab12"):
        assert outbox._KEY.sub(r"\1…", f"https://x.example{path}\n").endswith("/…\n")


def test_a_stranger_is_no_friend_of_a_customer_and_answers_nothing_for_one(world, stamps):
    town = CardField.create(template=stamps.template, name="Town", kind="text", place=1, is_required=True)
    jo = loyalty.customer(world.acme, "Jo", mail="jo@example.com")
    typed = {**GOOD, "first_name": "Mallory", "mail": "jo@example.com"}
    world.anonymous().post(f"/c/with/{stamps.share_key}", {**typed, f"field-{town.id}": "Hell"})
    link = mailed()[0].split()[1]
    assert "Town" in world.anonymous().get(link).text and "Hell" not in world.anonymous().get(link).text
    assert "This field is required." in world.anonymous().post(link).text
    assert Card.select().count() == 1 and Member.get_by_id(jo.id).phone is None
    world.anonymous().post(link, {f"field-{town.id}": "Graz", "consent": "y"})
    card = Card.get(Card.member == jo)
    assert [value.value for value in card.cardfieldvalue_set] == ["Graz"]
    assert (card.referred_by_id, Member.get_by_id(jo.id).first_name) == (None, "Jo")


def test_the_answer_is_the_same_whether_or_not_somebody_has_the_address_and_nothing_of_them_changes(world, stamps):
    new = ask(world, stamps.template, mail="new@example.com", phone="")
    known = ask(world, stamps.template, first_name="Mallory", mail="mia@example.com", phone="+49 151 99999999")
    same = lambda page: re.sub(r"[\w.]+@example\.com|csrf_token.*?>", "", page)  # noqa: E731
    assert same(new) == same(known) and AskedCard.select().count() == 2
    mailed()
    one, other = (row.text.replace("Mallory", "Ada") for row in Mail.select())
    assert re.sub(r"https?://\S*", "", one) == re.sub(r"https?://\S*", "", other)
    assert opened(world, 1).location == place(stamps), "The card that she has."
    mia = Member.get_by_id(stamps.member_id)
    assert (mia.first_name, mia.phone) == ("Mia", "+491601234567")


@pytest.mark.parametrize("phone", ["+49 160 1234567", GOOD["phone"]])
def test_a_phone_that_somebody_typed_proves_nothing_and_is_an_answer_only(world, stamps, phone):
    CardField.create(template=stamps.template, name="Phone", kind="phone", place=1, is_required=True)
    ask(world, stamps.template, phone=phone)
    opened(world)
    made = Member.get(Member.mail == "ada@lovelace.example")
    assert made.phone is None and made.phone_typed is None and made.id != stamps.member_id
    assert Card.get(Card.member == made).cardfieldvalue_set.get().value == phone


def test_the_template_is_asked_for_what_it_wants(world):
    template = loyalty.template(world.acme, 0)
    given = {"template": template, "is_required": True}
    CardField.create(name="Phone", kind="phone", place=1, **given)
    CardField.create(name="Birthday", kind="DateOfBirth", place=2, **given)
    town = CardField.create(name="Town", kind="text", place=3, **given)
    page = ask(world, template, phone="")
    assert page.count("This field is required.") >= 3 and AskedCard.select().count() == 0
    ask(world, template, date_of_birth="1990-09-24", **{f"field-{town.id}": "Graz"})
    opened(world)
    card = Card.get(Card.template == template)
    answers = {one.name: one.value for one in lists.fields_of([lists.one(world.acme.id, card.serial)])[card.id]}
    assert answers == {"Phone": GOOD["phone"], "Birthday": "1990-09-24", "Town": "Graz"}
    assert str(card.member.date_of_birth) == "1990-09-24"


@pytest.mark.parametrize(
    "wrong", [{"mail": "nobody"}, {"mail": ""}, {"first_name": " "}, {"phone": "12"}, {"phone": "4.41E+11"}]
)
def test_what_cannot_be_taken_is_asked_back_for(world, wrong):
    template = loyalty.template(world.acme, 0)
    CardField.create(template=template, name="Phone", kind="phone", place=1)
    page = ask(world, template, **wrong)
    assert "field-error" in page and AskedCard.select().count() == 0


def test_an_answer_that_another_card_has_is_told_to_nobody(world):
    template = loyalty.template(world.acme, 0)
    field = CardField.create(template=template, name="Number", kind="text", place=1, is_unique=True)
    first, second = (
        ask(world, template, mail=f"{name}@example.com", phone="", **{f"field-{field.id}": "7"}) for name in "ab"
    )
    assert "Number" not in first + second
    mailed()
    assert opened(world, 0).location
    page = opened(world, 1).text
    assert "could not be issued as it was asked for. Ask Acme about it" in page and "Another" not in page
    assert Card.select().count() == 1 and not Member.select().where(Member.mail == "b@example.com").exists()


def test_an_archived_template_gives_no_card(world, stamps):
    CardTemplate.update(archived_at=clock.now()).execute()
    for path in (f"/c/new/{stamps.template.key}", f"/c/with/{stamps.share_key}"):
        for answer in (world.anonymous().get(path), world.anonymous().post(path, GOOD)):
            assert answer.status_code == 410 and "not issued any more" in answer.text


def test_a_friend_comes_by_the_link_that_was_passed_on(world, stamps):
    path = f"/c/with/{stamps.share_key}"
    assert "Mia invites you" in world.anonymous().get(path).text
    world.anonymous().post(path, GOOD)
    opened(world)
    assert Card.get(Card.id != stamps.id).referred_by_id == stamps.id


def test_a_mail_that_came_too_often_is_not_written_and_makes_nobody(world):
    template = loyalty.template(world.acme, 0)
    for _ in range(strangers.A_RECEIVER_A_DAY + 1):
        ask(world, template)
    assert len(mailed()) == strangers.A_RECEIVER_A_DAY == AskedCard.select().count()


def asked_by(world, template, how_many: int, network: str) -> list[str]:
    """What so many people hear who ask from one network."""
    pages = []
    for number in range(how_many):
        typed = {**GOOD, "mail": f"n{number}@example.com"}
        at = {"REMOTE_ADDR": network}
        pages.append(world.anonymous().post(f"/c/new/{template.key}", typed, environ_overrides=at).text)
    return ["so many" in page.lower() for page in pages]


def test_whoever_uses_a_forms_share_up_is_told_and_stops_neither_others_forms_nor_invitations(world, monkeypatch):
    mine, theirs, test = (loyalty.template(party) for party in (world.acme, world.rival, world.acme.twin()))
    monkeypatch.setattr(strangers, "_an_hour", 3)
    monkeypatch.setattr(strangers, "CARDS_FROM_ONE_AN_HOUR", 2)
    assert asked_by(world, mine, 3, "192.0.2.1") == [False, False, True], "One network has a part of it."
    assert asked_by(world, test, 4, "192.0.2.1") == [False] * 4, "Nothing leaves a test mode."
    assert asked_by(world, mine, 2, "192.0.2.2") == [False, True], "So has a partner."
    assert asked_by(world, theirs, 1, "192.0.2.1") == [False]
    strangers.refuse_unasked("mia@members.example", world.acme.users["owner"].id, world.acme.id)
    assert counts.used(strangers.of_all()) == 1 and AskedCard.select().count() == 8


def test_a_company_whose_tariff_has_ended_issues_no_card_and_nobody_hears_why(world):
    company = loyalty.company(world.acme).company
    template = loyalty.template(company.partner)
    card = cards.issue(company.partner_id, loyalty.customer(company.partner).id, template.id)
    ask(world, template)
    Company.update(expires_at=clock.now()).execute()
    for path in (f"/c/new/{template.key}", f"/c/with/{card.share_key}"):
        for answer in (world.anonymous().get(path), world.anonymous().post(path, GOOD)):
            assert answer.status_code == 409 and "No cards are issued at the moment" in answer.text
    page = opened(world).text
    assert "could not be issued" in page and "tariff" not in page and Mail.select().count() == 1


@pytest.mark.settings(sign_in_limit=1)
def test_whoever_asks_too_often_waits(world):
    template = loyalty.template(world.acme, 0)
    pages = [ask(world, template, mail=f"{number}@example.com", phone="") for number in range(6)]
    assert "Too many tries" in pages[-1] and AskedCard.select().count() == 5


@pytest.mark.settings(demo=True)
def test_in_the_demo_the_link_is_on_the_page(world):
    template = loyalty.template(world.acme, 0)
    page = ask(world, template)
    link = re.search(r"/c/asked/\w+", page)[0]
    assert "no mail leaves it" in page and not Card.select().exists()
    assert world.anonymous().post(link).location == place(Card.get(Card.template == template))


def test_an_erased_persons_card_and_what_they_asked_for_say_nothing_of_them(world, stamps):
    ask(world, stamps.template, mail="mia@example.com")
    members.erase(Member.get_by_id(stamps.member_id))
    assert "Mia" not in world.anonymous().get(place(stamps)).text and not AskedCard.select().exists()


def test_each_mail_to_whoever_is_said_to_want_a_card_carries_the_link_that_ends_them(world):
    ask(world, loyalty.template(world.acme, 0))
    opened(world)
    for mail in Mail.select():
        assert mail.unsubscribe == stops.link("ada@lovelace.example") and mail.unsubscribe in mail.text
    assert Mail.select().count() == 2


def test_a_russian_reads_russian(world, stamps):
    for path in (place(stamps), f"/c/new/{stamps.template.key}", f"/c/with/{stamps.share_key}"):
        page = world.anonymous().get(path, headers={"Accept-Language": "ru"}).text
        assert 'lang="ru"' in page
    assert "Добавлены штампы" in world.anonymous().get(place(stamps), headers={"Accept-Language": "ru"}).text


def test_a_tariff_says_whether_the_portals_name_is_on_the_page(world):
    for option in (True, False):
        company = loyalty.company(world.acme, loyalty.tariff(world.acme, white_label=option), name=f"Hut {option}")
        template = loyalty.template(company.company.partner)
        card = cards.issue(template.partner_id, loyalty.customer(template.partner).id, template.id)
        assert ("partnerportal" in world.anonymous().get(place(card)).text) is not option
