"""The tickets of price levels that are held or bought: never more than there are, whoever races."""

from collections import Counter
from collections.abc import Iterable

from portal.database import Statement
from portal.domain.coupons.reservations.held import LineRow
from portal.domain.errors import Refused
from portal.domain.sentences import counted, say

_TAKE = Statement(
    """UPDATE price_level SET taken = taken + :tickets
    WHERE id = :level AND taken + :tickets <= capacity"""
)
_GIVE_BACK = Statement("UPDATE price_level SET taken = taken - :tickets WHERE id = :level")
_LEFT = Statement("SELECT name, capacity - taken FROM price_level WHERE id = :level")
_OF_BUNDLES = Statement("SELECT bundle_id, price_level_id FROM bundle_level WHERE bundle_id IN :bundles")


def needed(lines: Iterable[LineRow]) -> dict[int, int]:
    """How many tickets of each price level the lines hold, by its id in order; of a bundle one of each of its levels."""
    levels: Counter[int] = Counter()
    bundles = {line.bundle_id: line.quantity for line in lines if line.bundle_id is not None}
    for bundle_id, level_id in _OF_BUNDLES.rows(bundles=list(bundles)) if bundles else ():
        levels[level_id] += bundles[bundle_id]
    for line in lines:
        if line.price_level_id is not None:
            levels[line.price_level_id] += line.quantity
    return dict(sorted(levels.items()))


def take(tickets: dict[int, int]) -> None:
    """Inside a transaction. Raises Refused when there are not as many, and says how many there are."""
    for level_id, count in tickets.items():
        if not _TAKE.run(level=level_id, tickets=count):
            name, left = _LEFT.rows(level=level_id)[0]
            raise Refused(_too_few(name, left), field="tickets")


def _too_few(name: str, left: int) -> str:
    if left <= 0:
        return say("Of {level} no tickets are left. Choose others.", level=name)
    return counted(
        left,
        "Of {level} there is 1 ticket left. Ask for fewer.",
        "Of {level} there are {number} tickets left. Ask for fewer.",
        level=name,
    )


def give_back(tickets: dict[int, int]) -> None:
    """Inside a transaction that settles the reservation which held them."""
    for level_id, count in tickets.items():
        _GIVE_BACK.run(level=level_id, tickets=count)
