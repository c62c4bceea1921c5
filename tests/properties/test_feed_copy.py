"""A program that keeps a copy of the feed has what the feed has, whatever happened and whichever answers were lost."""

import random
from datetime import UTC, datetime, timedelta
from wsgiref.handlers import format_date_time

import pytest

from docs.feed_consumer import Copy
from portal import clock
from portal.domain.affiliate.catalogs import terms
from portal.domain.feed import listings
from portal.domain.offers import catalogs
from tests.support import feeding

SEEDS, STEPS = 6, 80


class Lost(Exception):
    """An answer that never came."""


class History:
    """What happens to a feed, in an order that the seed decides."""

    def __init__(self, world, client, wall, seed: int):
        self.world, self.client, self.wall = world, client, wall
        self.random, self.now = random.Random(seed), datetime(2026, 6, 1, 12, tzinfo=UTC)
        wall(self.now)
        self.shop = feeding.catalog(world.acme)
        self.offers = [feeding.offer(world.acme, self.random.choice([self.shop, None])) for _ in range(4)]

    def ask(self, path: str):
        """A page of two offers, or nothing."""
        if self.random.random() < 0.2:
            raise Lost
        reply = self.client.get(f"{path}&limit=2", headers={"X-API-Key": self.world.acme.token})
        assert reply.status_code == 200, reply.text
        return {"Date": format_date_time(self.now.timestamp()), "Link": reply.headers.get("Link")}, reply.json

    def happens(self) -> None:
        """Something."""
        offer = self.random.choice(self.offers)
        happens = (
            self._listed,
            self._planned,
            self._planned,
            self._removed,
            self._renamed,
            self._shut,
            *[self._later] * 5,
        )
        self.random.choice(happens)(offer)

    def _listed(self, offer) -> None:
        listings.put(offer, {"leads_to": feeding.SHOP, "title": f"Title {self.random.random()}"})

    def _planned(self, offer) -> None:
        starts = self.now + timedelta(seconds=self.random.randint(-30, 90))
        listings.put(offer, {"leads_to": feeding.SHOP, "starts_at": starts, "ends_at": starts + timedelta(seconds=60)})

    def _removed(self, offer) -> None:
        listings.remove(offer)

    def _renamed(self, offer) -> None:
        terms.change(offer, {"name": f"Name {self.random.random()}", "is_active": self.random.random() < 0.7})

    def _shut(self, offer) -> None:
        catalogs.change(self.shop, {"is_published": self.random.random() < 0.5})

    def _later(self, offer) -> None:
        self.now += timedelta(seconds=self.random.choice([0.4, 1, 20, 45]))
        self.wall(self.now)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_after_any_history_the_copy_is_the_feed(world, client, monkeypatch, seed):
    history = History(
        world, client, lambda at: monkeypatch.setattr(clock, "wall_micros", lambda: clock.to_micros(at)), seed
    )
    copy = Copy(history.ask)
    for _ in range(STEPS):
        history.happens()
        if history.random.random() < 0.5:
            try:
                copy.step()
            except Lost:
                continue
            whole = client.get("/api/campaigns/offers", headers={"X-API-Key": world.acme.token}).json
            assert copy.offers == {offer["id"]: offer for offer in whole}
