"""How often offers were seen and opened, by day of the club's time zone. These are no events of the log: they are too many."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement, transaction
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.rows import VISIBLE

SEEN, CLICKED = "seen", "clicked"
LATEST, EARLIEST = timedelta(minutes=10), timedelta(days=30)  # from now: clocks of phones go wrong


class Looked(NamedTuple):
    """A look at an offer."""

    offer_id: int
    at: datetime


class _Terms(NamedTuple):
    terms_id: int
    offer_id: int


_TERMS = Statement(
    f"""SELECT t.id AS terms_id, o.id AS offer_id FROM member_terms t JOIN offer o ON o.id = t.offer_id
    WHERE o.id IN :offers AND t.scope IN :scopes AND {" AND ".join(VISIBLE)} ORDER BY t.id""",
    row=_Terms,
    lock="FOR KEY SHARE OF t",  # Whoever takes one from the members waits, or was quicker.
)
_ADD = Statement(
    """INSERT INTO offer_day (terms_id, day, seen, clicked) VALUES (:terms, :day, :seen, :clicked)
    ON CONFLICT (terms_id, day) DO UPDATE SET seen = offer_day.seen + :seen, clicked = offer_day.clicked + :clicked"""
)


def add(asking: Asking, scopes: list[str], kind: str, looks: Iterable[Looked]) -> None:
    """Count the looks. Offers that the member does not see count nothing; a moment that cannot be is taken for now."""
    looked = list(looks)
    asked = {"offers": sorted({look.offer_id for look in looked}), "scopes": scopes}
    with transaction():
        visible = _TERMS.rows(**asked, partner=asking.partner_id, segments=asking.segments)
        terms = {one.offer_id: one.terms_id for one in visible}
        counted = Counter((terms[look.offer_id], _day(asking, look.at)) for look in looked if look.offer_id in terms)
        for (terms_id, day), number in sorted(counted.items()):  # In one order, or two wait for each other.
            _ADD.run(terms=terms_id, day=day, **{SEEN: 0, CLICKED: 0, kind: number})


def _day(asking: Asking, at: datetime) -> str:
    now = clock.from_micros(asking.now)
    moment = at if now - EARLIEST <= at <= now + LATEST else now
    return moment.astimezone(ZoneInfo(asking.time_zone)).date().isoformat()
