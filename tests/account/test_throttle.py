"""Guessing passwords and codes is slow, signing in is not, and nobody is locked out by strangers."""

import pytest

from portal import clock
from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import known_browsers, passwords, proofs
from portal.domain.accounts.sign_ins.tables import Guess
from portal.domain.accounts.tables import Membership, User
from portal.server.limits import network
from tests.account.test_second_step import STEP, give, half_way, is_signed_in, renew
from tests.support import mailed, phone
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.settings(sign_in_limit=3)
NEW = "an entirely new password"


@pytest.fixture
def owner(world) -> User:
    return world.acme.users["owner"]


def tries(visitor, mail, password, address="127.0.0.1") -> int:
    given = {"mail": mail, "password": password}
    return visitor.post("/sign-in", given, environ_overrides={"REMOTE_ADDR": address}).status_code


def attempt(world, mail, password, address="127.0.0.1") -> int:
    return tries(world.anonymous(), mail, password, address)


def signed_out(visitor, user, password=PASSWORD):
    """The person has come in there, and gone again."""
    assert tries(visitor, user.mail, password) == 303
    renew(visitor, "/account/password")
    visitor.post("/sign-out")
    renew(visitor, "/sign-in")
    return visitor


def besieged(world, mail) -> list[int]:
    """Ten wrong tries from each of five addresses."""
    return [attempt(world, mail, "a wrong password", f"192.0.2.{number % 5}") for number in range(50)]


def test_the_fourth_wrong_password_is_not_even_looked_at(world, owner):
    assert [attempt(world, owner.mail, "a wrong password") for _ in range(4)] == [422, 422, 422, 429]
    assert attempt(world, owner.mail, PASSWORD) == 429


def test_a_stranger_elsewhere_does_not_lock_the_owner_out(world, owner):
    for _ in range(10):
        attempt(world, owner.mail, "a wrong password", "192.0.2.7")
    assert attempt(world, owner.mail, PASSWORD) == 303


def test_many_addresses_have_twice_as_many_tries_and_no_more(world, owner):
    assert besieged(world, owner.mail).count(422) == 6
    assert attempt(world, owner.mail, PASSWORD, "198.51.100.1") == 429


def test_nobody_is_locked_out_of_a_browser_they_have_come_in_with_before(world, owner):
    known = signed_out(world.anonymous(), owner)
    other = signed_out(world.anonymous(), world.acme.users["viewer"])
    besieged(world, owner.mail)
    for _ in range(20):  # Nobody from here either.
        attempt(world, f"{_}@nobody.example", "a wrong password")
    assert tries(other, owner.mail, PASSWORD) == 429, "it is known for somebody else"
    assert tries(known, owner.mail, PASSWORD) == 303


def test_a_known_browser_has_no_more_tries_than_others(world, owner):
    known = signed_out(world.anonymous(), owner)
    assert [tries(known, owner.mail, "a wrong password") for _ in range(4)] == [422, 422, 422, 429]
    assert tries(known, owner.mail, PASSWORD) == 429


def test_a_new_password_makes_every_browser_a_strangers(world, owner):
    known = signed_out(world.anonymous(), owner)
    people.set_password(owner, passwords.hashed(NEW))
    besieged(world, owner.mail)
    assert tries(known, owner.mail, NEW) == 429


def test_but_not_the_one_in_which_it_was_changed(world, owner):
    here = world.as_("acme")
    here.post("/account/password", {"present": PASSWORD, "password": NEW})
    here.post("/sign-out")
    renew(here, "/sign-in")
    besieged(world, owner.mail)
    assert tries(here, owner.mail, NEW) == 303


@pytest.mark.parametrize(
    "forged", ["x", "a.b.c", "mail.9999999999.", f"mail.{'9' * 20}.x", "é.1.é", "mail.99999999.{}"]
)
def test_a_forged_cookie_makes_no_browser_known(world, owner, forged, monkeypatch):
    true = known_browsers.mark(owner)
    assert known_browsers.name_of(owner, true)
    assert not known_browsers.name_of(world.acme.users["viewer"], true)
    assert known_browsers.name_of(owner, forged.format(true.rpartition(".")[2])) is None
    wall = clock.wall_micros() + known_browsers.LASTS // clock.MICROSECOND + 1_000_000
    monkeypatch.setattr(clock, "wall_micros", lambda: wall)
    assert known_browsers.name_of(owner, true) is None


@pytest.mark.settings(sign_in_limit=3, public_url="https://portal.example")
def test_behind_https_the_cookie_is_bound_to_the_host(world, owner):
    answer = world.anonymous().post("/sign-in", {"mail": owner.mail, "password": PASSWORD})
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if "known" in line]
    assert cookie.startswith(f"__Host-portal-known-{owner.id}=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; ")) and "Domain" not in cookie


def test_a_mailed_link_is_never_refused_for_strangers_tries_and_gets_its_owner_in(world, owner):
    besieged(world, owner.mail)
    for number in range(20):
        stranger = {"environ_overrides": {"REMOTE_ADDR": f"192.0.2.{number % 5}"}}
        world.anonymous().post("/password-reset", {"mail": owner.mail}, **stranger)
    mine = world.anonymous()
    assert mine.post("/password-reset", {"mail": owner.mail}).status_code == 200
    assert mine.post(mailed.link(owner.mail), {"password": NEW}).status_code == 303
    assert tries(mine, owner.mail, NEW) == 303


@pytest.mark.on_both_engines
def test_a_code_is_guessed_slowly_over_all_half_sign_ins_and_addresses(world, owner):
    app, codes = phone.turned_on(owner), []
    for number in range(10):
        visitor = half_way(world)
        elsewhere = {"REMOTE_ADDR": f"192.0.2.{number}"}
        codes.append(visitor.post(STEP, {"code": "000000"}, environ_overrides=elsewhere))
    assert [answer.status_code for answer in codes] == [422] * 3 + [429] * 7
    assert 3590 <= int(codes[-1].headers["Retry-After"]) <= 3600
    assert give(visitor, app.code()).status_code == 429
    assert not is_signed_in(visitor)


@pytest.mark.settings(sign_in_limit=100)
def test_one_password_is_good_for_five_codes(world, owner):
    app = phone.turned_on(owner)
    visitor = half_way(world)
    assert [give(visitor, "000000").status_code for _ in range(5)] == [422] * 5
    assert give(visitor, app.code()).location.startswith("/sign-in?")
    assert not is_signed_in(visitor)
    assert give(half_way(world), app.code()).status_code == 303


def test_nobody_who_knows_the_password_keeps_the_phones_owner_out(world, owner):
    app = phone.turned_on(owner)
    known = half_way(world)
    give(known, app.code())
    renew(known, "/account/password"), known.post("/sign-out"), renew(known, "/sign-in")
    phone.half_a_minute_passes(owner)
    for _ in range(5):
        give(half_way(world), "000000")
    known.post("/sign-in", {"mail": owner.mail, "password": PASSWORD}), renew(known)
    assert give(known, app.code()).status_code == 303
    assert give(half_way(world), app.recovery_codes[0]).status_code == 303, "nobody guesses a recovery code"


def test_a_mailed_link_brings_tries_of_its_own_for_the_code_and_no_more_with_each_link(world, owner):
    app, codes = phone.turned_on(owner), []
    for _ in range(5):
        give(half_way(world), "000000")
    for number in range(2):
        mine, password = world.anonymous(), f"{NEW} {number}"
        mine.post("/password-reset", {"mail": owner.mail})
        mine.post(mailed.link(owner.mail), {"password": password})
        mine.post("/sign-in", {"mail": owner.mail, "password": password}), renew(mine)
        codes += [give(mine, "000000").status_code for _ in range(2)]
    assert codes == [422, 422, 422, 429]
    assert not is_signed_in(mine) and app.code()


def test_whoever_sits_at_somebodys_browser_does_not_guess_the_code(world, owner):
    app, here, elsewhere = phone.turned_on(owner), world.as_("acme"), world.as_("acme")
    wrong = {"password": PASSWORD, "code": "000000"}
    answers = [here.post("/account/second-factor/removal", wrong) for _ in range(proofs.MOST + 1)]
    assert [answer.status_code for answer in answers] == [422] * proofs.MOST + [429]
    assert 3500 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert here.post("/account/second-factor/recovery-codes", wrong | {"code": app.code()}).status_code == 429
    assert elsewhere.post("/account/second-factor/removal", wrong | {"code": app.code()}).status_code == 303


def asks_for_the_password(world):
    membership = Membership.get(Membership.user == world.acme.users["viewer"])
    yield "/account/password", {"password": NEW}, "present"
    yield "/account/second-factor", {}, "password"
    yield f"/account/team/{membership.id}/role", {"role": "owner"}, "password"
    yield "/account/team/invitations/new", {"mail": "in@vited.example", "role": "owner"}, "password"


@pytest.mark.parametrize("road", range(4))
def test_nor_the_password_on_any_road_that_asks_for_it_once_more(world, owner, road):
    here, elsewhere = world.as_("acme"), world.as_("acme")
    path, given, field = list(asks_for_the_password(world))[road]
    answers = [here.post(path, given | {field: "a wrong password"}).status_code for _ in range(proofs.MOST + 1)]
    assert answers == [422] * proofs.MOST + [429]
    assert here.post(path, given | {field: PASSWORD}).status_code == 429
    assert elsewhere.post(path, given | {field: PASSWORD}).status_code == 303


def test_a_household_with_many_addresses_is_counted_as_one(world, owner):
    addresses = [f"2001:db8:1:2::{number:x}" for number in range(1, 5)]
    assert [attempt(world, owner.mail, "wrong password", address) for address in addresses] == [422, 422, 422, 429]
    assert attempt(world, owner.mail, "wrong password", "2001:db8:1:3::1") == 422


def test_who_is_unknown_is_counted_as_who_is_known(world, owner):
    answers = []
    for mail in (owner.mail, "nobody@acme.example"):
        page = [world.anonymous().post("/sign-in", {"mail": mail, "password": "a wrong password"}) for _ in range(4)]
        answers.append([(answer.status_code, answer.text.replace(mail, "").count("<")) for answer in page])
        assert Guess.select().count() == 4 + 3 * (mail != owner.mail)
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
        (None, ""),
        ("unix:", "unix:"),
    ],
)
def test_an_address_stands_for_its_network(address, counted):
    assert network(address) == counted


def test_signing_in_with_the_right_password_is_never_too_often(world):
    mail = world.acme.users["viewer"].mail
    assert [attempt(world, mail, PASSWORD) for _ in range(20)] == [303] * 20
