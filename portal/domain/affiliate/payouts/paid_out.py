"""Whose rewards wait for a payout, stand in one that is to be sent, or were paid out: conditions on `deal d`, of approved
deals only.

An open item of a deal waits for the next payout; items of payouts that were sent and stand were paid out. None has an index by the
deals' time, so a page of few is sorted out of their items, and one of many is looked for deal by deal.
"""

from portal.database import Statement
from portal.domain.affiliate.deals.standing import APPROVED, CONDITIONS
from portal.domain.affiliate.payouts import lists as payout_lists
from portal.domain.affiliate.payouts.lists import IN_STATE
from portal.domain.lists.key_pages import Conditions

OPEN, RECORDED, PAID_OUT = "not-paid-out", "to-be-sent", "paid-out"
WORDS = (OPEN, RECORDED, PAID_OUT)
FEW = 20_000  # Sorted within a tenth of a second; where there are more, a million deals are soon searched for fifty.

_STATES = {RECORDED: payout_lists.RECORDED, PAID_OUT: payout_lists.SENT}
_ITEMS = {
    OPEN: "SELECT i.deal_id FROM payout_item i WHERE i.merchant_id = :partner AND i.payout_id IS NULL AND i.amount > 0",
    **{
        word: f"""SELECT i.deal_id FROM payout o JOIN payout_item i ON i.payout_id = o.id
        WHERE o.merchant_id = :partner AND {IN_STATE[state]} AND i.amount > 0"""
        for word, state in _STATES.items()
    },
}
# A sum for each deal instead of a join: so neither engine reads all items first.
_IS = {
    OPEN: "(SELECT i.amount FROM payout_item i WHERE i.deal_id = d.id AND i.payout_id IS NULL) > 0",
    **{
        word: f"""(SELECT SUM(i.amount) FROM payout_item i JOIN payout o ON o.id = i.payout_id
        WHERE i.deal_id = d.id AND {IN_STATE[state]}) > 0"""
        for word, state in _STATES.items()
    },
}
_COUNT = {word: Statement(f"SELECT COUNT(*) FROM ({items} LIMIT {FEW + 1}) few") for word, items in _ITEMS.items()}

_LAST_RUN = Statement("SELECT at FROM payout_run WHERE merchant_id = :partner ORDER BY id DESC LIMIT 1")
_DAY = 86_400 * 1_000_000  # Clocks of machines may differ by less.


def are_few(partner_id: int, word: str | None) -> bool:
    """Whether the merchant's deals that the word means are so few that all of them can be read."""
    return word in WORDS and _COUNT[word].value(partner=partner_id) <= FEW


def way(word: str) -> str:
    """The way to a few deals of `:partner`."""
    return f"d.id IN ({_ITEMS[word]})"


def narrow(where: Conditions, partner_id: int, word: str) -> None:
    """Only the merchant's deals that the word means. No payout holds a deal that was reported after it."""
    where.add(CONDITIONS[APPROVED])
    where.add(_IS[word])
    if word != OPEN:
        last = _LAST_RUN.value(partner=partner_id)
        where.add("d.conversion_time <= :last", last=last + _DAY if last else 0)
