"""The table of what is measured. A new piece of work is one line here and one function that writes its requests."""

import itertools
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import bulk
from bench.load import Ask
from bench.world import CATALOG_CODE, OFFER_NAME, World
from portal import clock

_STRIDE = 7919  # A prime: neighbouring requests ask for far-apart rows.


@dataclass(frozen=True)
class Row:
    """Some work: its requests, the ratio to the yardstick that it has to reach on SQLite (none: only shown), and whether it
    leaves events for the worker."""

    name: str
    asks: Callable[[World], Iterator[Ask]]
    reach: float | None = None
    leaves_events: bool = False


def one_deal(world: World) -> Iterator[Ask]:
    """Deals all over the table, by the merchant's id."""
    for number in itertools.count(1, _STRIDE):
        deal_id = f"bench-{number % world.deals + 1}"
        yield _get(world, f"/api/deal/{deal_id}/", f'"deal_id":"{deal_id}"')


def one_offer(world: World) -> Iterator[Ask]:
    """The offer, with its prices."""
    return itertools.repeat(_get(world, f"/api/offer/{world.offer}/", f'"id":"{world.offer}"'))


def one_catalog(world: World) -> Iterator[Ask]:
    """The catalog, with its offers and landings."""
    return itertools.repeat(_get(world, f"/api/catalog/{world.catalog}/", f'"id":"{world.catalog}"'))


def new_deal(world: World) -> Iterator[Ask]:
    """Paid deals that a promoter's link led to: attributed, the reward held, durable before the answer."""
    body = {
        "status": "Paid", "offer": OFFER_NAME, "cost": 49.9, "currency": "USD", "catalog_code": CATALOG_CODE,
        "another_data": f"myshare={world.uids[0]}",
    }  # fmt: skip
    run = uuid.uuid4().hex[:8]
    for number in itertools.count():
        deal_id = f"new-{run}-{number}"
        yield _post(world, "/api/deal/", {**body, "deal_id": deal_id}, f'"deal_id":"{deal_id}"')


def deal_list(world: World) -> Iterator[Ask]:
    """The newest hundred."""
    return itertools.repeat(_get(world, "/api/deal/?limit=100", '"deal_id":"'))


def deal_list_narrowed(world: World) -> Iterator[Ask]:
    """What waits for its payment in a catalog, and what was canceled there."""
    narrowed = [("Created", CATALOG_CODE), ("Canceled", f"{CATALOG_CODE}-2"), ("Created", f"{CATALOG_CODE}-3")]
    asks = [
        _get(world, f"/api/deal/?limit=10&status={status}&catalog_code={code}", f'"catalog_code":"{code}"')
        for status, code in narrowed
    ]
    return itertools.cycle(asks)


def deal_list_since(world: World) -> Iterator[Ask]:
    """Lists that end: the latest of a catalog, and the latest that were canceled, some twenty each."""
    since = f"{clock.now() - bulk.SPREAD / world.deals * 100:%Y-%m-%dT%H:%M:%SZ}"
    asks = [
        _get(world, f"/api/deal/?limit=100&{query}&created_since={since}", '"deal_id":"bench-')
        for query in (f"catalog_code={CATALOG_CODE}-3", "status=Canceled")
    ]
    return itertools.cycle(asks)


def deal_page(world: World) -> Iterator[Ask]:
    """The page that a signed-in person sees."""
    return itertools.repeat(_page(world, "/deals", OFFER_NAME))


def deal_page_narrowed(world: World) -> Iterator[Ask]:
    """The same by status, by a promoter, by a catalog and by days, in turn."""
    day = f"{clock.now() - bulk.SPREAD / 2:%Y-%m-%d}"
    narrowed = [
        "status=Approved", f"q={world.uids[4]}", "status=Paid", f"catalog={world.catalogs[1]}&status=Canceled", f"to={day}",
    ]  # fmt: skip
    return itertools.cycle([_page(world, f"/deals?{query}", OFFER_NAME) for query in narrowed])


def start_page(world: World) -> Iterator[Ask]:
    """What waits, and the room of the figures."""
    return itertools.repeat(_page(world, "/", 'hx-get="/figures'))


def figures(world: World) -> Iterator[Ask]:
    """What the start page asks for once it stands: the figures of thirty days, and of the thirty before."""
    return itertools.repeat(_page(world, "/figures?side=merchant&days=30", "Top promoters"))


def search(world: World) -> Iterator[Ask]:
    """By the merchant's id of a deal (which opens at once), by its beginning, and by a name, in turn."""
    one = _page(world, f"/search?q=bench-{world.deals // 2}", "/deals/", status=303)
    return itertools.cycle([one, *(_page(world, f"/search?q={text}", 'id="found"') for text in ("bench-", "offer 1"))])


def referral_link(world: World) -> Iterator[Ask]:
    """Promoters' links all over, each leading to a landing; the click is kept."""
    head = "GET /go/{}?utm_source=bench HTTP/1.1\r\nHost: bench\r\n\r\n"
    return itertools.cycle(
        [Ask(head.format(uid).encode(), 302, f"myshare={uid}&click=".encode()) for uid in world.uids]
    )


def unknown_token(world: World) -> Iterator[Ask]:
    """A token whose checksum is wrong: refused without a query."""
    return itertools.repeat(_get(world, "/api/deal/bench-1/", '"status":401', token="pp_live_" + "x" * 36, status=401))


ROWS = [
    Row("one object by id, JSON", one_deal, 0.40),
    Row("an offer by id, JSON", one_offer),
    Row("a catalog by id, JSON", one_catalog),
    Row("deal create with attribution and reward", new_deal, 0.15, leaves_events=True),
    Row("referral link", referral_link, 0.50),
    Row("list of 100 deals, JSON", deal_list),
    Row("list by status and catalog, JSON", deal_list_narrowed),
    Row("list of what is new, JSON", deal_list_since),
    Row("portal list page, 50 rows", deal_page, 0.10),
    Row("portal list page, filtered", deal_page_narrowed),
    Row("start page", start_page),
    Row("figures of 30 days", figures),
    Row("search", search),
    Row("unknown token", unknown_token),
]


def _get(world: World, path: str, piece: str, token: str | None = None, status: int = 200) -> Ask:
    head = f"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token or world.token}\r\n\r\n"
    return Ask(head.encode(), status, piece.encode())


def _page(world: World, path: str, piece: str, status: int = 200) -> Ask:
    head = f"GET {path.replace(' ', '+')} HTTP/1.1\r\nHost: bench\r\nCookie: {world.cookie}\r\n\r\n"
    return Ask(head.encode(), status, piece.encode())


def _post(world: World, path: str, body: dict, piece: str) -> Ask:
    sent = json.dumps(body)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {world.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
    )
    return Ask((head + sent).encode(), 200, piece.encode())
