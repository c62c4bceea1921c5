"""Coupons in words: how one stands, and what it gives."""

from portal.coupons.giving import gives as gives
from portal.coupons.giving import scope as scope
from portal.domain.coupons.coupons.standing import COMING, OFF, OVER, RUNNING, UNASSIGNED, USED_UP
from portal.domain.coupons.uses.told import ToldUse
from portal.domain.sentences import say

# In words, with the tone and the picture of a badge.
STATES = {
    RUNNING: (say("Running"), "success", "circle-check"),
    COMING: (say("Not begun"), "info", "calendar"),
    USED_UP: (say("Used up"), "warning", "hourglass"),
    OVER: (say("Ended"), "neutral", "clock"),
    UNASSIGNED: (say("Not assigned"), "warning", "circle-alert"),
    OFF: (say("Switched off"), "neutral", "ban"),
}


_USES = {
    "held": (say("Held"), "info", "hourglass"),
    "committed": (say("Used"), "success", "circle-check"),
    "released": (say("Given back"), "neutral", "undo-2"),
}


def use_state(use: ToldUse) -> tuple[str, str, str]:
    """How a use stands, with the tone and the picture of a badge."""
    return _USES[use.state]
