"""Batches of codes: look at what would be made, have it made, stop it. The worker makes them (making).

Each coupon of a batch is like the others but for its code (contract: coupons, "Codes").
"""

import re
from typing import Any, NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts.partners import partners
from portal.domain.coupons.assignments import assigning
from portal.domain.coupons.assignments.assigning import Terms
from portal.domain.coupons.batches import drawing
from portal.domain.coupons.batches.assigned import BatchAssignment
from portal.domain.coupons.batches.drawing import Room
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons import codes, tags
from portal.domain.coupons.coupons import given as asked
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.typed.texts import plain

THING = "coupon_batch"
MAKING, DONE, CANCELED = "making", "done", "canceled"
MOST = 100_000  # codes in a batch
MOST_UNFINISHED = 5
LONGEST_PREFIX = codes.LONGEST - drawing.LONGEST
_PREFIX = re.compile(rf"[A-Za-z0-9_-]{{0,{LONGEST_PREFIX}}}")
_EXAMPLES = 3
_GIVEN = Statement(
    """SELECT CAST(COALESCE(SUM(CASE state WHEN 'canceled' THEN made ELSE wanted END), 0) AS BIGINT) FROM coupon_batch
    WHERE partner_id = :partner AND UPPER(prefix) = :prefix AND length = :length"""
)


class Foreseen(NamedTuple):
    """What a batch would make: some codes such as its own, and how many of them there can be."""

    examples: list[str]
    room: Room


def foreseen(partner_id: int, prefix: str, length: int) -> Foreseen:
    """What codes with this prefix and so many random letters and digits look like. Nothing is written. Raises Invalid."""
    prefix = _form(prefix, length)
    examples = [prefix + part for part in drawing.drawn(prefix, length, _EXAMPLES)]
    return Foreseen(examples, _room(partner_id, prefix, length))


def start(
    partner_id: int, given: Given, prefix: str, length: int, wanted: int, terms: Terms | None = None
) -> CouponBatch:  # fmt: skip
    """Have `wanted` coupons made in the background, in the name of whoever acts. They are as `given` but for their code, and all
    come under one assignment, where there are terms. Raises Invalid, also where the length holds too few; Refused for terms
    that the type forbids."""
    prefix = _form(prefix, length)
    if not 1 <= wanted <= MOST:
        raise Invalid("wanted", say("Give a number from 1 to {most}.", most=f"{MOST:,}"))
    settings = _settings(partner_id, given)
    name, tag_names = settings.pop("name"), settings.pop("tags")
    with transaction():
        partners.hold(partner_id)
        _refuse_more(partner_id)
        drawing.refuse_too_many(_room(partner_id, prefix, length), wanted)
        batch = CouponBatch.create(
            partner=partner_id, name=name, prefix=prefix, length=length, wanted=wanted, made_by=log.actor(),
            settings=settings | {"tags": tags.made(partner_id, tag_names)}, due_at=clock.from_micros(clock.wall_micros()),
        )  # fmt: skip
        if terms is not None:
            assignment = assigning.begin(partner_id, terms, Coupon(**settings), wanted)
            BatchAssignment.create(batch=batch, assignment=assignment)
        log.record(partner_id, "coupon_batch.begun", THING, batch.uuid, {"name": name, "wanted": wanted})
    return batch


def find(partner_id: int, uuid: str) -> CouponBatch:
    """The partner's batch. Raises NotFound."""
    batch = CouponBatch.get_or_none(CouponBatch.partner == partner_id, CouponBatch.uuid == uuid)
    if batch is None:
        raise NotFound(say("batch of codes"))
    return batch


def cancel(partner_id: int, uuid: str) -> CouponBatch:
    """Make no more of it; the codes that are made stay. Raises NotFound, Refused once it has ended."""
    batch = find(partner_id, uuid)
    canceled = CouponBatch.update(state=CANCELED, due_at=None, done_at=clock.now())
    with transaction():
        if not canceled.where(CouponBatch.id == batch.id, CouponBatch.state == MAKING).execute():
            raise Refused(say("Its codes are not being made any more. Switch them off, if nobody shall use them."))
        batch = find(partner_id, uuid)
        log.record(partner_id, "coupon_batch.canceled", THING, uuid, {"made": batch.made})
    return batch


def _settings(partner_id: int, given: Given) -> dict[str, Any]:
    """The columns that all its coupons have in common, and their `tags`. Raises Invalid."""
    taken = asked.taken(partner_id, given._replace(code="A-CODE", member_id=None)._asdict())
    return {name: value for name, value in taken.items() if name not in ("code", "written", "member")}


def _form(prefix: str, length: int) -> str:
    """The prefix as it is kept."""
    prefix = plain(prefix)
    if not _PREFIX.fullmatch(prefix):
        raise Invalid(
            "prefix",
            say(
                "Use at most {most} letters of the English alphabet, digits, hyphens and underscores, or none.",
                most=LONGEST_PREFIX,
            ),
        )
    if not drawing.SHORTEST <= length <= drawing.LONGEST:
        shortest, longest = drawing.SHORTEST, drawing.LONGEST
        raise Invalid("length", say("Give a number from {shortest} to {longest}.", shortest=shortest, longest=longest))
    return prefix


def _room(partner_id: int, prefix: str, length: int) -> Room:
    return drawing.room(length, _GIVEN.value(partner=partner_id, prefix=prefix.upper(), length=length))


def _refuse_more(partner_id: int) -> None:
    unfinished = CouponBatch.select().where(CouponBatch.partner == partner_id, CouponBatch.state == MAKING)
    if unfinished.count() >= MOST_UNFINISHED:
        sentence = say("{most} batches are being made. Wait until one is done, or cancel one.", most=MOST_UNFINISHED)
        raise Invalid("wanted", sentence)
