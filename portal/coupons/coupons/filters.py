"""The filters of the coupons: read from the address. What cannot be read is left out."""

from flask import g, request

from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons.filters import ACTIVE, ENDED, Filter
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.tables import CouponTag

_STATES = (ACTIVE, ENDED)


def read() -> Filter:
    """The filter of this request."""
    kind = request.args.get("type", type=int)
    state = request.args.get("state", "")
    return Filter(
        request.args.get("q", "").strip()[:100],
        kind if kind in KINDS else None,
        state if state in _STATES else "",
        _tag(request.args.get("tag", "")),
        _batch(request.args.get("batch", "")),
    )


def _tag(text: str) -> int | None:
    its = CouponTag.select(CouponTag.id).where(CouponTag.partner == g.partner.id)
    return next((one.id for one in its.where(CouponTag.id == int(text))), None) if text.isdecimal() else None


def _batch(uuid: str) -> int | None:
    found = CouponBatch.get_or_none(CouponBatch.partner == g.partner.id, CouponBatch.uuid == uuid) if uuid else None
    return found.id if found else None
