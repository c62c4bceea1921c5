"""What a code that works gives, in the words of a shop."""

from collections.abc import Iterable

from portal.domain.coupons.coupons.tables import AUTO, COMP, FIXED
from portal.domain.coupons.shop.buying import Tried
from portal.domain.coupons.shop.wares import Ware
from portal.domain.coupons.uses.amounts import TAKES_OFF
from portal.domain.coupons.uses.checking import Outcome
from portal.domain.sentences import joined, say
from portal.web import formats


def gives(tried: Tried, wares: Iterable[Ware]) -> str:
    """What a code that works gives, of what the shop sells."""
    opened = [ware.name for ware in wares if ware.level_id in tried.opened]
    parts = [_takes_off(tried.outcome)] if tried.outcome.case.row.kind in TAKES_OFF else []
    parts += [say("opens {names}", names=", ".join(opened))] if opened else []
    return joined(parts, ", ")


def _takes_off(outcome: Outcome) -> str:
    row = outcome.case.row
    if row.kind == COMP:
        return say("tickets for nothing")
    if row.amount_type != FIXED:
        return say("{share} off", share=formats.share(row.amount))
    taken = formats.money(row.amount, row.currency or "")
    return say("{sum} off the order", sum=taken) if row.kind == AUTO else say("{sum} off each ticket", sum=taken)
