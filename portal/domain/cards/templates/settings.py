"""Every setting of a template: what it takes, of which types, and in which unit it is kept (contract: cards, "Types")."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from portal.domain import codes, money, values
from portal.domain.cards.templates import kinds
from portal.domain.cards.templates.kinds import Kind
from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.domain.typed.colours import colour
from portal.domain.values import Check, Wrong

Counted = Callable[[Any], int | None]
LARGEST = 1_000_000  # of whatever is counted
LONGEST_DAYS = 3650
MOST_STAMPS = 50
TEXTS = ("about", "reward", "how_to_earn", "terms", "support")
# What people collect is drawn as one of these.
STAMP_ICONS = (
    "star", "coffee", "heart", "check", "award", "badge-check", "gift", "ticket", "shopping-cart", "sun", "moon", "snowflake", "rocket",
    "house", "package", "calendar-check", "coins",
)  # fmt: skip
COLOURS = {"background": "#1f4b99", "foreground": "#ffffff", "label_colour": "#cfdcf5"}
# What a card shows that is there already would change with it.
RULES = (
    "stamps_total", "step", "step_gives", "visit_gives", "percent", "first_visit_percent", "least_purchase", "most_a_day",
    "most_at_once", "earns_on_points", "card_days", "lot_days", "deal_gives", "referrer_gets", "friend_gets", "catalogs",
)  # fmt: skip


_TEXT = values.optional_text(2000)


def whole(lowest: int, highest: int) -> Counted:
    """A whole number within bounds, or null. What has decimals is refused."""

    def check(value):
        if value is None:
            return None
        number = Decimal(value)
        if not number.is_finite() or not lowest <= number <= highest or number != int(number):
            raise Wrong(
                say("Give a whole number from {lowest} to {highest}.", lowest=f"{lowest:,}", highest=f"{highest:,}"),
                codes.OUT_OF_RANGE,
            )
        return int(number)

    return check


def over_zero(places: int) -> Counted:
    """A number over zero with so many decimals at most, kept as a whole one; or null."""

    def check(value):
        if value is None:
            return None
        if not value.is_finite() or not 0 < value <= LARGEST:
            raise Wrong(say("Give a number over zero, at most {largest}.", largest=f"{LARGEST:,}"), codes.OUT_OF_RANGE)
        kept = money.whole(value, places)
        if kept is None:
            raise Wrong(say("Give at most {places} decimals.", places=places), codes.TOO_MANY_DECIMALS)
        return kept

    return check


def over_zero_sum(currency: str) -> Counted:
    """A sum of money over zero, in minor units; or null."""

    def check(value):
        if value is None:
            return None
        try:
            minor = money.to_minor(value, currency)
        except Invalid as error:
            raise Wrong(error.sentence, error.code) from None
        if minor <= 0:
            raise Wrong(say("Give a sum over zero."), codes.OUT_OF_RANGE)
        return minor

    return check


def credited(kind: Kind, currency: str) -> Counted:
    """What a deal or a referral gives to a card of the type, as its ledger counts."""
    ways: dict[str | None, Callable[[], Counted]] = {
        kinds.SUM: lambda: over_zero_sum(currency),
        kinds.HUNDREDTHS: lambda: over_zero(2),
    }
    return ways.get(kind.credited_in, lambda: whole(1, LARGEST))()


def texts(value) -> dict[str, str]:
    """What is told of the cards, by what it is about; empty ones are left out."""
    written = {name: _TEXT((value or {}).get(name)) for name in TEXTS}
    return {name: str(text) for name, text in written.items() if text}


def mechanics(kind: Kind) -> Check:
    """One of the type's; the only one where there is no other."""
    return values.one_of(tuple(kind.mechanics), next(iter(kind.mechanics)) if len(kind.mechanics) == 1 else None)


def checks(kind: Kind, currency: str | None) -> dict[str, Check]:
    """What each setting takes, of any type; `refuse_strange` says which the type has."""
    known = currency if currency in money.EXPONENTS else "USD"  # The unknown one is refused by itself.
    gives, sum_ = credited(kind, known), over_zero_sum(known)
    return {
        "name": values.name(120), "mechanics": mechanics(kind), "currency": values.currency,
        "stamps_total": whole(1, MOST_STAMPS), "step": sum_, "step_gives": whole(1, LARGEST), "visit_gives": whole(1, LARGEST),
        "percent": values.percent("0.01", "100"), "first_visit_percent": values.percent("0.01", "100"),
        "least_purchase": sum_, "most_a_day": whole(1, LARGEST), "most_at_once": whole(1, LARGEST),
        "earns_on_points": values.flag(True), "card_days": whole(1, LONGEST_DAYS), "lot_days": whole(1, LONGEST_DAYS),
        "deal_gives": gives, "referrer_gets": gives, "friend_gets": gives,
        "stamp_icon": values.one_of(STAMP_ICONS, STAMP_ICONS[0]), "texts": texts,
        **{name: colour(default) for name, default in COLOURS.items()},
    }  # fmt: skip


@cache
def _every() -> frozenset[str]:
    """What templates of any type may say of their rules."""
    return frozenset(name for one in kinds.KINDS.values() for way in one.mechanics for name in one.settings(way))


def refuse_strange(kind: Kind, of_mechanics: str, taken: dict[str, Any]) -> None:
    """Raise Invalid for what such a template has not, and for what it lacks; `taken` is all that it says."""
    needed = kind.needed(of_mechanics)
    told = {name: value for name, value in taken.items() if value is not None}
    # That points earn, too, is what every type does that is not told otherwise.
    strange = [name for name in _every() - kind.settings(of_mechanics) if name in told and told[name] is not True]
    errors = [
        (name, say("A card of the type “{kind}” does not take this here. Leave it out.", kind=kind.name))
        for name in strange
    ]
    errors += [(name, say("This field is required.")) for name in needed if name not in told]
    if errors:
        errors.sort()
        required = {name: codes.REQUIRED for name, _ in errors if name in needed}
        raise Invalid(*errors[0], errors, of_fields=required)
