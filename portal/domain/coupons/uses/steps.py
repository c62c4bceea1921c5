"""The steps of a check, in order: each says why a coupon cannot be used, or nothing (contract: coupons, "Validation")."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from portal import clock
from portal.domain import money
from portal.domain.coupons.assignments import blackouts
from portal.domain.coupons.assignments.scope import Scope
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.reservations.held import Held, LineRow
from portal.domain.coupons.uses import amounts, live
from portal.domain.coupons.uses.amounts import Line, Share
from portal.domain.coupons.uses.facts import Found, Place, Sold
from portal.domain.coupons.uses.live import Use
from portal.domain.sentences import counted, say


class Failure(NamedTuple):
    """Why a step is not fulfilled, the nearest fix in words, and the name of the mend that a page makes a button of."""

    detail: str
    fix: str
    mend: str


class Basket(NamedTuple):
    """A reservation as a check sees it: its lines, what was taken off them, and the uses on it."""

    held: Held
    rows: list[LineRow]
    lines: list[Line]
    uses: list[Use]


@dataclass
class Case:
    """A coupon under one of its offers, at an event, by a listing, at a moment (microseconds), perhaps for a reservation, which
    may be missing, or for a customer. `most` is the most that it shall take off."""

    found: Found | None
    place: Place | None
    scope: Scope
    sold: Sold
    moment: int
    basket: Basket | None = None
    most: int | None = None
    is_missing: bool = False
    member_id: int | None = None

    @property
    def row(self) -> Found:
        """The coupon, once the first step has found one."""
        return cast(Found, self.found)

    @property
    def customer(self) -> int | None:
        """Whose the reservation is; without one who was named."""
        return self.basket.held.member_id if self.basket else self.member_id

    def reaches(self, step: str) -> bool:
        """Whether there is what a step asks for: some ask for a reservation."""
        return bool(self.basket or step not in OF_RESERVATIONS or (step == "customer" and self.member_id))

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the reservation that it covers."""
        if self.basket is None:
            return []
        event_id, pairs = self.basket.held.event_id, zip(self.basket.rows, self.basket.lines, strict=True)
        return [line for row, line in pairs if self._covers(event_id, row)]

    @cached_property
    def shares(self) -> list[Share]:
        """What it would take off them."""
        limits = [limit for limit in (self.most, self.row.budget_left) if limit is not None]
        return amounts.shares(self.row.terms, self.lines, self.row.ticket_limit, min(limits, default=None))

    def _covers(self, event_id: int, row: LineRow) -> bool:
        if row.bundle_id is not None:
            return KINDS[self.row.kind].may_bundle and self.scope.covers_bundle(row.bundle_id)
        return self.scope.covers(event_id, row.price_level_id)


def _code(case: Case) -> Failure | None:
    if case.found is None:
        return Failure(say("There is no coupon with this code."), say("Make a coupon with it."), "create")
    return None


def _active(case: Case) -> Failure | None:
    if case.row.ended_at is not None:
        return Failure(say("The coupon is switched off."), say("Switch it on again."), "resume")
    return None


def _event(case: Case) -> Failure | None:
    if case.place is None:
        return Failure(say("There is no such event."), say("Choose an event that is here."), "choose_event")
    if not (case.scope.covers(case.place.event_id) or case.scope.bundles):
        return Failure(
            say("The coupon is not assigned to this event."), say("Assign it to the event, or to all events."), "assign"
        )
    if case.row.currency not in (None, case.place.currency):
        sentence = say(
            "The coupon is in {currency}, the event in {other}.", currency=case.row.currency, other=case.place.currency
        )
        return Failure(sentence, say("Make a coupon in the currency of the event."), "create")
    return None


def _listing(case: Case) -> Failure | None:
    if case.place is None or case.place.listing_id is None:
        return Failure(
            say("The listing does not sell this event."), say("Choose a listing of the event."), "choose_listing"
        )
    covers = any(case.scope.covers(case.place.event_id, level) for level in case.sold.levels)
    if not covers and not any(map(case.scope.covers_bundle, case.sold.bundles)):
        return Failure(
            say("The listing sells no price level that the coupon is assigned to."),
            say("Assign it to a price level that the listing sells."),
            "assign",
        )
    return None


def _dates(case: Case) -> Failure | None:
    row = case.row
    if case.moment < row.starts_at:
        sentence = say("The coupon is valid from {day} on, {timezone}.", day=row.starts_on, timezone=row.timezone)
        return Failure(sentence, say("Let its assignment begin earlier."), "change_dates")
    if case.moment >= row.ends_at:
        sentence = say("The coupon was valid until {day}, {timezone}.", day=row.ends_on, timezone=row.timezone)
        return Failure(sentence, say("Let its assignment end later."), "change_dates")
    return None


def _blackout(case: Case) -> Failure | None:
    row = case.row
    window = row.windows and blackouts.is_out(row.windows, row.timezone, clock.from_micros(case.moment))
    if not window:
        return None
    begins, ends = (local(clock.to_micros(each), row.timezone) for each in (window.begins, window.ends))
    sentence = say("From {begins} to {ends} the coupon cannot be used.", begins=begins, ends=ends)
    return Failure(sentence, say("Use it at another time, or change the blackout."), "change_blackout")


def _uses(case: Case) -> Failure | None:
    row = case.row
    if row.uses < row.use_limit:
        return None
    if row.is_shared:
        sentence = counted(
            row.use_limit,
            "The limit that its coupons share, 1 use, is reached.",
            "The limit that its coupons share, {number} uses, is reached.",
        )
    else:
        sentence = counted(
            row.use_limit, "The 1 use of the coupon is made.", "The {number} uses of the coupon are all made."
        )
    return Failure(sentence, say("Raise the limit of its assignment."), "raise_limit")


def _budget(case: Case) -> Failure | None:
    row = case.row
    if row.budget_left != 0:
        return None
    budget = written_sum(row.budget or 0, row.currency or "")
    return Failure(say("The budget of {budget} is spent.", budget=budget), say("Raise the budget."), "raise_budget")


def _customer(case: Case) -> Failure | None:
    row = case.row
    if case.is_missing:
        return Failure(
            say("There is no such reservation for this event, or its time is over."), say("Reserve again."), "reserve"
        )
    if not case.reaches("customer") or (row.member_id is None and row.customer_limit is None):
        return None
    member = case.customer
    if member is None:
        return Failure(
            say("The coupon is for customers who are known."), say("Say whose the reservation is."), "name_customer"
        )
    if row.member_id not in (None, member):
        return Failure(
            say("The coupon was drawn for another customer."), say("Use it for that customer."), "name_customer"
        )
    if row.customer_limit is not None and live.of_member(row.id, member, clock.micros()) >= row.customer_limit:
        sentence = counted(
            row.customer_limit,
            "The customer has used it once, as often as one may.",
            "The customer has used it {number} times, as often as one may.",
        )
        return Failure(sentence, say("Raise the limit of a customer."), "raise_customer_limit")
    return None


def _tickets(case: Case) -> Failure | None:
    row, basket = case.row, case.basket
    if basket is None:
        return None
    if row.minimum_tickets is not None and basket.held.tickets < row.minimum_tickets:
        sentence = counted(
            row.minimum_tickets, "The coupon is for 1 ticket or more.", "The coupon is for {number} tickets or more."
        )
        return Failure(sentence, say("Reserve more tickets, or lower the minimum."), "lower_minimum")
    if row.threshold is not None and basket.held.face < row.threshold:
        least = written_sum(row.threshold, basket.held.currency)
        sentence = say("The coupon is for orders of {least} or more.", least=least)
        return Failure(sentence, say("Reserve more tickets, or lower what it begins at."), "lower_threshold")
    if not case.lines and not KINDS[row.kind].opens:  # Those types open what they are for, whatever is reserved yet.
        return Failure(
            say("The reservation has no tickets that the coupon is for."),
            say("Reserve tickets that it is for, or assign it to these."),
            "assign",
        )
    return None


def _combination(case: Case) -> Failure | None:
    others = [use for use in case.basket.uses if use.coupon_id != case.row.id] if case.basket else []
    if case.row.is_alone and others:
        return Failure(
            say("The coupon goes with no other, and the reservation has {code}.", code=others[0].written),
            say("Use it alone, or let it go with others."),
            "let_combine",
        )
    alone = next((use for use in others if use.is_alone), None)
    if alone is not None:
        return Failure(
            say("The reservation has {code}, which goes with no other.", code=alone.written),
            say("Use it alone, or let that one go with others."),
            "let_combine_other",
        )
    return None


def _amount(case: Case) -> Failure | None:
    if case.basket is None or case.row.kind not in amounts.TAKES_OFF or amounts.together(case.shares):
        return None
    if not amounts.together(amounts.shares(amounts.ALL, case.lines, case.row.ticket_limit)):
        return Failure(
            say("The coupon would take nothing off: the tickets that it is for cost nothing any more."),
            say("Use it for tickets that cost something."),
            "choose_tickets",
        )
    if case.most == 0:
        return Failure(
            say("The coupon would take nothing off: it was asked to take off 0 at most."),
            say("Ask for more, or name no amount."),
            "ask_more",
        )
    return Failure(
        say("The coupon would take nothing off: its share of these tickets rounds to 0."),
        say("Use it for tickets that cost more, or let it take off more."),
        "raise_amount",
    )


def local(moment: int, timezone: str) -> str:
    """A moment as clocks of a place show it."""
    return f"{clock.from_micros(moment).astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M}"


def written_sum(minor: int, currency: str) -> str:
    """Minor units with their currency."""
    return f"{money.to_decimal(minor, currency)} {currency}"


STEPS: tuple[tuple[str, Callable[[Case], Failure | None]], ...] = (
    (say("code"), _code), (say("active"), _active), (say("event"), _event), (say("listing"), _listing), (say("dates"), _dates),
    (say("blackout"), _blackout), (say("uses"), _uses), (say("budget"), _budget), (say("customer"), _customer),
    (say("tickets"), _tickets), (say("combination"), _combination), (say("amount"), _amount),
)  # fmt: skip
# Those that ask for a reservation, and are not reached without one.
OF_RESERVATIONS = frozenset({"customer", "tickets", "combination", "amount"})
