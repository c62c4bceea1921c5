"""What mends the step that a check failed at: the nearest change, which a button makes (contract: coupons, "Validation")."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import transaction
from portal.domain import money
from portal.domain.coupons.assignments import blackouts, changes
from portal.domain.coupons.assignments.tables import CouponAssignment
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.reservations import naming, settling
from portal.domain.coupons.uses import amounts, covering, live
from portal.domain.coupons.uses.checking import Outcome
from portal.domain.coupons.uses.covering import Mend
from portal.domain.coupons.uses.facts import Found
from portal.domain.coupons.uses.steps import STEPS, Case, local, written_sum
from portal.domain.members import shown
from portal.domain.sentences import counted, say


def nearest(outcome: Outcome) -> Mend | None:
    """What mends the step that decided; None where it can be used, and where no change of ours would do."""
    if outcome.failure is None:
        return None
    mend = _MENDS.get((STEPS[outcome.at][0], outcome.failure.mend))
    return mend and mend(outcome.case)


def make(mend: Mend, partner_id: int) -> None:
    """Make the change. What ran out is settled first, so that what it held counts for nothing."""
    settling.settle_run_out(partner_id)
    mend.make()


def _of_coupon(row: Found, said: str, changed: Callable[[Coupon], Mapping[str, Any]]) -> Mend:
    """A change that is worked out from the coupon as it stands then: what somebody else has mended meanwhile stays."""

    def make() -> None:
        with transaction():
            coupon = coupons.locked(row.partner_id, row.id)
            coupons.change(row.partner_id, row.id, dict(changed(coupon)))

    return Mend(said, make)


def _of_assignment(row: Found, said: str, changed: Callable[[CouponAssignment], Mapping[str, Any]]) -> Mend:
    """A change that is worked out from the assignment as it stands then."""

    def make() -> None:
        with transaction():
            assignment = changes.locked(row.partner_id, row.assignment_id or 0)
            changes.change(row.partner_id, assignment.id, dict(changed(assignment)))

    return Mend(said, make)


def _resume(case: Case) -> Mend:
    return Mend(say("Switch it on"), partial(coupons.resume, case.row.partner_id, case.row.id))


def _cover_event(case: Case) -> Mend | None:
    if case.row.assignment_id is None:
        return covering.anew(case)
    return _cover(case.row, covering.event(case))


def _cover_listing(case: Case) -> Mend | None:
    return _cover(case.row, covering.listing(case))


def _cover_tickets(case: Case) -> Mend | None:
    return _cover(case.row, covering.tickets(case))


def _cover(row: Found, more: covering.More | None) -> Mend | None:
    if more is None:
        return None

    def added(assignment: CouponAssignment) -> dict[str, Any]:
        return {more.field: sorted({*changes.of(assignment)[more.field], *more.ids})}

    return _of_assignment(row, say("Let it cover {names}", names=more.names), added)


def _dates(case: Case) -> Mend:
    def day(timezone: str) -> str:
        return _moment(case).astimezone(ZoneInfo(timezone)).date().isoformat()

    def begun(assignment: CouponAssignment) -> dict[str, Any]:
        return {"start": day(assignment.timezone)} if _moment(case) < assignment.starts_at else {}

    def ended(assignment: CouponAssignment) -> dict[str, Any]:
        return {"end": day(assignment.timezone)} if _moment(case) >= assignment.ends_at else {}

    if case.moment < case.row.starts_at:
        return _of_assignment(case.row, say("Let it begin on {day}", day=day(case.row.timezone)), begun)
    return _of_assignment(case.row, say("Let it end on {day}", day=day(case.row.timezone)), ended)


def _lift(case: Case) -> Mend:
    moment, day = _moment(case), local(case.moment, case.row.timezone)[:10]
    said = say("Lift the blackout of that time on {day}", day=day)
    return _of_assignment(
        case.row, said, lambda one: {"blackout": blackouts.lifted(one.blackout, one.timezone, moment)}
    )


def _raise_limit(case: Case) -> Mend:
    limit = case.row.uses + 1
    said = say("Raise the limit to {limit} uses", limit=limit)
    return _of_assignment(case.row, said, lambda assignment: {"limit": max(assignment.use_limit, limit)})


def _raise_budget(case: Case) -> Mend:
    """By what this use would take off; where no reservation tells, by what the uses before took on the average."""
    row, asked = case.row, 0
    if case.basket:
        asked = amounts.together(amounts.shares(row.terms, case.lines, row.ticket_limit, case.most))
    asked = asked or -(-row.spent // (Coupon.get_by_id(row.id).uses or 1))
    budget = min(row.spent + max(asked, 1), money.LARGEST)
    said = say("Raise the budget to {sum}", sum=written_sum(budget, row.currency or ""))
    return _of_coupon(row, said, lambda coupon: _raised("budget", coupon, budget))


def _name_customer(case: Case) -> Mend | None:
    row = case.row
    if row.member_id not in (None, case.customer) and case.customer is not None:
        return _of_coupon(row, say("Let every customer use it"), lambda _: {"member_id": None})
    if case.basket is None or case.member_id is None:
        return None
    named = shown.by_id([case.member_id])[case.member_id].name
    verb = partial(naming.name, row.partner_id, case.basket.held.id, case.member_id)
    return Mend(say("Say that the reservation is of {name}", name=named), verb)


def _raise_customer_limit(case: Case) -> Mend:
    limit = live.of_member(case.row.id, case.customer or 0, clock.micros()) + 1
    said = say("Let each customer use it {limit} times", limit=limit)
    return _of_coupon(case.row, said, lambda coupon: _raised("customer_limit", coupon, limit))


def _lower_minimum(case: Case) -> Mend:
    tickets = case.basket.held.tickets if case.basket else 1
    said = counted(tickets, "Lower the minimum to 1 ticket", "Lower the minimum to {number} tickets")
    return _of_coupon(case.row, said, lambda coupon: _lowered("minimum_tickets", coupon, tickets))


def _lower_threshold(case: Case) -> Mend | None:
    held = case.basket.held if case.basket else None
    if held is None:
        return None
    said = say("Let it begin at {sum}", sum=written_sum(held.face, held.currency))
    return _of_coupon(case.row, said, lambda coupon: _lowered("threshold", coupon, held.face))


def _let_combine(case: Case) -> Mend:
    return _of_coupon(case.row, say("Let it go with others"), lambda _: {"is_alone": False})


def _let_other_combine(case: Case) -> Mend | None:
    others = [use for use in case.basket.uses if use.is_alone and use.coupon_id != case.row.id] if case.basket else []
    if not others:
        return None
    change = partial(coupons.change, case.row.partner_id, others[0].coupon_id, {"is_alone": False})
    return Mend(say("Let {code} go with others", code=others[0].written), change)


def _raised(field: str, coupon: Coupon, least: int) -> dict[str, int]:
    """The limit, where there is one still that is lower."""
    stands = getattr(coupon, field)
    return {} if stands is None or stands >= least else {field: least}


def _lowered(field: str, coupon: Coupon, most: int) -> dict[str, int]:
    stands = getattr(coupon, field)
    return {} if stands is None or stands <= most else {field: most}


def _moment(case: Case) -> datetime:
    return clock.from_micros(case.moment)


_MENDS: dict[tuple[str, str], Callable[[Case], Mend | None]] = {
    ("active", "resume"): _resume,
    ("event", "assign"): _cover_event,
    ("listing", "assign"): _cover_listing,
    ("dates", "change_dates"): _dates,
    ("blackout", "change_blackout"): _lift,
    ("uses", "raise_limit"): _raise_limit,
    ("budget", "raise_budget"): _raise_budget,
    ("customer", "name_customer"): _name_customer,
    ("customer", "raise_customer_limit"): _raise_customer_limit,
    ("tickets", "lower_minimum"): _lower_minimum,
    ("tickets", "lower_threshold"): _lower_threshold,
    ("tickets", "assign"): _cover_tickets,
    ("combination", "let_combine"): _let_combine,
    ("combination", "let_combine_other"): _let_other_combine,
}
