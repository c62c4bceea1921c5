"""What the worker does of imports: reading a file into rows, checking them, importing those that were confirmed.

An import is worked at under a lease, which every write renews and which ends when it is canceled: then the write that
finds it ended is undone, and the work stops there. A row's outcome is kept in the transaction that brings it about, so
that whoever goes on after a killed worker does no row twice.
"""

import json
import logging
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from portal import clock
from portal.database import AWAY, Statement, transaction
from portal.domain.affiliate.imports import files, leases
from portal.domain.affiliate.imports import rows as import_rows
from portal.domain.affiliate.imports.keeping import drop_file
from portal.domain.affiliate.imports.leases import Ended, Work
from portal.domain.affiliate.imports.rows import CHANGED, NEW, Sums
from portal.domain.affiliate.imports.tables import DealImport, ImportFile, ImportRow
from portal.domain.affiliate.imports.words import APPLYING, BAD, CHECKED, CHECKING, DONE, FAILED, MAPPING, READING
from portal.domain.errors import DomainError
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.typed import numbers

SLICE_SECONDS = 2.0  # Then the next partner's import has its turn.
LONGEST_ID = 255
_READ_AT_ONCE, _CHECKED_AT_ONCE, _LOOKED_THROUGH_AT_ONCE = 200, 50, 1000
_UNEXPECTED = [
    ("line", say("The portal failed at this line, and the operator finds it in the log. Import it again later."))
]
_logger = logging.getLogger("portal.imports")


class _Unchecked(NamedTuple):
    id: int
    line: int
    cells: str
    is_broken: bool


class _Cells(NamedTuple):
    line: int
    cells: str


class _Good(NamedTuple):
    id: int
    cells: str


class _Outcome(NamedTuple):
    """What importing a row would do: its state, the deal's own id, and [field, sentence] of each error."""

    state: str
    named: str | None
    errors: list | None = None


_UNCHECKED = Statement(
    """SELECT r.id, r.line, r.cells, r.is_broken FROM import_row r JOIN deal_import i ON i.id = r.deal_import_id
    WHERE i.id = :id AND r.line > i.checked_line ORDER BY r.line LIMIT :most""",
    _Unchecked,
)
_EARLIER = Statement(
    """SELECT MIN(r.line) FROM import_row r JOIN deal_import i ON i.id = r.deal_import_id
    WHERE i.id = :id AND r.named = :named AND r.line <= i.checked_line"""
)
_CELLS = Statement(
    """SELECT line, cells FROM import_row WHERE deal_import_id = :id AND line > :line AND NOT is_broken
    ORDER BY line LIMIT :most""",
    _Cells,
)
_OUTCOME = Statement("UPDATE import_row SET state = :state, named = :named, errors = :errors WHERE id = :row")
_GOOD = Statement(
    """SELECT id, cells FROM import_row WHERE deal_import_id = :id AND state = :state
    ORDER BY deal_import_id, state, line LIMIT 1""",
    _Good,
)
_SETTLE = Statement("UPDATE import_row SET state = :state, errors = :errors WHERE id = :row AND state = :before")
_DEAL = Statement("UPDATE import_row SET deal_id = :deal WHERE id = :row")


def work_due() -> bool:
    """Work at the import whose turn it is, for two seconds; whether there was one. Repeated until there is none."""
    work = leases.taken()
    if work is None:
        return False
    try:
        with clock.acting(work.clock_offset):
            work = _until_turn_is_over(work)
        leases.put_back(work)
    except Ended:
        pass
    return True


def _until_turn_is_over(work: Work) -> Work:
    over = time.monotonic() + SLICE_SECONDS
    steps = {READING: _read, CHECKING: _check, APPLYING: _apply}
    while time.monotonic() < over:
        work = steps[work.state](work, over)
        if work.state not in steps:
            raise Ended
    return work


def _read(work: Work, over: float) -> Work:
    """Turn the file into rows, some at a time."""
    file = ImportFile.get_by_id(work.id)
    rows = files.rows(file.text, work.separator, file.read_to, file.line)
    while time.monotonic() < over:
        some = list(islice(rows, _READ_AT_ONCE))
        if not some:
            return _moved(work, CHECKING)
        work = _keep(work, some)
    return work


def _keep(work: Work, some: list[files.Row]) -> Work:
    with transaction():
        work = leases.gone_on(work, total=len(some))
        ImportRow.insert_many(
            {
                "deal_import": work.id,
                "line": row.line,
                "cells": row.cells,
                "is_broken": row.is_broken,
                "state": "waiting",
            }
            for row in some
        ).execute()
        read = ImportFile.update(read_to=some[-1].ends, line=some[-1].last_line)
        read.where(ImportFile.deal_import == work.id).execute()
    return work


def _check(work: Work, over: float) -> Work:
    """Find out of some rows what importing them would do. Nothing is locked meanwhile."""
    if not (work.decimal_sign or work.found_sign):
        return _find_sign(work)
    rows = _UNCHECKED.rows(id=work.id, most=_CHECKED_AT_ONCE)
    if not rows:
        return _moved(work, CHECKED)
    lines: dict[str, int] = {}
    outcomes = [_outcome(work, row, lines) for row in rows]
    found = Counter(outcome.state for outcome in outcomes)
    with transaction():
        work = leases.gone_on(work, checked=len(rows), **found)
        for row, outcome in zip(rows, outcomes, strict=True):
            _OUTCOME.run(row=row.id, state=outcome.state, named=outcome.named, errors=_kept(outcome.errors))
        DealImport.update(checked_line=rows[-1].line).where(DealImport.id == work.id).execute()
    return work


def _find_sign(work: Work) -> Work:
    """How the sums of all rows are written; where these leave it open, somebody has to say, and nothing is checked."""
    sign = numbers.sign_of(_costs(work))
    with transaction():
        work = leases.gone_on(work)
        if sign is None:
            DealImport.update(state=MAPPING, due_at=None).where(DealImport.id == work.id).execute()
            return work._replace(state=MAPPING)
        DealImport.update(found_sign=sign).where(DealImport.id == work.id).execute()
    return work._replace(found_sign=sign)


def _costs(work: Work) -> Iterator[str]:
    mapping, line = json.loads(work.mapping), 0
    while some := _CELLS.rows(id=work.id, line=line, most=_LOOKED_THROUGH_AT_ONCE):
        texts = (import_rows.text_of(json.loads(row.cells), mapping, "cost") for row in some)
        yield from (text for text in texts if text)
        line = some[-1].line


def _outcome(work: Work, row: _Unchecked, lines: dict[str, int]) -> _Outcome:
    """What importing the row would do; `lines` has the ids that were named by rows before it."""
    if row.is_broken:
        return _Outcome(BAD, None, [("line", import_rows.BROKEN)])
    cells = json.loads(row.cells)
    named = import_rows.text_of(cells, json.loads(work.mapping), "deal_id")
    if not named or len(named) > LONGEST_ID:
        return _foreseen(work, row.line, cells, None)
    earlier = lines.get(named) or _EARLIER.value(id=work.id, named=named)
    if earlier:
        again = say("Line {earlier} has this deal_id already. Keep one line for each deal.", earlier=earlier)
        return _Outcome(BAD, named, [("deal_id", again)])
    lines[named] = row.line
    return _foreseen(work, row.line, cells, named)


def _foreseen(work: Work, line: int, cells: list[str], named: str | None) -> _Outcome:
    try:
        return _Outcome(import_rows.foreseen(work.partner_id, _said(work, cells)), named)
    except AWAY:
        raise
    except DomainError as error:
        return _Outcome(BAD, named, import_rows.reasons(error))
    except Exception as error:
        _logger.exception(say("line %d of the import %s could not be checked: %s"), line, work.uuid, error)
        return _Outcome(BAD, named, _UNEXPECTED)


def _apply(work: Work, over: float) -> Work:
    """Import one row, in the name of whoever confirmed."""
    state = NEW
    row = _GOOD.row(id=work.id, state=state)
    if row is None:
        state = CHANGED
        row = _GOOD.row(id=work.id, state=state)
    if row is None:
        return _moved(work, DONE)
    log.acting_as(work.confirmed_by or log.SYSTEM)
    try:
        return _import(work, row, state)
    except (Ended, *AWAY):
        raise
    except DomainError as error:
        return _fail(work, row, state, import_rows.reasons(error))
    except Exception as error:
        _logger.exception(say("row %d of the import %s could not be imported: %s"), row.id, work.uuid, error)
        return _fail(work, row, state, _UNEXPECTED)
    finally:
        log.acting_as(log.SYSTEM)


def _import(work: Work, row: _Good, state: str) -> Work:
    with transaction():
        work = leases.gone_on(work, done=1)
        if not _SETTLE.run(row=row.id, before=state, state="done", errors=None):
            raise Ended
        deal = import_rows.apply(work.partner_id, _said(work, json.loads(row.cells)))
        _DEAL.run(row=row.id, deal=deal.id)
    return work


def _fail(work: Work, row: _Good, state: str, errors: list) -> Work:
    with transaction():
        work = leases.gone_on(work, failed=1)
        if not _SETTLE.run(row=row.id, before=state, state=FAILED, errors=_kept(errors)):
            raise Ended
    return work


def _kept(errors: list | None) -> str | None:
    return json.dumps(errors, ensure_ascii=False) if errors else None


def _said(work: Work, cells: list[str]) -> import_rows.Said:
    sums = Sums(work.decimal_sign or work.found_sign or numbers.POINT, work.decimal_sign is not None)
    return import_rows.said(cells, json.loads(work.mapping), len(json.loads(work.head)), sums)


def _moved(work: Work, state: str) -> Work:
    """The next state; where nothing is left to be done in it, the lease is given back."""
    with transaction():
        work = leases.gone_on(work)
        is_done = state == DONE
        due, ended = work.lease if state == CHECKING else None, clock.now() if is_done else None
        DealImport.update(state=state, due_at=due, ended_at=ended).where(DealImport.id == work.id).execute()
        if state == CHECKING:
            drop_file(work.id)
        if is_done:
            log.record(work.partner_id, "import.done", "import", work.uuid)
    return work._replace(state=state)
