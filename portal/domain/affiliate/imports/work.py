"""What the worker does of imports: reading a file into rows, checking them, importing those that were confirmed.

An import is worked at under a lease, which every write renews and which ends when it is canceled: then the write that
finds it ended is undone, and the work stops there. A row's outcome is kept in the transaction that brings it about, so
that whoever goes on after a killed worker does no row twice.
"""

import json
import logging
import time
from itertools import islice

from portal import clock
from portal.database import AWAY, Statement, transaction
from portal.domain.affiliate.imports import files, leases
from portal.domain.affiliate.imports import rows as import_rows
from portal.domain.affiliate.imports.imports import APPLYING, CHECKED, CHECKING, DONE, READING
from portal.domain.affiliate.imports.leases import Ended, Work
from portal.domain.affiliate.imports.rows import CHANGED, NEW, SAME
from portal.domain.affiliate.imports.tables import ImportRow
from portal.domain.errors import DomainError
from portal.domain.events import log

BAD, FAILED = "bad", "failed"
SLICE_SECONDS = 5.0  # Then the next import has its turn.
LONGEST_ID = 255
_READ_AT_ONCE, _CHECKED_AT_ONCE = 200, 50
_UNEXPECTED = [("line", "The portal failed at this line, and the operator finds it in the log. Import it again later.")]
_logger = logging.getLogger("portal.imports")

_CHECKED_LINE = Statement("UPDATE deal_import SET checked_line = ? WHERE id = ?")
_STATE = Statement("UPDATE deal_import SET state = ?, due_at = ?, ended_at = ? WHERE id = ?")
_FILE = Statement("SELECT text, read_to, line FROM import_file WHERE deal_import_id = ?")
_READ_TO = Statement("UPDATE import_file SET read_to = ?, line = ? WHERE deal_import_id = ?")
_DROP_FILE = Statement("DELETE FROM import_file WHERE deal_import_id = ?")
_UNCHECKED = Statement(
    """SELECT r.id, r.line, r.cells, r.is_broken FROM import_row r JOIN deal_import i ON i.id = r.deal_import_id
    WHERE i.id = ? AND r.line > i.checked_line ORDER BY r.line LIMIT ?"""
)
_EARLIER = Statement(
    """SELECT MIN(r.line) FROM import_row r JOIN deal_import i ON i.id = r.deal_import_id
    WHERE i.id = ? AND r.named = ? AND r.line <= i.checked_line"""
)
_OUTCOME = Statement("UPDATE import_row SET state = ?, named = ?, errors = ? WHERE id = ?")
_GOOD = Statement(
    "SELECT id, cells FROM import_row WHERE deal_import_id = ? AND state = ? ORDER BY deal_import_id, state, line LIMIT 1"
)
_SETTLE = Statement("UPDATE import_row SET state = ?, errors = ? WHERE id = ? AND state = ?")
_DEAL = Statement("UPDATE import_row SET deal_id = ? WHERE id = ?")


def work_due() -> bool:
    """Work at the import that has waited longest, for a few seconds; whether there was one. Repeated until there is none."""
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
    text, read_to, line = _FILE.row(work.id)
    rows = files.rows(text, work.separator, read_to, line)
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
        _READ_TO.run(some[-1].ends, some[-1].last_line, work.id)
    return work


def _check(work: Work, over: float) -> Work:
    """Find out of some rows what importing them would do. Nothing is locked meanwhile."""
    rows = _UNCHECKED.rows(work.id, _CHECKED_AT_ONCE)
    if not rows:
        return _moved(work, CHECKED)
    lines: dict[str, int] = {}
    outcomes = [_outcome(work, line, json.loads(cells), is_broken, lines) for _, line, cells, is_broken in rows]
    found = [state for state, _, _ in outcomes]
    with transaction():
        work = leases.gone_on(
            work, checked=len(rows), **{state: found.count(state) for state in (NEW, CHANGED, SAME, BAD)}
        )
        for row, (state, named, errors) in zip(rows, outcomes, strict=True):
            _OUTCOME.run(state, named, errors and json.dumps(errors, ensure_ascii=False), row[0])
        _CHECKED_LINE.run(rows[-1][1], work.id)
    return work


def _outcome(work: Work, line: int, cells: list[str], is_broken: bool, lines: dict[str, int]) -> tuple:
    """(state, the deal's own id, errors) of a row; `lines` has the ids that were named by rows before it."""
    if is_broken:
        return BAD, None, [("line", import_rows.BROKEN)]
    named = import_rows.text_of(cells, json.loads(work.mapping), "deal_id")
    named = named if named and len(named) <= LONGEST_ID else None
    earlier = named and (lines.get(named) or _EARLIER.row(work.id, named)[0])
    if earlier:
        return BAD, named, [("deal_id", f"Line {earlier} has this deal_id already. Keep one line for each deal.")]
    if named:
        lines[named] = line
    try:
        return import_rows.foreseen(work.partner_id, _said(work, cells)), named, None
    except AWAY:
        raise
    except DomainError as error:
        return BAD, named, import_rows.reasons(error)
    except Exception as error:
        _logger.exception("line %d of the import %s could not be checked: %s", line, work.uuid, error)
        return BAD, named, _UNEXPECTED


def _apply(work: Work, over: float) -> Work:
    """Import one row, in the name of whoever confirmed."""
    state = NEW
    row = _GOOD.row(work.id, state)
    if row is None:
        state = CHANGED
        row = _GOOD.row(work.id, state)
    if row is None:
        return _moved(work, DONE)
    log.acting_as(work.confirmed_by)
    try:
        return _import(work, row[0], state, json.loads(row[1]))
    except (Ended, *AWAY):
        raise
    except DomainError as error:
        return _fail(work, row[0], state, import_rows.reasons(error))
    except Exception as error:
        _logger.exception("row %d of the import %s could not be imported: %s", row[0], work.uuid, error)
        return _fail(work, row[0], state, _UNEXPECTED)
    finally:
        log.acting_as(log.SYSTEM)


def _import(work: Work, row_id: int, state: str, cells: list[str]) -> Work:
    with transaction():
        work = leases.gone_on(work, done=1)
        if not _SETTLE.run("done", None, row_id, state):
            raise Ended
        _DEAL.run(import_rows.apply(work.partner_id, _said(work, cells)).id, row_id)
    return work


def _fail(work: Work, row_id: int, state: str, errors: list) -> Work:
    with transaction():
        work = leases.gone_on(work, failed=1)
        if not _SETTLE.run(FAILED, json.dumps(errors, ensure_ascii=False), row_id, state):
            raise Ended
    return work


def _said(work: Work, cells: list[str]) -> import_rows.Said:
    return import_rows.said(cells, json.loads(work.mapping), len(json.loads(work.head)))


def _moved(work: Work, state: str) -> Work:
    """The next state; where nothing is left to be done in it, the lease is given back."""
    with transaction():
        work = leases.gone_on(work)
        is_done = state == DONE
        _STATE.run(state, work.lease if state == CHECKING else None, clock.micros() if is_done else None, work.id)
        if state == CHECKING:
            _DROP_FILE.run(work.id)
        if is_done:
            log.record(work.partner_id, "import.done", "import", work.uuid)
    return work._replace(state=state)
