"""Signing up asks for the code that was mailed and ends signed in; it tells nobody whether an address was known."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.domain.accounts.partners import partners, terms
from portal.domain.accounts.people import people, proved
from portal.domain.accounts.sign_ups import codes, sign_ups
from portal.domain.accounts.sign_ups.tables import HalfSignUp
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.mail import outbox, strangers
from portal.domain.mail.tables import Mail
from portal.web import throttle
from tests.account.test_second_step import is_signed_in
from tests.support import mailed
from tests.support.cast import PASSWORD
from tests.support.newcomers import GOOD, sign_up

MAIL, CODE = GOOD["mail"], "/sign-up/code"
HOSTILE = "\"><script>alert(1)</script>{{7*7}}'"


@pytest.mark.on_both_engines
def test_a_person_founds_a_partner_owns_it_and_is_signed_in_once_the_code_was_typed(world):
    visitor = world.anonymous()
    answer = visitor.post("/sign-up", GOOD)
    assert (answer.status_code, answer.location) == (303, CODE)
    assert not User.select().where(User.mail == MAIL).exists(), "Nothing is founded before."
    assert visitor.post(CODE, {"code": mailed.code(MAIL)}).location == "/"
    assert is_signed_in(visitor)
    membership = Membership.get(Membership.user == User.get(User.mail == MAIL))
    partner = membership.partner
    assert (membership.role, partner.name) == ("owner", "Lovelace Works")
    assert (partner.time_zone, partner.currency) == ("Europe/Vienna", "EUR")
    assert partner.confirmed_at is not None and proved.is_proved(membership.user_id)
    assert people.proven(MAIL, GOOD["password"])
    assert visitor.get(CODE).location == "/sign-up", "A code works once."


@pytest.mark.settings(confirm_partners=0)
def test_where_the_operator_confirms_a_new_partner_waits(world):
    sign_up(world.anonymous())
    assert Partner.get(Partner.name == "Lovelace Works").confirmed_at is None


def without_token(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


@pytest.mark.on_both_engines
def test_a_known_address_is_answered_alike_and_its_owner_told(world):
    known, new = world.anonymous(), world.anonymous()
    answers = [known.post("/sign-up", GOOD | {"mail": "owner@acme.example"}), new.post("/sign-up", GOOD)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, CODE)] * 2
    mailed.answer()
    for send in ({}, {"code": ""}, {"code": "1234 5678"}):
        pages = [visitor.post(CODE, send) if send else visitor.get(CODE) for visitor in (known, new)]
        said = [without_token(page.text).replace("owner@acme.example", MAIL) for page in pages]
        assert said[0] == said[1] and pages[0].status_code == pages[1].status_code
    told = Mail.get(Mail.to == "owner@acme.example")
    assert (
        told.subject == "You already have an account" and "/sign-in\n" in told.text and "/password-reset\n" in told.text
    )
    assert not re.search(r"\d{4} \d{4}", told.text)
    assert people.proven("owner@acme.example", PASSWORD)
    assert not Partner.select().where(Partner.name == "Lovelace Works").exists()


@pytest.mark.on_both_engines
def test_of_two_who_prove_the_same_address_the_second_is_told_to_sign_in(world):
    first, second = world.anonymous(), world.anonymous()
    for visitor in (first, second):
        visitor.post("/sign-up", GOOD)
    mailed.answer()
    rows = HalfSignUp.select().order_by(HalfSignUp.id)
    answers = [
        visitor.post(CODE, {"code": codes.code_of(row)}).location
        for visitor, row in zip((first, second), rows, strict=True)
    ]
    assert answers == ["/", "/sign-in"] and User.select().where(User.mail == MAIL).count() == 1
    assert "You have an account with this address already" in second.get("/sign-in").text


def test_the_code_is_taken_however_it_is_typed_and_no_other_is(world):
    visitor = world.anonymous()
    visitor.post("/sign-up", GOOD)
    code = mailed.code(MAIL)
    wrong = visitor.post(CODE, {"code": f"{code[:-1]}{(int(code[-1]) + 1) % 10}"})
    assert wrong.status_code == 422 and "This is not the code that was mailed." in wrong.text
    arabic = "".join(chr(0x0660 + int(digit)) if digit.isdigit() else "-" for digit in code)
    assert visitor.post(CODE, {"code": f" {arabic} "}).location == "/"


@pytest.mark.on_both_engines
def test_after_five_codes_none_is_tried_but_the_link_works_and_so_does_another_sign_up_of_the_same_address(world):
    guesser, owner = world.anonymous(), world.anonymous()
    for visitor in (guesser, owner):
        visitor.post("/sign-up", GOOD)
    mailed.answer()
    first, second = HalfSignUp.select().order_by(HalfSignUp.id)
    statuses = [guesser.post(CODE, {"code": f"{n}"}).status_code for n in range(throttle.OF_A_HALF_SIGN_UP)]
    refused = guesser.post(CODE, {"code": codes.code_of(first)})
    assert (set(statuses), refused.status_code) == ({422}, 429) and "Open the link in the mail" in refused.text
    assert owner.post(CODE, {"code": codes.code_of(second)}).location == "/"


@pytest.mark.on_both_engines
@pytest.mark.settings(sign_in_limit=1000)
def test_who_begins_anew_again_and_again_tries_no_more_codes_of_an_address_than_are_mailed(world):
    guesser = world.anonymous()

    def begun_and_tried(mail: str) -> list[int]:
        guesser.post("/sign-up", GOOD | {"mail": mail})
        return [guesser.post(CODE, {"code": f"{n}"}).status_code for n in range(throttle.OF_A_HALF_SIGN_UP)]

    tried = [begun_and_tried(MAIL) for _ in range(strangers.A_RECEIVER_A_DAY)]
    assert tried == [[422] * 5] * 5 and begun_and_tried(MAIL) == [429] * 5
    assert begun_and_tried("b@example.com") == [422] * 5, "Of another address."
    assert guesser.post(mailed.link(MAIL), {"password": GOOD["password"]}).location == "/", (
        "The link works all the same."
    )


def test_codes_and_links_live_minutes(world):
    visitor = world.anonymous()
    visitor.post("/sign-up", GOOD)
    code, link = mailed.code(MAIL), mailed.link(MAIL)
    HalfSignUp.update(expires_at=clock.now() - timedelta(seconds=1)).execute()
    assert visitor.post(CODE, {"code": code}).location == "/sign-up"
    assert visitor.post(link, {"password": GOOD["password"]}).location == "/sign-up"
    assert not User.select().where(User.mail == MAIL).exists() and timedelta(minutes=5) <= codes.LASTS <= timedelta(
        hours=1
    )


def test_the_link_signs_in_where_it_began_and_looking_at_it_does_nothing(world):
    visitor = world.anonymous()
    visitor.post("/sign-up", GOOD)
    link = mailed.link(MAIL)
    page = visitor.get(link)
    assert page.headers["Referrer-Policy"] == "no-referrer" and 'name="password"' not in page.text
    assert not User.select().where(User.mail == MAIL).exists(), "Scanners of mail look."
    assert visitor.post(link).location == "/" and is_signed_in(visitor)


def test_in_another_browser_the_link_asks_for_the_password_so_that_nobody_gets_an_account_that_a_stranger_knows(world):
    world.anonymous().post("/sign-up", GOOD)
    other, link = world.anonymous(), mailed.link(MAIL)
    assert 'name="password"' in other.get(link).text
    for password in ("", "another password"):
        assert "This is not the password" in other.post(link, {"password": password}).text
    assert not User.select().where(User.mail == MAIL).exists()
    assert other.post(link, {"password": GOOD["password"]}).location == "/" and is_signed_in(other)
    assert world.anonymous().get(f"{link[:-1]}x").location == "/sign-up"


def test_the_code_is_mailed_again_and_stays_the_same(world):
    visitor = world.anonymous()
    visitor.post("/sign-up", GOOD)
    code = mailed.code(MAIL)
    assert visitor.post(f"{CODE}/resending").location == CODE
    assert mailed.code(MAIL) == code and Mail.select().where(Mail.to == MAIL).count() == 2
    assert world.anonymous().post(f"{CODE}/resending").location == "/sign-up"


@pytest.mark.on_both_engines
def test_no_stranger_uses_up_the_mails_of_an_address_or_fills_its_letterbox(world):
    def begun(network):
        sign_ups.begin(MAIL, "Ada", "a long enough password", "Works", network=network)
        mailed.answer()
        return Mail.select().where(Mail.to == MAIL).count()

    assert [begun("192.0.2.1") for _ in range(7)][-1] == 5 and begun("198.51.100.1") == 6
    for number in range(30):
        most = begun(f"203.0.113.{number}")
    assert most == 20


def test_neither_code_nor_link_is_kept_once_the_mail_is_sent(world):
    world.anonymous().post("/sign-up", GOOD)
    code, link = mailed.code(MAIL), mailed.link(MAIL)
    mail = outbox.take_due()
    outbox.sent(mail)
    text = Mail.get_by_id(mail.id).text
    assert code not in text and link not in text and "/sign-up/confirmation/…" in text


@pytest.mark.settings(demo=True)
def test_where_no_mail_leaves_the_demo_shows_the_code_of_any_address_and_says_so(world):
    for mail, place in ((MAIL, "/"), ("owner@acme.example", "/sign-in")):
        visitor = world.anonymous()
        visitor.post("/sign-up", GOOD | {"mail": mail})
        page = visitor.get(CODE).text
        assert "This is the demo, and no mail leaves it." in page
        assert visitor.post(CODE, {"code": re.search(r"\d{4} \d{4}", page)[0]}).location == place


def test_elsewhere_no_page_shows_it_and_none_says_that_a_mail_is_on_its_way_which_stays_here(world):
    visitor = world.anonymous()
    visitor.post("/sign-up", GOOD)
    page = visitor.get(CODE).text
    assert not re.search(r"\d{4} \d{4}", page) and "This portal sends no mail." in page


def test_sign_in_and_sign_up_lead_to_each_other_in_their_cards(world):
    for path, other in (("/sign-in", "/sign-up"), ("/sign-up", "/sign-in")):
        card = world.anonymous().get(path).text.split('class="plain-card"')[1].split("</main>")[0]
        assert f'href="{other}"' in card


@pytest.mark.parametrize("mail", ["owner@acme.example", "new@example.com"])
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("password", "short", "Choose a password of 10 to 200 characters."),
        ("time_zone", "Mars/Olympus", "is not a time zone"),
        ("company", "x" * 121, "Give at most 120 characters."),
        ("company", "   ", "This field is required."),
        ("name", "x" * 121, "Give at most 120 characters."),
        ("name", "a\nb", "Write it in one line"),
    ],
)
def test_a_wrong_value_is_refused_whether_or_not_the_address_is_known(world, mail, field, value, sentence):
    answer = world.anonymous().post("/sign-up", GOOD | {"mail": mail, field: value})
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize(
    "mail", ["nobody", "a@b@c", "a b@c.example", "@x.example", "x@" + "y" * 260, "<a@b.c>", "a,b@c.d"]
)
def test_what_is_no_mail_address_is_refused(world, mail):
    assert "Give a mail address such as" in world.anonymous().post("/sign-up", GOOD | {"mail": mail}).text


def test_everything_that_is_wrong_is_told_at_once(world):
    terms.publish("Be kind.", None)
    wrong = {"company": "", "name": " ", "mail": "nobody", "password": "", "time_zone": ""}
    page = world.anonymous().post("/sign-up", GOOD | wrong).text
    for sentence in ("This field is required.", "Give a mail address", "Choose a password of", "Choose a time zone.",
                     "Read the terms of use, version 1"):  # fmt: skip
        assert sentence in page, sentence
    assert page.count("This field is required.") == 2


@pytest.mark.settings(sign_in_limit=1)
def test_a_slip_of_the_pen_is_no_try(world):
    slips = [world.anonymous().post("/sign-up", GOOD | {"password": "short"}).status_code for _ in range(8)]
    assert (slips, world.anonymous().post("/sign-up", GOOD).status_code) == ([422] * 8, 303)


def test_a_refused_form_keeps_what_was_typed(world):
    page = world.anonymous().post("/sign-up", GOOD | {"time_zone": "Nowhere"}).text
    for value in ("Ada Okafor", "Lovelace Works", "ada@lovelace.example", "Nowhere"):
        assert f'value="{value}"' in page


def test_hostile_text_stays_text(world):
    visitor = world.anonymous()
    fields = dict.fromkeys(("name", "company", "mail", "time_zone"), HOSTILE)
    refused = visitor.post("/sign-up", {**fields, "password": "short"}).text
    sign_up(visitor, GOOD | {"name": HOSTILE, "company": HOSTILE})
    shown = visitor.get("/account/sign-ins").text
    for page in (refused, shown):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert ">49'" not in page


@pytest.mark.settings(sign_in_limit=1)
def test_signing_up_is_limited_by_address(world):
    answers = [world.anonymous().post("/sign-up", GOOD | {"mail": f"p{n}@example.com"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert "Lovelace Works" in answers[-1].text


def test_of_several_wrong_fields_the_first_on_the_page_takes_the_focus(world):
    page = world.anonymous().post("/sign-up", {}).text
    assert page.split("autofocus")[1].split('name="')[1].split('"')[0] == "company"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Größe & Söhne", "grosse-sohne"),
        ("Łódź Ærø", "lodz-aero"),
        ("x" * 47 + " " + "y" * 20, "x" * 47),
        ("الجبال", "partner"),
    ],
)
def test_a_partners_address_keeps_every_letter_that_ascii_can_write(world, name, slug):
    assert partners.free_slug(name) == slug
