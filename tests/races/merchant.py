"""A merchant with a shop of its own on the shared server, whose clients all press the button at once."""

import http.client
import json
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from email.message import Message

from portal import clock
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.identifiers import short_code
from tests.contract.promoters import promoted


@dataclass
class Answer:
    """What was answered. Forty-eight clients of the usual library would be busier than the server."""

    status_code: int
    headers: Message
    text: str

    def json(self):
        """The body."""
        return json.loads(self.text)


class Merchant:
    """A merchant of its own on the shared server, with a shop that northwind sells for 20%."""

    def __init__(self, server):
        self.server, self.uid = server, short_code(9)
        with server.connected():
            self.partner = partners.found("Race", server.world.acme.users["owner"], confirmed=True)
            self.token = tokens.make(self.partner, "Race", list(PERMITS), rate_limit=1_000_000)[1]
        made = self.send("POST", "/catalog/", {"title": "Shop", "catalog_code": "shop"}).json()
        offer = {
            "name": "Plan",
            "catalog_id": made["id"],
            "prices": [{"cost": 100, "currency": "USD"}],
            "reward_percent": 20,
        }
        assert self.send("POST", "/offer/", offer).status_code == 201
        with server.connected():
            promoted(made["id"], server.world.northwind, uid=self.uid, code=None)

    def send(self, method: str, path: str, body: dict, **headers):
        """One request on a connection of its own, so that any process may get it."""
        connection = http.client.HTTPConnection(self.server.url.removeprefix("http://"), timeout=60)
        with closing(connection):
            headers = {"Authorization": self.token, "Connection": "close", **headers}
            connection.request(method, f"/api{path}", json.dumps(body), headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())

    def deal(self, deal_id: str = "race") -> Deal:
        """The deal as it is now; ask on the server's database."""
        return Deal.get(Deal.partner == self.partner, Deal.deal_id == deal_id)

    def make_due(self, *deal_ids: str) -> None:
        """What is to become of these deals by itself is due now."""
        with self.server.connected():
            mine = (Deal.partner == self.partner) & Deal.deal_id.in_(deal_ids)
            assert Deal.update(due_at=clock.now()).where(mine).execute() == len(deal_ids)

    def said(self, **said) -> dict:
        usual = {
            "status": "Created",
            "offer": "Plan",
            "cost": 100,
            "currency": "USD",
            "deal_id": "race",
            "catalog_code": "shop",
        }
        return {**usual, "another_data": f"myshare={self.uid}", **said}

    def at_once(self, requests_: list[tuple], beside=lambda: None, later: float = 0.0) -> list:
        """All of them at the same moment, and `beside()` some seconds later; no answer may be a failure of the server's."""
        gate = threading.Barrier(len(requests_) + 1)

        def one(request):
            gate.wait()
            method, path, body, *headers = request
            return self.send(method, path, body, **(headers[0] if headers else {}))

        with ThreadPoolExecutor(len(requests_)) as clients:
            answering = clients.map(one, requests_)
            gate.wait()
            time.sleep(later)
            beside()
            answers = list(answering)
        assert all(answer.status_code < 500 for answer in answers), Counter(answer.status_code for answer in answers)
        return answers
