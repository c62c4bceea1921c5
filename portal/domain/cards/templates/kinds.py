"""The eight types of cards: their words, their mechanics, and what a template of each says (contract: cards, "Types")."""

from collections.abc import Mapping
from typing import NamedTuple

from portal.domain.cards import words
from portal.domain.cards.words import (
    CASHBACK,
    CERTIFICATE,
    COUPON,
    DISCOUNT,
    LEVELS,
    LIMITS,
    MEMBERSHIP,
    MONEY,
    NO_LIMITS,
    PERCENT,
    POINTS,
    REWARD,
    SPEND,
    STAMP,
    STAMPS,
    SUBSCRIPTION,
    USE,
    VISITS,
)
from portal.domain.sentences import say

# In what a card of a type is credited by deals and referral: whole things, money of the currency, hundredths of a point.
WHOLE, SUM, HUNDREDTHS = "whole", "sum", "hundredths"
_EARNING = frozenset({"least_purchase", "most_a_day", "first_visit_percent"})
_GIVING = frozenset({"deal_gives", "referrer_gets", "friend_gets"})
_OF_SPEND = frozenset({"step", "step_gives"})


class Kind(NamedTuple):
    """A type of card. `takes` are the settings that its templates may have beside those of all."""

    number: int
    purpose: str
    icon: str
    mechanics: Mapping[str, str]
    takes: frozenset[str] = frozenset()
    credited_in: str | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return words.KINDS[self.number]

    @property
    def word(self) -> str:
        """What the wire calls it."""
        return words.WIRE_WORDS[self.number]

    def settings(self, mechanics: str) -> frozenset[str]:
        """What a template of the type with these mechanics may say."""
        return self.takes | (_OF_SPEND if mechanics == SPEND else frozenset()) | self._by_visits(mechanics)

    def needed(self, mechanics: str) -> frozenset[str]:
        """What it has to say."""
        needed = {STAMP: {"stamps_total"}, CASHBACK: {"percent"}}.get(self.number, set())
        return frozenset(needed) | (_OF_SPEND if mechanics == SPEND else frozenset()) | self._by_visits(mechanics)

    def earns_by_purchase(self, mechanics: str) -> bool:
        """Whether what was paid says how much a deal gives."""
        return mechanics in (SPEND, PERCENT)

    def _by_visits(self, mechanics: str) -> frozenset[str]:
        return frozenset({"visit_gives"} if self.number == REWARD and mechanics == VISITS else ())


_ALL = (
    Kind(
        STAMP, say("Collect stamps, and get a reward for a full card."), "stamp",
        {STAMPS: say("Stamps: a cashier gives them"), VISITS: say("Visits: each visit is a stamp"),
         SPEND: say("Spend: each so much money is a stamp")},
        _EARNING | _GIVING | {"stamps_total", "most_at_once"}, WHOLE,
    ),
    Kind(
        CASHBACK, say("A part of each purchase comes back as points to pay with."), "coins",
        {PERCENT: say("A percentage of each purchase")},
        _EARNING | _GIVING | {"percent", "earns_on_points", "lot_days"}, SUM,
    ),
    Kind(
        SUBSCRIPTION, say("Visits are bought in advance and used one by one."), "ticket",
        {VISITS: say("Visits that are bought")}, _GIVING | {"lot_days"}, WHOLE,
    ),
    Kind(COUPON, say("An advantage that is redeemed once."), "ticket-percent", {USE: say("One use")}),
    Kind(
        DISCOUNT, say("A percentage off, which grows with the points that are collected."), "percent",
        {LEVELS: say("Levels of points")}, _EARNING | _GIVING | {"earns_on_points", "lot_days"}, HUNDREDTHS,
    ),
    Kind(
        CERTIFICATE, say("Money on a card, to give away and to pay with."), "gift",
        {MONEY: say("Money on the card")}, _GIVING | {"lot_days"}, SUM,
    ),
    Kind(
        MEMBERSHIP, say("Members come as often as their tier allows."), "badge-check",
        {LIMITS: say("With limits: so many visits a period"), NO_LIMITS: say("Without limits: visits are counted")},
    ),
    Kind(
        REWARD, say("Points are collected and exchanged for rewards of your choice."), "award",
        {POINTS: say("Points: a cashier gives them"), VISITS: say("Visits: each visit gives points"),
         SPEND: say("Spend: each so much money gives points")},
        _EARNING | _GIVING | {"most_at_once", "earns_on_points", "lot_days"}, WHOLE,
    ),
)  # fmt: skip
KINDS: Mapping[int, Kind] = {kind.number: kind for kind in _ALL}
BY_WORD: Mapping[str, Kind] = {kind.word: kind for kind in _ALL}
