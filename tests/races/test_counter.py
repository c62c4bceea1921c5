"""One operation of the counter comes from several phones at once, as it does when an answer was lost: it is booked once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.identifiers import new_uuid
from tests.races.control import is_lost
from tests.races.test_cards import card_of, on
from tests.support.visitor import cookie_of

pytestmark = pytest.mark.races
PHONES = 8


class Phone:
    """The counter in a browser of its own; what it sends is what a page of it sends."""

    def __init__(self, merchant, app):
        with merchant.server.connected():
            key = merchant.server.world.key_of("acme")
            sign_in, user, *_ = sign_ins.find(key)
            sign_ins.act_for(sign_in, user, merchant.partner.id)
        self.url, self.browser = f"{merchant.server.url}/counter", requests.Session()
        self.browser.headers["Connection"] = "close"  # Any process may get the next request.
        name, value = cookie_of(app, key)
        self.browser.cookies.set(name, value, domain="127.0.0.1", path="/")
        self.session = self.browser.get(f"{self.url}/session", timeout=60).json()

    def send(self, path: str, form: dict):
        """The answer to a form."""
        form = {**form, "csrf_token": self.session["token"], "acting_for": self.session["partner"]}
        return self.browser.post(f"{self.url}{path}", form, allow_redirects=False, timeout=60)


def phones_of(merchant, app_pool) -> list[Phone]:
    return [Phone(merchant, app_pool(merchant.server.settings)) for _ in range(PHONES)]


def at_once(phones: list[Phone], path: str, form: dict) -> list:
    """What each is answered to the same form, sent at the same moment."""
    gate = threading.Barrier(len(phones))

    def one(phone):
        gate.wait()
        return phone.send(path, form)

    with ThreadPoolExecutor(len(phones)) as threads:
        return list(threads.map(one, phones))


def stamps(phone: Phone, card, count: int) -> dict:
    """An operation as a phone keeps it."""
    fields = {"serial": card.serial, "verb": "add-stamp", "whole": str(count), "proof": phone.session["proof"]}
    return {**fields, "request": new_uuid()}


def booked(merchant, card) -> int:
    with merchant.server.connected():
        return CardOperation.select().where(CardOperation.card == card).count()


def test_what_eight_phones_send_with_one_uuid_is_booked_once_and_answered_alike(merchant, app_pool):
    card, phones = card_of(merchant), phones_of(merchant, app_pool)
    kept = stamps(phones[0], card, 2)
    answers = at_once(phones, "/queue", kept)
    assert {answer.status_code for answer in answers} == {200} and len({answer.text for answer in answers}) == 1
    assert booked(merchant, card) == 1 and on(merchant, card) == {"uses": 2}
    assert {answer.text for answer in at_once(phones, "/queue", kept)} == {answers[0].text}
    undoing = f"/operations/{answers[0].json()['place'].rpartition('=')[2]}/undoing"
    undone = at_once(phones, undoing, {"request": new_uuid()})
    assert {answer.status_code for answer in undone} == {303} and len(
        {answer.headers["Location"] for answer in undone}
    ) == 1
    assert on(merchant, card) == {}


def test_without_the_guard_it_is_booked_more_than_once(unguarded, app_pool):
    phones = phones_of(unguarded, app_pool)

    def play(_):
        card = card_of(unguarded)
        at_once(phones, "/queue", stamps(phones[0], card, 1))
        return booked(unguarded, card) > 1

    assert is_lost(play)
