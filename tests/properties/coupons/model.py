"""What a coupon is by the contract, in plain words: when it can be used, on what, and what it may take off; without a database."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction

MINUTE = 60_000_000
LASTS = 15 * MINUTE
TAKES_OFF, OPENS, MAY_BUNDLE = (2, 7, 8), (3, 4, 10, 11), (2, 7)
FIRST, LAST = "2026-09-21", "2026-09-23"  # the days of each assignment
BLACKOUTS = {
    "": None,
    "day": {"start": "2026-09-22", "end": "2026-09-22"},
    "noon": {"start": FIRST, "end": LAST, "days": [{"day": 3, "start_time": "00:30", "end_time": "12:00"}]},
}


@dataclass
class Terms:
    """An assignment."""

    is_shared: bool
    limit: int
    ticket_limit: int | None
    scope: str  # everywhere, event, level, locked, bundle, elsewhere
    blackout: str
    is_ended: bool = False
    coupons: list["Coupon"] = field(default_factory=list)

    def is_time(self, now: int) -> bool:
        moment = datetime.fromtimestamp(now // 1_000_000, UTC)
        return f"{moment:%Y-%m-%d}" <= LAST

    def is_out(self, now: int) -> bool:
        moment = datetime.fromtimestamp(now // 1_000_000, UTC)
        if not self.blackout or f"{moment:%Y-%m-%d}" != "2026-09-22":
            return False
        return self.blackout == "day" or "00:30" <= f"{moment:%H:%M}" < "12:00"

    def covers(self, line: str) -> bool:
        """A line is told by its price level, or is the bundle."""
        lines = {"everywhere": "cheap dear locked bundle", "event": "cheap dear locked", "level": "dear", "locked": "locked",
                 "bundle": "bundle", "elsewhere": ""}  # fmt: skip
        return line in lines[self.scope].split()


@dataclass(eq=False)
class Coupon:
    """A code."""

    kind: int
    amount_type: str | None
    amount: int | None  # hundredths of a percent, or minor units
    budget: int | None = None
    customer_limit: int | None = None
    minimum: int | None = None
    is_alone: bool = False
    rank: int = 0
    threshold: int | None = None
    is_on: bool = True
    terms: Terms | None = None


@dataclass(eq=False)
class Use:
    """A coupon on a reservation: what it takes off each line, for how many of its tickets."""

    coupon: Coupon
    parts: dict[int, tuple[int, int]]  # by the place of the line: tickets, amount

    @property
    def amount(self) -> int:
        return sum(amount for _, amount in self.parts.values())


@dataclass(eq=False)
class Reservation:
    """Tickets that are held, bought, or ended."""

    lines: list[tuple[str, int, int]]  # what, how many, price
    member: int | None
    ends_at: int
    state: str = "held"
    uses: list[Use] = field(default_factory=list)

    @property
    def face(self) -> int:
        return sum(quantity * price for _, quantity, price in self.lines)

    @property
    def tickets(self) -> int:
        return sum(quantity for _, quantity, _ in self.lines)

    def left(self, place: int) -> int:
        """What a line still costs."""
        _, quantity, price = self.lines[place]
        return quantity * price - sum(use.parts.get(place, (0, 0))[1] for use in self.uses)

    def settle(self, now: int) -> None:
        if self.state == "held" and self.ends_at <= now:
            self.state = "expired"

    def taken(self, what: str) -> int:
        """How many tickets of a price level it holds."""
        whats = (what,) if what == "locked" else (what, "bundle")
        return sum(quantity for of, quantity, _ in self.lines if of in whats) * (self.state in ("held", "purchased"))

    def is_locked(self) -> bool:
        """Whether it has a ticket that no coupon opened."""
        for place, (what, quantity, _) in enumerate(self.lines):
            opened = sum(use.parts.get(place, (0, 0))[0] for use in self.uses if use.coupon.kind in OPENS)
            if what == "locked" and opened < quantity:
                return True
        return False


class Desk:
    """All reservations, and what counts of them."""

    def __init__(self):
        self.reservations: list[Reservation] = []

    def live(self, now: int):
        for each in self.reservations:
            each.settle(now)
            if each.state in ("held", "purchased"):
                yield from ((each, use) for use in each.uses)

    def uses(self, coupon: Coupon, now: int) -> int:
        """Uses that count on the limit of its assignment."""
        mates = coupon.terms.coupons if coupon.terms.is_shared else [coupon]
        return sum(use.coupon in mates for _, use in self.live(now))

    def spent(self, coupon: Coupon, now: int) -> int:
        return sum(use.amount for _, use in self.live(now) if use.coupon is coupon)

    def failure(self, coupon: Coupon, on: Reservation | None, now: int) -> str | None:
        """The first step of a check that fails, for the event of the play."""
        terms = coupon.terms
        covered = [] if on is None else self.covered(coupon, on)
        others = [] if on is None else [use.coupon for use in on.uses if use.coupon is not coupon]
        fails = {
            "active": not coupon.is_on,
            "event": terms.is_ended or terms.scope == "elsewhere",
            "dates": not terms.is_time(now),
            "blackout": terms.is_out(now),
            "uses": self.uses(coupon, now) >= terms.limit,
            "budget": coupon.budget is not None and self.spent(coupon, now) >= coupon.budget,
            "customer": on is not None and coupon.customer_limit is not None and (on.member is None or sum(
                use.coupon is coupon and of.member == on.member for of, use in self.live(now)) >= coupon.customer_limit),
            "tickets": on is not None and (on.tickets < (coupon.minimum or 0) or on.face < (coupon.threshold or 0)
                or not (covered or coupon.kind in OPENS)),
            "combination": bool(others) and (coupon.is_alone or any(other.is_alone for other in others)),
            "amount": on is not None and coupon.kind in TAKES_OFF and not sum(map(on.left, covered)),
        }  # fmt: skip
        return next((step for step, fails_here in fails.items() if fails_here), None)

    def covered(self, coupon: Coupon, on: Reservation) -> list[int]:
        """The places of the lines that it is for."""
        return [
            place
            for place, (what, _, _) in enumerate(on.lines)
            if coupon.terms.covers(what) and (what != "bundle" or coupon.kind in MAY_BUNDLE)
        ]

    def refuse_wrong(self, coupon: Coupon, on: Reservation, use: Use, now: int) -> None:
        """What no use may do, and what the first one of a reservation takes off exactly."""
        covered, terms = self.covered(coupon, on), coupon.terms
        assert set(use.parts) <= set(covered)
        assert sum(tickets for tickets, _ in use.parts.values()) <= (terms.ticket_limit or 10**9)
        for place, (tickets, amount) in use.parts.items():
            assert 1 <= tickets <= on.lines[place][1] and 0 <= amount <= on.left(place)
        assert (use.amount > 0) == (coupon.kind in TAKES_OFF)
        left = None if coupon.budget is None else coupon.budget - self.spent(coupon, now)
        if not any(other.amount for other in on.uses) and use.amount:
            prices = [on.lines[place][2] for place in covered for _ in range(on.lines[place][1])]
            exact = taken(coupon, prices[: terms.ticket_limit])
            assert use.amount == (exact if left is None else min(left, exact))
        assert left is None or use.amount <= left


def taken(coupon: Coupon, prices: list[int]) -> int:
    """What the contract says that it takes off tickets that have their whole price."""
    if coupon.kind == 7:
        return sum(prices)
    if coupon.amount_type == "percentage":
        return round(Fraction(sum(prices) * coupon.amount, 10_000))  # half-even
    return min(coupon.amount, sum(prices)) if coupon.kind == 8 else sum(min(price, coupon.amount) for price in prices)
