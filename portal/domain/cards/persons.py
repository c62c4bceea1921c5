"""What a customer's cards know of the person: `family.py` and the worker's drains import it, so that every process has it."""

from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card, CardFieldValue
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.members import members
from portal.domain.members.tables import Member


def forget(member: Member) -> None:
    """In the transaction that erases somebody: the cards are deleted, what was answered and written of the person is gone; what
    happened stays, and counts."""
    cards.delete_of(member)
    theirs = Card.select(Card.id).where(Card.member == member)
    CardFieldValue.delete().where(CardFieldValue.card.in_(theirs)).execute()
    said = CardOperation.comment.is_null(False) & (CardOperation.member == member)
    CardOperation.update(comment=None).where(said).execute()


members.when_erased.append(forget)
