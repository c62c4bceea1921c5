"""Coupons: made, changed, switched off and on, and found by their seller (contract: coupons)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from peewee import IntegrityError

from portal import clock
from portal.database import Statement, savepoint, transaction
from portal.domain.coupons.assignments.tables import CouponOffer
from portal.domain.coupons.coupons import given as asked
from portal.domain.coupons.coupons import tags
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.uses.tables import CouponUse
from portal.domain.errors import NotFound, Refused, Taken
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.typed.texts import mended

THING = "coupon"
# Called in the transaction with a partner's id and its new codes; raises Refused where something else of the partner's has one.
when_made: list[Callable[[int, list[str]], None]] = []
# The same, told beforehand: by code, why. Nothing is locked, and whoever makes one is refused still.
taken_elsewhere: list[Callable[[int, list[str]], dict[str, str]]] = []
_LOCK = Statement("SELECT id FROM coupon WHERE id = :coupon AND partner_id = :partner", lock="FOR UPDATE")


def create(partner_id: int, given: Given) -> Coupon:
    """A new coupon, which is good for nothing until it is assigned. Raises Invalid with every wrong value, Taken for a code that
    the seller has already, in whatever case."""
    taken = asked.taken(partner_id, given._asdict())
    tag_names = taken.pop("tags")
    with transaction():
        with _unless_taken(partner_id, taken["code"], taken["written"]):
            coupon = Coupon.create(partner=partner_id, **taken)
        if tag_names:
            tags.put(partner_id, [coupon.id], tag_names)
        log.record(partner_id, "coupon.created", THING, coupon.id, {"code": coupon.code})
    return coupon


def change(partner_id: int, coupon_id: int, changes: dict[str, Any]) -> Coupon:
    """Set the given fields of a Given; null sets the default, or none. Uses that are held keep what they were granted.

    Raises NotFound; Invalid and Taken as `create`; Refused for another type once it is assigned or used, and for another code
    or currency once it is used.
    """
    with transaction():
        coupon = locked(partner_id, coupon_id)
        taken = asked.taken(partner_id, asked.of(coupon) | changes)
        tag_names = taken.pop("tags")
        changed = {name: value for name, value in taken.items() if value != coupon.__data__[name]}
        is_tagged = not tags.are_same(tag_names, tags.of([coupon.id])[coupon.id])
        if changed or is_tagged:
            fields = sorted(changed) + ["tags"] * is_tagged
            _refuse_fixed(coupon, changed)
            _keep(coupon, changed)
            if is_tagged:
                tags.put(partner_id, [coupon.id], tag_names)
            log.record(partner_id, "coupon.changed", THING, coupon.id, {"fields": fields})
    return coupon


def end(partner_id: int, coupon_id: int) -> Coupon:
    """Nobody can use it any more; held uses are honoured. Repeating it changes nothing. Raises NotFound."""
    return _switch(partner_id, coupon_id, "coupon.ended", is_active=False)


def resume(partner_id: int, coupon_id: int) -> Coupon:
    """It can be used again. Repeating it changes nothing. Raises NotFound."""
    return _switch(partner_id, coupon_id, "coupon.resumed", is_active=True)


def find(partner_id: int, coupon_id: int) -> Coupon:
    """The seller's coupon. Raises NotFound."""
    coupon = Coupon.get_or_none(Coupon.id == coupon_id, Coupon.partner == partner_id)
    if coupon is None:
        raise NotFound(say("coupon"))
    return coupon


def by_code(partner_id: int, code: str) -> Coupon | None:
    """The seller's coupon with a code, as somebody typed it; None when there is none."""
    return Coupon.get_or_none(Coupon.partner == partner_id, Coupon.code == mended(code))


def locked(partner_id: int, coupon_id: int) -> Coupon:
    """The coupon as it stands, for the transaction around: what is judged by it stays true until the commit. Raises NotFound."""
    _LOCK.value(coupon=coupon_id, partner=partner_id)
    return find(partner_id, coupon_id)


@contextmanager
def _unless_taken(partner_id: int, code: str, written: str) -> Iterator[None]:
    """Around the write of a new code. Of two that make the same at once the index lets one."""
    for refuse_clash in when_made:
        refuse_clash(partner_id, [code])
    try:
        with savepoint():
            yield
    except IntegrityError:
        raise Taken(
            say("There is a coupon with the code “{code}” already, whatever the case of its letters.", code=written),
            field="code",
        ) from None


def _refuse_fixed(coupon: Coupon, changed: dict[str, Any]) -> None:
    """The coupon is locked: who assigns or uses it waits, and what is found here stays so."""
    if "kind" in changed and (is_assigned(coupon.id) or is_used(coupon.id)):
        raise Refused(
            say("The type cannot change once a coupon is assigned or used. Make another coupon."), field="kind"
        )
    if "code" in changed and is_used(coupon.id):
        raise Refused(say("The code cannot change once a coupon is used. Make another coupon."), field="code")
    if "currency" in changed and is_used(coupon.id):
        raise Refused(
            say("The currency cannot change once a coupon is used: what it took off is counted in it."),
            field="currency",
        )


def is_assigned(coupon_id: int) -> bool:
    """Whether it was ever assigned."""
    return CouponOffer.select().where(CouponOffer.coupon == coupon_id).exists()


def is_used(coupon_id: int) -> bool:
    """Whether it was ever used, given back or not."""
    return CouponUse.select().where(CouponUse.coupon == coupon_id).exists()


def _keep(coupon: Coupon, changed: dict[str, Any]) -> None:
    changed["modified_at"] = clock.now()
    for name, value in changed.items():
        setattr(coupon, name, value)
    write = Coupon.update(**changed).where(Coupon.id == coupon.id)
    if "code" in changed:
        with _unless_taken(coupon.partner_id, coupon.code, coupon.written):
            write.execute()
    else:
        write.execute()


def _switch(partner_id: int, coupon_id: int, fact: str, is_active: bool) -> Coupon:
    with transaction():
        coupon = locked(partner_id, coupon_id)
        if is_active != (coupon.ended_at is None):
            _keep(coupon, {"ended_at": None if is_active else clock.now()})
            log.record(partner_id, fact, THING, coupon.id)
    return coupon
