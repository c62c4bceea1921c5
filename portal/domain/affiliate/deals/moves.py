"""The moves of a deal, each a conditional update: whoever races, one wins and the others see what it did.

Created → Paid → approved (still "Paid" on the wire), and Canceled from any of them, which is final.
"""

import logging
from collections.abc import Callable
from contextlib import nullcontext

from portal import clock
from portal.database import AWAY, transaction
from portal.domain import money
from portal.domain.affiliate import codes
from portal.domain.affiliate.deals import queries
from portal.domain.affiliate.deals.rows import LockedDeal, PartnerWithDue, ShownDeal
from portal.domain.affiliate.deals.words import CANCELED, CREATED, PAID
from portal.domain.affiliate.ledger import book
from portal.domain.affiliate.notices import gathered as gathered_notices
from portal.domain.affiliate.payouts import items as payout_items
from portal.domain.affiliate.promotions import code_limits
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say

SECOND = 1_000_000
RETURNED = "Returned"
_logger = logging.getLogger("portal.deals")
# What other areas do in the transaction of the move: a named file of theirs fills these lists.
when_approved: list[Callable[[LockedDeal], None]] = []
when_canceled: list[Callable[[LockedDeal], None]] = []  # Whether it was approved before, `approved_at` tells.


def reward(cost: int, percent: int | None, fixed: int | None) -> int:
    """What a promoter earns, in minor units: the fixed sum, else the share of the cost, rounded half-even."""
    return fixed if fixed is not None else money.share(cost, percent or 0)


def locked(partner_id: int, deal_id: str) -> LockedDeal:
    """The merchant's deal by its own id, locked for the transaction around, and settled if it is due. Raises NotFound."""
    deal = made(partner_id, deal_id)
    if is_due(deal):
        _settle_locked(deal)
    return deal


def made(partner_id: int, deal_id: str) -> LockedDeal:
    """The same as it was made, though it may be due from its beginning."""
    deal = queries.BY_DEAL_ID.row(partner=partner_id, deal_id=deal_id)
    if deal is None:
        raise NotFound(say("deal"))
    return deal


def is_due(deal: LockedDeal | ShownDeal) -> bool:
    """Whether the moment has passed at which it is canceled or approved by itself."""
    return deal.due_at is not None and deal.due_at <= clock.micros()


def as_it_stands(deal: LockedDeal) -> LockedDeal:
    """A deal that was read without its lock, as its moment has decided; nothing is written."""
    if is_due(deal):
        if deal.status == CREATED:
            deal.status, deal.payment_sum = CANCELED, 0
        else:
            deal.approved_at = deal.due_at
    return deal


def pay(deal: LockedDeal) -> None:
    """The customer paid: the reward is worked out and held."""
    now = clock.micros()
    earned = reward(deal.cost, deal.reward_percent, deal.fix_remuneration) if deal.promoter_id else 0
    if not queries.PAY.run(now=now, earned=earned, due_at=now + deal.hold_duration * SECOND, id=deal.id):
        raise final(deal)
    if earned:
        book.hold(deal.id, deal.partner_id, deal.earner, deal.currency, earned)
    deal.status, deal.paid_at, deal.payment_sum = PAID, now, earned
    deal.due_at = now + deal.hold_duration * SECOND
    _tell(deal, "deal.paid")


def cancel(deal: LockedDeal, returned: bool, at: int | None = None) -> None:
    """Cancel for good, now or as of the moment that decided it.

    A reward is taken back by a counter-entry from wherever it stands.
    """
    now = clock.micros()
    if not queries.CANCEL.run(now=now, at=now if at is None else at, returned=returned, id=deal.id):
        raise final(deal)
    if deal.payment_sum:
        approved = deal.approved_at is not None
        book.reverse(deal.id, deal.partner_id, deal.earner, deal.currency, deal.payment_sum, approved, "canceled")
        if approved:
            payout_items.put(deal, -deal.payment_sum)
    queries.COUNT_CANCELED.run(were_approved=int(deal.approved_at is not None), id=deal.catalog_id)
    if deal.promo_code:
        code_limits.give_back(deal.id)
    deal.status, deal.is_returned, deal.payment_sum, deal.due_at = CANCELED, returned, 0, None
    _tell(deal, "deal.canceled")
    if deal.promoter_id and deal.promoter_id != deal.partner_id:
        gathered_notices.gather_cancellation(deal.id, deal.promoter_id)
    if returned:
        _tell(deal, "deal.returned")
    for act in when_canceled:
        act(deal)


def mark_returned(deal: LockedDeal) -> None:
    """The money of a canceled deal went back to the customer. Repeating it changes nothing."""
    if queries.RETURN.run(returned=True, now=clock.micros(), id=deal.id):
        deal.is_returned = True
        _tell(deal, "deal.returned")


def change_cost(deal: LockedDeal, cost: int) -> None:
    """Set another cost, until approval; a held reward is reworked by a counter-entry."""
    if cost == deal.cost:
        return
    refuse_fixed_cost(deal)
    earned = reward(cost, deal.reward_percent, deal.fix_remuneration) if deal.status == PAID and deal.promoter_id else 0
    if not queries.COST.run(cost=cost, earned=earned, now=clock.micros(), id=deal.id):
        raise _approved(deal)
    if earned != deal.payment_sum:
        book.reverse(deal.id, deal.partner_id, deal.earner, deal.currency, deal.payment_sum, False, "cost changed")
        book.hold(deal.id, deal.partner_id, deal.earner, deal.currency, earned, "cost changed")
    before, deal.cost, deal.payment_sum = deal.cost, cost, earned
    _tell(deal, "deal.cost_changed", {"from": before, "to": cost})


def refuse_fixed_cost(deal: LockedDeal) -> None:
    """The cost of a canceled or an approved deal stays. Raises Refused."""
    if deal.status == CANCELED:
        raise final(deal)
    if deal.approved_at is not None:
        raise _approved(deal)


def change_comment(deal: LockedDeal, comment: str | None) -> None:
    """Set or clear the comment."""
    if comment != deal.comment:
        queries.COMMENT.run(comment=comment, now=clock.micros(), id=deal.id)
        deal.comment = comment
        _tell(deal, "deal.commented")


def approve(deal: LockedDeal) -> bool:
    """The hold has passed: the reward is due since that moment. Whether this call did it."""
    if not queries.APPROVE.run(now=clock.micros(), at=deal.due_at, id=deal.id):
        return False
    deal.approved_at, deal.due_at = deal.due_at, None
    if deal.payment_sum:
        book.release(deal.id, deal.earner, deal.currency, deal.payment_sum)
        payout_items.put(deal, deal.payment_sum)
    queries.COUNT_APPROVED.run(id=deal.catalog_id)
    _tell(deal, "deal.approved")
    for act in when_approved:
        act(deal)
    return True


def next_step(deal: LockedDeal, status: str, returned: bool) -> str | None:
    """What brings the deal to a status that somebody reported: its new status, or "Returned"; None changes nothing."""
    if deal.status == CANCELED and status != CANCELED:
        raise final(deal)
    if status == PAID and deal.status == CREATED:
        return PAID
    if status == CANCELED and deal.status != CANCELED:
        return CANCELED
    return RETURNED if status == CANCELED and returned and not deal.is_returned else None


def move(deal: LockedDeal, status: str, returned: bool) -> None:
    """Bring the deal to a status that somebody reported; what it has already passed changes nothing."""
    step = next_step(deal, status, returned)
    if step == PAID:
        pay(deal)
    elif step == CANCELED:
        cancel(deal, returned)
    elif step == RETURNED:
        mark_returned(deal)


def settle_due(most: int = 50) -> int:
    """Cancel what stayed Created too long and approve what has cleared its hold, so many of each partner's: nobody waits for
    another's. How many; the worker repeats it until 0.

    A deal that cannot be settled is logged, and does not hold up those behind it.
    """
    return sum(_settle_some(partner, most) for partner in queries.PARTNERS_WITH_DUE.rows(now=clock.micros()))


def final(deal: LockedDeal) -> Refused:
    """A canceled deal stays canceled."""
    return Refused(
        say("This deal is canceled, and that is final. Report a new deal with another deal_id."),
        field="status",
        about=about(deal),
        code=codes.DEAL_CANCELED,
    )


def _approved(deal: LockedDeal) -> Refused:
    return Refused(
        say("This deal is approved: its cost can no longer change. Cancel it instead."),
        field="cost",
        about=about(deal),
        code=codes.DEAL_APPROVED,
    )


def about(deal: LockedDeal) -> tuple:
    """What a refusal's trace names."""
    return deal.partner_id, "deal", deal.deal_id[:64]


def settle_of(partner_id: int, most: int) -> int:
    """The same for one partner, by the clock that is acted by."""
    return sum(settle_one(*due) for due in queries.DUE.rows(partner=partner_id, now=clock.micros(), most=most))


def _settle_some(partner: PartnerWithDue, most: int) -> int:
    with clock.acting(partner.clock_offset) if partner.clock_offset else nullcontext():
        return settle_of(partner.id, most)


def settle_one(deal_id: int, status: str) -> int:
    """Settle a deal that was read as due in this status; how many that were: another may have been quicker."""
    try:
        return _settle(deal_id, status)
    except AWAY:
        raise
    except Exception as error:
        _logger.exception("the due deal %d could not be settled: %s", deal_id, error)
        return 0


def _settle(deal_id: int, status: str) -> int:
    """One due deal in a transaction of its own, unless another worker or a request was quicker."""
    with transaction():
        deal = queries.BY_ID.row(id=deal_id)
        return 0 if deal is None or deal.status != status else _settle_locked(deal)


def _settle_locked(deal: LockedDeal) -> int:
    with log.by_itself():
        if deal.status == PAID:
            return int(approve(deal))
        cancel(deal, returned=False, at=deal.due_at)
        return 1


def _tell(deal: LockedDeal, fact: str, data: dict | None = None) -> None:
    log.record(deal.partner_id, fact, "deal", deal.uuid, data)
