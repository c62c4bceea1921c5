"""A test deal is removed with all that it brought: its click, its reward in the ledger, what was asked and returned of it."""

from collections.abc import Callable

from portal.database import Statement, transaction
from portal.domain.affiliate.deals import moves
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.deals.words import CANCELED
from portal.domain.affiliate.trials import trials
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say

_DEAL_ID = Statement("SELECT deal_id FROM deal WHERE uuid = :uuid AND partner_id = :partner")
_CLICK = Statement("SELECT click_id FROM deal WHERE id = :deal")
_IS_IN_A_PAYOUT = Statement("SELECT 1 FROM payout_item WHERE deal_id = :deal AND payout_id IS NOT NULL")
_ENTRIES = Statement("DELETE FROM entry WHERE transfer_id IN (SELECT id FROM transfer WHERE deal_id = :deal)")
_OF_DEAL = [
    Statement(f"DELETE FROM {table} WHERE deal_id = :deal")
    for table in ("transfer", "payout_item", "refund", "deal_question", "gathered_notice")
]
_AGAIN = Statement("UPDATE deal SET again_of_id = NULL WHERE again_of_id = :deal")
_ROWS = Statement("UPDATE import_row SET deal_id = NULL, state = 'same' WHERE deal_id = :deal")
_DEAL = Statement("DELETE FROM deal WHERE id = :deal")
_NO_CLICK = Statement("DELETE FROM click WHERE id = :click AND NOT EXISTS (SELECT 1 FROM deal WHERE click_id = :click)")
_UNCOUNT = Statement(
    """UPDATE catalog SET approved_deals = approved_deals - :approved, canceled_deals = canceled_deals - :canceled
    WHERE id = :catalog"""
)
# What other areas take back of it and forget, in the transaction of the removal: a named file of theirs fills this list.
when_removed: list[Callable[[LockedDeal], None]] = []


def remove(partner_id: int, uuid: str) -> None:
    """Remove a test deal. Raises NotFound for any other deal, Refused when it stands in a payout."""
    deal_id = _DEAL_ID.value(uuid=uuid, partner=partner_id)
    if deal_id is None or not trials.is_one(partner_id, uuid):
        raise NotFound(say("test deal"))
    with transaction():
        deal = moves.locked(partner_id, deal_id)
        if _IS_IN_A_PAYOUT.value(deal=deal.id):
            raise Refused(
                say("This test deal stands in a payout of your test mode, which is never changed; it stays with it.")
            )
        was_canceled = deal.status == CANCELED
        was_approved = not was_canceled and deal.approved_at is not None
        _UNCOUNT.run(catalog=deal.catalog_id, approved=int(was_approved), canceled=int(was_canceled))
        for act in when_removed:
            act(deal)
        click = _CLICK.value(deal=deal.id)
        for statement in (_ENTRIES, *_OF_DEAL, _AGAIN, _ROWS, _DEAL):
            statement.run(deal=deal.id)
        if click:
            _NO_CLICK.run(click=click)
        log.record(partner_id, "deal.removed", "deal", uuid)
