"""Holding customers while they are erased or become one, so that nothing more is made of them."""

from portal.database import Statement
from portal.domain.errors import NotFound
from portal.domain.members.tables import Member
from portal.domain.sentences import say

# Whoever books on their cards refers to them and does not wait: they hold a card, for which we wait.
_HOLD = Statement(
    "SELECT id FROM member WHERE id IN :ids AND erased_at IS NULL AND merged_into_id IS NULL ORDER BY id",
    lock="FOR NO KEY UPDATE",
)


def hold(*customers: Member) -> None:
    """In a transaction: nobody else issues cards to them, erases or merges them until it ends. Raises NotFound when one is
    gone."""
    ids = sorted(member.id for member in customers)
    if _HOLD.values(ids=ids) != ids:
        raise NotFound(say("customer"))
