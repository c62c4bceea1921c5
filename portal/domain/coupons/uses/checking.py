"""Whether a coupon can be used: one list of steps for validation, for what a use is refused with, and for the page that tells
why (contract: coupons, "Validation"). Nothing is written."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.domain.coupons.assignments.scope import Scope
from portal.domain.coupons.reservations import held as reservations
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.uses import facts, live
from portal.domain.coupons.uses.facts import NOTHING, Found, Place, Sold
from portal.domain.coupons.uses.steps import STEPS, Basket, Case, Failure
from portal.domain.steps import Steps
from portal.domain.typed.texts import mended


class Outcome(NamedTuple):
    """What a check found: the coupon under the offer that would be used, and the step that decided, None where it can be used."""

    case: Case
    at: int
    failure: Failure | None

    @property
    def is_valid(self) -> bool:
        """Whether it can be used."""
        return self.failure is None

    @property
    def steps(self) -> list[dict]:
        """Every step in order."""
        steps = Steps(*(name for name, _ in STEPS))
        for place, (name, _) in enumerate(STEPS):
            if place < self.at and self.case.reaches(name):
                steps.passed(name)
        if self.failure is not None:
            steps.failed(STEPS[self.at][0], self.failure.detail, self.failure.fix)
        return steps.as_list()

    @property
    def mend(self) -> str | None:
        """The name of the nearest mend, for a page that makes a button of it."""
        return self.failure and self.failure.mend


class Asked(NamedTuple):
    """A code for an event, by a listing, perhaps by a reservation: `is_reserved` where one was named, whether it is here or not.
    Without one a customer may be named; whose a reservation is, it says itself."""

    code: str
    event_id: int
    listing_id: int
    reservation: Held | None = None
    is_reserved: bool = False
    member_id: int | None = None


def check(sellers: Collection[int] | None, asked: Asked, moment: datetime | None = None) -> Outcome:
    """Whether the code can be used at a moment past or to come; now, if none is given. Of what was used and is left it knows the
    present. `sellers` are those whose coupons are asked for; None: the event's, by whose clock it is answered."""
    place = facts.place(asked.event_id, asked.listing_id)
    if place is not None and sellers is None:
        clock.use(place.clock_offset)
    if place is not None and sellers is not None and place.partner_id not in sellers:
        place = None
    whose = place.partner_id if place else next(iter(sellers or ()), 0)
    code = normal(asked.code)
    rows = facts.found(whose, [code]).get(code, [])
    scopes, sold = facts.covered(asked.event_id, asked.listing_id, rows)
    basket, is_missing = _reserved(asked, place)
    when = clock.micros() if moment is None else clock.to_micros(moment)
    return best(rows, scopes, place, sold, when, basket, is_missing=is_missing, member_id=asked.member_id)


def _reserved(asked: Asked, place: Place | None) -> tuple[Basket | None, bool]:
    """The reservation, if it runs and is for the event; else that it is missing."""
    held = asked.reservation
    if held is None or place is None or not held.is_open or held.event_id != place.event_id:
        return None, asked.is_reserved or held is not None
    return basket_of(held), False


def normal(code: str) -> str:
    """A code as coupons are told apart by."""
    return mended(code)


def basket_of(held: Held) -> Basket:
    """A reservation as checks see it."""
    rows = reservations.lines(held.id)
    uses = live.of_reservation(held.id) if any(row.is_used for row in rows) else []
    return Basket(held, rows, reservations.priced(held, rows), uses)


def best(
    rows: Sequence[Found],
    scopes: Mapping[int, Scope],
    place: Place | None,
    sold: Sold,
    moment: int,
    basket: Basket | None = None,
    most: int | None = None,
    is_missing: bool = False,
    member_id: int | None = None,
) -> Outcome:
    """The coupon under the offer by which it can be used, of several the one that ends first; where it can be used by none, by
    the one that comes nearest."""
    now, rest = clock.micros(), (sold, moment, basket, most, is_missing, member_id)
    nearest = _walked(Case(None, place, NOTHING, *rest))
    for row in rows:
        scope = scopes.get(row.assignment_id or 0, NOTHING)
        outcome = _walked(Case(live.without_run_out(row, now), place, scope, *rest))
        if outcome.is_valid:
            return outcome
        if outcome.at > nearest.at:
            nearest = outcome
    return nearest


def _walked(case: Case) -> Outcome:
    for at, (_, step) in enumerate(STEPS):
        failure = step(case)
        if failure is not None:
            return Outcome(case, at, failure)
    return Outcome(case, len(STEPS), None)
