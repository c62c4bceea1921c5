"""What a card begins with, and what goes with it to another one: each an operation, so that every field stays the sum of its
entries."""

from collections.abc import Mapping

from portal.database import Statement, transaction
from portal.domain.cards.cards.tables import FIELDS
from portal.domain.cards.moments import settling
from portal.domain.cards.operations import effects, events, locking, undoing, writing
from portal.domain.cards.operations.effects import Effect
from portal.domain.cards.operations.rows import Held, Operation
from portal.domain.cards.operations.writing import SYSTEM, Draft

_TOTALS = ("rewards_redeemed", "stamps_by_referral", "points_by_referral")
_LATEST = ("last_stamp_at", "last_reward_at", "last_redeemed_at", "coupon_redeemed_at")
_REMEMBER = Statement(
    """UPDATE card SET rewards_earned = :rewards_earned, rewards_redeemed = :rewards_redeemed,
        stamps_by_referral = :stamps_by_referral, points_by_referral = :points_by_referral, last_stamp_at = :last_stamp_at,
        last_reward_at = :last_reward_at, last_redeemed_at = :last_redeemed_at, coupon_redeemed_at = :coupon_redeemed_at
    WHERE id = :card"""
)


def open_with(
    card_id: int, amounts: Mapping[str, int], *, source: str, manager_id: int | None = None
) -> Operation | None:
    """What a card has on it when it is taken over from elsewhere: amounts by field, in its smallest unit; None where that is
    nothing."""
    with transaction():
        held = locking.by_id(card_id)
        settling.settle(held)
        locking.refuse_gone(held)
        effect = _brought(held, amounts)
        return writing.write(held, Draft(events.OPENED, effect, source, manager_id=manager_id)) if effect else None


def carry(from_card: int, to_card: int, *, source: str = SYSTEM, manager_id: int | None = None) -> Operation | None:
    """Move all that is on a card to another one of its template, lots with their days; what was moved in, or None.

    Deleted cards as well: for a lost card, and for customers who were here twice. What either owes is settled with it.
    """
    with transaction():
        younger, older = (locking.by_id(card) for card in sorted((from_card, to_card), reverse=True))
        giver, taker = (younger, older) if younger.id == from_card else (older, younger)
        settling.settle(giver)
        settling.settle(taker)
        there = {name: getattr(giver, name) for name in FIELDS}
        _remember(giver, taker)
        effect = _brought(taker, there)
        if effect is None:
            return None
        with_whom = giver.member_id
        left = Effect(giver.main, -there[giver.main], {name: -amount for name, amount in there.items()})
        gone = writing.write(
            giver, Draft(events.MOVED_OUT, left, source, manager_id=manager_id, counted_with=with_whom)
        )
        draft = Draft(events.MOVED_IN, effect, source, manager_id=manager_id, carries=gone.id, counted_with=with_whom)
        arrived = writing.write(taker, draft)
        _settle(taker, with_whom)
        return arrived


def _brought(held: Held, amounts: Mapping[str, int]) -> Effect | None:
    if not any(amounts.values()):
        return None
    deltas = {name: amount for name, amount in amounts.items() if amount}
    if held.coupon and "coupon" in deltas:
        del deltas["coupon"]
    stamps = deltas.pop("uses", 0)
    if stamps:
        rolled = effects.rolled(held, stamps)
        deltas |= {"uses": rolled["uses"], "rewards": deltas.get("rewards", 0) + rolled["rewards"]}
    return Effect(held.main, stamps or deltas.get(held.main, 0), deltas)


def _settle(held: Held, with_whom: int) -> None:
    there = getattr(held, held.main)
    if held.owed and there:
        draft = Draft(events.DEBT_SETTLED, undoing.settled(held, there), SYSTEM, counted_with=with_whom)
        writing.write(held, draft)


def _remember(giver: Held, taker: Held) -> None:
    """What the card tells of its history goes along, too."""
    for name in _TOTALS:
        setattr(taker, name, getattr(taker, name) + getattr(giver, name))
    taker.rewards_earned += giver.rewards_redeemed  # Those that are left come as what is on it.
    for name in _LATEST:
        setattr(taker, name, max(filter(None, (getattr(giver, name), getattr(taker, name))), default=None))
    told = ("rewards_earned", *_TOTALS, *_LATEST)
    _REMEMBER.run(**{name: getattr(taker, name) for name in told}, card=taker.id)
