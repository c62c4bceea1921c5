"""What points of a reward card are exchanged for: one tier at a time, within its limit (contract: cards, receive-reward)."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.cards import codes
from portal.domain.cards.operations.effects import Effect, Short
from portal.domain.cards.operations.refusals import BORNE, not_enough, refused
from portal.domain.cards.operations.rows import Held
from portal.domain.errors import NotFound, Refused
from portal.domain.sentences import say


class Tier(NamedTuple):
    """A reward tier as it is received."""

    id: int
    name: str
    threshold: int
    usage_limit: int | None
    used: int

    @property
    def is_left(self) -> bool:
        """Whether it was not received as often as it may be."""
        return self.usage_limit is None or self.used < self.usage_limit


_TIERS = Statement(
    """SELECT id, name, threshold, usage_limit, used FROM reward_tier WHERE template_id = :template AND removed_at IS NULL
    ORDER BY threshold, id""",
    Tier,
)
_USE = Statement(
    "UPDATE reward_tier SET used = used + 1 WHERE id = :tier AND (usage_limit IS NULL OR used < usage_limit)"
)
_GIVE_BACK = Statement("UPDATE reward_tier SET used = used - 1 WHERE id = :tier AND used > 0")


def in_reach(held: Held) -> list[Tier]:
    """What the card's points are enough for, and is left."""
    return [tier for tier in _of(held) if tier.threshold <= held.bonus and tier.is_left]


def chosen(held: Held, tier_id: int | None) -> Tier:
    """The named tier, or the only one in reach. Raises NotFound, or Refused where it cannot be received."""
    if tier_id is None:
        return _only(held)
    tier = next((tier for tier in _of(held) if tier.id == tier_id), None)
    if tier is None:
        raise NotFound(say("reward tier"))
    if not tier.is_left:
        raise _used_up(held, tier)
    if tier.threshold > held.bonus:
        raise not_enough(held, Short("bonus", held.bonus, tier.threshold))
    return tier


def received(tier: Tier) -> Effect:
    """What receiving it does to the card."""
    return Effect("bonus", -tier.threshold, {"bonus": -tier.threshold}, redeemed=1)


def use(held: Held, tier_id: int) -> None:
    """In the transaction of the operation: count it. Raises Refused where none is left, as others were quicker."""
    if not _USE.run(tier=tier_id):
        raise _used_up(held, next(tier for tier in _of(held) if tier.id == tier_id))


def give_back(tier_id: int) -> None:
    """In the transaction of the reversal: it was not received."""
    _GIVE_BACK.run(tier=tier_id)


def _used_up(held: Held, tier: Tier) -> Refused:
    """It was received as often as it may be."""
    sentence = say("“{name}” was received as often as it may be.", name=tier.name)
    return refused(held, BORNE, sentence, say("Choose another reward, or raise its limit."), codes.REWARD_USED_UP)


def _of(held: Held) -> list[Tier]:
    return _TIERS.rows(template=held.template_id)


def _only(held: Held) -> Tier:
    found = in_reach(held)
    if len(found) == 1:
        return found[0]
    if found:
        sentence = say("Several rewards are in reach: {names}.", names=", ".join(tier.name for tier in found[:5]))
        raise refused(held, BORNE, sentence, say("Name one of them."), codes.REWARD_NOT_NAMED)
    lowest = next((tier for tier in _of(held) if tier.is_left), None)
    if lowest is None:
        sentence = say("There is no reward to receive.")
        raise refused(held, BORNE, sentence, say("Add a reward tier to the template."), codes.NOT_ENOUGH)
    raise not_enough(held, Short("bonus", held.bonus, lowest.threshold))
