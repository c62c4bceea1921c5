"""What the worker does of imports: reading a file into rows, checking them, importing those that were confirmed.

An import is worked at under a lease, which every write renews and which ends when it is canceled: then the write that
finds it ended is undone, and the work stops there. A row's outcome is kept in the transaction that brings it about, so
that whoever goes on after a killed worker does no row twice.
"""

import json
import logging
import time
from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from portal import clock
from portal.database import AWAY, Statement, transaction
from portal.domain.errors import DomainError
from portal.domain.events import log
from portal.domain.importing import files, reasons
from portal.domain.importing.keeping import drop_text
from portal.domain.importing.leases import COUNTS, Ended, ImportLeases, Work
from portal.domain.importing.tables import Tables
from portal.domain.importing.words import (
    APPLYING,
    BAD,
    CHANGED,
    CHECKED,
    CHECKING,
    DONE,
    FAILED,
    MAPPING,
    NEW,
    READING,
)
from portal.domain.sentences import say
from portal.domain.typed import numbers
from portal.domain.typed.texts import tidy

SLICE_SECONDS = 2.0  # Then the next partner's import has its turn.
_READ_AT_ONCE, _CHECKED_AT_ONCE, _LOOKED_THROUGH_AT_ONCE = 200, 50, 1000
logger = logging.getLogger("portal.imports")


class Unchecked(NamedTuple):
    """A row that was not checked yet."""

    id: int
    line: int
    cells: str
    is_broken: bool


class _Cells(NamedTuple):
    line: int
    cells: str


class Good(NamedTuple):
    """A row that is to be imported, or was."""

    id: int
    cells: str


class Outcome(NamedTuple):
    """What importing a row would do: its state, what it is about, and [field, sentence] of each error. `keys` are what it
    must not have in common with a line before it, and what each is of."""

    state: str
    named: str | None = None
    errors: list | None = None
    keys: tuple[tuple[int, str], ...] = ()


class Working:
    """How imports of one kind are worked at. A kind says what a row would do (`judged`), and does it (`bring`)."""

    sums: tuple[str, ...] = ()  # the fields that are sums
    usual = "line"  # the field that is wrong where a rule names none
    done_fact, thing = "", ""

    def __init__(self, tables: Tables, counts: tuple[str, ...] = COUNTS):
        table, rows = tables.imports._meta.table_name, tables.rows._meta.table_name
        owner = f"{tables.owner}_id"
        self.tables, self.leases = tables, ImportLeases(table, counts)
        self.steps = {READING: self.read, CHECKING: self.check, APPLYING: self.apply}
        self._unchecked = Statement(
            f"""SELECT r.id, r.line, r.cells, r.is_broken FROM {rows} r JOIN {table} i ON i.id = r.{owner}
            WHERE i.id = :id AND r.line > i.checked_line ORDER BY r.line LIMIT :most""",
            Unchecked,
        )
        self._cells = Statement(
            f"""SELECT line, cells FROM {rows} WHERE {owner} = :id AND line > :line AND NOT is_broken
            ORDER BY line LIMIT :most""",
            _Cells,
        )
        self._outcome = Statement(f"UPDATE {rows} SET state = :state, named = :named, errors = :errors WHERE id = :row")
        self._good = Statement(
            f"""SELECT id, cells FROM {rows} WHERE {owner} = :id AND state = :state
            ORDER BY {owner}, state, line LIMIT 1""",
            Good,
        )
        self._settle = Statement(
            f"UPDATE {rows} SET state = :state, errors = :errors WHERE id = :row AND state = :before"
        )

    @abstractmethod
    def judged(self, work: Work, rows: list[Unchecked]) -> list[Outcome]:
        """What importing these rows would do. Nothing is written."""

    @abstractmethod
    def bring(self, work: Work, row: Good) -> None:
        """Import a row, in the transaction around. Raises what the verbs raise."""

    def note(self, work: Work, rows: list[Unchecked], outcomes: list[Outcome]) -> None:
        """Keep what else is known of rows that were judged, in the transaction around."""

    def work_due(self) -> bool:
        """Work at the import whose turn it is, for two seconds; whether there was one. Repeated until there is none."""
        work = self.leases.taken()
        if work is None:
            return False
        try:
            with clock.acting(work.clock_offset):
                work = self._until_turn_is_over(work)
            self.leases.put_back(work)
        except Ended:
            pass
        return True

    def _until_turn_is_over(self, work: Work) -> Work:
        over = time.monotonic() + SLICE_SECONDS
        while time.monotonic() < over:
            work = self.steps[work.state](work, over)
            if work.state not in self.steps:
                raise Ended
        return work

    def read(self, work: Work, over: float) -> Work:
        """Turn the file into rows, some at a time."""
        text = self.tables.texts.get(self.tables.of(self.tables.texts, work.id))
        rows = files.rows(text.text, work.separator, text.read_to, text.line)
        while time.monotonic() < over:
            some = list(islice(rows, _READ_AT_ONCE))
            if not some:
                return self.moved(work, CHECKING)
            work = self._keep(work, some)
        return work

    def _keep(self, work: Work, some: list[files.Row]) -> Work:
        tables = self.tables
        with transaction():
            work = self.leases.gone_on(work, total=len(some))
            tables.rows.insert_many(
                {
                    tables.owner: work.id,
                    "line": row.line,
                    "cells": row.cells,
                    "is_broken": row.is_broken,
                    "state": "waiting",
                }
                for row in some
            ).execute()
            read = tables.texts.update(read_to=some[-1].ends, line=some[-1].last_line)
            read.where(tables.of(tables.texts, work.id)).execute()
        return work

    def check(self, work: Work, over: float) -> Work:
        """Find out of some rows what importing them would do. Nothing is locked meanwhile."""
        if not (work.decimal_sign or work.found_sign):
            return self._find_sign(work)
        rows = self._unchecked.rows(id=work.id, most=_CHECKED_AT_ONCE)
        if not rows:
            return self.moved(work, CHECKED)
        outcomes = self.judged(work, rows)
        found = Counter(outcome.state for outcome in outcomes)
        with transaction():
            work = self.leases.gone_on(work, checked=len(rows), **found)
            for row, outcome in zip(rows, outcomes, strict=True):
                self._outcome.run(row=row.id, state=outcome.state, named=outcome.named, errors=kept(outcome.errors))
            self.note(work, rows, outcomes)
            self.update(work, checked_line=rows[-1].line)
        return work

    def _find_sign(self, work: Work) -> Work:
        """How the sums of all rows are written; where these leave it open, somebody has to say, and nothing is checked."""
        sign = numbers.sign_of(self._sums(work))
        with transaction():
            work = self.leases.gone_on(work)
            if sign is None:
                self.update(work, state=MAPPING, due_at=None)
                return work._replace(state=MAPPING)
            self.update(work, found_sign=sign)
        return work._replace(found_sign=sign)

    def _sums(self, work: Work) -> Iterator[str]:
        mapping, line = json.loads(work.mapping), 0
        named = [field for field in self.sums if field in mapping]
        while named and (some := self._cells.rows(id=work.id, line=line, most=_LOOKED_THROUGH_AT_ONCE)):
            for row in some:
                cells = json.loads(row.cells)
                yield from (text for field in named if (text := text_of(cells, mapping, field)))
            line = some[-1].line

    def foreseen(self, work: Work, line: int, named: str | None, judge: Callable[[], Outcome]) -> Outcome:
        """What `judge` says of a row, or why it is bad."""
        try:
            return judge()
        except AWAY:
            raise
        except DomainError as error:
            return Outcome(BAD, named, reasons.of_error(error, self.usual))
        except Exception as error:
            logger.exception(say("line %d of the import %s could not be checked: %s"), line, work.uuid, error)
            return Outcome(BAD, named, reasons.UNEXPECTED)

    def apply(self, work: Work, over: float) -> Work:
        """Import one row, in the name of whoever confirmed."""
        for state in (NEW, CHANGED):
            if row := self._good.row(id=work.id, state=state):
                return self.settled(work, row, self.bring, state, "done", FAILED)
        return self.moved(work, DONE)

    def settled(
        self, work: Work, row: Good, act: Callable[[Work, Good], None], before: str, after: str, otherwise: str
    ) -> Work:  # fmt: skip
        """Do what is to be done of a row, and keep that it was; where it cannot be, why."""
        log.acting_as(work.confirmed_by or log.SYSTEM)
        try:
            with transaction():
                work_on = self.leases.gone_on(work, **{after: 1})
                if not self._settle.run(row=row.id, before=before, state=after, errors=None):
                    raise Ended
                act(work, row)
            return work_on
        except (Ended, *AWAY):
            raise
        except DomainError as error:
            return self._fail(work, row, before, otherwise, reasons.of_error(error, self.usual))
        except Exception as error:
            logger.exception(say("row %d of the import %s could not be imported: %s"), row.id, work.uuid, error)
            return self._fail(work, row, before, otherwise, reasons.UNEXPECTED)
        finally:
            log.acting_as(log.SYSTEM)

    def _fail(self, work: Work, row: Good, before: str, otherwise: str, errors: list) -> Work:
        with transaction():
            work = self.leases.gone_on(work, **{otherwise: 1})
            if not self._settle.run(row=row.id, before=before, state=otherwise, errors=kept(errors)):
                raise Ended
        return work

    def moved(self, work: Work, state: str) -> Work:
        """The next state; where nothing is left to be done in it, the lease is given back."""
        with transaction():
            work = self.leases.gone_on(work)
            due = work.lease if state == CHECKING else None
            self.update(work, state=state, due_at=due, ended_at=clock.now() if state == DONE else None)
            if state == CHECKING:
                drop_text(self.tables, work.id)
            if state == DONE:
                log.record(work.partner_id, self.done_fact, self.thing, work.uuid)
        return work._replace(state=state)

    def update(self, work: Work, **given) -> None:
        """Set columns of the import."""
        self.tables.imports.update(**given).where(self.tables.imports.id == work.id).execute()


def text_of(cells: list[str], mapping: dict[str, int], field: str) -> str | None:
    """The text of a field without spaces around it; None for an empty cell, or where no column has it."""
    column = mapping.get(field)
    return (tidy(cells[column]) or None) if column is not None and column < len(cells) else None


def kept(errors: list | None) -> str | None:
    """Reasons as the column keeps them."""
    return json.dumps(errors, ensure_ascii=False) if errors else None
