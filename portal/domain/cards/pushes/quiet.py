"""When a company's pushes keep quiet, in the hours of its own day, on days of both clock changes as well."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.cards.pushes.tables import PushSettings


def settings(partner_id: int) -> PushSettings:
    """The partner's settings of pushes, the usual ones where it never chose any."""
    kept = PushSettings.get_or_none(PushSettings.partner == partner_id)
    return kept or PushSettings(partner=partner_id)


def until(partner_id: int) -> datetime | None:
    """When the quiet that is kept now ends, by the partner's clock; None where there is none."""
    kept = settings(partner_id)
    zone = ZoneInfo(Partner.select(Partner.time_zone).where(Partner.id == partner_id).scalar())
    return ends(clock.now(), zone, kept.quiet_from, kept.quiet_to)


def ends(moment: datetime, zone: ZoneInfo, quiet_from: int, quiet_to: int) -> datetime | None:
    """When the quiet at a moment ends, UTC; None where it is not quiet. From and to are minutes of the zone's day."""
    local = moment.astimezone(zone)
    minute = local.hour * 60 + local.minute
    is_over_night = quiet_from > quiet_to
    is_evening = is_over_night and minute >= quiet_from
    is_quiet = is_evening or minute < quiet_to if is_over_night else quiet_from <= minute < quiet_to
    if not is_quiet:
        return None
    day = local.date() + timedelta(days=is_evening)
    # An hour that comes twice ends twice.
    return next(end for fold in (0, 1) if (end := _at(day, quiet_to, zone, fold)) > moment)


def _at(day: date, minute: int, zone: ZoneInfo, fold: int) -> datetime:
    wall = datetime.combine(day, time(minute // 60, minute % 60, fold=fold), tzinfo=zone)
    return wall.astimezone(UTC)
