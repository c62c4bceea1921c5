"""Reservations as the API answers them (contract: coupons)."""

from typing import Any

from portal import clock
from portal.domain.coupons.reservations import held
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.uses import live
from portal.domain.coupons.uses.tables import COMMITTED, HELD, RELEASED
from portal.domain.members.tables import Member


def reservation(row: Held) -> dict[str, Any]:
    """A Reservation."""
    return {
        "id": row.id,
        "listing_id": row.listing_id,
        "event_id": row.event_id,
        "customer_id": row.member_id and Member.get_by_id(row.member_id).uuid,
        "state": row.state,
        "expires_at": clock.from_micros(row.expires_at).isoformat().replace("+00:00", "Z"),
        "tickets": [
            {
                "price_level_id": line.price_level_id,
                "bundle_id": line.bundle_id,
                "quantity": line.quantity,
                "price": line.price,
                "discount": line.discount,
            }
            for line in held.lines(row.id)
        ],
        "coupons": [
            {
                "code": use.written,
                "coupon_name": use.name,
                "coupon_type": use.kind,
                "amount": use.amount,
                "state": use.state,
            }
            for use in live.of_reservation(row.id, (HELD, COMMITTED, RELEASED))
        ],
        "face": row.face,
        "discount": row.discount,
        "total": row.face - row.discount,
        "currency": row.currency,
    }
