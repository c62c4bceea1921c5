"""Forms that must act once: each has a mark, which is claimed with what it does, also when two come at the same moment."""

from collections.abc import Callable
from typing import TypeVar

from portal import clock
from portal.database import transaction
from portal.domain.accounts.tables import IdempotencyRecord
from portal.domain.errors import Refused
from portal.domain.sentences import say

Made = TypeVar("Made")


class SentAlready(Refused):
    """The form of this mark has acted before."""

    def __init__(self) -> None:
        super().__init__(say("This form was sent before, and nothing was done twice. Open it anew to do it again."))


def once(user_id: int, mark: str, act: Callable[[], Made]) -> Made:
    """What the person's form of this mark makes, the first time; without a mark it always acts.

    Raises SentAlready, and what `act` raises: then the form can be sent again. A mark is remembered for a day, as kept
    answers are.
    """
    with transaction():
        if mark and not _claim(f"{user_id}:{mark}"):
            raise SentAlready
        return act()


def _claim(key: str) -> bool:
    claimed = IdempotencyRecord.insert(credential="form", key=key, request_digest="", created_at=clock.wall_micros())
    return bool(claimed.on_conflict_ignore().as_rowcount().execute())
