"""Why a code does not work, in words for whoever buys (contract: coupons, "Usage"). A stranger is told nothing of codes that are
unknown, ended, used up or another's; of a code that is good here they are told what their own tickets lack."""

from portal.domain.coupons.uses.checking import Outcome
from portal.domain.coupons.uses.steps import OF_RESERVATIONS, STEPS, written_sum
from portal.domain.sentences import counted, say

NOTHING = say("This code does not work here now. Look at how it is written, or use another one.")
AGAIN = say("Somebody else used this code at the same moment. Try it again.")
_BY_MEND = {
    "name_customer": say("This code is for customers whom the seller knows; this shop knows nobody."),
    "raise_customer_limit": say("This code was used as often as one customer may."),
    "assign": say("This code is for other tickets than you chose."),
    "let_combine": say("This code goes with no other one."),
    "let_combine_other": say("A code that you used goes with no other one."),
    "choose_tickets": say("This code would take nothing off: your tickets cost nothing any more."),
    "ask_more": say("This code was asked to take off nothing."),
    "raise_amount": say("This code would take nothing off: its share of your tickets comes to nothing."),
}


def why(outcome: Outcome) -> str:
    """Why a code could not be used; where it can be by now, somebody else had it at that moment."""
    if outcome.is_valid:
        return AGAIN
    return _of_reservation(outcome) if STEPS[outcome.at][0] in OF_RESERVATIONS else NOTHING


def _of_reservation(outcome: Outcome) -> str:
    row, mend = outcome.case.row, outcome.mend or ""
    if mend == "lower_minimum":
        tickets = row.minimum_tickets or 0
        return counted(tickets, "This code is for 1 ticket or more.", "This code is for {number} tickets or more.")
    if mend == "lower_threshold":
        held = outcome.case.basket and outcome.case.basket.held
        least = written_sum(row.threshold or 0, held.currency if held else row.currency or "")
        return say("This code is for orders of {least} or more.", least=least)
    return _BY_MEND.get(mend, NOTHING)
