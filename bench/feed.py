"""What programs ask of the feed, again and again."""

import itertools
from collections.abc import Iterator

from bench.load import Ask
from bench.world import World


def unchanged(world: World) -> Iterator[Ask]:
    """The whole feed by a program that has it already."""
    head = f"GET /api/campaigns/offers HTTP/1.1\r\nHost: bench\r\nX-API-Key: {world.token}\r\nIf-None-Match: *\r\n\r\n"
    return itertools.repeat(Ask(head.encode(), 304, b"ETag: "))


def listed(world: World) -> Iterator[Ask]:
    """The whole feed by a program that has nothing yet."""
    head = f"GET /api/campaigns/offers HTTP/1.1\r\nHost: bench\r\nX-API-Key: {world.token}\r\n\r\n"
    return itertools.repeat(Ask(head.encode(), 200, b'"offerDiscountCodeType":'))
