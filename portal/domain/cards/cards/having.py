"""Whether a customer has a card that is not deleted, kept on their row by whoever issues and deletes one: the list of those who
have none is not looked for among all."""

from portal.database import Statement

_GOT = Statement("UPDATE member SET has_card = TRUE WHERE id = :member AND NOT has_card")
_SEE = Statement(
    """UPDATE member SET has_card = NOT has_card WHERE id = :member
    AND has_card <> EXISTS (SELECT 1 FROM card c WHERE c.member_id = member.id AND c.deleted_at IS NULL)"""
)
_WHOSE = Statement("SELECT member_id FROM card WHERE id = :card")
_HOLD = Statement("SELECT id FROM member WHERE id = :member", lock="FOR NO KEY UPDATE")


def hold_holder(card_id: int) -> int:
    """In a transaction, before the card itself is held: nobody else issues cards to its holder, or makes them one with
    another, until it ends. Whose it is."""
    member = _WHOSE.value(card=card_id)
    while True:
        _HOLD.value(member=member)
        if (since := _WHOSE.value(card=card_id)) == member:
            return member
        member = since  # They were made one with another meanwhile.


def got(member_id: int) -> None:
    """In a transaction that holds the customer: one was issued to them."""
    _GOT.run(member=member_id)


def see(*members: int) -> None:
    """In a transaction that holds the customers: their cards were deleted, or went to another."""
    for member in members:
        _SEE.run(member=member)
