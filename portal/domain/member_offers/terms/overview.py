"""What a club has to show, counted."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.member_offers.rows import IS_OVER


class Overview(NamedTuple):
    """Offers that somebody sees now, offers that nobody sees, and collections."""

    shown: int
    hidden: int
    collections: int


_OVERVIEW = Statement(
    f"""SELECT COALESCE(SUM(CASE WHEN is_seen THEN 1 ELSE 0 END), 0) AS shown,
        COALESCE(SUM(CASE WHEN is_seen THEN 0 ELSE 1 END), 0) AS hidden,
        (SELECT COUNT(*) FROM collection c WHERE c.partner_id = :partner) AS collections
    FROM (SELECT (t.is_shown AND o.is_active AND NOT {IS_OVER}) AS is_seen
        FROM member_terms t JOIN offer o ON o.id = t.offer_id WHERE t.partner_id = :partner) s""",
    row=Overview,
)


def of(partner_id: int) -> Overview:
    """Of the partner's club."""
    return _OVERVIEW.row(partner=partner_id, now=clock.micros()) or Overview(0, 0, 0)
