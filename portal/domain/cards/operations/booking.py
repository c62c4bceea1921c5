"""Operations that somebody asks for: one is booked whole or not at all, and a request is booked once (contract: cards)."""

import hashlib
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain import codes as shared
from portal.domain import money, values
from portal.domain.cards import codes
from portal.domain.cards.moments import settling
from portal.domain.cards.operations import earning, effects, locking, referral, tiers, verbs, words, writing
from portal.domain.cards.operations.effects import Effect, Short
from portal.domain.cards.operations.refusals import TAKEN, not_enough, refused
from portal.domain.cards.operations.rows import Entry, Held, Operation
from portal.domain.cards.operations.verbs import SUM, Verb
from portal.domain.cards.operations.writing import Draft
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.identifiers import typed_uuid
from portal.domain.sentences import say

_IS_CLOSED = Statement("SELECT closed_at IS NOT NULL FROM location WHERE id = :location AND partner_id = :partner")
_COMMENT = values.optional_text(1000)
NAMES = {
    0: say("stamp card"), 1: say("cashback card"), 2: say("multipass"), 3: say("coupon"), 4: say("discount card"),
    5: say("gift card"), 6: say("membership card"), 7: say("reward card"),
}  # fmt: skip


class Asked(NamedTuple):
    """What somebody asks for. `verb` is its name on the wire; `quantity` is in units: whole things, points, or money of the
    template's currency, as `purchase_sum` is. `request` is a UUID of whoever asks: it is booked once, for ever."""

    verb: str
    quantity: Decimal | int | None = None
    tier_id: int | None = None
    purchase_sum: Decimal | None = None
    comment: str | None = None
    source: str = "api"
    manager_id: int | None = None
    location_id: int | None = None
    request: str | None = None


class Overtaken(Refused):
    """Somebody else's operation came between what was seen and what would be done."""


class Change(NamedTuple):
    """What an operation would do to a field, in its smallest unit, and how that is said."""

    field: str
    label: str
    before: int
    amount: int
    after: int
    said_before: str
    said_after: str


def book(partner_id: int, serial: str, asked: Asked, seen: str | None = None) -> Operation:
    """Book it on the partner's card, found by its number in any notation. A request that came before gets its first operation.
    `seen` is the mark of what whoever asks saw that it would do.

    Raises Invalid, NotFound, Overtaken where it would do something else by now, and Refused with the steps for what the card
    does not take or bear: then nothing is written.
    """
    asked = _checked(asked)
    with transaction():
        held = locking.locked(partner_id, serial)
        if known := asked.request and writing.by_request(partner_id, asked.request):
            return known
        if seen is not None and mark(_foreseen(replace(held), asked)) != seen:
            raise Overtaken(say("The card was changed a moment ago. Look at what it does now."))
        return _book(held, asked)


def foreseen(partner_id: int, serial: str, asked: Asked) -> list[Change]:
    """What `book` would change now, field by field. Writes nothing, and raises what `book` would."""
    asked = _checked(asked)
    return _foreseen(locking.seen(partner_id, serial), asked)


def mark(changes: list[Change]) -> str:
    """What was foreseen, for `book`: whoever sends it has seen this, and not what it was before somebody else's operation."""
    said = repr([(change.field, change.before, change.after) for change in changes])
    return hashlib.blake2b(said.encode(), digest_size=9).hexdigest()


def _foreseen(held: Held, asked: Asked) -> list[Change]:
    settling.foresee(held)
    entries = writing.applied(held, _draft(held, asked))
    return [told(held, entry) for entry in entries]


def told(held: Held, entry: Entry) -> Change:
    """An entry as people read it."""
    said = (words.said(held.kind, held.mechanics, held.currency, entry.field, number) for number in entry[2:])
    return Change(entry.field, words.label(held.kind, entry.field), entry.before, entry.amount, entry.after, *said)


def allowed(card) -> list[Verb]:
    """What may be asked for on a card, by its template's type and mechanics and by its own state. Takes a Card or a Held."""
    template = card.template if hasattr(card, "template") else card
    if card.deleted_at is not None or clock.has_passed(card.expires_at):
        return []
    return verbs.taken_by(template.kind, template.mechanics)


def of_template(template: CardTemplate) -> list[Verb]:
    """What may be asked for on cards of a template."""
    return verbs.taken_by(template.kind, template.mechanics)


def checked(asked: Asked) -> Asked:
    """What comes with every operation, as it is kept. Raises Invalid."""
    request = asked.request and typed_uuid(asked.request)
    if asked.request and not request:
        raise Invalid("request", say("Send a UUID."))
    comment = asked.comment and values.checked({"comment": asked.comment}, {"comment": _COMMENT})["comment"]
    return asked._replace(request=request or None, comment=comment or None)


def refuse_closed(partner_id: int, location_id: int | None) -> None:
    """Raises NotFound for a location that the partner has not, Invalid for one that is closed."""
    if location_id is None:
        return
    is_closed = _IS_CLOSED.value(location=location_id, partner=partner_id)
    if is_closed is None:
        raise NotFound(say("location"))
    if is_closed:
        raise Invalid("location", say("Nobody is served there any more. Choose a location that is open."))


def _checked(asked: Asked) -> Asked:
    """What no card would take is told before one is looked for."""
    if asked.verb not in verbs.NAMES:
        raise Invalid("verb", say("There is no such operation."), code=shared.NOT_LISTED)
    verbs.refuse_quantity(asked.verb, asked.quantity)
    return checked(asked)


def _book(held: Held, asked: Asked) -> Operation:
    settling.settle(held)
    draft = _draft(held, asked)
    operation = writing.write(held, draft)
    if operation.card_id == held.id:
        if draft.reward_tier_id is not None:
            tiers.use(held, draft.reward_tier_id)
        if verbs.of(asked.verb, held.kind).adds:
            referral.reward(held)
    return operation


def _draft(held: Held, asked: Asked) -> Draft:
    """All that is asked of it, in the order of the steps."""
    refuse_closed(held.partner_id, asked.location_id)
    locking.refuse_gone(held)
    verb = verbs.of(asked.verb, held.kind)
    if not verb.is_on(held.kind, held.mechanics):
        raise _wrong_type(held, verb)
    quantity, paid = verbs.counted(verb, held, asked.quantity), _paid(held, asked.purchase_sum)
    tier = None
    if verb.effect is None:
        tier = tiers.chosen(held, asked.tier_id)
        effect = tiers.received(tier)
    else:
        effect = _effect(held, verb, verb.effect, quantity, paid)
    purchase = quantity if verb.unit == SUM and paid is None else paid
    return Draft(
        verb.event, effect, asked.source, purchase, asked.comment, asked.manager_id, asked.location_id,
        reward_tier_id=tier and tier.id, request=asked.request,
    )  # fmt: skip


def _effect(held: Held, verb: Verb, does: effects.Does, quantity: int, paid: int | None) -> Effect:
    if not verb.adds:
        try:
            return does(held, quantity)
        except Short as short:
            raise not_enough(held, short) from None
    effect = does(held, earning.basis(held, verb, quantity, paid))
    earning.refuse_much(held, effect)
    return effect


def _paid(held: Held, purchase_sum: Decimal | None) -> int | None:
    """The sum of the purchase in minor units. Raises Invalid."""
    if purchase_sum is None:
        return None
    try:
        minor = money.to_minor(purchase_sum, held.currency)
    except Invalid as error:
        raise Invalid("purchaseSum", error.sentence, code=error.code) from None
    if minor < 0:
        raise Invalid("purchaseSum", say("Give a sum of zero or more."), code=shared.OUT_OF_RANGE)
    return minor


def _wrong_type(held: Held, verb: Verb) -> Refused:
    takes = ", ".join(other.label for other in verbs.taken_by(held.kind, held.mechanics))
    sentence = say(
        "“{verb}” is not for this {type}. It takes: {takes}.",
        verb=verb.label,
        type=NAMES[held.kind],
        takes=takes or "–",
    )
    return refused(held, TAKEN, sentence, say("Choose one of these, or another card."), codes.WRONG_CARD_TYPE)
