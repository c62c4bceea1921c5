"""Why a code does not work, in the words of a shop. A stranger is told nothing of codes that are unknown, ended or another's."""

from collections.abc import Iterable

from portal.domain.coupons.coupons.tables import AUTO, COMP, FIXED
from portal.domain.coupons.shop.buying import Tried
from portal.domain.coupons.shop.wares import Ware
from portal.domain.coupons.uses.amounts import TAKES_OFF
from portal.domain.coupons.uses.checking import Outcome
from portal.domain.sentences import counted, joined, say
from portal.web import formats

_NOTHING = say("This code does not work here now. Look at how it is written, or use another one.")
_AGAIN = say("Somebody else used this code at the same moment. Try it again.")
_BY_MEND = {
    "name_customer": say("This code is for customers whom the seller knows; this shop knows nobody."),
    "raise_customer_limit": say("This code was used as often as one customer may."),
    "assign": say("This code is for other tickets than you chose."),
    "let_combine": say("This code goes with no other one."),
    "let_combine_other": say("A code that you used goes with no other one."),
    "choose_tickets": say("This code would take nothing off: your tickets cost nothing any more."),
}
# What is said of a code that is good here: the steps that look at what is reserved.
_SAID = frozenset({"customer", "tickets", "combination", "amount"})


def why(tried: Tried) -> str:
    """Why it could not be used."""
    outcome = tried.outcome
    if outcome.is_valid:
        return _AGAIN
    failed = next(step["check"] for step in outcome.steps if step["outcome"] == "failed")
    return _of_reservation(outcome) if failed in _SAID else _NOTHING


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


def _of_reservation(outcome: Outcome) -> str:
    row, mend = outcome.case.row, outcome.mend or ""
    if mend == "lower_minimum":
        tickets = row.minimum_tickets or 0
        return counted(tickets, "This code is for 1 ticket or more.", "This code is for {number} tickets or more.")
    if mend == "lower_threshold":
        least = formats.money(row.threshold, row.currency or "")
        return say("This code is for orders of {least} or more.", least=least)
    return _BY_MEND.get(mend, _NOTHING)
