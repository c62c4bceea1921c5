"""What the worker does of imports of deals: what a row would do, and doing it."""

import json

from portal.database import Statement
from portal.domain.affiliate.imports import rows as import_rows
from portal.domain.affiliate.imports.imports import THING
from portal.domain.affiliate.imports.rows import Sums
from portal.domain.affiliate.imports.tables import TABLES
from portal.domain.importing import reasons
from portal.domain.importing.leases import Work
from portal.domain.importing.words import BAD
from portal.domain.importing.work import Good, Outcome, Unchecked, Working, text_of
from portal.domain.sentences import say
from portal.domain.typed import numbers

LONGEST_ID = 255
_EARLIER = Statement(
    """SELECT MIN(r.line) FROM import_row r JOIN deal_import i ON i.id = r.deal_import_id
    WHERE i.id = :id AND r.named = :named AND r.line <= i.checked_line"""
)
_DEAL = Statement("UPDATE import_row SET deal_id = :deal WHERE id = :row")


class Deals(Working):
    """Imports of deals."""

    sums, usual = ("cost",), "deal_id"
    done_fact, thing = "import.done", THING

    def judged(self, work: Work, rows: list[Unchecked]) -> list[Outcome]:
        """What importing these rows would do."""
        lines: dict[str, int] = {}
        return [self._outcome_of(work, row, lines) for row in rows]

    def bring(self, work: Work, row: Good) -> None:
        """Report the deal, or change it."""
        deal = import_rows.apply(work.partner_id, _said(work, json.loads(row.cells)))
        _DEAL.run(row=row.id, deal=deal.id)

    def _outcome_of(self, work: Work, row: Unchecked, lines: dict[str, int]) -> Outcome:
        """What importing the row would do; `lines` has the ids that were named by rows before it."""
        if row.is_broken:
            return Outcome(BAD, None, [("line", reasons.BROKEN)])
        cells = json.loads(row.cells)
        named = text_of(cells, json.loads(work.mapping), "deal_id")
        if not named or len(named) > LONGEST_ID:
            return self._foreseen(work, row.line, cells, None)
        earlier = lines.get(named) or _EARLIER.value(id=work.id, named=named)
        if earlier:
            again = say("Line {earlier} has this deal_id already. Keep one line for each deal.", earlier=earlier)
            return Outcome(BAD, named, [("deal_id", again)])
        lines[named] = row.line
        return self._foreseen(work, row.line, cells, named)

    def _foreseen(self, work: Work, line: int, cells: list[str], named: str | None) -> Outcome:
        judge = lambda: Outcome(import_rows.foreseen(work.partner_id, _said(work, cells)), named)  # noqa: E731
        return self.foreseen(work, line, named, judge)


DEALS = Deals(TABLES)
work_due = DEALS.work_due


def _said(work: Work, cells: list[str]) -> import_rows.Said:
    sums = Sums(work.decimal_sign or work.found_sign or numbers.POINT, work.decimal_sign is not None)
    return import_rows.said(cells, json.loads(work.mapping), len(json.loads(work.head)), sums)
