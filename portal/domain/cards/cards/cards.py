"""Cards: issued, found, deleted, and how long they are good (contract: cards)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from peewee import IntegrityError

from portal import clock
from portal.database import Statement, savepoint, transaction
from portal.domain.cards import codes
from portal.domain.cards.cards import field_values, having, serials
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.companies import limits
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid, NotFound, Refused, Taken
from portal.domain.events import log
from portal.domain.identifiers import random_base62
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.domain.totals import totals

_SHARE_KEY = 12
_LATEST = datetime(9999, 1, 1, tzinfo=clock.EPOCH.tzinfo)


class _Holder(NamedTuple):
    """Whom a card is for, and since when no news may come to it."""

    id: int
    messages_off_at: int | None
    has_card: bool


# References to it do not wait; whoever else issues, moves or merges cards of the customer does.
_HOLD_MEMBER = Statement(
    """SELECT COALESCE(merged_into_id, id) AS id, messages_off_at, has_card FROM member
    WHERE id = :member AND partner_id = :partner AND erased_at IS NULL""",
    row=_Holder,
    lock="FOR NO KEY UPDATE",
)
# Whoever archives it waits for those who issue cards of it, and the other way round.
_HOLD_TEMPLATE = Statement(
    "SELECT id FROM card_template WHERE id = :template AND partner_id = :partner", lock="FOR SHARE"
)


class _Their(NamedTuple):
    id: int
    partner_id: int
    template_id: int
    serial: str


_HELD = Statement(
    "SELECT id, partner_id, template_id, serial FROM card WHERE member_id = :member AND deleted_at IS NULL ORDER BY id",
    _Their,
)
_OWNED = Statement(
    "SELECT serial FROM card WHERE template_id = :template AND member_id = :member AND deleted_at IS NULL"
)
_LOCKED = Statement("SELECT id FROM card WHERE id = :card", lock="FOR UPDATE")
_DELETE = Statement(
    """UPDATE card SET deleted_at = :now, updated_at = :now WHERE id = :card AND deleted_at IS NULL
    RETURNING installed_at IS NOT NULL"""
)
_INSTALL = Statement(
    """UPDATE card SET installed_at = :now, device = :device, updated_at = :now
    WHERE id = :card AND installed_at IS NULL AND deleted_at IS NULL"""
)


def issue(
    partner_id: int,
    member_id: int,
    template_id: int,
    fields: Iterable[Mapping[str, Any]] = (),
    *,
    referred_by: Card | None = None,
    utm_source: str | None = None,
    serial: str | None = None,
) -> Card:
    """A new card of the template for the partner's customer, with answers to the template's fields as {id, value}.

    Raises NotFound for a template or a customer that the partner has not; Taken when the customer has such a card; Refused
    for an archived template; Invalid for answers that the template does not take.
    """
    with transaction():
        template = _issued(partner_id, template_id)
        limits.refuse_expired(partner_id)
        holder = _held(partner_id, member_id)
        _refuse_second(template, holder.id)
        card = _insert(template, holder, serial, referred_by, utm_source)
        field_values.put(card, fields, is_new=True)
        if not holder.has_card:
            having.got(holder.id)
        totals.add(partner_id, "cards", card.id, within=template.id)
        log.record(partner_id, "card.issued", "card", card.serial)
    return card


def find(partner_id: int, typed: str) -> Card:
    """The partner's card by its number in any notation, deleted ones as well. Raises NotFound."""
    serial = serials.normal(typed)
    card = serial and Card.get_or_none(Card.serial == serial, Card.partner == partner_id)
    if not card:
        raise NotFound(say("card"))
    return card


def locked(card: Card) -> Card:
    """In a transaction: the card as it is now, and nobody else changes it until the end. Raises Refused when it is deleted, or the tariff
    of the company has ended."""
    _LOCKED.value(card=card.id)
    card = Card.get_by_id(card.id)
    if card.deleted_at is not None:
        raise deleted(card)
    limits.refuse_expired(card.partner_id)
    return card


def deleted(card: Card) -> Refused:
    """A deleted card takes nothing; one that was moved leads to where it went."""
    if card.moved_to_id is None:
        sentence = say("The card {serial} is deleted. Issue a new one.", serial=card.serial)
    else:
        sentence = say(
            "The card {serial} was moved to {newer}. Use that one.", serial=card.serial, newer=card.moved_to.serial
        )
    return Refused(sentence, code=codes.CARD_DELETED, about=(card.partner_id, "card", card.serial))


def delete(card: Card) -> None:
    """Delete it: it is still read by its number, in no list, and takes no operation. Raises NotFound the second time."""
    with transaction():
        holder = having.hold_holder(card.id)
        if not _ended(card):
            raise NotFound(say("card"))
        having.see(holder)
        log.record(card.partner_id, "card.deleted", "card", card.serial)


def never_issued(card: Card) -> None:
    """In the transaction that undoes its issue: delete it, and let another card have its number. Raises NotFound the second time."""
    delete(card)
    Card.update(serial=serials.new()).where(Card.id == card.id).execute()


def delete_of(member: Member) -> int:
    """Delete every card of a customer, in the transaction around; how many those were."""
    cards = _HELD.rows(member=member.id)
    for card in cards:
        if _ended(card):
            log.record(card.partner_id, "card.deleted", "card", card.serial)
    having.see(member.id)
    return len(cards)


def change_fields(card: Card, given: Iterable[Mapping[str, Any]]) -> None:
    """Set answers to the template's fields, as {id, value}. Raises Invalid, and Refused when the card is deleted."""
    with transaction():
        card = locked(card)
        field_values.put(card, given)
        _touch(card)
        log.record(card.partner_id, "card.changed", "card", card.serial)


def set_expiration(card: Card, moment: datetime | None) -> None:
    """Say until when it is good; None is for good. A moment that has passed ends it at once. Raises Refused when it is deleted."""
    if moment is not None and not clock.EPOCH <= moment < _LATEST:
        raise Invalid("expiresAt", say("Give a moment between the years 1970 and 9998."))
    with transaction():
        card = locked(card)
        Card.update(expires_at=moment).where(Card.id == card.id).execute()
        _touch(card)
        told = {"at": moment and clock.to_micros(moment)}
        log.record(card.partner_id, "card.expiration_set", "card", card.serial, told)


def note_installed(card: Card, device: str = "pwa") -> bool:
    """Its page was opened by its link, or a wallet took it; whether this was the first time."""
    with transaction():
        done = bool(_INSTALL.run(card=card.id, now=clock.micros(), device=device))
        if done:
            totals.add(card.partner_id, "installed", card.id, within=card.template_id)
            log.record(card.partner_id, "card.installed", "card", card.serial)
    return done


def moved(card: Card) -> Card:
    """In a transaction: a new card for the same customer in the place of this one, with nothing on it yet. The old number leads
    to the new one, its links do not: whoever found the lost card has them."""
    card = locked(card)
    template = CardTemplate.get_by_id(card.template_id)
    _gone(card)
    holder = _Holder(card.member_id, card.muted_at and clock.to_micros(card.muted_at), True)
    newer = _insert(template, holder, None, card.referred_by, card.utm_source)
    totals.add(card.partner_id, "cards", newer.id, within=template.id)
    Card.update(moved_to=newer).where((Card.id == card.id) | (Card.moved_to == card)).execute()
    Card.update(referral_paid_at=card.referral_paid_at, expires_at=card.expires_at, created_at=card.created_at).where(
        Card.id == newer.id
    ).execute()
    log.record(card.partner_id, "card.moved", "card", card.serial, {"to": newer.serial})
    return Card.get_by_id(newer.id)


def lead_to(card: Card, other: Card) -> None:
    """In a transaction: delete a card whose number leads to another one from now on, which is good for as long as either was,
    and has the level of a membership that it lacks."""
    if not _ended(card):
        raise NotFound(say("card"))
    card, other = Card.get_by_id(card.id), Card.get_by_id(other.id)
    Card.update(moved_to=other).where(Card.id == card.id).execute()
    Card.update(moved_to=other).where(Card.moved_to == card, Card.id != card.id).execute()
    Card.update(referred_by=other).where(Card.referred_by == card, Card.id != other.id).execute()
    ends = (card.expires_at, other.expires_at)
    level = other if other.membership_tier_id or not card.membership_tier_id else card
    Card.update(
        expires_at=None if None in ends else max(ends),
        membership_tier=level.membership_tier_id, tier_period=level.tier_period, tier_since=level.tier_since,
        tier_next_at=level.tier_next_at, due_at=level.due_at, updated_at=clock.now(),
    ).where(Card.id == other.id).execute()  # fmt: skip
    log.record(card.partner_id, "card.moved", "card", card.serial, {"to": other.serial})


def _issued(partner_id: int, template_id: int) -> CardTemplate:
    """The template, if cards of it are issued, and nobody archives it until the end of the transaction."""
    if _HOLD_TEMPLATE.value(template=template_id, partner=partner_id) is None:
        raise NotFound(say("template"))
    template = CardTemplate.get_by_id(template_id)
    if template.archived_at is not None:
        raise Refused(
            say("The template {name} is archived: no card of it is issued any more.", name=template.name),
            field="templateId",
        )
    return template


def _held(partner_id: int, member_id: int) -> _Holder:
    """The customer that it is for: whoever was here twice is one since."""
    present = _HOLD_MEMBER.row(member=member_id, partner=partner_id)
    if present is None:
        raise NotFound(say("customer"))
    return present if present.id == member_id else _held(partner_id, present.id)


def _refuse_second(template: CardTemplate, member_id: int) -> None:
    if serial := _OWNED.value(template=template.id, member=member_id):
        raise Taken(
            say("This customer has a card of {name} already: {serial}.", name=template.name, serial=serial),
            code=codes.CARD_TAKEN,
        )


def _insert(
    template: CardTemplate, holder: _Holder, serial: str | None, referred_by: Card | None, utm_source: str | None
) -> Card:
    ends = template.card_days and clock.now() + timedelta(days=template.card_days)
    given = {
        "partner": template.partner_id, "template": template, "member": holder.id, "expires_at": ends or None,
        "referred_by": referred_by, "utm_source": utm_source,
        "muted_at": None if holder.messages_off_at is None else clock.from_micros(holder.messages_off_at),
    }  # fmt: skip
    while True:
        try:
            with savepoint():
                return Card.create(serial=serial or serials.new(), share_key=random_base62(_SHARE_KEY), **given)
        except IntegrityError:
            if serial is not None:
                raise Taken(say("The number {serial} is another card’s.", serial=serial), field="serial") from None
            if (
                Card.select()
                .where(Card.template == template, Card.member == holder.id, Card.deleted_at.is_null())
                .exists()
            ):
                raise


def _ended(card: Any) -> bool:
    """Delete it, and let another card have its answers that may be given once: its holder may get a new one."""
    is_there = _gone(card)
    if is_there:
        field_values.release(card.id)
    return is_there


def _gone(card: Any) -> bool:
    was_installed = _DELETE.value(card=card.id, now=clock.micros())
    if was_installed is None:
        return False
    for kind in ("cards", *(["installed"] if was_installed else [])):
        totals.take(card.partner_id, kind, card.id, within=card.template_id)
    return True


def _touch(card: Card) -> None:
    Card.update(updated_at=clock.now()).where(Card.id == card.id).execute()
