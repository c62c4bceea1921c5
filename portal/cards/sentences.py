"""What pages say of cards: what is on one, how it stands, and why something was refused."""

from decimal import Decimal

from portal import clock
from portal.domain.cards.cards import filters
from portal.domain.cards.operations import refusals, words
from portal.domain.cards.operations.rows import shown_of
from portal.domain.cards.words import (
    CASHBACK,
    CERTIFICATE,
    COUPON,
    DISCOUNT,
    LIMITS,
    MEMBERSHIP,
    STAMP,
    SUBSCRIPTION,
)
from portal.domain.sentences import counted, joined, kept, say
from portal.web import formats

_CHECKS = {
    refusals.THERE: say("The card is there"),
    refusals.KEPT: say("The card is not deleted"),
    refusals.IN_TIME: say("The card has not expired"),
    refusals.CARRIED: say("The tariff of the company has not ended"),
    refusals.TAKEN: say("Its type takes this"),
    refusals.UNDOABLE: say("This kind of operation can be undone"),
    refusals.ONCE: say("It was not undone before"),
    refusals.EARNED: say("The rules of earning allow it"),
    refusals.BORNE: say("There is enough on the card"),
}
STATES = {
    filters.INSTALLED: say("Installed"),
    filters.NOT_INSTALLED: say("Not installed"),
    filters.DELETED: say("Deleted"),
}
EXPIRED, MOVED = "expired", "moved"
_LOOKS = {
    filters.INSTALLED: (STATES[filters.INSTALLED], "success", "smartphone"),
    filters.NOT_INSTALLED: (STATES[filters.NOT_INSTALLED], "neutral", "circle-dashed"),
    filters.DELETED: (STATES[filters.DELETED], "danger", "trash-2"),
    MOVED: (say("Moved"), "neutral", "arrow-right"),
    EXPIRED: (say("Expired"), "warning", "timer-off"),
}


def state(card) -> tuple[str, str, str]:
    """How a card stands: the word, its tone and its icon. Takes a row of a list."""
    if card.moved_to_id is not None:
        return _LOOKS[MOVED]
    if card.deleted_at is not None:
        return _LOOKS[filters.DELETED]
    if clock.has_passed(card.expires_at):
        return _LOOKS[EXPIRED]
    return _LOOKS[filters.NOT_INSTALLED if card.installed_at is None else filters.INSTALLED]


def on_it(card) -> str:
    """What is on a card, in the words of its type. Takes a row with what its template says."""
    if card.kind == STAMP:
        stamps = say("{count} of {total} stamps", count=card.uses, total=card.stamps_total)
        return _and(stamps, card.rewards and counted(card.rewards, "1 reward", "{number} rewards"))
    if card.kind == SUBSCRIPTION:
        return counted(card.balance, "1 visit left", "{number} visits left")
    if card.kind == COUPON:
        return say("Redeemed") if card.coupon else say("Good for one use")
    if card.kind == DISCOUNT:
        return _and(
            say("{percent} off", percent=formats.share(card.discount or 0)), points(card.bonus, hundredths=True)
        )
    others = {CASHBACK: _bonus_money, CERTIFICATE: _balance_money, MEMBERSHIP: _membership}
    return others.get(card.kind, _points)(card)


def _bonus_money(card) -> str:
    return formats.money(card.bonus, card.currency)


def _balance_money(card) -> str:
    return formats.money(card.balance, card.currency)


def _points(card) -> str:
    return points(card.bonus)


def owed(card) -> str | None:
    """What a canceled deal left to be settled; None where that is nothing."""
    return figure(card, main_field(card), card.owed) if card.owed else None


def figure(card, field: str, number: int) -> str:
    """So much of a field of a card, in the reader's way of writing numbers."""
    field = main_field(card) if field == "owed" else field
    if words.is_money(card.kind, field):
        return formats.money(number, card.currency)
    if words.is_hundredths(card.kind, field):
        return points(number, hundredths=True)
    return words.said(card.kind, card.mechanics, card.currency, field, number)


def rounds(card, field: str, amount: int, changes) -> str | None:
    """What an operation on stamps gave or took where full rounds became rewards, or rewards were opened; None where none did."""
    by = {change.field: change.amount for change in changes}
    rewards, stamps = by.get("rewards", 0), amount - by.get("uses", 0)
    if field != "uses" or not rewards or not stamps:
        return None
    given, turned = figure(card, "uses", abs(amount)), figure(card, "uses", abs(stamps))
    opened = figure(card, "rewards", abs(rewards))
    if rewards > 0:
        return say("+{given}: {stamps} became {rewards}", given=given, stamps=turned, rewards=opened)
    return say("−{taken}: {rewards} became {stamps} again", taken=given, rewards=opened, stamps=turned)


def points(number: int, hundredths: bool = False) -> str:
    """Points: whole ones, or hundredths of one."""
    if not hundredths or number % 100 == 0:
        return counted(number // 100 if hundredths else number, "1 point", "{number} points")
    return say("{points} points", points=formats.number(Decimal(number).scaleb(-2), 2))


def main_field(card) -> str:
    """The field that the card is about."""
    return shown_of(card.kind, card.mechanics)


def steps(found: list[dict]) -> list[dict]:
    """The steps of a refusal in plain words."""
    return [
        {
            "name": _CHECKS[step["check"]],
            "state": step["outcome"],
            "text": kept(step["detail"]),
            "fix": kept(step.get("fix", "")),
        }
        for step in found
    ]


def _membership(card) -> str:
    if card.mechanics == LIMITS and not card.tier_name:
        return say("No level yet")
    if card.mechanics == LIMITS:
        told = counted(card.balance, "1 visit left in this period", "{number} visits left in this period")
    else:
        told = counted(card.visits, "1 visit so far", "{number} visits so far")
    return _and(card.tier_name, told)


def _and(*parts) -> str:
    return joined([part for part in parts if part], ", ")
