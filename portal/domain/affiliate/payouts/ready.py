"""Whether what is open can be paid, and to how many of a merchant's promoters: every page of the portal tells that."""

import json
from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.payouts import balances
from portal.domain.remembered import Lately
from portal.domain.waiting.bound import COUNTED

PAYABLE, BELOW_MINIMUM, NOTHING, NO_DETAILS = "payable", "below", "nothing", "no account"
_AT_ONCE = 500


class _Minimums(NamedTuple):
    promoter_id: int
    minimums: str


_MINIMUMS = Statement("SELECT promoter_id, minimums FROM payout_details WHERE promoter_id IN :promoters", _Minimums)
_lately = Lately(seconds=10)  # No page sums what lies open.
forget = _lately.forget


def word(amount: int, least: int, has_details: bool) -> str:
    """Whether a sum can be paid (minor units, as is the least that the promoter wants at a time): PAYABLE, BELOW_MINIMUM,
    NOTHING or NO_DETAILS."""
    if amount <= 0:
        return NOTHING
    if amount < least:
        return BELOW_MINIMUM
    return PAYABLE if has_details else NO_DETAILS


def minimum(minimums: str | None, currency: str) -> int:
    """The least that a promoter wants at a time, in minor units, of what its details have by currency, as JSON."""
    return json.loads(minimums).get(currency, 0) if minimums else 0


def count(merchant_id: int) -> int:
    """How many promoters can be paid something, up to one over `COUNTED`; what another process wrote is counted within ten
    seconds."""
    return _lately.number(merchant_id, lambda: _count(merchant_id))


def _count(merchant_id: int) -> int:
    due = {promoter: lines for promoter, lines in balances.due_of_each(merchant_id).items() if lines}
    promoters, found = list(due), 0
    while promoters and found <= COUNTED:
        some, promoters = promoters[:_AT_ONCE], promoters[_AT_ONCE:]
        found += sum(_is_ready(due[one.promoter_id], one.minimums) for one in _MINIMUMS.rows(promoters=some))
    return min(found, COUNTED + 1)


def _is_ready(lines: list[balances.Due], minimums: str) -> bool:
    return any(word(one.amount, minimum(minimums, one.currency), True) == PAYABLE for one in lines)
