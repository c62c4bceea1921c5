"""Signing up tells nobody whether an address was known."""

import pytest

from portal.domain.accounts.partners import partners, terms
from portal.domain.accounts.people import people
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.mail.tables import Mail
from tests.support import mailed
from tests.support.cast import PASSWORD

GOOD = {
    "name": "Ada Okafor", "company": "Lovelace Works", "mail": "ada@lovelace.example",
    "password": "a long enough password", "time_zone": "Europe/Vienna", "currency": "EUR",
}  # fmt: skip
HOSTILE = "\"><script>alert(1)</script>{{7*7}}'"


@pytest.mark.on_both_engines
def test_a_person_founds_a_partner_and_owns_it(world):
    visitor = world.anonymous()
    answer = visitor.post("/sign-up", GOOD)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    membership = Membership.get(Membership.user == User.get(User.mail == GOOD["mail"]))
    partner = membership.partner
    assert (membership.role, partner.name) == ("owner", "Lovelace Works")
    assert (partner.time_zone, partner.currency) == ("Europe/Vienna", "EUR")
    assert partner.confirmed_at is not None
    assert 'value="ada@lovelace.example"' in visitor.get("/sign-in").text


@pytest.mark.settings(confirm_partners=0)
def test_where_the_operator_confirms_a_new_partner_waits(world):
    world.anonymous().post("/sign-up", GOOD)
    assert Partner.get(Partner.name == "Lovelace Works").confirmed_at is None


@pytest.mark.on_both_engines
def test_a_known_address_is_answered_alike_and_its_owner_told(world):
    known, new = world.anonymous(), world.anonymous()
    answers = [known.post("/sign-up", GOOD | {"mail": "owner@acme.example"}), new.post("/sign-up", GOOD)]
    assert answers[0].status_code == answers[1].status_code == 303
    pages = [visitor.get("/sign-in").text for visitor in (known, new)]
    said = [page.split('class="toast-text">')[1].split("</p>")[0] for page in pages]
    assert said[0] == said[1]
    mailed.answer()
    assert Mail.get(Mail.to == "owner@acme.example").subject == "You already have an account"
    assert people.proven("owner@acme.example", PASSWORD)
    assert Partner.select().where(Partner.name == "Lovelace Works").count() == 1


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
    visitor.post("/sign-up", GOOD | {"name": HOSTILE, "company": HOSTILE})
    visitor.post("/sign-in", {"mail": GOOD["mail"], "password": GOOD["password"]})
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
