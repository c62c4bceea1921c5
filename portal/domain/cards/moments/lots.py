"""What was credited in lots, where it ends by itself: used oldest first, expired once, given back when its use is undone."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.cards.operations.rows import Entry, Held
from portal.domain.cards.templates.kinds import MEMBERSHIP

IN_LOTS = ("bonus", "balance")
_DAY = 86_400 * 1_000_000


class Lot(NamedTuple):
    """What is left of a lot."""

    id: int
    remaining: int


class DueLots(NamedTuple):
    """What has ended of a field, and when the last of it did."""

    field: str
    amount: int
    at: int


_MAKE = Statement(
    """INSERT INTO card_lot (card_id, operation_id, field, amount, remaining, expires_at)
    VALUES (:card, :operation, :field, :amount, :amount, :expires_at)"""
)
_LEFT = Statement(
    """SELECT id, remaining FROM card_lot WHERE card_id = :card AND field = :field AND remaining > 0
    ORDER BY operation_id = :first DESC, expires_at, id""",
    Lot,
)
_TAKE = Statement("UPDATE card_lot SET remaining = remaining - :amount WHERE id = :lot")
_USE = Statement("INSERT INTO card_lot_use (lot_id, operation_id, amount) VALUES (:lot, :operation, :amount)")
_USED = Statement(
    """SELECT u.lot_id AS id, u.amount AS remaining FROM card_lot_use u JOIN card_lot l ON l.id = u.lot_id
    WHERE u.operation_id = :operation AND l.field = :field ORDER BY u.id""",
    Lot,
)
_CARRY = Statement(
    """INSERT INTO card_lot (card_id, operation_id, field, amount, remaining, expires_at)
    SELECT :card, :operation, l.field, u.amount, u.amount, l.expires_at FROM card_lot_use u JOIN card_lot l ON l.id = u.lot_id
    WHERE u.operation_id = :carries ORDER BY u.id"""
)
_NEXT = Statement("SELECT MIN(expires_at) FROM card_lot WHERE card_id = :card AND remaining > 0")
_DUE = Statement(
    """SELECT field, SUM(remaining) AS amount, MAX(expires_at) AS at FROM card_lot
    WHERE card_id = :card AND remaining > 0 AND expires_at <= :now GROUP BY field ORDER BY field""",
    DueLots,
)
_SET_DUE = Statement("UPDATE card SET due_at = :due_at WHERE id = :card")


def due(held: Held, now: int) -> list[DueLots]:
    """What has ended of the card's, by field."""
    return [row._replace(amount=int(row.amount)) for row in _DUE.rows(card=held.id, now=now)]


def follow(held: Held, entries: list[Entry], operation: int, at: int, undoes: int | None, carries: int | None) -> None:
    """Bring the lots to what an operation did; `undoes` is the operation whose lots are taken first, or get theirs back,
    `carries` the one that used those of another card to bring them here."""
    if not _may_touch(held, undoes, carries):
        return
    changed = [entry for entry in entries if entry.field in IN_LOTS]
    if carries is not None:
        _CARRY.run(card=held.id, operation=operation, carries=carries)
    for entry in changed:
        if entry.amount < 0:
            _use(held, entry.field, -entry.amount, operation, undoes)
        elif carries is None:
            _credit(held, entry, operation, at, undoes)
    if changed:
        set_due(held, _NEXT.value(card=held.id))


def _may_touch(held: Held, undoes: int | None, carries: int | None) -> bool:
    return held.kind != MEMBERSHIP and bool(held.lot_days or held.due_at or undoes or carries)


def _credit(held: Held, entry: Entry, operation: int, at: int, undoes: int | None) -> None:
    if undoes is not None:
        _give_back(entry.field, undoes, operation)
    elif held.lot_days is not None:
        _make(held, entry, operation, at + held.lot_days * _DAY)


def set_due(held: Held, due_at: int | None) -> None:
    """When something of the card ends next."""
    if due_at != held.due_at:
        held.due_at = due_at
        _SET_DUE.run(due_at=due_at, card=held.id)


def _make(held: Held, entry: Entry, operation: int, expires_at: int) -> None:
    _MAKE.run(card=held.id, operation=operation, field=entry.field, amount=entry.amount, expires_at=expires_at)


def _use(held: Held, field: str, amount: int, operation: int, first: int | None) -> None:
    for lot in _LEFT.rows(card=held.id, field=field, first=first or 0):
        used = min(lot.remaining, amount)
        _move(lot.id, operation, used)
        amount -= used
        if not amount:
            break


def _give_back(field: str, undoes: int, operation: int) -> None:
    for lot in _USED.rows(operation=undoes, field=field):
        _move(lot.id, operation, -lot.remaining)


def _move(lot: int, operation: int, amount: int) -> None:
    _TAKE.run(amount=amount, lot=lot)
    _USE.run(lot=lot, operation=operation, amount=amount)
