"""What is asked of the coupon desk: its list, checks of codes, uses of them; and codes that are made in the background."""

import itertools
import time
from collections.abc import Iterator

from bench.asks import get, open_get, with_secret
from bench.coupon_bulk import SECRET, WAITING
from bench.load import Ask, Sample
from bench.world import World
from portal.domain.coupons.batches import batches, making
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import DISCOUNT, PERCENTAGE

_STRIDE = 7919  # A prime: neighbouring requests ask for far-apart rows.
_PAGE = 200


def listed(world: World) -> Iterator[Ask]:
    """The first two hundred."""
    return itertools.repeat(get(world, "/api/coupons", '"modified_time":'))


def walked(world: World) -> Iterator[Ask]:
    """Pages of two hundred all over the list, as programs ask that walk through it."""
    pages = -(-world.desk.coupons // _PAGE)
    for number in itertools.count(0, _STRIDE):
        yield get(world, f"/api/coupons?page={number % pages + 1}", '"modified_time":')


def validation(world: World) -> Iterator[Ask]:
    """Codes all over the table, checked by somebody without a token."""
    desk = world.desk
    for number in itertools.count(1, _STRIDE):
        code = f"coupon-{number % desk.coupons + 1}"
        yield open_get(
            f"/api/coupon-validation?code={code}&eventId={desk.event}&listingId={desk.listing}", '"valid":true'
        )


def use(world: World) -> Iterator[Ask]:
    """Codes all over the table, each used on a reservation of its own, which was made before; durable before the answer."""
    desk = world.desk
    for place in range(WAITING):
        code = f"coupon-{place * _STRIDE % desk.coupons + 1}"
        asked = {"data": {"attributes": {"coupons": [{"event_id": desk.event, "code": code}]}}}
        path = f"/api/reservations/{desk.first_waiting + place}/coupon-usage"
        yield with_secret(SECRET, path, asked, '"amount":900')


def generate(world: World, seconds: float) -> Sample:
    """Codes that the worker makes, for at least so long, each piece durable. Not a request: a rate of codes."""
    sample, given = Sample(), Given("Bench", DISCOUNT, "", amount_type=PERCENTAGE, amount=10)
    began = time.perf_counter()
    batch = batches.start(world.desk.merchant, given, "", 12, batches.MOST)
    while time.perf_counter() - began < seconds and making.work_due():
        pass
    sample.seconds = time.perf_counter() - began
    made = batches.find(world.desk.merchant, batch.uuid).made
    sample.latencies = [sample.seconds / made] * made
    batches.cancel(world.desk.merchant, batch.uuid)
    return sample
