"""Pushes: written, found, and cancelled (contract: cards, "Pushes"). What happens to them by itself is in `starting` and `sending`."""

from datetime import datetime

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.cards import codes
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.companies import limits
from portal.domain.cards.pushes import ending, words
from portal.domain.cards.pushes.tables import Push
from portal.domain.cards.segments import rules, segments
from portal.domain.cards.templates import templates
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.identifiers import typed_uuid
from portal.domain.sentences import say
from portal.domain.totals import totals

THING, KIND = "push", "pushes"
LONGEST = 1000
_LATEST = datetime(9999, 1, 1, tzinfo=clock.EPOCH.tzinfo)
_CANCEL = Statement(
    """UPDATE push SET state = 'cancelled', due_at = NULL, lease_ends = NULL, fixed_to = NULL, ended_at = :now
    WHERE id = :push AND state IN ('scheduled', 'sending')"""
)


def send(
    partner_id: int,
    message: str,
    template_id: str | int,
    *,
    card: str | None = None,
    segment_id: int | None = None,
    unseen_days: int | None = None,
    scheduled_at: datetime | None = None,
    keeps_quiet: bool = False,
    is_trial: bool = False,
) -> Push:
    """A push to the installed cards of a template: all, the one of a number, those of a segment's customers, or of customers not
    seen for so many days. It begins at once, or at a moment that is still to come. A trial is one to a card of one's own.

    Raises NotFound for what the partner has not; Refused for a card that is deleted or of another template, and where the tariff
    has no pushes or has ended; Invalid.
    """
    text = values.checked({"message": message}, {"message": values.message(LONGEST)})["message"]
    template = templates.find(partner_id, template_id)
    narrowed = _narrowed(partner_id, template, card, segment_id, unseen_days)
    with transaction():
        limits.refuse_expired(partner_id)
        limits.refuse_without(partner_id, "push")
        push = Push.create(
            partner=partner_id, template=template, message=text, scheduled_at=scheduled_at, due_at=_due(scheduled_at),
            keeps_quiet=keeps_quiet, is_trial=is_trial, made_by=log.actor(), **narrowed,
        )  # fmt: skip
        totals.add(partner_id, KIND, push.id)
        log.record(partner_id, "push.written", THING, push.uuid)
    return push


def foreseen(
    partner_id: int,
    template_id: str | int,
    *,
    card: str | None = None,
    segment_id: int | None = None,
    unseen_days: int | None = None,
) -> Push:
    """The push that `send` would make, of which nothing is kept: whom it would reach is asked of it. Raises as `send` does."""
    template = templates.find(partner_id, template_id)
    return Push(partner=partner_id, template=template, **_narrowed(partner_id, template, card, segment_id, unseen_days))


def find(partner_id: int, uuid: str) -> Push:
    """The partner's push. Raises NotFound."""
    code = typed_uuid(uuid)
    push = code and Push.get_or_none(Push.uuid == code, Push.partner == partner_id)
    if not push:
        raise NotFound(say("push"))
    return push


def cancel(partner_id: int, uuid: str) -> Push:
    """Send it to nobody more; who has it keeps it. Raises NotFound; Refused once it has ended."""
    push = find(partner_id, uuid)
    with transaction():
        ending.hold([push.id])
        if not _CANCEL.run(push=push.id, now=clock.micros()):
            raise Refused(say("This push has ended already. It cannot be cancelled."), code=codes.PUSH_ENDED)
        ending.withdraw(push.id)
        log.record(partner_id, "push.cancelled", THING, push.uuid)
    return Push.get_by_id(push.id)


def note(partner_id: int, uuid: str) -> None:
    """Somebody saw that nobody got it: it waits in the inbox no longer. Repeating it changes nothing. Raises NotFound."""
    push = find(partner_id, uuid)
    with transaction():
        is_new = (Push.id == push.id, Push.state == words.FAILED, Push.noted_at.is_null())
        if Push.update(noted_at=clock.now()).where(*is_new).execute():
            log.record(partner_id, "push.noted", THING, push.uuid)


def _narrowed(
    partner_id: int, template: CardTemplate, card: str | None, segment_id: int | None, unseen_days: int | None
) -> dict:
    """Which of the template's cards get it."""
    if card is not None:
        return {"audience": words.CARD, "card": _of_template(cards.find(partner_id, card), template)}
    if segment_id is not None:
        return {"audience": words.SEGMENT, "segment": segments.find(partner_id, segment_id)}
    if unseen_days is not None:
        rules.checked(partner_id, rules.UNSEEN, unseen_days, None)
        return {"audience": words.UNSEEN, "unseen_days": unseen_days}
    return {"audience": words.TEMPLATE}


def _of_template(card: Card, template: CardTemplate) -> Card:
    if card.deleted_at is not None:
        raise cards.deleted(card)
    if card.template_id != template.id:
        sentence = say("The card {serial} is not of {name}.", serial=card.serial, name=template.name)
        raise Refused(sentence, field="cardId", code=codes.OTHER_TEMPLATE)
    return card


def _due(scheduled_at: datetime | None) -> datetime:
    """When the worker may begin, for which the wall's clock decides."""
    if scheduled_at is not None and not clock.EPOCH <= scheduled_at < _LATEST:
        raise Invalid("scheduledAt", say("Give a moment between the years 1970 and 9998."))
    is_later = scheduled_at is not None and not clock.has_passed(scheduled_at)
    return scheduled_at if is_later else clock.from_micros(clock.wall_micros())  # type: ignore[return-value]
