"""A shop that reports deals without pause, and repeats each report until it is answered, as an integrator's code should."""

import itertools
import threading
from collections import Counter
from contextlib import contextmanager
from functools import partial

import requests

from portal.domain import verify
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.ledger.tables import Entry, Transfer
from portal.domain.events.tables import Event
from portal.domain.offers.tables import Catalog
from tests.affiliate import things
from tests.support.waiting import PATIENCE_SECONDS, until

CLIENTS = 4


def open_catalog(server) -> None:
    """A catalog with an offer and a promoter, so that each paid deal moves money in the ledger."""
    with server.connected():
        catalog = things.catalog(server.world.acme.partner)
        things.offer(catalog)
        things.promotion(catalog, server.world.northwind)


def paid(deal_id: str) -> dict:
    """The report of a paid deal that a promoter led to."""
    return {
        "status": "Paid", "offer": "Spanish A1", "cost": 100, "currency": "USD", "deal_id": deal_id,
        "catalog_code": "summer", "another_data": "myshare=NRTHWND22",
    }  # fmt: skip


def report(server, deal_id: str, session=requests, **changed) -> requests.Response:
    """Report one paid deal, once."""
    headers = {**server.world.acme.bearer, "Idempotency-Key": deal_id}
    return session.post(f"{server.url}/api/deal", json={**paid(deal_id), **changed}, headers=headers, timeout=60)


class Shop:
    """Clients that report deals; `answered` are the ids whose report got its 200, `statuses` count what came back."""

    def __init__(self, server, name: str = "D"):
        self.server, self.name = server, name
        self.answered: list[str] = []
        self.statuses: Counter = Counter()
        self.bodies: list[str] = []
        self._numbers = itertools.count(1)
        self._closing = threading.Event()
        self._clients = [threading.Thread(target=self._work, daemon=True) for _ in range(CLIENTS)]

    @contextmanager
    def selling(self):
        """Sell while the block runs; at its end every report that was begun is repeated until it is answered."""
        for client in self._clients:
            client.start()
        try:
            yield self
        finally:
            self._closing.set()
            for client in self._clients:
                client.join(PATIENCE_SECONDS)
        assert not any(client.is_alive() for client in self._clients), f"some reports got no answer: {self.statuses}"

    def sell(self, more: int) -> None:
        """Wait until so many more deals were answered."""
        wanted = len(self.answered) + more
        until(lambda: len(self.answered) >= wanted, lambda: f"{more} more deals: {self.statuses} {self.bodies[-1:]}")

    def _work(self) -> None:
        while not self._closing.is_set():
            deal_id = f"{self.name}-{next(self._numbers)}"
            with requests.Session() as session:
                until(partial(self._is_answered, deal_id, session), f"an answer for {deal_id}")
            self.answered.append(deal_id)

    def _is_answered(self, deal_id: str, session) -> bool:
        try:
            answer = report(self.server, deal_id, session)
        except requests.RequestException:
            self.statuses["no answer"] += 1
            return False
        self.statuses[answer.status_code] += 1
        if answer.status_code != 200:
            self.bodies.append(answer.text)
        return answer.status_code == 200


def refuse_losses(server, answered: list[str]) -> None:
    """Every answered deal is there once, paid and held for its promoter, told once; and the whole database verifies."""
    with server.connected():
        kept = {deal.deal_id: deal.status for deal in Deal.select()}
        assert {deal_id: kept.get(deal_id) for deal_id in answered} == dict.fromkeys(answered, "Paid")
        assert Deal.select().count() == len(kept)
        assert _held() == {deal_id: [1000] for deal_id in kept}
        told = Counter(Event.select(Event.thing_id).where(Event.type == "deal.created").tuples())
        assert set(told.values()) == {1} and len(told) == len(kept)
        assert verify.faults() == []


def _held() -> dict[str, list[int]]:
    rows = (
        Entry.select(Deal.deal_id, Entry.amount)
        .join(Transfer)
        .join(Deal)
        .where(Entry.account == "held", Entry.partner != Catalog.select(Catalog.partner).limit(1))
    )
    held: dict[str, list[int]] = {}
    for deal_id, amount in rows.tuples():
        held.setdefault(deal_id, []).append(amount)
    return held
