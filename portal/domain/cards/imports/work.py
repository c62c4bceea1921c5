"""What the worker does of imports of customers: what a row would do, and doing it."""

import json
from functools import partial
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.cards.imports import rows as import_rows
from portal.domain.cards.imports import undoing
from portal.domain.cards.imports.files import BALANCES
from portal.domain.cards.imports.imports import DONE_FACT, THING
from portal.domain.cards.imports.tables import TABLES, CardImport, CardImportKey
from portal.domain.events import log
from portal.domain.importing import reasons
from portal.domain.importing.leases import COUNTS, Work
from portal.domain.importing.words import BAD, DONE, UNDOING, UNDONE
from portal.domain.importing.work import Good, Outcome, Unchecked, Working, text_of
from portal.domain.sentences import say

Key = tuple[int, str]  # what a line is known by, after what that is of


class _Earlier(NamedTuple):
    of: int
    key: str
    line: int


_EARLIER = Statement(
    """SELECT k.of, k.key, MIN(k.line) AS line FROM card_import_key k JOIN card_import i ON i.id = k.card_import_id
    WHERE k.key IN :keys AND k.card_import_id = :id AND k.line <= i.checked_line GROUP BY k.of, k.key""",
    _Earlier,
)
_LAST_DONE = Statement(
    """SELECT id, cells FROM card_import_row WHERE card_import_id = :id AND state = 'done'
    ORDER BY card_import_id DESC, state DESC, line DESC LIMIT 1""",
    Good,
)
_MADE = Statement(
    """UPDATE card_import_row SET member_id = :member, made_member = :made, card_id = :card, operation_id = :operation
    WHERE id = :row"""
)
# A later line of the file may have changed the customer of an earlier one: that is no touch.
_LEFT = Statement("UPDATE card_import_row SET left_at = :left WHERE card_import_id = :id AND member_id = :member")


class Customers(Working):
    """Imports of customers."""

    sums, usual = BALANCES, "line"
    done_fact, thing = DONE_FACT, THING

    def __init__(self):
        super().__init__(TABLES, (*COUNTS, "undone", "stayed"))
        self.steps[UNDOING] = self.undo

    def judged(self, work: Work, rows: list[Unchecked]) -> list[Outcome]:
        """What importing these rows would do."""
        found, lines = _found(work), dict[Key, int]()
        return [self._judged(work, found, row, lines) for row in rows]

    def _judged(self, work: Work, found: CardImport, row: Unchecked, lines: dict[Key, int]) -> Outcome:
        judge = partial(self.foreseen, work, row.line, _name(found, row))
        outcome = judge(partial(_outcome, found, row, lines))
        return judge(partial(_forgotten_by, found, row, outcome)) if outcome.state == BAD else outcome

    def note(self, work: Work, rows: list[Unchecked], outcomes: list[Outcome]) -> None:
        """What each line knows its customer by."""
        of_these = CardImportKey.card_import == work.id
        CardImportKey.delete().where(of_these, CardImportKey.line.between(rows[0].line, rows[-1].line)).execute()
        keys = [
            {"card_import": work.id, "of": of, "key": key, "line": row.line}
            for row, outcome in zip(rows, outcomes, strict=True)
            for of, key in outcome.keys
        ]
        if keys:
            CardImportKey.insert_many(keys).execute()

    def bring(self, work: Work, row: Good) -> None:
        """Make the customer, or change it."""
        found = _found(work)
        brought = import_rows.apply(
            work.partner_id, import_rows.said(found, json.loads(row.cells)), found.known, _manager(work)
        )
        member, card, operation = brought.member, brought.card, brought.operation
        _MADE.run(
            row=row.id,
            member=member.id,
            made=brought.is_made,
            card=card and card.id,
            operation=operation and operation.id,
        )
        _LEFT.run(id=work.id, member=member.id, left=clock.to_micros(member.updated_at))

    def undo(self, work: Work, over: float) -> Work:
        """Undo one row, the last one first: a customer goes after its cards."""
        work = work._replace(confirmed_by=_found(work).undone_by)
        row = _LAST_DONE.row(id=work.id)
        if row is not None:
            return self.settled(work, row, self._take_back, DONE, "undone", "stayed")
        with transaction():
            work = self.leases.gone_on(work)
            self.update(work, state=UNDONE, due_at=None, ended_at=clock.now())
            log.record(work.partner_id, "customer_import.undone", THING, work.uuid)
        return work._replace(state=UNDONE)

    def _take_back(self, work: Work, row: Good) -> None:
        undoing.take_back(row.id, _manager(work))


CUSTOMERS = Customers()
work_due = CUSTOMERS.work_due


def _outcome(found: CardImport, row: Unchecked, lines: dict[Key, int]) -> Outcome:
    """What importing the row would do; `lines` has what rows just before it know their customers and cards by."""
    if row.is_broken:
        return Outcome(BAD, None, [("line", reasons.BROKEN)])
    said = import_rows.said(found, json.loads(row.cells))
    step = import_rows.foreseen(found.partner_id, said, found.known)
    keys = import_rows.keys(said, step.member)
    if again := _again(found, keys, lines):
        return Outcome(BAD, _name(found, row), [again])
    lines.update(dict.fromkeys(keys, row.line))
    return Outcome(step.state, _name(found, row), None, keys)


def _again(found: CardImport, keys: tuple[Key, ...], lines: dict[Key, int]) -> tuple[str, str] | None:
    """What a line before it says of the same customer or the same card."""
    noted = {(one.of, one.key): one.line for one in _EARLIER.rows(id=found.id, keys=[key for _, key in keys])}
    earlier = {key: line for of, key in keys if (line := noted.get((of, key)) or lines.get((of, key)))}
    if whose := [line for key, line in earlier.items() if not key.startswith(import_rows.SERIAL)]:
        return "line", say("Line {earlier} is about this customer already. Keep one line for each.", earlier=min(whose))
    if earlier:
        sentence = say(
            "Line {earlier} gives this number to another card. Each card has its own.", earlier=min(earlier.values())
        )
        return "serial", sentence
    return None


def _forgotten_by(found: CardImport, row: Unchecked, outcome: Outcome) -> Outcome:
    """A bad line says something of a person, too, and goes with it; no other line is bad for being like it."""
    return outcome if row.is_broken else outcome._replace(keys=import_rows.names(found, json.loads(row.cells)))


def _found(work: Work) -> CardImport:
    """The import as it is worked at: with the sign that its rows show."""
    found = CardImport.get_by_id(work.id)
    found.found_sign = work.found_sign or found.found_sign
    return found


def _manager(work: Work) -> int | None:
    """Who confirmed it, as operations name them."""
    kind, _, number = (work.confirmed_by or "").partition(":")
    return int(number) if kind == "user" and number.isdigit() else None


def _name(found: CardImport, row: Unchecked) -> str | None:
    """What the line calls its customer, be it good or bad."""
    if row.is_broken:
        return None
    names = [text_of(json.loads(row.cells), found.mapping, field) for field in ("first_name", "surname")]
    return " ".join(name for name in names if name)[:255] or None
