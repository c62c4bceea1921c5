"""A check in words: what each step asks, and where a mend that needs a choice is made."""

from hashlib import blake2b

from flask import g, url_for

from portal.coupons.coupon_check.asking import Question
from portal.coupons.coupon_check.forms import QuestionForm
from portal.domain.coupons.assignments.tables import CouponAssignment
from portal.domain.coupons.uses.checking import Outcome
from portal.domain.coupons.uses.facts import Found
from portal.domain.coupons.uses.mending import Mend
from portal.domain.coupons.uses.steps import OF_RESERVATIONS
from portal.domain.sentences import Sentence, say
from portal.web.addresses import with_arguments

ASKS = {
    "code": say("There is a coupon with this code"), "active": say("It is switched on"),
    "event": say("It is assigned to the event"), "listing": say("The listing sells what it is assigned to"),
    "dates": say("The time lies within its dates"), "blackout": say("The time is in no blackout"),
    "uses": say("Uses are left"), "budget": say("Some of its budget is left"), "customer": say("The customer may use it"),
    "tickets": say("The reservation has tickets that it is for"), "combination": say("It goes with what is used already"),
    "amount": say("It takes something off"),
}  # fmt: skip

_OF_ASSIGNMENTS = frozenset({"assign", "change_dates", "change_blackout", "raise_limit"})


def steps(question: Question) -> list[dict]:
    """The steps as pages draw them."""
    outcome = question.outcome
    shown = [] if outcome is None else outcome.steps
    return [
        {
            "name": ASKS[one["check"]],
            "state": one["outcome"],
            "text": one["detail"] or _lacking(question, one),
            "fix": one["fix"],
        }
        for one in shown
    ]


def _lacking(question: Question, step: dict) -> Sentence | str:
    """Why a step of a check that went through was not taken."""
    is_open = question.outcome is not None and question.outcome.is_valid and step["outcome"] == "not reached"
    return say("Name a reservation to check it.") if is_open and step["check"] in OF_RESERVATIONS else ""


def mark(mend: Mend) -> str:
    """What a button is recognised by: it does what it said, or nothing."""
    return blake2b(str(mend.said).encode(), digest_size=8).hexdigest()


def way(question: Question) -> tuple[Sentence, str] | None:
    """Where something is chosen that mends it: a label and an address."""
    if question.outcome is None or question.event is None:
        return None
    mend = question.outcome.mend
    if mend == "reserve":
        return say("Check it without the reservation"), with_arguments(reservation=None)
    if mend == "name_customer":
        return say("Name the customer"), "#customer"
    return _to_edit(question.form, question.outcome, question.event.id) if g.partner.may_edit else None


def _to_edit(form: QuestionForm, outcome: Outcome, event_id: int) -> tuple[Sentence, str] | None:
    """The same for whoever may change things."""
    mend, found = outcome.mend, outcome.case.found
    if mend in _OF_ASSIGNMENTS and found:
        return _assignment(found, event_id)
    if mend == "create" and found is None:
        return say("Make a coupon with it"), url_for("coupons.new", code=form.code.data)
    if mend == "choose_listing" and not form.listing.choices:
        return say("Add a listing"), url_for("ticketed_events.selling.new_listing", event_id=event_id)
    return None


def _assignment(found: Found, event_id: int) -> tuple[Sentence, str]:
    """Where its terms are chosen: of a new assignment, or of the one that was looked at."""
    if found.assignment_id is None:
        return say("Choose its terms"), url_for("assignments.new", coupon=found.id, event=event_id)
    uuid = CouponAssignment.get_by_id(found.assignment_id).uuid
    return say("Change its assignment"), url_for("assignments.edit", assignment_uuid=uuid)
