"""Somebody of the merchant's at a browser of their own: they look at what is open, and press the button."""

import re

import requests

from portal.domain.accounts.sign_ins import sign_ins
from tests.support.visitor import cookie_of

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_BOX = re.compile(r'name="chosen" value="([^"]+)"(?![^>]*disabled)')
_SEEN = re.compile(r'name="seen" value="([^"]+)"')


class Payer:
    """The merchant's owner, signed in once more, acting for the merchant."""

    def __init__(self, merchant, app):
        server = merchant.server
        with server.connected():
            key = server.world.key_of("acme")
            sign_in, user, *_ = sign_ins.find(key)
            sign_ins.act_for(sign_in, user, merchant.partner.id)
        self.url, self.form = server.url, {}
        self.browser = requests.Session()
        self.browser.headers["Connection"] = "close"  # Any process may get the next request.
        name, value = cookie_of(app, key)
        self.browser.cookies.set(name, value, domain="127.0.0.1", path="/")

    def look(self) -> list[str]:
        """Choose everybody who can be paid, and look at the preview; the sums that its button carries."""
        page = self._answer("GET", "/payouts").text
        chosen = {"csrf_token": _TOKEN.search(page)[1], "chosen": _BOX.findall(page)}
        preview = self._answer("POST", "/payouts/preview", chosen)
        self.form = {"csrf_token": chosen["csrf_token"], "seen": _SEEN.findall(preview.text)}
        return self.form["seen"]

    def pay(self) -> int:
        """Press "Pay now" on what was seen; the status of the answer: 303 leads to the run, 422 says why not."""
        return self._answer("POST", "/payouts/runs", self.form).status_code

    def _answer(self, method: str, path: str, form: dict | None = None):
        answer = self.browser.request(method, f"{self.url}{path}", data=form, allow_redirects=False, timeout=60)
        assert answer.status_code in (200, 303, 422), (path, answer.status_code)
        place = answer.headers.get("Location", "")
        has_page = "?kept=" in place or place.startswith("/payouts/preview?")
        return self._answer("GET", place) if has_page else answer
