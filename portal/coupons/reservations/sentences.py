"""What the pages of reservations say of how one stands."""

from portal.domain.coupons.reservations.tables import EXPIRED, HELD, PURCHASED, RELEASED
from portal.domain.coupons.uses import tables as uses
from portal.domain.sentences import say

STATES = {
    HELD: (say("Held"), "info", "hourglass"),
    PURCHASED: (say("Bought"), "success", "circle-check"),
    RELEASED: (say("Let go"), "neutral", "undo-2"),
    EXPIRED: (say("Ran out"), "warning", "timer-off"),
}
USES = {
    uses.HELD: (say("Held"), "info", "hourglass"),
    uses.COMMITTED: (say("Used for good"), "success", "circle-check"),
    uses.RELEASED: (say("Given back"), "neutral", "undo-2"),
}
