"""What a coupon takes off: the one place where it is worked out (contract: coupons, "What is settled"). Sums are minor units."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.domain import money
from portal.domain.coupons.coupons.tables import AUTO, COMP, DISCOUNT, FIXED

WHOLE = 100_00  # hundredths of a percent
TAKES_OFF = frozenset({DISCOUNT, AUTO, COMP})


class Terms(NamedTuple):
    """What a coupon takes off: its kind, with hundredths of a percent or minor units where it has an amount."""

    kind: int
    amount_type: str | None = None
    amount: int | None = None


ALL = Terms(COMP)  # whatever the tickets cost still


class Line(NamedTuple):
    """So many tickets at a price, and what uses took off it before, in their order: for how many tickets, and how much.
    A bundle counts as one ticket."""

    id: int
    price: int
    quantity: int
    before: tuple[tuple[int, int], ...] = ()


class Share(NamedTuple):
    """What a use takes off a line, for how many of its tickets."""

    line_id: int
    tickets: int
    amount: int


def shares(
    terms: Terms, lines: Sequence[Line], ticket_limit: int | None = None, most: int | None = None
) -> list[Share]:
    """What the coupon takes off these lines, which it covers, for up to `ticket_limit` of their tickets, the first ones, and
    up to `most` together. Lines of which it covers no ticket are left out."""
    covered = _covered(terms, lines, ticket_limit)
    amounts = _amounts(terms, covered) if terms.kind in TAKES_OFF else [0] * len(covered)
    if most is not None and sum(amounts) > most:
        amounts = _split(max(most, 0), amounts, amounts)
    return [Share(line.id, len(lefts), amount) for (line, lefts), amount in zip(covered, amounts, strict=True)]


def before(terms: Terms, paid: int) -> int:
    """What the coupon took off a sale of which so much was paid. Of one that took off everything nobody can tell."""
    if terms.amount is None:
        return 0
    if terms.amount_type == FIXED:
        return terms.amount
    left = WHOLE - terms.amount
    return money.portion(paid, terms.amount, left) if left else 0


def together(parts: Sequence[Share]) -> int:
    """What all of it comes to."""
    return sum(part.amount for part in parts)


def _covered(terms: Terms, lines: Sequence[Line], ticket_limit: int | None) -> list[tuple[Line, list[int]]]:
    """The lines with what is left of each ticket that is covered. A ticket that costs nothing any more is none to take off."""
    covered, room = [], ticket_limit
    for line in lines:
        lefts = _left(line)
        if terms.kind in TAKES_OFF:
            lefts = [left for left in lefts if left]
        lefts = lefts[:room]
        room = room and room - len(lefts)
        if lefts:
            covered.append((line, lefts))
        if room == 0:
            break
    return covered


def _amounts(terms: Terms, covered: list[tuple[Line, list[int]]]) -> list[int]:
    lefts = [sum(left) for _, left in covered]
    if terms.kind == COMP:
        return lefts
    faces, amount = [line.price * len(left) for line, left in covered], terms.amount or 0
    if terms.amount_type != FIXED:
        parts = _split(money.share(sum(faces), amount), faces, faces)
        return [_capped(left, part) for (_, left), part in zip(covered, parts, strict=True)]
    if terms.kind == AUTO:
        return _split(min(amount, sum(lefts)), faces, lefts)
    return [sum(min(ticket, amount) for ticket in left) for _, left in covered]


def _split(total: int, weights: list[int], caps: list[int]) -> list[int]:
    """The total over lines by their weights, none over its cap; the rest of an uneven split goes to the first ones."""
    whole = sum(weights) or 1
    parts = [min(cap, total * weight // whole) for weight, cap in zip(weights, caps, strict=True)]
    for step in (1, total):
        for place, cap in enumerate(caps):
            more = min(step, cap - parts[place], total - sum(parts))
            parts[place] += more
    return parts


def _capped(lefts: list[int], part: int) -> int:
    """An even part of each ticket, of none more than is left of it."""
    each, rest = divmod(part, len(lefts))
    return sum(min(left, each + (place < rest)) for place, left in enumerate(lefts))


def _left(line: Line) -> list[int]:
    """What is left of each ticket after the uses before, the most first."""
    lefts = [line.price] * line.quantity
    for tickets, amount in line.before:
        for place in reversed(range(tickets)):  # The cheapest first: what they cannot bear, the others do.
            taken = min(lefts[place], amount // (place + 1))
            lefts[place] -= taken
            amount -= taken
        lefts.sort(reverse=True)
    return lefts
