"""What a customer and a card have of pushes when the one is erased or becomes one with another, and the other is moved."""

from collections.abc import Iterable

from portal.database import Statement
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes.tables import PushRecipient, PushSubscription
from portal.domain.members.tables import Member

# What was told to either card of one occasion is not told again.
_HAND_ON = Statement(
    """UPDATE push SET card_id = :kept WHERE card_id = :gone AND (automatic_id IS NULL OR NOT EXISTS (SELECT 1 FROM push other
        WHERE other.card_id = :kept AND other.automatic_id = push.automatic_id AND other.occasion = push.occasion))"""
)
_UNSAY = Statement("UPDATE push SET message = '' WHERE card_id IN (SELECT id FROM card WHERE member_id = :member)")
_UNSUBSCRIBE = Statement("DELETE FROM push_subscription WHERE member_id = :member")
_HOLD = Statement("SELECT id FROM push WHERE card_id IN :cards ORDER BY id", lock="FOR UPDATE")


def hold(cards: Iterable[int]) -> None:
    """In the transaction that moves cards, before it holds them: whoever sends to them or begins a push holds pushes first."""
    _HOLD.rows(cards=sorted(cards))


def forget(member: Member) -> None:
    """In the transaction that erases somebody: no browser shows anything more, and what was written to the person alone is gone.
    What was not sent yet is passed over, for the cards are deleted."""
    _UNSAY.run(member=member.id)
    _UNSUBSCRIBE.run(member=member.id)


def unite(gone: Member, kept: Member) -> None:
    """In the transaction that makes two customers one: both had browsers, and all of them show what is sent to the one."""
    has = PushSubscription.select(PushSubscription.digest).where(PushSubscription.member == kept)
    others = (PushSubscription.member == gone) & PushSubscription.digest.not_in(has)
    PushSubscription.update(member=kept).where(others).execute()
    PushSubscription.delete().where(PushSubscription.member == gone).execute()


def hand_on(gone: Card, kept: Card) -> None:
    """In the transaction that moves a card to another one: so does its inbox, and what waits for it. A push that both got stays with
    each. Whoever wanted none on either gets none."""
    _HAND_ON.run(gone=gone.id, kept=kept.id)
    has = PushRecipient.select(PushRecipient.push).where(PushRecipient.card == kept)
    moving = (PushRecipient.card == gone) & PushRecipient.push.not_in(has)
    PushRecipient.update(card=kept).where(moving).execute()
    muted = gone.muted_at or kept.muted_at
    Card.update(muted_at=muted).where(Card.id == kept.id).execute()
