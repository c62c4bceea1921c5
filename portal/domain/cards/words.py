"""The types of cards, and what their templates count (contract: cards, "Types and what may be done to them")."""

from portal.domain.sentences import say

LOYALTY = "loyalty"  # the area that a partner switches on and off
STAMP, CASHBACK, SUBSCRIPTION, COUPON, DISCOUNT, CERTIFICATE, MEMBERSHIP, REWARD = range(8)
WIRE_WORDS = ("stamp", "cashback", "subscription", "coupon", "discount", "certificate", "membership", "reward")
KINDS = (
    say("Stamp"), say("Cashback"), say("Multipass"), say("Coupon"), say("Discount"), say("Gift"), say("Membership"), say("Reward"),
)  # fmt: skip
STAMPS, VISITS, SPEND, PERCENT, USE, LEVELS, MONEY, LIMITS, NO_LIMITS, POINTS = (
    "stamps", "visits", "spend", "percent", "use", "levels", "money", "limits", "no_limits", "points",
)  # fmt: skip
API, PORTAL, COUNTER, SYSTEM = "api", "portal", "counter", "system"
PERIODS = ("day", "week", "month", "year")
