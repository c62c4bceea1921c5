"""What the worker does of imports of customers: what a row would do, and doing it."""

import json
from functools import partial

from portal.database import Statement
from portal.domain.cards.imports import rows as import_rows
from portal.domain.cards.imports.imports import DONE_FACT, THING
from portal.domain.cards.imports.rows import Said
from portal.domain.cards.imports.tables import TABLES, CardImport, CardImportKey
from portal.domain.importing import reasons
from portal.domain.importing.leases import COUNTS, Work
from portal.domain.importing.words import BAD
from portal.domain.importing.work import Good, Outcome, Unchecked, Working, text_of
from portal.domain.sentences import say

_EARLIER = Statement(
    """SELECT MIN(k.line) FROM card_import_key k JOIN card_import i ON i.id = k.card_import_id
    WHERE k.key IN :keys AND k.of = :of AND k.card_import_id = :id AND k.line <= i.checked_line"""
)
_MADE = Statement(
    "UPDATE card_import_row SET member_id = :member, made_member = :made, left_at = :left WHERE id = :row"
)


class Customers(Working):
    """Imports of customers."""

    usual = "line"
    done_fact, thing = DONE_FACT, THING

    def judged(self, work: Work, rows: list[Unchecked]) -> list[Outcome]:
        """What importing these rows would do."""
        known, lines = CardImport.get_by_id(work.id).known, dict[str, int]()
        return [
            self.foreseen(work, row.line, _name(work, row), partial(_outcome, work, row, known, lines)) for row in rows
        ]

    def note(self, work: Work, rows: list[Unchecked], outcomes: list[Outcome]) -> None:
        """What each line knows its customer by."""
        of_these = CardImportKey.card_import == work.id
        CardImportKey.delete().where(of_these, CardImportKey.line.between(rows[0].line, rows[-1].line)).execute()
        found = [
            {"card_import": work.id, "key": key, "line": row.line}
            for row, outcome in zip(rows, outcomes, strict=True)
            for key in outcome.keys
        ]
        if found:
            CardImportKey.insert_many(found).execute()

    def bring(self, work: Work, row: Good) -> None:
        """Make the customer, or change it."""
        known = CardImport.get_by_id(work.id).known
        member, is_made = import_rows.apply(work.partner_id, _said(work, row.cells), known)
        _MADE.run(row=row.id, member=member.id, made=is_made, left=TABLES.rows.left_at.db_value(member.updated_at))


CUSTOMERS = Customers(TABLES, (*COUNTS, "undone", "stayed"))
work_due = CUSTOMERS.work_due


def _outcome(work: Work, row: Unchecked, known: str, lines: dict[str, int]) -> Outcome:
    """What importing the row would do; `lines` has what rows just before it know their customers by."""
    if row.is_broken:
        return Outcome(BAD, None, [("line", reasons.BROKEN)])
    said = _said(work, row.cells)
    step = import_rows.foreseen(work.partner_id, said, known)
    keys = import_rows.keys(said, step.member)
    earlier = min((lines[key] for key in keys if key in lines), default=None)
    earlier = earlier or _EARLIER.value(keys=list(keys), of=0, id=work.id)
    if earlier:
        again = say("Line {earlier} is about this customer already. Keep one line for each.", earlier=earlier)
        return Outcome(BAD, _name(work, row), [("line", again)])
    lines.update(dict.fromkeys(keys, row.line))
    return Outcome(step.state, _name(work, row), None, keys)


def _name(work: Work, row: Unchecked) -> str | None:
    """What the line calls its customer, be it good or bad."""
    cells, mapping = json.loads(row.cells), json.loads(work.mapping)
    names = [] if row.is_broken else [text_of(cells, mapping, field) for field in ("first_name", "surname")]
    return " ".join(name for name in names if name)[:255] or None


def _said(work: Work, cells: str) -> Said:
    return import_rows.said(work.partner_id, json.loads(cells), json.loads(work.mapping), len(json.loads(work.head)))
