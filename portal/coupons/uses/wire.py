"""Uses of coupons as the API answers them (contract: coupons, "Usage")."""

from typing import Any

from portal.domain.coupons.uses.live import Use


def usage(use: Use) -> dict[str, Any]:
    """A Usage, with the types of the documented example: most ids are texts."""
    return {
        "id": str(use.id),
        "type": "coupon-usage",
        "attributes": {
            "event_id": use.event_id,
            "code": use.written,
            "amount": use.amount,
            "coupon_type": use.kind,
            "reservation_id": str(use.reservation_id),
            "coupon_name": use.name,
            "ticket_limit": use.ticket_limit,
            "coupon_link_id": None if use.offer_id is None else str(use.offer_id),
            "valid_reserve_price_level_ids": use.opens,
        },
        "relationships": [],
        "dependents": [],
    }
