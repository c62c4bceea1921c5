"""A deal's way from the first click to the payout: each step with its moment and who took it, told or ahead."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.deals.passport import Passport
from portal.domain.affiliate.refunds import lists as refund_lists
from portal.domain.events import timeline
from portal.domain.events.types import TYPES
from portal.domain.sentences import say

CLICK, CODE, UID = "click", "code", "uid"
RECORDED, PAID_OUT, TAKEN_BACK = "payout.made", "payout.sent", "payout.taken_back"
REFUNDED, CANCELED = "deal.refunded", "deal.canceled"
WILL_CANCEL, WILL_APPROVE = "will cancel", "will approve"


class _Payout(NamedTuple):
    at: int
    number: int
    uuid: str
    actor: str
    amount: int
    sent_at: int | None
    reversed_at: int | None


_PAYOUTS = Statement(
    """SELECT o.at, o.number, o.uuid, r.actor, i.amount, o.sent_at, o.reversed_at FROM payout_item i
    JOIN payout o ON o.id = i.payout_id JOIN payout_run r ON r.id = o.run_id WHERE i.deal_id = :deal ORDER BY o.id""",
    _Payout,
)


@dataclass(slots=True)
class Link:
    """A step of the way. `by` names who took it, None is the portal itself; `is_known` is false where the log no longer
    tells. A payout's step has its uuid, its number and the sum in minor units; that of a refund the sum."""

    kind: str
    sentence: str
    at: datetime | None = None
    by: str | None = None
    is_known: bool = True
    payout: str | None = None
    number: int | None = None
    amount: int | None = None


def of(partner_id: int, deal: Passport) -> list[Link]:
    """The whole way of the merchant's deal, oldest step first, with what is still ahead at its end."""
    told = [
        Link(fact.type, fact.sentence, fact.at, fact.actor) for fact in timeline.of(partner_id, "deal", deal.uuid)[::-1]
    ]
    told += _forgotten(deal, {link.kind for link in told}) + _forgotten_refunds(deal, told) + _payouts(deal)
    told.sort(key=lambda link: clock.to_micros(link.at) if link.at else 0)
    return _beginning(deal) + told + _ahead(deal)


def _beginning(deal: Passport) -> list[Link]:
    """How the customer came."""
    if deal.clicked_at:
        if not deal.promoter:
            return [Link(CLICK, say("Somebody followed a promoter’s link"), deal.clicked_at)]
        return [Link(CLICK, say("Somebody followed the link of {promoter}", promoter=deal.promoter), deal.clicked_at)]
    if not deal.promoter:
        return []
    if deal.used_code:
        used = say("The customer used the promo code {code} of {promoter}", code=deal.used_code, promoter=deal.promoter)
        return [Link(CODE, used)]
    return [Link(UID, say("The order named the link of {promoter} ({uid})", promoter=deal.promoter, uid=deal.uid))]


def _forgotten(deal: Passport, known: set[str]) -> list[Link]:
    """Events are kept for some time; the deal remembers its own moments."""
    moments = {
        "deal.created": deal.conversion_time,
        "deal.paid": deal.paid_at,
        "deal.approved": deal.approved_at,
        CANCELED: deal.canceled_at,
    }
    return [
        Link(kind, TYPES[kind], at, is_known=False)
        for kind, at in moments.items()
        if at is not None and kind not in known
    ]


def _forgotten_refunds(deal: Passport, told: list[Link]) -> list[Link]:
    """The refunds that the log no longer tells; those that it does are given their sums. The oldest are forgotten first."""
    recorded = [link for link in told if link.kind == REFUNDED][::-1]
    refunds = refund_lists.latest(deal.id)
    for link, refund in zip(recorded, refunds, strict=False):
        link.amount = refund.amount
    return [
        Link(REFUNDED, TYPES[REFUNDED], refund.created_at, is_known=False, amount=refund.amount)
        for refund in refunds[len(recorded) :]
    ]


def _payouts(deal: Passport) -> list[Link]:
    payouts = _PAYOUTS.rows(deal=deal.id)
    names = timeline.names({payout.actor for payout in payouts})
    return [link for payout in payouts for link in _of_payout(payout, names.get(payout.actor))]


def _of_payout(payout: _Payout, by: str | None) -> list[Link]:
    """Recorded, sent and taken back, as far as it came."""
    number, amount = payout.number, payout.amount
    made = (
        say("Put into payout no. {number}", number=number)
        if amount > 0
        else say("Taken back with payout no. {number}", number=number)
    )
    steps = [_step_of(payout, RECORDED, made, payout.at, by, amount)]
    if payout.sent_at and amount > 0:
        sent = say("Paid out: payout no. {number} was sent", number=number)
        steps.append(_step_of(payout, PAID_OUT, sent, payout.sent_at, None, amount))
    if payout.reversed_at:
        back = (
            say("Payout no. {number} did not arrive and was taken back", number=number)
            if payout.sent_at
            else say("Payout no. {number} was taken back unsent", number=number)
        )
        steps.append(_step_of(payout, TAKEN_BACK, back, payout.reversed_at))
    return steps


def _step_of(payout: _Payout, kind: str, said: str, at: int, by: str | None = None, amount: int | None = None) -> Link:
    return Link(kind, said, clock.from_micros(at), by, kind == RECORDED, payout.uuid, payout.number, amount)


def _ahead(deal: Passport) -> list[Link]:
    """What happens by itself unless somebody does something."""
    if deal.cancels_at:
        return [Link(WILL_CANCEL, say("Canceled by itself, if it stays unpaid"), deal.cancels_at)]
    if deal.clears_at:
        return [Link(WILL_APPROVE, say("Approved, unless it is canceled before"), deal.clears_at)]
    return []
