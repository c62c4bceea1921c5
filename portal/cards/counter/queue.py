"""What phones send by themselves: each operation as it was kept, with its UUID and the proof of who made it. It is booked once, whenever
and however often it comes."""

from typing import Any

from flask import Response, g, jsonify, make_response, request, url_for
from flask_wtf.csrf import generate_csrf

from portal.cards import sentences
from portal.cards.counter.pages import shown_card
from portal.cards.counter.shown import changes
from portal.cards.counter.till import Till
from portal.cards.operations import typed
from portal.domain.cards.cards import lists
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.counter import attributions
from portal.domain.cards.operations import booking, verbs, writing
from portal.domain.cards.operations.rows import Operation
from portal.domain.cards.words import COUNTER
from portal.domain.errors import DomainError, Invalid
from portal.domain.identifiers import typed_uuid
from portal.domain.sentences import joined, say

_BOOKED, _REFUSED = "booked", "refused"


def session() -> Response:
    """What a phone sends with: a fresh token, for which partner, and the proof of who serves."""
    till = Till()
    return jsonify(token=generate_csrf(), partner=str(g.partner.id), proof=till.proof, cashier=till.cashier)


def send() -> Response:
    """Book an operation that a phone kept. What was booked for its UUID before is told again, whatever has changed since."""
    once = typed_uuid(request.form.get("request", ""))
    try:
        if once is None:
            raise Invalid("request", say("Send a UUID."))
        return _told(writing.by_request(g.partner.id, once) or _booked(once))
    except DomainError as error:
        # The same may have come twice at once, and what it took may be why this one is refused.
        known = once and writing.by_request(g.partner.id, once)
        return _told(known) if known else _refused(error)


def _booked(once: str) -> Operation:
    who = attributions.who_served(g.partner.id, request.form.get("proof", ""))
    row = shown_card(request.form.get("serial", ""))
    name = request.form.get("verb", "")
    if name not in verbs.NAMES:
        raise Invalid("verb", say("There is no such operation."))
    wanted = verbs.of(name, row.kind)
    form = typed.form(row, wanted)
    if not form.validate():
        raise Invalid("form", joined([text for found in form.errors.values() for text in found]))
    asked = typed.asked(form, wanted, COUNTER, who, once)
    return booking.book(g.partner.id, row.serial, asked, request.form.get("seen") or None)


def _told(operation: Operation) -> Response:
    card = Card.get_by_id(operation.card_id)
    row = lists.one(g.partner.id, card.serial)
    text = joined(changes(row, operation.id)) if row else ""
    place = url_for("counter.card", card_id=card.serial, done=operation.id)
    return jsonify(state=_BOOKED, text=text, place=place)


def _refused(error: DomainError) -> Response:
    failed: dict[str, Any] = next(
        (step for step in sentences.steps(getattr(error, "steps", [])) if step["state"] == "failed"), {}
    )
    return make_response(jsonify(state=_REFUSED, text=str(error.sentence), fix=str(failed.get("fix", ""))), 422)
