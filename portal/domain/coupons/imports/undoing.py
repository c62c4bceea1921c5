"""Undoing an import of coupons: all that it made goes, while nothing of it is used. From the moment that it is asked for nobody can
use them any more."""

from portal import clock
from portal.database import Statement, transaction
from portal.domain.coupons.assignments.tables import CouponOffer
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.imports.imports import THING, find
from portal.domain.coupons.imports.tables import TABLES, CouponImport, CouponImportRow
from portal.domain.errors import Refused
from portal.domain.importing import undoing
from portal.domain.sentences import say

_MADE = "SELECT r.coupon_id FROM coupon_import_row r WHERE r.coupon_import_id = :id AND r.state = 'done'"
# Whoever uses one meanwhile holds it, and is waited for.
_HOLD = Statement(f"SELECT c.id FROM coupon c WHERE c.id IN ({_MADE}) ORDER BY c.id", lock="FOR UPDATE")
_KEPT = """EXISTS (SELECT 1 FROM coupon_use u WHERE u.coupon_id = c.id) OR EXISTS (SELECT 1 FROM mailed_coupon m WHERE m.coupon_id = c.id)
    OR EXISTS (SELECT 1 FROM coupon_deal d WHERE d.coupon_id = c.id)"""
_KEPT_OF = Statement(f"SELECT COUNT(*) FROM coupon c WHERE c.id IN ({_MADE}) AND ({_KEPT})")
_IS_KEPT = Statement(f"SELECT 1 FROM coupon c WHERE c.id = :coupon AND ({_KEPT})")
_END = Statement(f"UPDATE coupon SET ended_at = COALESCE(ended_at, :now), modified_at = :now WHERE id IN ({_MADE})")
_USED = say("This coupon is used, or was mailed to somebody, so that it stays.")


def kept(found: CouponImport) -> int:
    """How many of its coupons are used or were mailed: with one it stays whole."""
    return _KEPT_OF.value(id=found.id)


def begin(partner_id: int, uuid: str) -> CouponImport:
    """Have all of it undone, in the name of whoever acts. Raises NotFound, Refused where something of it is used."""
    found = find(partner_id, uuid)
    with transaction():
        begun = undoing.begin(TABLES, found, "coupon_import.undo_asked", THING)
        _HOLD.values(id=found.id)
        if kept(found):
            raise Refused(
                say(
                    "Coupons of this import are used, or were mailed to somebody. Switch off those that nobody shall use."
                )
            )
        _END.run(id=found.id, now=clock.micros())
    return begun


def take_back(row_id: int) -> None:
    """Remove the coupon of a row, in the transaction around. Raises Refused where somebody has used it since."""
    coupon_id = CouponImportRow.get_by_id(row_id).coupon_id
    if _IS_KEPT.value(coupon=coupon_id):
        raise Refused(_USED)
    CouponOffer.delete().where(CouponOffer.coupon == coupon_id).execute()
    Coupon.delete().where(Coupon.id == coupon_id).execute()
