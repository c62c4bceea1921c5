"""Who asks for offers, and at which club: a member, or nobody (contract: member-offers, "What is settled")."""

from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement
from portal.domain import periods
from portal.domain.member_offers import audiences
from portal.domain.member_offers.terms.tables import USUAL_ACTIVE_SECONDS

WELCOME_DAYS, BIRTHDAY_DAYS = 30, 7
_DAY = timedelta(days=1) // clock.MICROSECOND


class _Row(NamedTuple):
    slug: str
    time_zone: str
    active_seconds: int
    has_audiences: bool
    member_id: int | None
    joined_at: int | None
    date_of_birth: date | str | None
    banned_until: int | None


_ROW = Statement(
    f"""SELECT p.slug, p.time_zone, COALESCE(s.active_seconds, {USUAL_ACTIVE_SECONDS}) AS active_seconds,
        EXISTS (SELECT 1 FROM member_terms t WHERE t.partner_id = p.id AND t.audience_id IS NOT NULL) AS has_audiences,
        m.id AS member_id, m.created_at AS joined_at, m.date_of_birth, m.banned_until
    FROM partner p LEFT JOIN club_settings s ON s.partner_id = p.id
    LEFT JOIN member m ON m.partner_id = p.id AND m.erased_at IS NULL
        AND m.id = (SELECT COALESCE(n.merged_into_id, n.id) FROM member n WHERE n.id = :member)
    WHERE p.id = :partner""",
    row=_Row,
)

_NUMBER = Statement("SELECT id FROM member WHERE uuid = :uuid AND partner_id = :partner")


class Asking(NamedTuple):
    """A club, who asks there (no member: a guest) and when, microseconds. `segments` are those audiences that the member is in."""

    partner_id: int
    slug: str
    time_zone: str
    active_seconds: int
    now: int
    member_id: int | None = None
    joined_at: int = 0
    born: date | None = None
    banned_until: int | None = None
    segments: tuple[int, ...] = ()

    @property
    def is_birthday_week(self) -> bool:
        """Whether the member's birthday was within the last seven days, by the club's clocks."""
        return self.born is not None and _is_week_of(self.born, self.now, self.time_zone)

    @property
    def is_new(self) -> bool:
        """Whether the member joined within the last thirty days."""
        return self.now < self.joined_at + WELCOME_DAYS * _DAY

    @property
    def is_banned(self) -> bool:
        """Whether the member uses nothing at the moment."""
        return self.banned_until is not None and self.banned_until > self.now


def at(partner_id: int, member_id: int | None = None) -> Asking:
    """Who asks at the partner's club. A member that is not there is as none; one that was here twice is whom it became."""
    row = _ROW.row(partner=partner_id, member=member_id or 0)
    if row is None:  # A partner is never removed.
        raise LookupError(partner_id)
    club = Asking(partner_id, row.slug, row.time_zone, row.active_seconds, clock.micros())
    if row.member_id is None:
        return club
    segments = audiences.of(partner_id, row.member_id) if row.has_audiences else ()
    born = date.fromisoformat(row.date_of_birth) if isinstance(row.date_of_birth, str) else row.date_of_birth
    return club._replace(
        member_id=row.member_id,
        joined_at=row.joined_at or 0,
        born=born,
        banned_until=row.banned_until,
        segments=segments,
    )


def numbered(partner_id: int, uuid: str) -> int | None:
    """The number of the partner's member that other families know by this UUID."""
    return _NUMBER.value(uuid=uuid, partner=partner_id)


def _is_week_of(born: date, now: int, time_zone: str) -> bool:
    year = clock.from_micros(now).astimezone(ZoneInfo(time_zone)).year
    return any(
        _week(born, each, time_zone).begins <= now < _week(born, each, time_zone).ends for each in (year - 1, year)
    )


def _week(born: date, year: int, time_zone: str) -> periods.Stretch:
    """The seven days from the birthday in a year. 29 February counts as the 28th."""
    first = date(year, born.month, 28 if (born.month, born.day) == (2, 29) else born.day)
    return periods.Stretch(
        periods.begins(first, time_zone), periods.begins(first + timedelta(days=BIRTHDAY_DAYS), time_zone)
    )
