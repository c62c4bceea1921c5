"""What selling an offer earns: its own percentage or fixed sum, else its catalog's percentage.

What one promoter or a group earns instead stands in `special_rewards`.
"""

from decimal import Decimal

from portal.domain import money
from portal.domain.codes import OUT_OF_RANGE
from portal.domain.errors import DomainError, Invalid
from portal.domain.sentences import say

# Of `promoter_terms t` and `catalog c`; null where a fixed sum is earned.
PERCENT = "CASE WHEN t.fix_remuneration IS NULL THEN COALESCE(t.reward_percent, c.reward_percent) END"
IS_CATALOGS = "(t.fix_remuneration IS NULL AND t.reward_percent IS NULL)"


def fixed(amount: Decimal, currency: str) -> int:
    """A fixed sum as it is stored, in minor units. Raises Invalid."""
    try:
        minor = money.to_minor(amount, currency)
    except DomainError as error:
        raise Invalid("fix_remuneration", error.sentence, code=error.code) from None
    if minor < 0:
        raise Invalid("fix_remuneration", say("A reward cannot be below zero."), code=OUT_OF_RANGE)
    return minor


def percent_of(own: int | None, fixed: int | None, catalogs: int | None) -> int | None:
    """The percentage that an offer earns, in hundredths; None where it earns a fixed sum."""
    if fixed is not None:
        return None
    return catalogs if own is None else own
