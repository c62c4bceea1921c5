"""Signing in: one answer for whatever is wrong, a limit on tries, and no way to be sent elsewhere."""

import pytest

from portal.account.places import local_path
from portal.domain.accounts.people import disabling, people
from portal.domain.accounts.sign_ins import passwords, second_factor, sign_ins
from portal.domain.accounts.sign_ins.tables import HalfSignIn
from portal.domain.accounts.tables import SignIn
from tests.support import phone
from tests.support.cast import PASSWORD


def sign_in(visitor, mail, password=PASSWORD, **more):
    return visitor.post("/sign-in", {"mail": mail, "password": password, **more})


def test_a_person_signs_in_with_the_form_of_the_page(world):
    visitor = world.anonymous()
    answer = sign_in(visitor, " Owner@ACME.example ", next="/account/sign-ins")
    assert (answer.status_code, answer.location) == (303, "/account/sign-ins")
    assert b"owner@acme.example" in visitor.get("/account/sign-ins").data


def test_unknown_mail_wrong_password_and_a_disabled_person_are_answered_alike(world):
    disabling.disable(world.acme.users["viewer"])
    answers = [
        sign_in(world.anonymous(), "nobody@acme.example"),
        sign_in(world.anonymous(), "owner@acme.example", "not the password"),
        sign_in(world.anonymous(), "viewer@acme.example"),
    ]
    assert {answer.status_code for answer in answers} == {422}
    sentences = {answer.text.split('callout-body">')[1].split("</div>")[0] for answer in answers}
    assert len(sentences) == 1


def another_password(user) -> None:
    people.set_password(user, passwords.hashed("another password, long enough"))
    sign_ins.end_all(user.id)


@pytest.mark.on_both_engines
@pytest.mark.parametrize("with_a_second_factor", [False, True])
@pytest.mark.parametrize("ended", [another_password, disabling.disable])
def test_who_is_let_in_while_all_sign_ins_are_ended_is_not(world, monkeypatch, ended, with_a_second_factor):
    """Somebody who knows the old password may be signing in all the time."""
    owner, proven = world.acme.users["owner"], people.proven
    if with_a_second_factor:
        phone.turned_on(owner)

    def ended_meanwhile(mail, password):
        user = proven(mail, password)
        ended(user)
        return user

    monkeypatch.setattr(people, "proven", ended_meanwhile)
    answer = sign_in(world.anonymous(), owner.mail)
    assert answer.status_code == 422 and "Sign in with the new one" in answer.text
    assert not SignIn.select().where(SignIn.user == owner, SignIn.ended_at.is_null()).exists()
    assert not HalfSignIn.select().exists()


@pytest.mark.on_both_engines
def test_the_password_alone_lets_nobody_in_from_the_moment_a_second_factor_is_on(world, monkeypatch):
    owner, since = world.acme.users["owner"], second_factor.since

    def turned_on_meanwhile(user_id):
        monkeypatch.setattr(second_factor, "since", since)
        phone.turned_on(owner)

    monkeypatch.setattr(second_factor, "since", turned_on_meanwhile)
    visitor = world.anonymous()
    answer = sign_in(visitor, owner.mail)
    assert answer.status_code == 422 and "with a code" in answer.text
    assert visitor.get("/deals").location.startswith("/sign-in")


def test_what_was_typed_is_kept_but_the_password(world):
    page = sign_in(world.anonymous(), "someone@example.com", "a secret that is wrong").text
    assert 'value="someone@example.com"' in page
    assert "a secret that is wrong" not in page


@pytest.mark.settings(sign_in_limit=3)
def test_tries_are_limited_by_mail(world):
    answers = [sign_in(world.anonymous(), "owner@acme.example", "wrong password") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 429]
    assert 190 <= int(answers[-1].headers["Retry-After"]) <= 200
    assert "Wait a few minutes" in answers[-1].text and "A link that is mailed to you" in answers[-1].text
    assert sign_in(world.anonymous(), "owner@rival.example").status_code == 303


@pytest.mark.settings(sign_in_limit=1)
def test_tries_are_limited_by_address_five_times_as_far(world):
    answers = [sign_in(world.anonymous(), f"person{number}@example.com") for number in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example",
        "javascript:alert(1)", "evil.example", "http:evil.example", "", "//[", "/x\r\nSet-Cookie: a=b",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_by_a_link_to_sign_in(target):
    assert local_path(target) == "/"


@pytest.mark.parametrize("target", ["/", "/deals?status=Paid&x=1", "/developers/tokens#a"])
def test_one_goes_on_to_a_page_of_this_portal(target):
    assert local_path(target) == target


def test_the_form_sends_nobody_elsewhere(world):
    assert sign_in(world.anonymous(), "owner@acme.example", next="//evil.example").location == "/"
    assert world.as_("acme").get("/sign-in?next=//evil.example").location == "/"


def test_a_form_without_its_token_is_refused(world):
    answer = world.anonymous().post_without_token("/sign-in", {"mail": "owner@acme.example", "password": PASSWORD})
    assert answer.status_code == 400
    assert "form has grown old" in answer.text


@pytest.mark.parametrize("field", ["mail", "password", "next"])
def test_a_nul_in_a_field_is_refused(world, field):
    values = {"mail": "owner@acme.example", "password": PASSWORD, "next": "/"}
    assert world.anonymous().post("/sign-in", values | {field: "a\0b"}).status_code == 400


def test_pages_of_signing_in_are_not_kept_by_browsers(world):
    for path in ("/sign-in", "/sign-up", "/password-reset"):
        assert world.anonymous().get(path).headers["Cache-Control"] == "no-store"


def test_no_page_that_names_who_is_signed_in_is_kept_by_browsers(world):
    for path in ("/terms", "/api/docs", "/", "/catalogs"):
        assert world.as_("acme").get(path).headers["Cache-Control"] == "no-store", path
    assert "Cache-Control" not in world.anonymous().get("/terms").headers


def test_a_stranger_is_led_to_sign_in_and_back(world):
    answer = world.anonymous().get("/account/sign-ins?a=1")
    assert answer.location == "/sign-in?next=/account/sign-ins?a%3D1"


def test_the_first_field_to_be_corrected_takes_the_focus(world):
    fresh, refused = (
        world.anonymous().get("/sign-up").text,
        world.anonymous().post("/sign-up", {"company": "Acme"}).text,
    )
    focused = [page.split("autofocus")[1].split('name="')[1].split('"')[0] for page in (fresh, refused)]
    assert focused == ["company", "name"]
    assert (fresh.count("autofocus"), refused.count("autofocus")) == (1, 1)


def test_a_page_that_no_browser_can_show_leads_back_to_the_start(world):
    for shown in ("http://[", "http://x.example//evil.example", "\\"):
        answer = world.anonymous().get("/deals", htmx=True, headers={"HX-Current-URL": shown})
        assert (answer.status_code, answer.headers["HX-Redirect"].startswith("/sign-in?next=")) == (204, True)
