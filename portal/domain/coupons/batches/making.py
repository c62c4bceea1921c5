"""What the worker does of batches: it makes codes, assigns them, and switches those of a batch off and on, some at a
time.

A piece is one transaction under a lock of the batch, and counts what it made: whoever goes on after a killed worker makes
exactly the rest.
"""

from datetime import timedelta

from portal import clock
from portal.database import Statement
from portal.domain.coupons.batches import drawing, later, switching
from portal.domain.coupons.batches.assigned import BatchAssignment
from portal.domain.coupons.batches.batches import CANCELED, DONE, THING
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons import coupons
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.turns import Pieces

AT_ONCE = 2000
_PIECES = Pieces("coupon_batch", timedelta(minutes=1))
_AT_LEAST = 100  # are drawn, so that the last ones are found however many are taken
# What was drawn comes as one text: a parameter for each would be more than the engines take.
_MAKE = Statement(
    """INSERT INTO coupon (partner_id, batch_id, name, kind, code, written, amount_type, amount, currency, threshold, budget,
        customer_limit, minimum_tickets, opens, is_alone, rank, uses, spent, modified_at, created_at)
    WITH RECURSIVE place (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM place WHERE number + 1 < :drawn),
        drawn (written) AS (SELECT CAST(:prefix AS TEXT) || SUBSTR(CAST(:parts AS TEXT), 1 + number * :length, :length) FROM place)
    SELECT :partner, :batch, :name, :kind, UPPER(d.written), d.written, CAST(:amount_type AS VARCHAR(10)),
        CAST(:amount AS BIGINT), CAST(:currency AS VARCHAR(3)), CAST(:threshold AS BIGINT), CAST(:budget AS BIGINT),
        CAST(:customer_limit AS INTEGER), CAST(:minimum_tickets AS INTEGER), CAST(:opens AS BOOLEAN),
        CAST(:is_alone AS BOOLEAN), :rank, 0, 0, :now, :now
    FROM drawn d WHERE NOT EXISTS (SELECT 1 FROM coupon c WHERE c.partner_id = :partner AND c.code = UPPER(d.written))
    LIMIT :count ON CONFLICT (partner_id, code) DO NOTHING"""
)
_LAST = Statement("SELECT COALESCE(MAX(id), 0) FROM coupon WHERE batch_id = :batch")
_ASSIGN = Statement(
    """INSERT INTO coupon_offer (assignment_id, coupon_id, uses)
    SELECT :assignment, id, 0 FROM coupon WHERE batch_id = :batch AND id > :after ORDER BY id"""
)
_TAG = Statement(
    """INSERT INTO tagged_coupon (tag_id, coupon_id)
    SELECT t.id, c.id FROM coupon c CROSS JOIN coupon_tag t WHERE c.batch_id = :batch AND c.id > :after AND t.id IN :tags"""
)


def work_due() -> bool:
    """A piece of the batch whose turn it is; whether there was one. Repeated until there is none."""
    return _PIECES.work(_go_on)


def _go_on(batch_id: int) -> None:
    batch = CouponBatch.get_by_id(batch_id)
    if batch.turning:
        switching.turn_some(batch)
    elif batch.assigned_to is not None:
        later.assign_some(batch)
    else:
        _make_some(batch)


def _make_some(batch: CouponBatch) -> None:
    last = _LAST.value(batch=batch.id)
    made = _made(batch, min(AT_ONCE, batch.wanted - batch.made))
    if batch.settings["tags"]:
        _TAG.run(batch=batch.id, after=last, tags=batch.settings["tags"])
    assigned = BatchAssignment.get_or_none(BatchAssignment.batch == batch)
    if assigned:
        _ASSIGN.run(assignment=assigned.assignment_id, batch=batch.id, after=last)
    batch.made += made
    if batch.made == batch.wanted:
        _settle(batch, DONE)
    elif not made:  # Every code of this form is some coupon's: there are no more.
        _settle(batch, CANCELED)
    else:
        CouponBatch.update(made=batch.made, due_at=clock.wall_micros(), lease_ends=None).where(
            CouponBatch.id == batch.id
        ).execute()


def _made(batch: CouponBatch, count: int) -> int:
    """Make so many; one fewer for each that somebody took at this moment."""
    parts = _free(batch, drawing.drawn(batch.prefix, batch.length, max(count, _AT_LEAST)))
    return _MAKE.run(
        **{name: value for name, value in batch.settings.items() if name != "tags"},
        partner=batch.partner_id, batch=batch.id, name=batch.name, prefix=batch.prefix, length=batch.length,
        parts="".join(parts), drawn=len(parts), count=count, now=clock.micros(),
    )  # fmt: skip


def _free(batch: CouponBatch, parts: list[str]) -> list[str]:
    """Those that are nothing else of the partner's; there hardly ever is one."""
    if _are_free(batch, parts):
        return parts
    return [part for part in parts if _are_free(batch, [part])]


def _are_free(batch: CouponBatch, parts: list[str]) -> bool:
    try:
        for refuse_clash in coupons.when_made:
            refuse_clash(batch.partner_id, [(batch.prefix + part).upper() for part in parts])
    except Refused:
        return False
    return True


def _settle(batch: CouponBatch, state: str) -> None:
    ended = CouponBatch.update(made=batch.made, state=state, due_at=None, lease_ends=None, done_at=clock.now())
    ended.where(CouponBatch.id == batch.id).execute()
    log.record(batch.partner_id, f"coupon_batch.{state}", THING, batch.uuid, {"made": batch.made})
