"""What somebody types of an operation: the form of a card and a verb, what it asks for, and what was refused beside its fields."""

from typing import Any

from flask import g, request

from portal.cards import sentences
from portal.cards.operations.forms import OperationForm
from portal.domain.accounts.locations.tables import Location
from portal.domain.cards.cards import lists
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked, Overtaken
from portal.domain.cards.operations.rows import Operation
from portal.domain.cards.operations.verbs import Verb
from portal.domain.errors import DomainError, Invalid, NotFound
from portal.domain.sentences import say
from portal.web.forms import take_errors

_FIELDS = {"purchaseSum": "purchase_sum", "comment": "comment", "location": "location"}


def verb(verbs: list[Verb]) -> Verb:
    """The operation that the address names, if the card takes it; else the first that adds something, if any does. Raises NotFound where it takes none."""
    if not verbs:
        raise NotFound(say("operation"))
    usual = next((verb for verb in verbs if verb.adds), verbs[0])
    return next((verb for verb in verbs if verb.name == request.args.get("verb")), usual)


def form(row: ShownCard, verb: Verb, **given) -> OperationForm:
    """The form of the operation on the card, with the places where it may be booked."""
    is_reward = verb.field is None and verb.effect is None
    tiers = lists.tiers_of([row]).get(row.id, []) if is_reward else []
    places = Location.select(Location.id, Location.name).where(
        Location.partner == g.partner.id, Location.closed_at.is_null()
    )
    return OperationForm(
        row, verb, tiers, [(place.id, place.name) for place in places.order_by(Location.name).limit(200)], **given
    )


def asked(form: OperationForm, verb: Verb, source: str, manager_id: int | None, asked_once: str | None = None) -> Asked:
    """What the form asks for, by whom; `asked_once` is the UUID by which it is booked once."""
    quantity, tier, paid, location = form.asked()
    comment = (form.comment.data or "").strip() or None
    return Asked(verb.name, quantity, tier, paid, comment, source, manager_id, location, asked_once)


def booked(form: OperationForm, serial: str, asked: Asked) -> Operation | None:
    """It is booked, where who sent the form had seen what it does. None where they had not, or where something else was booked
    meanwhile, which is said at the form. Raises what booking raises."""
    try:
        return booking.book(g.partner.id, serial, asked, form.seen.data) if form.seen.data else None
    except Overtaken as error:
        take_errors(form, error)
        return None


def foreseen(row: ShownCard, verb: Verb, source: str, manager_id: int) -> dict[str, Any]:
    """What a part of a page says of an operation that somebody is typing: what it would do, or why it cannot be."""
    typing = form(row, verb, formdata=request.args, meta={"csrf": False})
    changes, steps = None, []
    if not typing.is_empty and typing.validate():
        try:
            changes = booking.foreseen(g.partner.id, row.serial, asked(typing, verb, source, manager_id))
        except DomainError as error:
            steps = take(typing, error)
    mark = changes is not None and booking.mark(changes)
    return {"form": typing, "row": row, "verb": verb, "changes": changes, "mark": mark, "steps": steps}


def take(form: OperationForm, error: DomainError) -> list[dict]:
    """Put a refusal beside its field; its steps, where it has some."""
    if isinstance(error, Invalid):
        name = _FIELDS.get(error.field) or ("whole" if form.is_whole else "amount")
        error = Invalid(name, error.sentence)
    take_errors(form, error)
    return sentences.steps(getattr(error, "steps", []))
