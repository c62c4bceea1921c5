"""What the counter did on a day of the partner's, summed by kind of operation."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain import periods
from portal.domain.accounts.tables import Partner
from portal.domain.cards.operations import words

_MANAGER, _LOCATION = "o.manager_id = :manager", "o.location_id = :location"
_SELECT = """SELECT t.kind, t.mechanics, o.event, o.field, t.currency, COUNT(*) AS times, CAST(SUM(o.amount) AS BIGINT) AS amount,
    CAST(SUM(COALESCE(o.purchase_sum, 0)) AS BIGINT) AS paid
    FROM card_operation o JOIN card_template t ON t.id = o.template_id
    WHERE o.partner_id = :partner AND o.created_at >= :since AND o.source = 'counter' AND o.reverses_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM card_operation r WHERE r.reverses_id = o.id)"""
_TAIL = "GROUP BY t.kind, t.mechanics, o.event, o.field, t.currency ORDER BY t.kind, o.event, t.currency"


class _Row(NamedTuple):
    kind: int
    mechanics: str
    event: int
    field: str
    currency: str
    times: int
    amount: int
    paid: int


class DayLine(NamedTuple):
    """A kind of operation on cards of a type: how often, how much of its field in all, and what was paid in each currency, in
    smallest units. What was undone is not in it."""

    kind: int
    mechanics: str
    event: int
    field: str
    currency: str
    times: int
    amount: int
    paid: dict[str, int]

    @property
    def label(self) -> str:
        """What was done."""
        return words.happened(self.kind, self.event)


_DAY = {
    "all": Statement(f"{_SELECT} {_TAIL}", _Row),
    "manager": Statement(f"{_SELECT} AND {_MANAGER} {_TAIL}", _Row),
    "location": Statement(f"{_SELECT} AND {_LOCATION} {_TAIL}", _Row),
}


def of_partner(partner: Partner) -> list[DayLine]:
    """All that its counters did today."""
    return _joined(_DAY["all"].rows(**_today(partner)))


def of_cashier(partner: Partner, user_id: int) -> list[DayLine]:
    """What somebody did today."""
    return _joined(_DAY["manager"].rows(**_today(partner), manager=user_id))


def at_location(partner: Partner, location_id: int) -> list[DayLine]:
    """What was done at a location today."""
    return _joined(_DAY["location"].rows(**_today(partner), location=location_id))


def _joined(rows: list[_Row]) -> list[DayLine]:
    """Money has a line a currency; stamps are stamps, in whatever currency their templates count what is paid."""
    lines: dict[tuple, DayLine] = {}
    for row in rows:
        key = (*row[:4], row.currency if words.is_money(row.kind, row.field) else None)
        known = lines.get(key) or DayLine(*row[:5], times=0, amount=0, paid={})
        paid = known.paid | ({row.currency: row.paid} if row.paid else {})
        lines[key] = known._replace(times=known.times + row.times, amount=known.amount + row.amount, paid=paid)
    return list(lines.values())


def _today(partner: Partner) -> dict[str, int]:
    return {"partner": partner.id, "since": periods.last(1, partner.time_zone).since}
