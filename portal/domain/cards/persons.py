"""What a customer's cards know of the person: `family.py` imports it, so that whoever serves has it."""

from portal.database import Statement
from portal.domain.cards.cards import cards, having
from portal.domain.cards.cards.tables import Card, CardFieldValue
from portal.domain.cards.imports import persons as imports
from portal.domain.cards.operations import carrying
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.pushes import handing_on
from portal.domain.cards.pushes.browsers import muting
from portal.domain.cards.ties.tables import CardDeal
from portal.domain.cards.wallets import holdings
from portal.domain.members import members, merging
from portal.domain.members.consents import messages
from portal.domain.members.tables import Member

_THEIRS = Statement("SELECT id FROM card WHERE member_id = :member")
_UNANSWER = Statement("DELETE FROM card_field_value WHERE card_id IN (SELECT id FROM card WHERE member_id = :member)")
_UNSAY = Statement("UPDATE card_operation SET comment = NULL WHERE member_id = :member AND comment IS NOT NULL")
_UNASK = Statement(
    """DELETE FROM asked_card WHERE mail = :mail AND template_id IN (SELECT id FROM card_template WHERE partner_id = :partner)"""
)
_UNREGISTER = Statement(
    "DELETE FROM wallet_registration WHERE card_id IN (SELECT id FROM card WHERE member_id = :member)"
)


def forget(member: Member) -> None:
    """In the transaction that erases somebody: the cards are deleted, what was answered and written of the person is gone; what
    happened stays, and counts."""
    cards.delete_of(member)
    _UNANSWER.run(member=member.id)
    _UNSAY.run(member=member.id)
    _UNASK.run(mail=member.mail, partner=member.partner_id)
    imports.forget(member)
    _UNREGISTER.run(member=member.id)
    handing_on.forget(member)
    holdings.leave(_THEIRS.values(member=member.id))


def unite(gone: Member, kept: Member) -> None:
    """In the transaction that makes two customers one: of two cards of a template the older customer's numbers lead to one that
    has what was on both; all others move over, and so does what happened."""
    present = Card.deleted_at.is_null()
    handing_on.hold(Card.select(Card.id).where(Card.member == gone).scalars())
    here = {card.template_id: card for card in Card.select().where(Card.member == kept, present)}
    for card in Card.select().where(Card.member == gone, present).order_by(Card.id.desc()):
        if card.template_id in here:
            _join(card, here[card.template_id])
    Card.update(member=kept).where(Card.member == gone).execute()
    having.see(gone.id, kept.id)
    if off_at := gone.messages_off_at or kept.messages_off_at:
        Card.update(muted_at=off_at).where(Card.member == kept, Card.muted_at.is_null()).execute()
    CardOperation.update(member=kept).where(CardOperation.member == gone).execute()
    CardDeal.update(member=kept).where(CardDeal.member == gone).execute()
    imports.unite(gone, kept)
    handing_on.unite(gone, kept)


def _join(gone: Card, kept: Card) -> None:
    """All that is on one card moves to another of its template, and its number leads there."""
    carrying.carry(gone.id, kept.id)
    handing_on.hand_on(gone, kept)
    answered = CardFieldValue.select(CardFieldValue.field).where(CardFieldValue.card == kept)
    lacking = (CardFieldValue.card == gone) & CardFieldValue.field.not_in(answered)
    CardFieldValue.update(card=kept).where(lacking).execute()
    cards.lead_to(gone, kept)


def hear(member: Member, may_send: bool) -> None:
    """In the transaction in which somebody says whether news may come: to all of their cards, or to none and to none of their browsers."""
    for card in Card.select().where(Card.member == member, Card.deleted_at.is_null()):
        muting.unmute(card) if may_send else muting.mute(card)
    if not may_send:
        muting.leave(member.id, None)


members.when_erased.append(forget)
messages.when_said.append(hear)
merging.when_merged.append(unite)
