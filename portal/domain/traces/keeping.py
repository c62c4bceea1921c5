"""Refusals with their steps, and how often a step refused a thing by the day, go after ninety days."""

from datetime import timedelta

from portal.database import Statement
from portal.domain.keeping.ageing import Aged, Oldest

LASTS = timedelta(days=90)
_OLDEST = "SELECT r.id, r.{} AS written, p.clock_offset AS ahead, FALSE AS is_wanted"
_OF = "r JOIN partner p ON p.id = r.partner_id ORDER BY r.id LIMIT :most"

REFUSALS = Aged(
    "refusals", LASTS, Statement(f"{_OLDEST.format('at')} FROM refusal {_OF}", row=Oldest),
    Statement("DELETE FROM refusal WHERE id <= :last"),
)  # fmt: skip
COUNTS = Aged(
    "refusals", LASTS, Statement(f"{_OLDEST.format('day')} FROM refusal_count {_OF}", row=Oldest),
    Statement("DELETE FROM refusal_count WHERE id <= :last"),
)  # fmt: skip
KEEPING = (REFUSALS, COUNTS)
