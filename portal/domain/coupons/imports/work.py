"""What the worker does of imports of coupons: what a row would do, and doing it."""

import json
from functools import partial
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.imports import rows as import_rows
from portal.domain.coupons.imports import undoing
from portal.domain.coupons.imports.files import SUMS, code_of
from portal.domain.coupons.imports.imports import DONE_FACT, THING
from portal.domain.coupons.imports.tables import TABLES, CouponImport
from portal.domain.events import log
from portal.domain.importing import reasons
from portal.domain.importing.leases import COUNTS, Work
from portal.domain.importing.words import BAD, DONE, NEW, SAME, UNDOING, UNDONE
from portal.domain.importing.work import Good, Outcome, Unchecked, Working, text_of
from portal.domain.sentences import say
from portal.domain.typed.texts import mended

_TAKEN = Statement("SELECT code FROM coupon WHERE partner_id = :partner AND code IN :codes")


class _Earlier(NamedTuple):
    named: str
    line: int


_EARLIER = Statement(
    """SELECT r.named, MIN(r.line) AS line FROM coupon_import_row r JOIN coupon_import i ON i.id = r.coupon_import_id
    WHERE r.coupon_import_id = :id AND r.named IN :codes AND r.state = 'new' AND r.line <= i.checked_line GROUP BY r.named""",
    _Earlier,
)
_LAST_DONE = Statement(
    """SELECT id, cells FROM coupon_import_row WHERE coupon_import_id = :id AND state = 'done'
    ORDER BY coupon_import_id DESC, state DESC, line DESC LIMIT 1""",
    Good,
)
_MADE = Statement("UPDATE coupon_import_row SET coupon_id = :coupon WHERE id = :row")


class Coupons(Working):
    """Imports of coupons."""

    sums, usual = SUMS, "line"
    done_fact, thing = DONE_FACT, THING

    def __init__(self):
        super().__init__(TABLES, (*COUNTS, "undone", "stayed"))
        self.steps[UNDOING] = self.undo

    def judged(self, work: Work, rows: list[Unchecked]) -> list[Outcome]:
        """What importing these rows would do. A code that is there already, or on an earlier line, is left out."""
        found = _found(work)
        names = [_name(found, row) for row in rows]
        codes = [name for name in names if name]
        taken = set(_TAKEN.values(partner=work.partner_id, codes=codes)) if codes else set()
        clashes = {
            code: why for others in coupons.taken_elsewhere for code, why in others(work.partner_id, codes).items()
        }
        lines = {one.named: one.line for one in _EARLIER.rows(id=work.id, codes=codes)} if codes else {}
        return [
            self.foreseen(work, row.line, name, partial(_outcome, found, row, name, taken, clashes, lines))
            for row, name in zip(rows, names, strict=True)
        ]

    def bring(self, work: Work, row: Good) -> None:
        """Make the coupon."""
        said = import_rows.said(_found(work), json.loads(row.cells))
        coupon = coupons.create(work.partner_id, said.given)
        if not said.is_active:
            coupons.end(work.partner_id, coupon.id)
        _MADE.run(row=row.id, coupon=coupon.id)

    def undo(self, work: Work, over: float) -> Work:
        """Undo one row, the last one first."""
        work = work._replace(confirmed_by=_found(work).undone_by)
        row = _LAST_DONE.row(id=work.id)
        if row is not None:
            return self.settled(work, row, lambda work, row: undoing.take_back(row.id), DONE, "undone", "stayed")
        with transaction():
            work = self.leases.gone_on(work)
            self.update(work, state=UNDONE, due_at=None, ended_at=clock.now())
            log.record(work.partner_id, "coupon_import.undone", THING, work.uuid)
        return work._replace(state=UNDONE)


COUPONS = Coupons()
work_due = COUPONS.work_due


def _outcome(
    found: CouponImport, row: Unchecked, name: str | None, taken: set[str], clashes: dict[str, str], lines: dict[str, int]
) -> Outcome:  # fmt: skip
    """What importing the row would do; `clashes` say of codes whose else they are, `lines` has the codes of rows before it."""
    if row.is_broken:
        return Outcome(BAD, None, [("line", reasons.BROKEN)])
    import_rows.said(found, json.loads(row.cells))
    if name in taken:
        return Outcome(SAME, name, [("code", say("There is a coupon with this code already."))])
    if name in clashes:
        return Outcome(BAD, name, [("code", clashes[name])])
    if name in lines:
        return Outcome(SAME, name, [("code", say("Line {line} has this code already.", line=lines[name]))])
    lines[name or ""] = row.line
    return Outcome(NEW, name)


def _found(work: Work) -> CouponImport:
    """The import as it is worked at: with the sign that its rows show."""
    found = CouponImport.get_by_id(work.id)
    found.found_sign = work.found_sign or found.found_sign
    return found


def _name(found: CouponImport, row: Unchecked) -> str | None:
    """The code of the line, as codes are compared."""
    if row.is_broken:
        return None
    text = text_of(json.loads(row.cells), found.mapping, "code")
    return mended(code_of(text))[:255] if text else None
