"""Cards that have an occasion of an automatic push, as they stand: installed, wanting pushes, in the order of their ids."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement
from portal.domain.cards.customers.seen import SEEN
from portal.domain.cards.pushes import pieces
from portal.domain.cards.pushes.automatic.automatic import BIRTHDAY, EXPIRING, LEFT, WELCOME, WIN_BACK
from portal.domain.cards.pushes.tables import AutomaticPush

# Their cards are found by what happened lately; of the other kinds all are looked at, once a day.
BY_THE_MINUTE = (WELCOME, LEFT)
_SLACK = timedelta(minutes=10)  # What was committed late is looked at once more; what was told is not told again.
MOST_DAYS_BACK = 3  # Birthdays of days on which no worker ran, today's among them.
_NO_END = 2**63 - 1


class Found(NamedTuple):
    """A card and what happened to it, by which it is told once, and the operation that brought it, if one did; `language` is its holder's choice, if any; `number`, `field` and `at` (microseconds) are what its text names."""

    card_id: int
    first_name: str
    language: str | None
    occasion: str
    number: int | None
    field: str | None
    at: int | None
    operation_id: int | None = None  # what brought it


_CARDS = """FROM {cards} JOIN member m ON m.id = c.member_id {more} WHERE {installed} AND c.muted_at IS NULL AND m.erased_at IS NULL
    AND c.id > :after AND c.id <= :last AND {fits} {tail} ORDER BY c.id LIMIT :most"""


def _statement(what: str, fits: str, more: str = "", tail: str = "", lately: str = "") -> Statement[Found]:
    """`lately` finds the few cards of which something happened since, so that a look each minute does not go through all there are."""
    cards = f"({lately}) lately CROSS JOIN card c" if lately else "card c"
    where = f"c.id = lately.card_id AND {fits}" if lately else fits
    its = _CARDS.format(cards=cards, installed=pieces.INSTALLED, more=more, fits=where, tail=tail)
    return Statement(f"SELECT c.id AS card_id, m.first_name, m.language, {what} {its}", Found)


_NOTHING = "NULL AS number, NULL AS field, NULL AS at, NULL AS operation_id"
_WELCOME = _statement(
    f"'welcome' AS occasion, {_NOTHING}",
    "c.installed_at > :since",
    lately="SELECT i.id AS card_id FROM card i WHERE i.template_id = :template AND i.installed_at > :since AND i.deleted_at IS NULL",
)
# By the year that it was in: what is told after New Year may be of the one before.
_BIRTHDAY = _statement(
    f"""CAST(CAST(:year AS INTEGER) - CASE WHEN SUBSTR(CAST(m.date_of_birth AS VARCHAR(10)), 6, 2) > :month THEN 1 ELSE 0 END
        AS VARCHAR(4)) AS occasion, {_NOTHING}""",
    "SUBSTR(CAST(m.date_of_birth AS VARCHAR(10)), 6, 5) IN :days",
)
# By the rounds that were filled before it: rewards that are given without stamps begin no other one.
_LEFT = _statement(
    """(SELECT CAST(COALESCE(SUM(e.amount), 0) AS VARCHAR(20)) FROM card_entry e JOIN card_operation o ON o.id = e.operation_id
        WHERE e.card_id = c.id AND e.field = 'rewards' AND o.field = 'uses') AS occasion,
    t.stamps_total - c.uses AS number, NULL AS field, NULL AS at,
    (SELECT MAX(e.operation_id) FROM card_entry e WHERE e.card_id = c.id AND e.field = 'uses' AND e.amount > 0) AS operation_id""",
    "t.stamps_total - c.uses BETWEEN 1 AND :number",
    more="JOIN card_template t ON t.id = c.template_id",
    lately="""SELECT DISTINCT o.card_id FROM card_operation o JOIN card_entry e ON e.operation_id = o.id AND e.field = 'uses'
        AND e.amount > 0 WHERE o.template_id = :template AND o.partner_id = :partner AND o.created_at > :since""",
)
_EXPIRING = _statement(
    """CAST(MAX(l.expires_at) AS VARCHAR(20)) AS occasion, CAST(SUM(l.remaining) AS BIGINT) AS number, l.field,
    MIN(l.expires_at) AS at, MIN(l.operation_id) AS operation_id""",
    "l.remaining > 0 AND l.expires_at > :after_moment AND l.expires_at > :now AND l.expires_at <= :until",
    "JOIN card_lot l ON l.card_id = c.id",
    "GROUP BY c.id, m.first_name, m.language, l.field",
)
_WIN_BACK = _statement(
    f"CAST({SEEN} AS VARCHAR(20)) AS occasion, {_NOTHING}", f"{SEEN} > :after_moment AND {SEEN} <= :until"
)


def look(kept: AutomaticPush, zone: ZoneInfo, began: datetime, most: int) -> tuple[list[Found], int | None]:
    """The next cards with an occasion, after the one that this look came to; and the card that it has come to by them, None when
    there are no more. It goes through so many cards at a time, for others wait to write meanwhile."""
    statement, given = _LOOKS[kept.kind](kept, zone, began)
    asked = {"template": kept.template_id, "partner": kept.partner_id, "after": kept.looked_to or 0}
    last = _NO_END if kept.kind in BY_THE_MINUTE else pieces.last(**asked)
    if last is None:
        return [], None
    found = statement.rows(**asked, **given, last=last, most=most)
    if len(found) < most:
        return found, None if last == _NO_END else last
    cut = found[-1].card_id  # It may have another one, that is left out.
    return [one for one in found if one.card_id < cut], cut - 1


def _since(kept: AutomaticPush) -> int:
    last = kept.since if kept.looked_at is None else max(kept.since, kept.looked_at - _SLACK)
    return clock.to_micros(last)


def _welcome(kept: AutomaticPush, zone: ZoneInfo, began: datetime) -> tuple[Statement[Found], dict[str, Any]]:
    return _WELCOME, {"since": _since(kept)}


def _left(kept: AutomaticPush, zone: ZoneInfo, began: datetime) -> tuple[Statement[Found], dict[str, Any]]:
    return _LEFT, {"since": _since(kept), "number": kept.number}


def _birthday(kept: AutomaticPush, zone: ZoneInfo, began: datetime) -> tuple[Statement[Found], dict[str, Any]]:
    today = began.astimezone(zone).date()
    last = kept.looked_at.astimezone(zone).date() if kept.looked_at else today - timedelta(days=1)
    missed = min(max((today - last).days, 1), MOST_DAYS_BACK)
    days = [written for back in range(missed) for written in days_of(today - timedelta(days=back))]
    return _BIRTHDAY, {"days": days, "year": today.year, "month": f"{today:%m}"}


def days_of(day: date) -> list[str]:
    """Birthdays that are kept on a day, as month and day: those of 29 February on the 28th where the year has no other."""
    is_last_of_february = (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3
    return [f"{day:%m-%d}", *(["02-29"] if is_last_of_february else [])]


def _expiring(kept: AutomaticPush, zone: ZoneInfo, began: datetime) -> tuple[Statement[Found], dict[str, Any]]:
    before = timedelta(days=kept.number or 0)
    moments = {"after_moment": kept.since + before, "now": began, "until": began + before}
    return _EXPIRING, {name: clock.to_micros(moment) for name, moment in moments.items()}


def _win_back(kept: AutomaticPush, zone: ZoneInfo, began: datetime) -> tuple[Statement[Found], dict[str, Any]]:
    away = timedelta(days=kept.number or 0)
    moments = {"after_moment": kept.since - away, "until": began - away}
    return _WIN_BACK, {name: clock.to_micros(moment) for name, moment in moments.items()}


_LOOKS: dict[str, Callable[[AutomaticPush, ZoneInfo, datetime], tuple[Statement[Found], dict[str, Any]]]] = {
    WELCOME: _welcome, BIRTHDAY: _birthday, LEFT: _left, EXPIRING: _expiring, WIN_BACK: _win_back,
}  # fmt: skip
