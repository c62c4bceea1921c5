"""Examples of the family's bodies and answers, for the description and the reference."""

from typing import Any

COUPON = {
    "id": 1,
    "name": "My Coupon",
    "type": "Discount",
    "code": "my-code",
    "amount": 10,
    "amount_type": "percentage",
    "modified_time": 1719827944,
}
RESERVED = {"id": 2, "name": "Reserved Coupon", "type": "Reserved", "code": "reserved-1", "modified_time": 1719827011}
OFFER = {
    "id": 14,
    "timezone": "Europe/Vienna",
    "start_date": "2026-06-01",
    "end_date": "2026-06-30",
    "limit": 100,
    "ticket_limit": 10,
    "taggable": False,
    "global": False,
    "assignments": [{"sellers": [3], "events": [241], "price_levels": [], "bundles": []}],
}
COUPON_CREATE = {"name": "My Coupon", "type": "Discount", "code": "my-code", "amount": 10, "amount_type": "percentage"}
MADE: dict[str, Any] = COUPON | {
    "currency": None,
    "threshold": None,
    "budget": None,
    "customer_limit": None,
    "minimum_tickets": None,
    "opens": False,
    "combinable": True,
    "rank": 0,
    "customer_id": None,
    "tags": [],
    "active": True,
    "sellerId": 3,
}
ASSIGNMENT = {
    "coupon_ids": [1],
    "offer_type": "individual",
    "start_date": "2026-06-01",
    "end_date": "2026-06-30",
    "limit": 100,
    "ticket_limit": 10,
    "event_ids": [241],
    "timezone": "Europe/Vienna",
}
EVENT_CREATE = {
    "name": "Summer night",
    "starts_at": "2026-06-21T18:00:00Z",
    "timezone": "Europe/Vienna",
    "currency": "EUR",
}
EVENT = {"id": 241, **EVENT_CREATE, "sellerId": 3}
LEVEL_CREATE = {"name": "Stalls", "price": 4500, "capacity": 200}
LEVEL = {"id": 77, "event_id": 241, **LEVEL_CREATE, "locked": False}
BUNDLE_CREATE = {"name": "Both halls", "price_level_ids": [77, 78], "price": 8000}
BUNDLE = {"id": 9, "event_id": 241, **BUNDLE_CREATE}
LISTING_CREATE = {"event_id": 241, "price_level_ids": [77, 78]}
LISTING = {"id": 31, **LISTING_CREATE}
RESERVATION_CREATE = {"listing_id": 31, "tickets": [{"price_level_id": 77, "quantity": 2}]}
RESERVATION: dict[str, Any] = {
    "id": 436,
    "listing_id": 31,
    "event_id": 241,
    "customer_id": None,
    "state": "held",
    "expires_at": "2026-06-01T10:15:00Z",
    "tickets": [{"price_level_id": 77, "bundle_id": None, "quantity": 2, "price": 4500, "discount": 0}],
    "coupons": [],
    "face": 9000,
    "discount": 0,
    "total": 9000,
    "currency": "EUR",
}
RESERVATION_MADE = RESERVATION | {
    "secret": "8wT2bQzXk41LsVn0RfYcGm7dJpHa5EuC",
    "token": "Zr6Nq9BvKt3WxPj1SgMe0LyUo2FiDh84",
}
USAGE_CREATE = {
    "data": {
        "type": "coupon-usage",
        "attributes": {"coupons": [{"event_id": 241, "code": "50off", "amount": None, "coupon_type": None}]},
    }
}
USAGE = {
    "data": [
        {
            "id": "22109478",
            "type": "coupon-usage",
            "attributes": {
                "event_id": 241,
                "code": "50off",
                "amount": 500,
                "coupon_type": 2,
                "reservation_id": "436",
                "coupon_name": "Test Discount Code",
                "ticket_limit": 10,
                "coupon_link_id": "14",
                "valid_reserve_price_level_ids": [],
            },
            "relationships": [],
            "dependents": [],
        }
    ]
}
