"""Signing in with a second factor: after the right password a code, which works once."""

import re

import pytest

from portal import clock
from portal.domain import sealing
from portal.domain.accounts.people import disabling
from portal.domain.accounts.sign_ins import half_sign_ins, password_resets, second_factor
from portal.domain.accounts.sign_ins.tables import HalfSignIn, RecoveryCode
from portal.domain.accounts.tables import SignIn, User
from portal.domain.events.tables import Event
from portal.domain.mail.tables import Mail
from tests.support import mailed, phone
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.on_both_engines

STEP = "/sign-in/code"


@pytest.fixture
def owner(world):
    return world.acme.users["owner"]


@pytest.fixture
def app_of(owner):
    """The owner's phone, its second factor on."""
    return phone.turned_on(owner)


def half_way(world, mail="owner@acme.example", **more):
    visitor = world.anonymous()
    answer = visitor.post("/sign-in", {"mail": mail, "password": PASSWORD, **more})
    assert answer.location.startswith(STEP), answer.location
    renew(visitor)
    return visitor


def renew(visitor, page=STEP):
    """Take the form's token from the page, as its form does."""
    visitor.csrf_token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get(page).text)[1]


def give(visitor, code, **more):
    return visitor.post(STEP, {"code": code, **more})


def is_signed_in(visitor):
    return visitor.get("/account/sign-ins").status_code == 200


def test_a_code_signs_in_and_leads_on(world, app_of):
    visitor = half_way(world, next="/deals?status=Paid")
    assert 'value="/deals?status=Paid"' in visitor.get(f"{STEP}?next=/deals?status%3DPaid").text
    assert not is_signed_in(visitor)
    answer = give(visitor, f" {app_of.code()[:3]} {app_of.code()[3:]} ", next="/deals?status=Paid")
    assert (answer.status_code, answer.location) == (303, "/deals?status=Paid")
    assert is_signed_in(visitor)


def test_half_a_sign_in_opens_nothing(world, app_of):
    before = SignIn.select().count()
    visitor = half_way(world)
    assert SignIn.select().count() == before
    for path in ("/", "/deals", "/account/second-factor", "/account/password"):
        assert visitor.get(path).location.startswith("/sign-in?next=")
    with visitor.client.session_transaction(base_url="http://127.0.0.1:8000") as session:
        session["_user_id"] = session["half_sign_in"]
    assert not is_signed_in(visitor)


def test_it_is_bound_to_the_browser(world, app_of):
    half_way(world)
    elsewhere = world.anonymous()
    assert elsewhere.get(STEP).location.startswith("/sign-in")
    assert give(elsewhere, app_of.code()).location.startswith("/sign-in")
    assert not is_signed_in(elsewhere)


def test_it_runs_out_after_ten_minutes_and_keeps_its_place(world, app_of):
    visitor = half_way(world)
    HalfSignIn.update(expires_at=clock.now()).execute()
    answer = give(visitor, app_of.code(), next="/deals")
    assert answer.location == "/sign-in?next=/deals"
    assert "ten minutes" in visitor.get("/sign-in").text
    assert not is_signed_in(visitor)


def test_a_wrong_code_is_refused_and_the_right_one_taken_after_it(world, app_of):
    visitor = half_way(world)
    for wrong in ("", "abc", "\N{ARABIC-INDIC DIGIT ONE}23456", "9" * 5000):
        assert give(visitor, wrong).status_code == 422
    assert "does not fit or was used" in give(visitor, app_of.code(later=300)).text
    assert give(visitor, app_of.code()).status_code == 303
    assert is_signed_in(visitor)


def test_codes_of_half_a_minute_to_either_side_are_taken_and_never_an_older_one_after_them(world, owner, app_of):
    used = [app_of.code(later=30), app_of.code(), app_of.code(later=-30)]
    assert [second_factor.prove(owner, code) for code in used] == [True, False, False]
    phone.half_a_minute_passes(owner)
    assert not second_factor.prove(owner, app_of.code(later=-90))
    assert second_factor.prove(owner, app_of.code(later=-30))


def test_a_code_works_once(world, owner, app_of):
    first, second = half_way(world), half_way(world)
    code = app_of.code()
    assert give(first, code).status_code == 303
    assert "was used already" in give(second, code).text
    assert not is_signed_in(second)


def test_a_finished_sign_in_cannot_be_finished_again(world, owner, app_of):
    key = half_sign_ins.begin(owner)
    half_sign_ins.finish(key, app_of.code(), "127.0.0.1", "tests")
    assert half_sign_ins.find(key) is None
    phone.half_a_minute_passes(owner)
    visitor = world.anonymous()
    with visitor.client.session_transaction(base_url="http://127.0.0.1:8000") as session:
        session["half_sign_in"] = key
    assert give(visitor, app_of.code()).location.startswith("/sign-in?")


def test_a_recovery_code_signs_in_once_and_its_owner_is_told(world, owner, app_of):
    given = app_of.recovery_codes[3].lower().replace("-", " ")
    assert give(half_way(world), given).status_code == 303
    assert "was used already" in give(half_way(world), given).text
    mail = Mail.select().order_by(Mail.id.desc()).get()
    assert (mail.to, mail.subject) == (owner.mail, "A recovery code was used")
    assert "Codes that are left: 9." in mail.text and "http://127.0.0.1:8000/password-reset" in mail.text
    assert Event.select().where(Event.type == "recovery_code.used", Event.partner == world.acme.id).count() == 1


def test_only_digests_of_recovery_codes_are_kept_and_each_is_its_owners(world, owner, app_of):
    other = world.acme.users["manager"]
    phone.turned_on(other)
    kept = {row.digest for row in RecoveryCode.select()}
    assert len(kept) == 20 and not kept & set(app_of.recovery_codes)
    assert not second_factor.prove(other, app_of.recovery_codes[0])


def test_whoever_does_not_know_the_password_learns_nothing(world, app_of):
    def answer(mail, password):
        page = world.anonymous().post("/sign-in", {"mail": mail, "password": password})
        return page.status_code, re.sub(r'value="[^"]*"', "", page.text)

    wrong = [
        answer(mail, "a wrong password") for mail in ("owner@acme.example", "owner@rival.example", "no@body.example")
    ]
    assert len(set(wrong)) == 1 and wrong[0][0] == 422


def test_without_a_password_the_second_page_leads_back_to_the_first(world):
    visitor = world.anonymous()
    for answer in (visitor.get(STEP), give(visitor, "123456")):
        assert answer.location == "/sign-in?next=/"
    assert world.as_("acme").get(f"{STEP}?next=/deals").location == "/deals"


def test_nobody_is_sent_elsewhere_by_the_second_step(world, app_of):
    assert give(half_way(world), app_of.code(), next="//evil.example").location == "/"


@pytest.mark.settings(sign_in_limit=2)
def test_right_codes_are_never_too_often(world, owner, app_of):
    for _ in range(4):
        assert give(half_way(world), app_of.code()).status_code == 303
        phone.half_a_minute_passes(owner)


def test_a_new_password_or_the_operator_ends_half_a_sign_in(world, owner, app_of):
    visitor = half_way(world)
    password_resets.use(mailed.reset_key(owner.mail), "another long password")
    assert give(visitor, app_of.code()).location.startswith("/sign-in?")
    assert second_factor.since(owner.id), "a reset by mail takes no second factor away"
    key = half_sign_ins.begin(User.get_by_id(owner.id))
    disabling.disable(owner)
    assert half_sign_ins.find(key) is None


def test_after_another_secret_key_recovery_codes_still_work_and_the_sentence_says_so(world, owner, app_of):
    visitor = half_way(world)
    sealing.use_secret("another secret key of thirty-two characters")
    try:
        answer = give(visitor, app_of.code())
        assert answer.status_code == 422 and "SECRET_KEY was changed" in answer.text
        assert give(visitor, app_of.recovery_codes[0]).status_code == 303
    finally:
        sealing.use_secret(world.app.config["SETTINGS"].secret_key)
