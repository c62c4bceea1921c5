"""Operations of a card by people: each says what it will do before it does it, is sent once, and can be undone by its name."""

import uuid

from flask import g, render_template, request, url_for

from portal import clock
from portal.cards import drawing, sentences
from portal.cards.operations import typed
from portal.domain.cards.cards import lists
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import FIELDS, Card
from portal.domain.cards.history import explaining, told
from portal.domain.cards.operations import booking, reversing, words, writing
from portal.domain.cards.operations.rows import Operation
from portal.domain.cards.ties import lists as ties
from portal.domain.cards.words import PORTAL
from portal.domain.errors import DomainError, NotFound
from portal.domain.identifiers import typed_id
from portal.domain.sentences import joined, say
from portal.web import answers, sent_once
from portal.web.addresses import row_id
from portal.web.forms import form_page


def new(card_id: str):
    """Book an operation: first what it would do is shown, then it is done, once."""
    card, row = _card(card_id)
    verbs = booking.allowed(card)
    if not verbs:
        return answers.done(_place(card), say("This card takes no operation. Below stands why."), "warning")
    if address := sent_once.own_address():
        return address
    verb, asked_once = typed.verb(verbs), _request()
    if known := asked_once and request.method == "POST" and writing.by_request(g.partner.id, asked_once):
        return _done(card, row, known)
    form = typed.form(row, verb)
    changes, steps = None, []
    if form.validate_on_submit():
        try:
            asked = typed.asked(form, verb, PORTAL, g.person.user_id, asked_once)
            if done := typed.booked(form, card.serial, asked):
                return _done(card, row, done)
            changes = booking.foreseen(g.partner.id, card.serial, asked)
        except DomainError as error:
            steps = typed.take(form, error)
    return form_page(
        "cards/operations/new.html", form, card=card, row=row, verb=verb, verbs=verbs, drawn=drawing.of_card(card), changes=changes,
        mark=changes is not None and booking.mark(changes), steps=steps, sentences=sentences,
    )  # fmt: skip


def foreseen(card_id: str):
    """What the operation would do that somebody is typing."""
    card, row = _card(card_id)
    verb = typed.verb(booking.allowed(card))
    return render_template("cards/operations/_foreseen.html", **typed.foreseen(row, verb, PORTAL, g.person.user_id))


def reversal(card_id: str, operation_id: str):
    """Ask by naming what it takes, and undo an operation."""
    card, row = _card(card_id)
    operation = told.one(card.id, typed_id(operation_id) or 0)
    if operation is None:
        raise NotFound(say("operation"))
    changes, steps, refusal = [], [], None
    try:
        if request.method == "POST":
            return _done(
                card, row, reversing.reverse(g.partner.id, operation.id, source=PORTAL, manager_id=g.person.user_id)
            )
        changes = reversing.foreseen(g.partner.id, operation.id)
    except DomainError as error:
        steps, refusal = sentences.steps(getattr(error, "steps", [])), error.sentence
    return render_template(
        "cards/operations/reversal.html", card=card, row=row, operation=operation, changes=changes, steps=steps, refusal=refusal
    ), 422 if request.method == "POST" else 200  # fmt: skip


def why(card_id: str, figure: str):
    """Where a figure of the card comes from: every entry of it, oldest first, with the sum that runs."""
    card, row = _card(card_id)
    if figure not in FIELDS:
        raise NotFound(say("figure"))
    after = request.args.get("after", 0, type=row_id)
    lines = explaining.explained(card.id, figure, after, explaining.MOST + 1)
    return render_template(
        "cards/operations/why.html",
        card=card,
        row=row,
        field=figure,
        label=words.label(row.kind, figure),
        lines=lines[: explaining.MOST],
        changes=told.changes([line.operation_id for line in lines]),
        deals=ties.deals_of(line.operation_id for line in lines),
        has_more=len(lines) > explaining.MOST,
        is_first=not after,
        sentences=sentences,
        moment=clock.from_micros,
    )


def _card(card_id: str) -> tuple[Card, ShownCard]:
    row = lists.one(g.partner.id, card_id)
    if row is None:
        raise NotFound(say("card"))
    return Card.get_by_id(row.id), row


def _request() -> str | None:
    """The mark of the form as the ledger knows it: booked once, for ever."""
    mark = sent_once.mark()
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{g.partner.id} {request.path} {mark}")) if mark else None


def _done(card: Card, row: ShownCard, operation: Operation):
    changes = told.changes([operation.id])[operation.id]
    said = [
        say(
            "{label}: {before} → {after}.", label=words.label(row.kind, change.field),
            before=sentences.figure(row, change.field, change.before), after=sentences.figure(row, change.field, change.after),
        )
        for change in changes
    ]  # fmt: skip
    return answers.done(_place(card), joined([say("{what}.", what=words.happened(row.kind, operation.event)), *said]))


def _place(card: Card) -> str:
    return url_for("cards.show", card_id=card.serial)
