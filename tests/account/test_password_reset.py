"""A forgotten password is set by a mailed link, once, within an hour."""

import io
import logging

import pytest

from portal import clock
from portal.domain.accounts.people import disabling, people
from portal.domain.accounts.sign_ins import password_resets
from portal.domain.accounts.tables import User
from portal.domain.mail.tables import Mail
from portal.server import observed
from tests.account.test_second_step import renew
from tests.support import mailed
from tests.support.cast import PASSWORD

NEW = "an entirely new password"


def asked(world, mail="owner@acme.example"):
    return world.anonymous().post("/password-reset", {"mail": mail})


def link_of(world, mail="owner@acme.example") -> str:
    asked(world, mail)
    return mailed.link(mail)


def test_asking_is_answered_alike_for_everybody(world):
    disabling.disable(world.acme.users["viewer"])
    mails = ("owner@acme.example", "nobody@acme.example", "viewer@acme.example")
    answers = [asked(world, mail) for mail in mails]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text.replace(mail, "") for answer, mail in zip(answers, mails, strict=True)}) == 1
    mailed.answer()
    assert [mail.to for mail in Mail.select()] == ["owner@acme.example"]


@pytest.mark.on_both_engines
def test_the_link_sets_the_password_once_and_ends_every_sign_in(world):
    signed_in, link = world.as_("acme"), link_of(world)
    visitor = world.anonymous()
    assert visitor.get(link).status_code == 200
    assert visitor.post(link, {"password": NEW}).location == "/sign-in"
    assert people.proven("owner@acme.example", NEW)
    assert signed_in.get("/account/sign-ins").location.startswith("/sign-in")
    assert visitor.get(link).status_code == 410
    assert visitor.post(link, {"password": "yet another password"}).status_code == 410
    assert people.proven("owner@acme.example", NEW)


@pytest.mark.on_both_engines
def test_setting_it_spends_the_other_links(world):
    first, second = link_of(world), link_of(world)
    world.anonymous().post(second, {"password": NEW})
    assert world.anonymous().get(first).status_code == 410


@pytest.mark.on_both_engines
def test_the_link_is_over_after_an_hour(world):
    key = link_of(world).rsplit("/", 1)[1]
    with clock.acting(3590):
        assert password_resets.owner_of(key)
    with clock.acting(3601):
        assert not password_resets.owner_of(key)


def test_a_short_password_is_refused_and_the_link_still_works(world):
    link = link_of(world)
    refused = world.anonymous().post(link, {"password": "short"})
    assert refused.status_code == 422
    assert "10 to 200 characters" in refused.text
    assert world.anonymous().get(link).status_code == 200


def test_the_links_page_tells_nobody_its_address(world, caplog):
    caplog.set_level("INFO")
    link = link_of(world)
    for answer in (
        world.anonymous().get(link),
        world.anonymous().post(link, {"password": NEW}),
        world.anonymous().get(link),
    ):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers.get("Cache-Control") == "no-store" or answer.status_code == 303
    assert link.rsplit("/", 1)[1] not in caplog.text


@pytest.mark.settings(sign_in_limit=1)
def test_asking_is_limited_by_address(world):
    assert [asked(world, f"{number}@nobody.example").status_code for number in range(6)] == [200] * 5 + [429]


def waited(monkeypatch, seconds: int) -> None:
    wall = clock.wall_micros() + seconds * 1_000_000
    monkeypatch.setattr(clock, "wall_micros", lambda: wall)


def test_a_stranger_fills_nobodys_letterbox_and_its_owner_has_a_fresh_link(world, monkeypatch):
    answers = [asked(world) for _ in range(2 * password_resets.MOST)]
    mailed.answer()
    assert len({answer.text for answer in answers}) == 1
    assert Mail.select().count() == password_resets.MOST
    waited(monkeypatch, 721)
    asked(world), mailed.answer()
    assert Mail.select().count() == password_resets.MOST + 1


def test_asked_for_in_ones_own_browser_it_is_mailed_however_often_strangers_ask(world):
    owner, mine = world.acme.users["owner"], world.anonymous()
    mine.post("/sign-in", {"mail": owner.mail, "password": PASSWORD})
    for _ in range(2 * password_resets.MOST):
        asked(world)
    mailed.answer()
    renew(mine, "/account/password")
    mine.post("/password-reset", {"mail": owner.mail}), mailed.answer()
    assert Mail.select().count() == password_resets.MOST + 1


def test_no_log_holds_the_link_or_a_password_however_much_it_tells(world):
    """LOG_LEVEL=DEBUG wrote every statement with its parameters."""
    handlers, level, written = logging.root.handlers[:], logging.root.level, io.StringIO()
    try:
        observed.set_up_logging("DEBUG")
        logging.root.handlers[0].setStream(written)
        link = link_of(world)
        world.anonymous().post(link, {"password": NEW})
    finally:
        observed.set_up_logging("WARNING")
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)
    said = written.getvalue()
    stored = User.get(User.mail == "owner@acme.example").password_hash
    for secret in (link.rpartition("/")[2], NEW, stored):
        assert secret not in said
    assert '"message": "request"' in said
