"""What was refused lately, each with the question that it was: why was it refused at 12:03?"""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import g, url_for

from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.reservations import held
from portal.domain.traces import refusals
from portal.domain.traces.tables import Refusal


class Lately(NamedTuple):
    """A refusal of a code, and the address that asks it again."""

    code: str
    sentence: str
    at: datetime
    url: str


def refused() -> list[Lately]:
    """The latest, newest first."""
    traces = refusals.recent(g.partner.id, "coupon")
    ids = [int(trace.thing_id) for trace in traces]
    codes = {str(one.id): one.written for one in Coupon.select(Coupon.id, Coupon.written).where(Coupon.id.in_(ids))}
    return [
        Lately(codes[trace.thing_id], trace.sentence, trace.at, _address(trace, codes[trace.thing_id]))
        for trace in traces
        if trace.thing_id in codes
    ]


def _address(trace: Refusal, code: str) -> str:
    """The question as it was asked then; of a reservation that still runs as it stands."""
    asked = dict(trace.asked or {})
    reservation = asked.get("reservation") and held.seen(asked["reservation"])
    if not (reservation and reservation.is_open):
        asked.pop("reservation", None)
    at = trace.at.astimezone(ZoneInfo(g.partner.time_zone)).strftime("%Y-%m-%dT%H:%M")
    return url_for("coupon_check.index", code=code, at=at, **asked)
