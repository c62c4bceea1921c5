"""What a code that works gives and what it is good for, in the words of a shop."""

from collections.abc import Iterable

from portal import clock
from portal.coupons.local_times import local
from portal.domain.coupons.coupons.tables import AUTO, COMP, FIXED
from portal.domain.coupons.shop.buying import Tried
from portal.domain.coupons.shop.wares import Ware
from portal.domain.coupons.uses.amounts import TAKES_OFF
from portal.domain.coupons.uses.checking import Outcome
from portal.domain.coupons.uses.steps import Case
from portal.domain.sentences import counted, joined, say
from portal.web import formats


def gives(tried: Tried, wares: Iterable[Ware]) -> str:
    """What a code that works gives, of what the shop sells."""
    opened = [ware.name for ware in wares if ware.level_id in tried.opened]
    parts = [_takes_off(tried.outcome)] if tried.outcome.case.row.kind in TAKES_OFF else []
    parts += [say("opens {names}", names=", ".join(opened))] if opened else []
    return joined(parts, ", ")


def covers(tried: Tried, wares: Iterable[Ware], timezone: str) -> str:
    """Which of what the shop sells it is good for, for how many tickets of an order, and until when where the event happens."""
    case, all_ = tried.outcome.case, list(wares)
    names = [ware.name for ware in all_ if _covers(case, ware)]
    tickets = say("for all tickets here") if len(names) == len(all_) else say("for {names}", names=", ".join(names))
    parts = [tickets] if names and not tried.opened else []  # What it opens is named already.
    limit = case.row.ticket_limit
    if limit is not None:
        parts.append(counted(limit, "at most 1 ticket of an order", "at most {number} tickets of an order"))
    parts.append(say("until {moment}", moment=local(clock.from_micros(case.row.ends_at - 1), timezone)))
    return joined(parts, ", ")


def _covers(case: Case, ware: Ware) -> bool:
    if ware.bundle_id is not None:
        return case.scope.covers_bundle(ware.bundle_id)
    return case.place is not None and case.scope.covers(case.place.event_id, ware.level_id)


def _takes_off(outcome: Outcome) -> str:
    row = outcome.case.row
    if row.kind == COMP:
        return say("tickets for nothing")
    if row.amount_type != FIXED:
        return say("{share} off", share=formats.share(row.amount))
    taken = formats.money(row.amount, row.currency or "")
    return say("{sum} off the order", sum=taken) if row.kind == AUTO else say("{sum} off each ticket", sum=taken)
