"""Examples of the family's bodies and answers: those of its documentation (contract: member-offers)."""

from typing import Any

USAGE: dict[str, Any] = {
    "usable": True,
    "max_uses": 10,
    "uses_left": 3,
    "active_until": "2019-03-13T18:41:00.000Z",
    "period": None,
}
OFFER: dict[str, Any] = {
    "id": 1000115,
    "name": "Buy two shoes, get one jacket",
    "description": None,
    "type": "REGULAR",
    "external_url": "https://example.com/foo",
    "usable_since": "2019-03-13T17:32:00.000Z",
    "usable_until": None,
    "usage_authorization_token_required": False,
    "collection_ids": [1000016, 1000017],
    "stores": ["M&H"],
    "images": [{"url": "https://example.com/picture.jpg"}],
    "display": {
        "read_more": {"button_title": "Button title", "url": None, "title": "Title", "text": "Text"},
        "activation_texts": {"modal": "Modal", "button": "Button", "description": None},
    },
    "liked": False,
    "usage": USAGE,
    "extras": {"category": 42},
}
OFFERS: dict[str, Any] = {
    "offers": [OFFER],
    "pagination_info": {
        "total_count": 1,
        "per_page": 100,
        "total_pages": 1,
        "current_page": 1,
        "next_page": None,
        "prev_page": None,
        "is_first_page": True,
        "is_last_page": True,
        "is_out_of_range": False,
    },
}
META: dict[str, Any] = {
    "tags": ["fashion"],
    "stores": ["M&H"],
    "collections": [
        {
            "id": 1000016,
            "title": "Spring",
            "description": None,
            "offers_order": [1000115],
            "files": [
                {
                    "url": "https://example.com/spring.jpg",
                    "width": 1200,
                    "height": 600,
                    "kind": "cover",
                    "size_type": "original",
                }
            ],
        }
    ],
    "activated_seconds_time": 35,
}
USED: dict[str, Any] = {"usage": USAGE | {"usable": False, "uses_left": 2}}
LOOKS: dict[str, Any] = {"events": [{"offer_id": 1000115, "created_at": "2019-03-13T17:32:00.000Z"}]}
