"""What the page of a part that goes back says: whole sentences with named parameters."""

from portal.domain.affiliate.deals.passport import Passport
from portal.domain.affiliate.refunds.refunds import Share
from portal.domain.affiliate.refunds.tables import Refund
from portal.domain.sentences import say
from portal.web.formats import money


def consequences(share: Share, deal: Passport, at_stake: list[str]) -> list[str]:
    """What returning this part does; `at_stake` is what other areas take their share of back."""
    told = [
        say(
            "{amount} goes back to the customer: you pay it, the portal records it",
            amount=money(share.amount, deal.currency),
        ),
        say("{cost_left} of the sale is left", cost_left=money(share.cost_left, deal.currency)),
        *(say("The same share is taken back of {what}", what=what) for what in at_stake),
    ]
    if deal.promoter is None:
        return [*told, say("No reward goes back: the deal is nobody’s")]
    taken, left = money(share.taken_back, deal.currency), money(share.reward_left, deal.currency)
    return [
        *told,
        say(
            "{taken} of the reward is taken back from {promoter} by a counter-entry; what was paid out already, "
            "with the next payout",
            taken=taken,
            promoter=deal.promoter,
        ),
        say("{left} of the reward is left", left=left),
        say("The deal stays approved, and this cannot be undone"),
    ]


def hint(left: int, currency: str) -> str:
    """How much can be returned."""
    return say("What the customer gets back: at most {left}.", left=money(left, currency))


def done(refund: Refund, deal: Passport) -> str:
    """What was done."""
    returned, taken = money(refund.amount, deal.currency), money(refund.taken_back, deal.currency)
    said = say("{returned} is recorded as returned to the customer.", returned=returned)
    return say("{said} {taken} of the reward went back.", said=said, taken=taken) if deal.promoter else said
