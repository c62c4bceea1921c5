"""What is asked of a club: the offers that members see, and uses of them."""

import itertools
from collections.abc import Iterator

from bench.asks import for_member
from bench.load import Ask
from bench.offer_bulk import MEMBERS, OFFERS
from bench.world import World

_STRIDE = 7919  # A prime: neighbouring requests are for other members and offers.


def listed(world: World) -> Iterator[Ask]:
    """The hundred offers of the club for one member after another, with how often each may be used."""
    for number in itertools.count():
        yield for_member(world, "GET", f"{_club(world, number)}/offers", '"usage":')


def use(world: World) -> Iterator[Ask]:
    """Members all over the club use offers all over it; durable before the answer."""
    for number in itertools.count(0, _STRIDE):
        offer = world.club.first_offer + number // MEMBERS % OFFERS
        yield for_member(world, "POST", f"{_club(world, number)}/offers/{offer}/use", '"usage":')


def _club(world: World, number: int) -> str:
    return f"/api/v3/{world.club.slug}/members/{world.club.first_member + number % MEMBERS}"
