"""Parts of an approved deal go back to the customer, and the same parts of the reward to the merchant (contract: affiliate)."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from portal import clock
from portal.database import transaction
from portal.domain import money
from portal.domain.affiliate import codes
from portal.domain.affiliate.deals import deals, moves, reports
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.deals.standing import Standing
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.deals.words import CANCELED
from portal.domain.affiliate.ledger import book
from portal.domain.affiliate.notices import gathered as gathered_notices
from portal.domain.affiliate.payouts import items as payout_items
from portal.domain.affiliate.refunds import lists
from portal.domain.affiliate.refunds.tables import Refund
from portal.domain.codes import OUT_OF_RANGE
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say

# What other areas do in the transaction of a refund, told how much of the cost went back in all so far: a named file of theirs
# fills this list.
when_returned: list[Callable[[LockedDeal, int], None]] = []
_CHANGED = say(
    "A part of this deal was returned since you looked, perhaps by this very form. Look again before you return more."
)


class Share(NamedTuple):
    """What a refund would do, in minor units: of the cost it returns `amount` and leaves `cost_left`, of the reward it
    takes back `taken_back` and leaves `reward_left`."""

    amount: int
    cost_left: int
    taken_back: int
    reward_left: int


def give_back(
    partner_id: int, reference: str, amount: Decimal, comment: str | None = None, left: int | None = None
) -> Refund:
    """Return a part of an approved deal, named by the merchant's id or ours; `amount` is in units of its currency.

    The reward's share is taken back by a counter-entry, from what is due or was paid out. Raises NotFound, Invalid, and
    Refused for a deal that is not approved, of which less is left, or no longer what was `left` when somebody looked
    (minor units).
    """
    comment = reports.checked_comment(comment)
    with transaction():
        deal = moves.locked(partner_id, deals.deal_id_of(partner_id, reference))
        before = lists.sums_of(deal.id)
        if left is not None and left != deal.cost - before.amount:
            raise Refused(_CHANGED, field="amount")
        return _give_back(deal, _share(deal, amount, before), comment)


def foreseen(partner_id: int, deal_id: str, amount: Decimal) -> Share:
    """What returning so much of the merchant's deal, named by its own id, would do now. Raises what `give_back` would."""
    deal = deals.seen(partner_id, deal_id)
    if deal is None:
        raise NotFound(say("deal"))
    return _share(deal, amount, lists.sums_of(deal.id))


def hindrance(deal: Standing, left: int) -> str | None:
    """Why nothing of the deal, of whose cost so many minor units are `left`, can be returned in part, and what serves instead;
    or None."""
    if deal.status == CANCELED:
        return say("This deal is canceled: its reward is taken back already, and nothing is left to return.")
    if not deal.may_be_refunded:
        return say("This deal is not approved yet. Change its cost to what the customer keeps; the reward follows.")
    return None if left else say("All of this deal’s cost was returned already.")


def _share(deal: LockedDeal, amount: Decimal, before: lists.Sums) -> Share:
    returned, left = _minor_of(amount, deal.currency), deal.cost - before.amount
    refusal = hindrance(deal, left)
    if returned > left and not refusal:
        said = f"{money.to_decimal(left, deal.currency):f} {deal.currency}"
        refusal = say("Only {said} of this deal’s cost is left to return. Give at most that.", said=said)
    if refusal:
        raise Refused(refusal, field="amount", about=moves.about(deal), code=codes.REFUND_NOT_TAKEN)
    whole, all_returned = deal.payment_sum + before.taken_back, before.amount + returned
    # Of all that is returned so far, so that the parts of a deal sum up to its reward exactly.
    taken_back = money.portion(whole, all_returned, deal.cost) - before.taken_back
    return Share(returned, deal.cost - all_returned, taken_back, deal.payment_sum - taken_back)


def _minor_of(amount: Decimal, currency: str) -> int:
    try:
        minor = money.to_minor(amount, currency)
    except Invalid as error:
        raise Invalid("amount", error.sentence, code=error.code) from None
    if minor <= 0:
        raise Invalid(
            "amount", say("Give the amount that goes back to the customer: more than zero."), code=OUT_OF_RANGE
        )
    return minor


def _give_back(deal: LockedDeal, share: Share, comment: str | None) -> Refund:
    refund = Refund.create(
        deal=deal.id, amount=share.amount, taken_back=share.taken_back, payment_sum=share.reward_left, comment=comment
    )
    Deal.update(payment_sum=share.reward_left, modified_at=clock.now()).where(Deal.id == deal.id).execute()
    if share.taken_back:
        book.reverse(deal.id, deal.partner_id, deal.earner, deal.currency, share.taken_back, True, "returned in part")
        payout_items.put(deal, -share.taken_back)
    told = {"amount": share.amount, "taken_back": share.taken_back}
    log.record(deal.partner_id, "deal.refunded", "deal", deal.uuid, told)
    if deal.promoter_id and deal.promoter_id != deal.partner_id:
        gathered_notices.gather_refund(deal.id, deal.promoter_id)
    for act in when_returned:
        act(deal, deal.cost - share.cost_left)
    return refund
