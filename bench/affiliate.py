"""What is asked of the affiliate programme: its API, its pages, and its links."""

import itertools
import uuid
from collections.abc import Iterator

from bench import bulk
from bench.asks import get, page, post
from bench.load import Ask
from bench.world import CATALOG_CODE, OFFER_NAME, World
from portal import clock

_STRIDE = 7919  # A prime: neighbouring requests ask for far-apart rows.


def one_deal(world: World) -> Iterator[Ask]:
    """Deals all over the table, by the merchant's id."""
    for number in itertools.count(1, _STRIDE):
        deal_id = f"bench-{number % world.deals + 1}"
        yield get(world, f"/api/deal/{deal_id}/", f'"deal_id":"{deal_id}"')


def graph_of_one_deal(world: World) -> Iterator[Ask]:
    """What deals all over the table come from and lead to."""
    for number in itertools.count(1, _STRIDE):
        deal_id = f"bench-{number % world.deals + 1}"
        yield get(world, f"/api/graph/deal/{deal_id}", f'"name":"{deal_id}"')


def one_offer(world: World) -> Iterator[Ask]:
    """The offer, with its prices."""
    return itertools.repeat(get(world, f"/api/offer/{world.offer}/", f'"id":"{world.offer}"'))


def one_catalog(world: World) -> Iterator[Ask]:
    """The catalog, with its offers and landings."""
    return itertools.repeat(get(world, f"/api/catalog/{world.catalog}/", f'"id":"{world.catalog}"'))


def new_deal(world: World) -> Iterator[Ask]:
    """Paid deals that a promoter's link led to: attributed, the reward held, durable before the answer."""
    body = {
        "status": "Paid", "offer": OFFER_NAME, "cost": 49.9, "currency": "USD", "catalog_code": CATALOG_CODE,
        "another_data": f"myshare={world.uids[0]}",
    }  # fmt: skip
    run = uuid.uuid4().hex[:8]
    for number in itertools.count():
        deal_id = f"new-{run}-{number}"
        yield post(world, "/api/deal/", {**body, "deal_id": deal_id}, f'"deal_id":"{deal_id}"')


def deal_list(world: World) -> Iterator[Ask]:
    """The newest hundred."""
    return itertools.repeat(get(world, "/api/deal/?limit=100", '"deal_id":"'))


def deal_list_narrowed(world: World) -> Iterator[Ask]:
    """What waits for its payment in a catalog, and what was canceled there."""
    narrowed = [("Created", CATALOG_CODE), ("Canceled", f"{CATALOG_CODE}-2"), ("Created", f"{CATALOG_CODE}-3")]
    asks = [
        get(world, f"/api/deal/?limit=10&status={status}&catalog_code={code}", f'"catalog_code":"{code}"')
        for status, code in narrowed
    ]
    return itertools.cycle(asks)


def deal_list_since(world: World) -> Iterator[Ask]:
    """Lists that end: the latest of a catalog, and the latest that were canceled, some twenty each."""
    since = f"{clock.now() - bulk.SPREAD / world.deals * 100:%Y-%m-%dT%H:%M:%SZ}"
    asks = [
        get(world, f"/api/deal/?limit=100&{query}&created_since={since}", '"deal_id":"bench-')
        for query in (f"catalog_code={CATALOG_CODE}-3", "status=Canceled")
    ]
    return itertools.cycle(asks)


def deal_page(world: World) -> Iterator[Ask]:
    """The page that a signed-in person sees."""
    return itertools.repeat(page(world, "/deals", OFFER_NAME))


def deal_page_narrowed(world: World) -> Iterator[Ask]:
    """The same by status, by a promoter, by a catalog and by days, in turn."""
    day = f"{clock.now() - bulk.SPREAD / 2:%Y-%m-%d}"
    narrowed = [
        "status=Approved", f"q={world.uids[4]}", "status=Paid", f"catalog={world.catalogs[1]}&status=Canceled", f"to={day}",
    ]  # fmt: skip
    return itertools.cycle([page(world, f"/deals?{query}", OFFER_NAME) for query in narrowed])


def start_page(world: World) -> Iterator[Ask]:
    """What waits, and the room of the figures."""
    return itertools.repeat(page(world, "/", 'hx-get="/figures'))


def figures(world: World) -> Iterator[Ask]:
    """What the start page asks for once it stands: the figures of thirty days, and of the thirty before."""
    return itertools.repeat(page(world, "/figures?side=merchant&days=30", "Top promoters"))


def search(world: World) -> Iterator[Ask]:
    """By the merchant's id of a deal (which opens at once), by its beginning, and by a name, in turn."""
    one = page(world, f"/search?q=bench-{world.deals // 2}", "/deals/", status=303)
    return itertools.cycle([one, *(page(world, f"/search?q={text}", 'id="found"') for text in ("bench-", "offer 1"))])


def referral_link(world: World) -> Iterator[Ask]:
    """Promoters' links all over, each leading to a landing; the click is kept."""
    head = "GET /go/{}?utm_source=bench HTTP/1.1\r\nHost: bench\r\n\r\n"
    return itertools.cycle(
        [Ask(head.format(uid).encode(), 302, f"myshare={uid}&click=".encode()) for uid in world.uids]
    )


def unknown_token(world: World) -> Iterator[Ask]:
    """A token whose checksum is wrong: refused without a query."""
    return itertools.repeat(get(world, "/api/deal/bench-1/", '"status":401', token="pp_live_" + "x" * 36, status=401))
