"""One confirming page of an offer is sent by many clients at once, as by a finger that taps twice: it is one use."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from portal.domain.member_offers.uses.tables import OfferUse
from portal.domain.members.sign_ins import sign_ins
from tests.races.control import is_lost
from tests.support import club_offers

pytestmark = pytest.mark.races
CLIENTS = 8
FIELD = re.compile(r'<input[^>]* name="(csrf_token|once)"[^>]* value="([^"]+)"')


class Phone:
    """A member's phone at the page that asks once more."""

    def __init__(self, merchant, **given):
        self.merchant, self.partner, self.id = merchant, merchant.partner, merchant.partner.id
        with merchant.server.connected():
            self.offer = club_offers.offer(self, **given)
            member = club_offers.member(self, mail="taps@example.com")
            key = sign_ins.begin(member, member.mail, "127.0.0.1", "races").key
        self.place = f"/club/{self.partner.slug}/offers/{self.offer.offer_id}/use"
        self.browser = requests.Session()
        self.browser.headers["Connection"] = "close"  # Any process may get the next request.
        self.browser.cookies.set(f"member-{self.id}", key, domain="127.0.0.1", path="/")
        self.form = dict(FIELD.findall(self.get()))
        assert set(self.form) == {"csrf_token", "once"}

    def get(self) -> str:
        """The page as it is now."""
        answer = self.browser.get(self.merchant.server.url + self.place, allow_redirects=False, timeout=60)
        assert answer.status_code == 200
        return answer.text

    def tap(self, form: dict) -> set[tuple]:
        """What all clients are answered who send the form at the same moment: status and where it leads."""
        gate, cookies = threading.Barrier(CLIENTS), self.browser.cookies.get_dict()

        def one(_):
            gate.wait()
            answer = requests.post(
                self.merchant.server.url + self.place, form, cookies=cookies, headers={"Connection": "close"},
                allow_redirects=False, timeout=60,
            )  # fmt: skip
            return answer.status_code, answer.headers.get("Location", "").partition("?")[0]

        with ThreadPoolExecutor(CLIENTS) as clients:
            return set(clients.map(one, range(CLIENTS)))

    def uses(self) -> int:
        with self.merchant.server.connected():
            return OfferUse.select().where(OfferUse.terms == self.offer.id).count()

    def without_its_key(self) -> dict:
        return {name: value for name, value in self.form.items() if name != "once"}


def test_the_key_of_a_page_is_one_use_and_every_tap_leads_to_it_while_it_is_active(merchant):
    phone = Phone(merchant, active_seconds=3600)
    assert phone.tap(phone.form) == {(303, phone.place)}
    assert phone.uses() == 1 and "data-use-clock" in phone.get()
    assert phone.tap(phone.form) == {(303, phone.place)} and phone.uses() == 1


def test_where_nothing_but_the_key_tells_two_taps_from_two_uses_it_is_one_use(merchant):
    phone = Phone(merchant)
    assert {status for status, _ in phone.tap(phone.form)} == {303} and phone.uses() == 1
    phone.tap(phone.without_its_key())
    assert phone.uses() == 1 + CLIENTS, "Each tap without the key is a use of its own."


def test_without_the_key_and_the_row_that_is_held_an_active_offer_is_used_more_than_once(unguarded):
    def play(_):
        phone = Phone(unguarded, active_seconds=3600)
        phone.tap(phone.without_its_key())
        return phone.uses() > 1

    assert is_lost(play)
