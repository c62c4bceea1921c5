"""Booking at the counter: how much is asked for, what it will do is said, it is done once, and can be undone for a minute."""

from flask import g, render_template, request, url_for

from portal.cards.counter.pages import about, shown_card
from portal.cards.counter.till import Till
from portal.cards.operations import typed
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.counter import undoing
from portal.domain.cards.operations import booking, writing
from portal.domain.cards.operations.rows import Operation
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.operations.verbs import Verb
from portal.domain.cards.words import COUNTER
from portal.domain.errors import DomainError, NotFound, Refused
from portal.domain.identifiers import new_uuid, typed_id, typed_uuid
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page

_MOSTLY_ONE = ("stamps", "visits", "rewards")  # of what is given or handed out at a counter


def book(card_id: str, verb: str):
    """The form of an operation; sent with the UUID that it was drawn with, which is booked once, for ever."""
    row, wanted = _asked_for(card_id, verb)
    once = typed_uuid(request.form.get("request", ""))
    if known := once and writing.by_request(g.partner.id, once):
        return _done(known)
    till, form = Till(), typed.form(row, wanted)
    if request.method == "GET" and wanted.field in _MOSTLY_ONE:
        form.quantity.data = 1
    changes, steps = None, []
    if form.validate_on_submit():
        asked = typed.asked(form, wanted, COUNTER, till.cashier_id, once)
        try:
            if once and (done := typed.booked(form, row.serial, asked)):
                return _done(done)
            changes = booking.foreseen(g.partner.id, row.serial, asked)
        except DomainError as error:
            steps = typed.take(form, error)
    return form_page(
        "cards/counter/book.html", form, verb=wanted, changes=changes, steps=steps, once=once or new_uuid(),
        mark=changes is not None and booking.mark(changes), **about(row, Card.get_by_id(row.id)),
    )  # fmt: skip


def foreseen(card_id: str, verb: str):
    """What the operation would do that somebody is typing."""
    row, wanted = _asked_for(card_id, verb)
    return render_template("cards/counter/_foreseen.html", **typed.foreseen(row, wanted, COUNTER, Till().cashier_id))


def undo(operation_id: str):
    """Take back what was booked here within the last minute."""
    number = typed_id(operation_id) or 0
    try:
        done = undoing.undo(g.partner.id, number, Till().cashier_id, request.form.get("request"))
    except Refused as error:
        its = (CardOperation.id == number, CardOperation.partner == g.partner.id)
        card = Card.select().join(CardOperation, on=CardOperation.card == Card.id).where(*its).get()
        return answers.done(url_for("counter.card", card_id=card.serial), error.sentence, "warning")
    return _done(done)


def _done(operation: Operation):
    card = Card.get_by_id(operation.card_id)
    return answers.done(url_for("counter.card", card_id=card.serial, done=operation.id))


def _asked_for(card_id: str, name: str) -> tuple[ShownCard, Verb]:
    """The card, and the operation that the address names. One that the card does not take leads to why: raises NotFound for
    names that are none."""
    row = shown_card(card_id)
    wanted = next((verb for verb in booking.of_template(Card.get_by_id(row.id).template) if verb.name == name), None)
    if wanted is None:
        raise NotFound(say("operation"))
    return row, wanted
