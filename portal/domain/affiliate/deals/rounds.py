"""Canceling many deals of the list: what would be lost is told first, then each is canceled in a transaction of its own."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from portal.database import Busy, Statement, transaction
from portal.domain.affiliate.deal_lists.filters import Filter, where_of
from portal.domain.affiliate.deals import moves
from portal.domain.affiliate.deals.reports import LONGEST_COMMENT, checked_comment
from portal.domain.affiliate.deals.words import CANCELED
from portal.domain.errors import DomainError, Invalid
from portal.domain.sentences import say

MOST = 1000
_AT_ONCE = 100
_SELECT = "SELECT d.id FROM deal d"


class Chosen(NamedTuple):
    """A deal that is to be canceled: sums in minor units."""

    id: int
    uuid: str
    deal_id: str
    status: str
    currency: str
    cost: int
    reward: int
    promoter: str | None


_DEALS = Statement(
    """SELECT d.id, d.uuid, d.deal_id, d.status, d.currency, d.cost, d.payment_sum AS reward, p.name AS promoter
    FROM deal d LEFT JOIN promotion m ON m.id = d.promotion_id LEFT JOIN partner p ON p.id = m.promoter_id
    WHERE d.partner_id = :partner AND d.id IN :ids ORDER BY d.id DESC""",
    Chosen,
)


@dataclass(slots=True)
class Losses:
    """What canceling them would mean: sums by currency, and rewards by promoter and currency, in minor units."""

    deals: list[Chosen] = field(default_factory=list)
    canceled_already: int = 0
    costs: Counter = field(default_factory=Counter)
    rewards: Counter = field(default_factory=Counter)


class Kept(NamedTuple):
    """A deal that could not be canceled, and why."""

    uuid: str
    deal_id: str
    why: str


@dataclass(slots=True)
class Outcome:
    """How many are canceled, and which are not."""

    canceled: int = 0
    kept: list[Kept] = field(default_factory=list)


def filtered(partner_id: int, chosen: Filter) -> tuple[list[int], bool]:
    """The ids of the newest thousand that are filtered and not canceled, and whether there are more."""
    where = where_of(partner_id, chosen)
    where.add("d.status <> 'Canceled'")
    tail = "ORDER BY d.conversion_time DESC, d.id DESC LIMIT :most"
    ids = where.first(_SELECT, tail).values(**where.given, most=MOST + 1)
    return ids[:MOST], len(ids) > MOST


def losses(partner_id: int, ids: list[int]) -> Losses:
    """What canceling the merchant's deals with these ids would mean. Ids of others' deals are passed over."""
    told = Losses()
    for deal in _read(partner_id, ids):
        if deal.status == CANCELED:
            told.canceled_already += 1
            continue
        told.deals.append(deal)
        told.costs[deal.currency] += deal.cost
        if deal.reward:
            told.rewards[deal.promoter, deal.currency] += deal.reward
    return told


def cancel(partner_id: int, ids: list[int], returned: bool, comment: str | None = None) -> Outcome:
    """Cancel the merchant's deals with these ids, at most a thousand; `comment` is added to theirs.

    Raises Invalid for a comment that is too long. Whatever refuses one of them leaves the others alone.
    """
    comment = checked_comment(comment)
    outcome = Outcome()
    for deal in _read(partner_id, ids):
        try:
            _cancel(partner_id, deal.deal_id, returned, comment)
            outcome.canceled += 1
        except (DomainError, Busy) as error:
            outcome.kept.append(Kept(deal.uuid, deal.deal_id, error.sentence))
    return outcome


def _cancel(partner_id: int, deal_id: str, returned: bool, comment: str | None) -> None:
    with transaction():
        deal = moves.locked(partner_id, deal_id)
        moves.cancel(deal, returned)
        if comment:
            joined = f"{deal.comment}\n{comment}" if deal.comment else comment
            if len(joined) > LONGEST_COMMENT:
                raise Invalid("comment", say("Its comment is too long for more. Shorten it, then cancel the deal."))
            moves.change_comment(deal, joined)


def _read(partner_id: int, ids: list[int]) -> list[Chosen]:
    unique = list(dict.fromkeys(ids))[:MOST]
    portions = (unique[first : first + _AT_ONCE] for first in range(0, len(unique), _AT_ONCE))
    return [deal for portion in portions for deal in _DEALS.rows(partner=partner_id, ids=portion)]
