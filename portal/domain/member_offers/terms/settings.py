"""What holds for all offers of a club, where an offer says nothing else."""

from portal.database import transaction
from portal.domain.events import log
from portal.domain.member_offers.terms.tables import USUAL_ACTIVE_SECONDS, ClubSettings
from portal.domain.values import checked, whole_number

_SETTINGS = {"active_seconds": whole_number(0, 86_400, 35)}


def active_seconds(partner_id: int) -> int:
    """How long a use is active in the partner's club."""
    found = ClubSettings.get_or_none(ClubSettings.partner == partner_id)
    return found.active_seconds if found else USUAL_ACTIVE_SECONDS


def set_active_seconds(partner_id: int, seconds: int | None) -> None:
    """How long a use is active in the partner's club, where an offer says nothing else. Raises Invalid."""
    taken = checked({"active_seconds": seconds}, _SETTINGS)
    with transaction():
        ClubSettings.insert(partner=partner_id, **taken).on_conflict(
            conflict_target=[ClubSettings.partner], update=taken
        ).execute()
        log.record(partner_id, "club.changed", "partner", partner_id, {"fields": sorted(taken)})
