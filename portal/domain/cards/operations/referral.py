"""Who brought a friend is rewarded once, and so is the friend: at the friend's first operation that credits (contract: cards)."""

from portal import clock
from portal.database import Statement
from portal.domain.cards.moments import settling
from portal.domain.cards.operations import effects, events, locking, writing
from portal.domain.cards.operations.rows import Held
from portal.domain.cards.operations.writing import SYSTEM, Draft

_PAY = Statement("UPDATE card SET referral_paid_at = :now WHERE id = :card AND referral_paid_at IS NULL")
_COUNT = Statement(
    """UPDATE card SET stamps_by_referral = :stamps_by_referral, points_by_referral = :points_by_referral
    WHERE id = :card"""
)


def reward(friend: Held) -> None:
    """Reward both, inside the transaction of an operation that credited the friend's card, if that was the first one. Who turned
    out to be one with the friend brought nobody."""
    if friend.referred_by_id is None or friend.referral_paid_at is not None:
        return
    if not (friend.referrer_gets or friend.friend_gets):
        return
    referrer = locking.present(friend.referred_by_id)
    if referrer.member_id == friend.member_id or not _PAY.run(now=clock.micros(), card=friend.id):
        return
    if friend.friend_gets:
        _give(friend, friend.friend_gets, events.FRIEND_WELCOMED, friend)
    if referrer.deleted_at is None and friend.referrer_gets:
        settling.settle(referrer)
        _give(referrer, friend.referrer_gets, events.FRIEND_BROUGHT, friend)
        _count(referrer, friend.referrer_gets)


def _give(held: Held, amount: int, event: int, friend: Held) -> None:
    writing.write(held, Draft(event, effects.gained(held, amount), SYSTEM, counted_with=friend.member_id))


def _count(referrer: Held, amount: int) -> None:
    """What referral brought of stamps and of points, whatever of it settled a debt."""
    if referrer.main == "uses":
        referrer.stamps_by_referral += amount
    else:
        referrer.points_by_referral += amount
    _COUNT.run(
        stamps_by_referral=referrer.stamps_by_referral, points_by_referral=referrer.points_by_referral, card=referrer.id
    )
