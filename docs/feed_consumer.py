#!/usr/bin/env python3
"""Keeps a copy of an offers feed in step with the portal: the whole feed once, then only what changed.

    PORTAL=https://portal.example TOKEN=pp_live_… python3 docs/feed_consumer.py

With CAMPAIGN, a catalog's id or short code, the copy is of that catalog alone; what goes to another one is removed here.

Nothing is lost when an answer is: the copy is replaced, and the moment to go on from moves, only after all pages have come.
What is told once more is the same again.
"""

import json
import os
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

FEED = "/api/campaigns/offers"
Answer = tuple[dict, list]  # headers, and the offers of the page


class Copy:
    """A copy of the feed, or of what is in one campaign: offers by id. `ask(path)` fetches a page."""

    def __init__(self, ask: Callable[[str], Answer], campaign: str | None = None):
        self._ask, self._since, self.offers = ask, None, {}
        self._asked = {"campaign_id": campaign} if campaign else {}

    def step(self) -> None:
        """Catch up with the feed."""
        changes = {"updated_since": self._since, "include_removed": "true"} if self._since else {}
        offers, began = dict(self.offers) if self._since else {}, None
        path = f"{FEED}?{urlencode(self._asked | changes)}"
        while path:
            headers, page = self._ask(path)
            began = began or parsedate_to_datetime(headers["Date"]).strftime("%Y-%m-%dT%H:%M:%SZ")
            for offer in page:
                if offer.get("removed"):
                    offers.pop(offer["id"], None)
                else:
                    offers[offer["id"]] = offer
            path = _next(headers.get("Link"))
        self.offers, self._since = offers, began


def _next(link: str | None) -> str | None:
    if not link:
        return None
    place = urlsplit(link.partition(">")[0].removeprefix("<"))
    return f"{place.path}?{place.query}"


def _over_http(path: str) -> Answer:
    request = Request(os.environ["PORTAL"] + path, headers={"X-API-Key": os.environ["TOKEN"]})
    with urlopen(request, timeout=30) as answer:
        return answer.headers, json.load(answer)


if __name__ == "__main__":
    copy = Copy(_over_http, os.environ.get("CAMPAIGN"))
    while True:
        copy.step()
        print(f"{len(copy.offers)} offers", flush=True)
        time.sleep(60)
