"""The level of a membership card, and the periods in which it counts (contract: cards, set-membership-tier)."""

from portal import clock
from portal.database import Statement, transaction
from portal.domain.cards import codes
from portal.domain.cards.moments import membership_periods
from portal.domain.cards.operations import events, locking, writing
from portal.domain.cards.operations.earning import ZONE
from portal.domain.cards.operations.effects import Effect
from portal.domain.cards.operations.refusals import TAKEN, refused
from portal.domain.cards.operations.writing import Draft
from portal.domain.cards.templates import membership_tiers
from portal.domain.cards.templates.kinds import MEMBERSHIP
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.cards.words import PERIODS
from portal.domain.codes import NOT_LISTED
from portal.domain.errors import Invalid
from portal.domain.events import log
from portal.domain.sentences import say

_SET = Statement(
    """UPDATE card SET membership_tier_id = :tier, tier_period = :period, tier_since = :now, tier_next_at = :next_at,
    due_at = :next_at, updated_at = :now WHERE id = :card"""
)


def set_tier(
    partner_id: int, serial: str, tier_id: int, period: str, source: str, manager_id: int | None = None
) -> None:
    """Give a membership card a level from now on: its first period begins, with all the visits that the level has. Where that
    changes no count, nothing is booked.

    Raises Invalid for an unknown period, NotFound for a card or a tier that is not there, Refused for other cards.
    """
    if period not in PERIODS:
        listed = ", ".join(PERIODS)
        raise Invalid("period", say("Send one of {listed}.", listed=listed), code=NOT_LISTED)
    with transaction():
        held = locking.locked(partner_id, serial)
        locking.refuse_gone(held)
        if held.kind != MEMBERSHIP:
            sentence, fix = say("Only membership cards have a level."), say("Choose a membership card.")
            raise refused(held, TAKEN, sentence, fix, codes.WRONG_CARD_TYPE)
        tier = membership_tiers.hold(CardTemplate.get_by_id(held.template_id), tier_id)
        now = clock.micros()
        next_at = membership_periods.next_after(now, period, now, ZONE.value(partner=partner_id))
        _SET.run(tier=tier.id, period=period, now=now, next_at=next_at, card=held.id)
        log.record(partner_id, "card.tier_set", "card", held.serial, {"tier": tier.id})
        if more := (tier.visits or 0) - held.balance:
            effect = Effect("balance", more, {"balance": more})
            writing.write(held, Draft(events.TIER_SET, effect, source, manager_id=manager_id, comment=tier.name))
