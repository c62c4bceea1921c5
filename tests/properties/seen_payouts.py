"""Payouts as the database holds them, in the model's words; and what must hold of them whatever the model says."""

from collections import defaultdict

from portal.database import Statement
from tests.properties.model.terms import Payout

_PAYOUTS = Statement(
    """SELECT merchant_id, id, promoter_id, currency, amount, at, reversed_at IS NOT NULL, uuid, number
    FROM payout ORDER BY id"""
)
_ITEMS = Statement(
    """SELECT i.payout_id, d.partner_id, d.deal_id, i.amount, i.merchant_id
    FROM payout_item i JOIN deal d ON d.id = i.deal_id"""
)
_ENTRIES = Statement(
    """SELECT t.payout_id, t.reason, e.account, e.partner_id, e.currency, e.amount
    FROM transfer t JOIN entry e ON e.transfer_id = t.id WHERE t.payout_id IS NOT NULL ORDER BY t.id, e.amount"""
)
_SUMS = Statement("SELECT currency, SUM(amount) FROM entry GROUP BY currency HAVING SUM(amount) <> 0")


def payouts() -> tuple[dict[int, list[Payout]], dict[int, dict[str, int]]]:
    """The payouts of each merchant, oldest first, and what is open for each of its deals."""
    assert _SUMS.rows() == [], "the ledger does not sum to zero"
    items, opened = _items()
    posted, made, numbers = _postings(), defaultdict(list), defaultdict(list)
    for merchant, id_, promoter, currency, amount, at, taken_back, uuid, number in _PAYOUTS.rows():
        payout = Payout(promoter, currency, amount, items.get(id_, {}), at, bool(taken_back), uuid)
        assert sum(payout.items.values()) == amount > 0
        out = [("paid out", "due", -amount), ("paid out", "paid", amount)]
        back = [("payout taken back", "paid", -amount), ("payout taken back", "due", amount)] if taken_back else []
        assert posted.pop(id_) == [(*entry, promoter, currency) for entry in out + back]
        made[merchant].append(payout)
        numbers[merchant].append(number)
    assert not posted
    assert all(given == list(range(1, len(given) + 1)) for given in numbers.values()), "a number was left out"
    return made, opened


def _items() -> tuple[dict, dict]:
    """By payout, and the open ones by merchant; a deal stands in each once."""
    paid, opened = defaultdict(dict), defaultdict(dict)
    for payout, partner, deal_id, amount, merchant in _ITEMS.rows():
        assert merchant == partner
        those = opened[partner] if payout is None else paid[payout]
        assert deal_id not in those, f"{deal_id} stands twice in a payout"
        those[deal_id] = amount
    return paid, opened


def _postings() -> dict[int, list]:
    posted = defaultdict(list)
    for payout, reason, account, owner, currency, amount in _ENTRIES.rows():
        posted[payout].append((reason, account, amount, owner, currency))
    return posted
