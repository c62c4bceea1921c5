"""What is on a card, as people say it: a number with its unit."""

from collections.abc import Mapping

from portal.domain import money
from portal.domain.cards.operations.events import EVENTS, POINTS_ADDED, POINTS_TAKEN
from portal.domain.cards.operations.rows import main_of
from portal.domain.cards.templates.kinds import CASHBACK, CERTIFICATE, DISCOUNT, MEMBERSHIP, SUBSCRIPTION
from portal.domain.sentences import Sentence, counted, forms, say

_STAMPS = forms("1 stamp", "{number} stamps")
_REWARDS = forms("1 reward", "{number} rewards")
_VISITS = forms("1 visit", "{number} visits")
_POINTS = forms("1 point", "{number} points")
_USES = forms("1 use", "{number} uses")
LABELS: Mapping[str, Sentence] = {
    "uses": say("Stamps"),
    "rewards": say("Rewards"),
    "balance": say("Balance"),
    "bonus": say("Points"),
    "visits": say("Visits made"),
    "rest": say("Left over for the next purchase"),
    "spent": say("Money spent"),
    "coupon": say("Coupon used"),
    "owed": say("Owed"),
}

_MONEY_ADDED, _MONEY_TAKEN = say("Money added"), say("Money taken off")


def label(kind: int, field: str) -> Sentence:
    """What a field of such a card is called: what counts money is not called points."""
    return say("Cashback") if (kind, field) == (CASHBACK, "bonus") else LABELS[field]


def happened(kind: int, event: int) -> str:
    """What an operation did to such a card."""
    if kind in (CASHBACK, CERTIFICATE) and event in (POINTS_ADDED, POINTS_TAKEN):
        return _MONEY_ADDED if event == POINTS_ADDED else _MONEY_TAKEN
    return EVENTS[event]


def is_money(kind: int, field: str) -> bool:
    """Whether a field of such a card is a sum of its currency."""
    return field in ("rest", "spent") or (kind, field) in ((CERTIFICATE, "balance"), (CASHBACK, "bonus"))


def is_hundredths(kind: int, field: str) -> bool:
    """Whether it is points in hundredths."""
    return (kind, field) == (DISCOUNT, "bonus")


def places(kind: int, currency: str, field: str) -> int:
    """How many decimals a field of such a card has."""
    if is_money(kind, field):
        return money.exponent(currency)
    return 2 if is_hundredths(kind, field) else 0


def said(kind: int, mechanics: str, currency: str, field: str, number: int) -> str:
    """So much of a field, of a card of such a template: "3 stamps", "12.50 EUR"."""
    field = main_of(kind, mechanics) if field == "owed" else field
    if is_money(kind, field):
        return say("{sum} {currency}", sum=f"{money.to_decimal(number, currency):,f}", currency=currency)
    if is_hundredths(kind, field):
        return say("{number} points", number=f"{number / 100:,.2f}")
    return counted(number, *_forms(kind, field))


def _forms(kind: int, field: str) -> tuple[str, str]:
    if field == "balance" and kind in (SUBSCRIPTION, MEMBERSHIP):
        return _VISITS
    return {"uses": _STAMPS, "rewards": _REWARDS, "visits": _VISITS, "coupon": _USES}.get(field, _POINTS)
