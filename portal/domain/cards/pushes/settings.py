"""A company's settings of pushes: its quiet hours, and how many that nobody wrote a card gets in a week."""

from typing import Any

from portal.database import transaction
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.cards.companies import limits
from portal.domain.cards.pushes import quiet
from portal.domain.cards.pushes.tables import PushSettings
from portal.domain.errors import Invalid
from portal.domain.events import log
from portal.domain.sentences import say

MOST_A_WEEK = 50
_DAY = 24 * 60  # minutes


def change(partner_id: int, quiet_from: int, quiet_to: int, weekly_most: int) -> PushSettings:
    """Quiet hours in minutes of the company's own day, none where both are the same; and the most a card gets by itself in seven
    days, none at all where it is 0. What waits is judged by them from now on. Raises Invalid; Refused when the tariff has ended."""
    given: dict[str, Any] = {"quiet_from": quiet_from, "quiet_to": quiet_to, "weekly_most": weekly_most}
    _refuse_wrong(given)
    with transaction():
        partners.hold(partner_id)
        limits.refuse_expired(partner_id)
        kept = quiet.settings(partner_id)
        changed = [name for name, value in given.items() if getattr(kept, name) != value]
        for name in changed:
            setattr(kept, name, given[name])
        if changed:
            kept.save()
            log.record(
                partner_id, "push.settings_changed", "partner", Partner.get_by_id(partner_id).uuid, {"fields": changed}
            )
    return kept


def _refuse_wrong(given: dict[str, int]) -> None:
    for name in ("quiet_from", "quiet_to"):
        if not 0 <= given[name] < _DAY:
            raise Invalid(name, say("Give a time of day."))
    if not 0 <= given["weekly_most"] <= MOST_A_WEEK:
        raise Invalid("weekly_most", say("Give a number from 0 to {most}.", most=MOST_A_WEEK))
