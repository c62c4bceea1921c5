"""Setting up a second factor, its recovery codes, and turning it off."""

import html
import re

import pyotp
import pytest

from portal import clock
from portal.domain import sealing
from portal.domain.accounts.sign_ins import recovery, second_factor, sign_ins
from portal.domain.accounts.sign_ins.tables import RecoveryCode, SecondFactor
from portal.domain.events.tables import Event
from portal.domain.mail.tables import Mail
from tests.support import phone
from tests.support.cast import PASSWORD

PLACE = "/account/second-factor"


@pytest.fixture
def owner(world):
    return world.acme.users["owner"]


@pytest.fixture
def visitor(world):
    return world.as_("acme")


def app_on(page: str) -> pyotp.TOTP:
    """The app after scanning what the page shows."""
    return pyotp.parse_uri(html.unescape(re.search(r'href="(otpauth://[^"]+)"', page)[1]))


def begin(visitor) -> pyotp.TOTP:
    assert visitor.post(PLACE, {"password": PASSWORD}).location == f"{PLACE}/set-up"
    return app_on(visitor.get(f"{PLACE}/set-up").text)


def codes_on(page: str) -> list[str]:
    return re.findall(r"\b(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}\b", page.split("<code>")[1].split("</code>")[0])


def told(owner) -> list[str]:
    return [mail.subject for mail in Mail.select().where(Mail.to == owner.mail).order_by(Mail.id)]


def test_it_is_set_up_with_password_and_code(visitor, owner):
    assert "authenticator app" in visitor.get(PLACE).text
    app = begin(visitor)
    page = visitor.get(f"{PLACE}/set-up").text
    assert (app.name, app.issuer) == (owner.mail, "partnerportal 127.0.0.1")
    assert app.secret in page.replace(" ", "") and "<svg" in page
    answer = visitor.post(f"{PLACE}/set-up", {"code": app.now()})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert len(set(codes_on(answer.text))) == recovery.COUNT == recovery.left(owner.id)
    assert codes_on(answer.text)[0] not in visitor.get(PLACE).text
    assert "10 of 10" in visitor.get(PLACE).text and second_factor.since(owner.id)
    assert told(owner) == ["Your second factor is on"]
    assert "a code of your app" in Mail.get().text


def test_until_it_is_confirmed_it_asks_nobody_for_anything(world, visitor, owner):
    begin(visitor)
    assert second_factor.since(owner.id) is None and second_factor.holders([owner.id]) == set()
    answer = world.anonymous().post("/sign-in", {"mail": owner.mail, "password": PASSWORD})
    assert answer.location == "/"


def test_the_secret_is_kept_encrypted_and_bound_to_its_owner(visitor, owner):
    app, row = begin(visitor), SecondFactor.get()
    assert app.secret not in row.secret
    with pytest.raises(sealing.Unreadable):
        sealing.opened(f"second factor of {owner.id + 1}", row.secret)


def test_the_secret_is_shown_to_the_browser_that_gave_the_password_for_fifteen_minutes(world, visitor):
    begin(visitor)
    assert world.as_("acme").get(f"{PLACE}/set-up").location == PLACE
    SecondFactor.update(begun_at=clock.now() - second_factor.BEGUN_LASTS).execute()
    assert visitor.get(f"{PLACE}/set-up").location == PLACE


def test_a_wrong_password_or_code_sets_nothing_up(visitor, owner):
    answer = visitor.post(PLACE, {"password": "not this one"})
    assert answer.status_code == 422 and "This is not your password." in answer.text
    begin(visitor)
    answer = visitor.post(f"{PLACE}/set-up", {"code": "000000"})
    assert answer.location == f"{PLACE}/set-up" and "clock of your phone" in visitor.get(answer.location).text
    assert second_factor.since(owner.id) is None and RecoveryCode.select().count() == 0


def test_other_sign_ins_end_with_it(world, visitor, owner):
    world.as_("acme")
    visitor.post(f"{PLACE}/set-up", {"code": begin(visitor).now()})
    assert len(sign_ins.open_of(owner.id)) == 1


@pytest.mark.on_both_engines
def test_the_first_code_is_used_up(visitor, owner):
    app = begin(visitor)
    code = app.now()
    visitor.post(f"{PLACE}/set-up", {"code": code})
    assert not second_factor.prove(owner, code)


@pytest.mark.on_both_engines
def test_what_is_on_is_not_set_up_over(visitor, owner):
    app = phone.turned_on(owner)
    assert "is on already" in visitor.post(PLACE, {"password": PASSWORD}).text
    assert second_factor.prove(owner, app.code())


@pytest.mark.on_both_engines
def test_new_recovery_codes_replace_the_old_ones(visitor, owner):
    app = phone.turned_on(owner)
    answer = visitor.post(f"{PLACE}/recovery-codes", {"password": PASSWORD, "code": app.code()})
    new = codes_on(answer.text)
    assert len(new) == 10 and not set(new) & set(app.recovery_codes)
    assert not second_factor.prove(owner, app.recovery_codes[0])
    assert second_factor.prove(owner, new[0])
    assert told(owner)[-2:] == ["You have new recovery codes", "A recovery code was used"]


@pytest.mark.parametrize("given", ["an app's code", "a recovery code"])
def test_it_is_turned_off_with_password_and_code(visitor, owner, given):
    app = phone.turned_on(owner)
    assert "10 recovery codes that are left" in visitor.get(f"{PLACE}/removal").text
    code = app.code() if given == "an app's code" else app.recovery_codes[0]
    assert visitor.post(f"{PLACE}/removal", {"password": PASSWORD, "code": code}).location == PLACE
    assert second_factor.since(owner.id) is None
    assert (SecondFactor.select().count(), RecoveryCode.select().count()) == (0, 0)
    assert told(owner)[-1] == "Your second factor is off"
    types = [event.type for event in Event.select().where(Event.type.startswith("second_factor")).order_by(Event.id)]
    assert types == ["second_factor.on", "second_factor.off"]


@pytest.mark.parametrize("path", ["removal", "recovery-codes"])
def test_it_is_neither_turned_off_nor_renewed_without_both(visitor, owner, path):
    app = phone.turned_on(owner)
    for given in ({"password": "wrong one here", "code": app.code()}, {"password": PASSWORD, "code": "000000"}, {}):
        assert visitor.post(f"{PLACE}/{path}", given).status_code == 422
    assert second_factor.since(owner.id) and recovery.left(owner.id) == 10
    assert second_factor.prove(owner, app.code()), "a refusal uses no code up"


@pytest.mark.parametrize("path", ["removal", "recovery-codes"])
def test_what_is_off_has_nothing_to_turn_off(visitor, path):
    assert "Your second factor is off" in visitor.get(f"{PLACE}/{path}").text
    answer = visitor.post(f"{PLACE}/{path}", {"password": PASSWORD, "code": "123456"})
    assert answer.status_code == 422


def test_with_another_secret_key_it_is_turned_off_by_a_recovery_code(visitor, owner):
    app = phone.turned_on(owner)
    sealing.use_secret("another secret key of thirty-two characters")
    try:
        answer = visitor.post(f"{PLACE}/removal", {"password": PASSWORD, "code": app.code()})
        assert answer.status_code == 422 and "SECRET_KEY was changed" in answer.text
        given = {"password": PASSWORD, "code": app.recovery_codes[0]}
        assert visitor.post(f"{PLACE}/removal", given).status_code == 303
    finally:
        sealing.use_secret(visitor.app.config["SETTINGS"].secret_key)


def test_few_recovery_codes_are_warned_of(visitor, owner):
    app = phone.turned_on(owner)
    assert "Few recovery codes" not in visitor.get(PLACE).text
    for code in app.recovery_codes[:8]:
        assert second_factor.prove(owner, code)
    assert "Few recovery codes" in visitor.get(PLACE).text
