"""What the address asks, as the check takes it."""

from typing import NamedTuple

from flask import g, request

from portal.coupons.coupon_check.forms import QuestionForm
from portal.domain.coupons.coupons import next_event
from portal.domain.coupons.reservations import held
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.ticketed_events.tables import TicketedEvent
from portal.domain.coupons.uses import checking
from portal.domain.coupons.uses.checking import Asked, Outcome
from portal.domain.identifiers import typed_id
from portal.domain.members import finding
from portal.domain.sentences import say


class Question(NamedTuple):
    """A form that was read, the event that it is about, and what came out, once there is a code and an event."""

    form: QuestionForm
    event: TicketedEvent | None
    outcome: Outcome | None


def asked() -> Question:
    """The question of this request's address."""
    form = QuestionForm(formdata=request.args)
    reservation = _reservation(form)
    event = _event(form, reservation)
    form.offer(event)
    _complete(form, event, reservation)
    is_read = form.validate()
    customer, code = _customer(form), (form.code.data or "").strip()
    _refuse_without_event(form, event)
    if not is_read or customer == 0 or event is None or not code:
        return Question(form, event, None)
    about = Asked(
        form.code.data or "", event.id, typed_id(form.listing.data or "") or 0, reservation,
        bool((form.reservation.data or "").strip()), customer,
    )  # fmt: skip
    return Question(form, event, checking.check([g.partner.id], about, form.at.data))


def _refuse_without_event(form: QuestionForm, event: TicketedEvent | None) -> None:
    if (form.code.data or "").strip() and event is None and "event" in request.args:
        form.event.errors = [say("Choose the event that the code is for.")]


def _reservation(form: QuestionForm) -> Held | None:
    number = typed_id((form.reservation.data or "").strip())
    found = held.seen(number) if number else None
    return found if found and found.partner_id == g.partner.id else None


def _event(form: QuestionForm, reservation: Held | None) -> TicketedEvent | None:
    number = typed_id(form.event.data or "") or (reservation.event_id if reservation else None)
    if number is None and "event" not in request.args:
        return next_event.of(g.partner.id, form.code.data or "")
    return TicketedEvent.get_or_none(TicketedEvent.id == number, TicketedEvent.partner == g.partner.id)


def _complete(form: QuestionForm, event: TicketedEvent | None, reservation: Held | None) -> None:
    """What was left open: the reservation's event and listing, else the first listing."""
    form.event.data = str(event.id) if event else ""
    listings = [choice.value for choice in form.listing.choices]
    if form.listing.data not in listings:
        usual = str(reservation.listing_id) if reservation else None
        form.listing.data = usual if usual in listings else next(iter(listings), "")


def _customer(form: QuestionForm) -> int | None:
    """Who was named; None where nobody was, 0 where there is no such customer, which the form says."""
    text = (form.customer.data or "").strip()
    if not text:
        return None
    found = finding.named(g.partner.id, text)
    if found is None:
        form.customer.errors = [say("There is no such customer. Give their mail address, phone or number.")]
    return found or 0
