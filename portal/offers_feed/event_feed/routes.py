"""The feed of events: its JSON endpoint."""

from portal.domain.feed.permits import EVENTS_READ
from portal.offers_feed.event_feed import api as json
from portal.offers_feed.event_feed.schemas import EventsQuery, EventsTold
from portal.routing import api, permit

_EXAMPLE = {
    "events": [
        {
            "id": "41",
            "type": "feed_listing.added",
            "created_at": "2026-01-31T10:00:00.000Z",
            "data": {"thing": "offer", "id": "6f1c1f0e-6f39-4b43-9a75-0d5f6a3f2c11", "offer_id": 1000115},
        }
    ],
    "next": "NDE",
    "has_more": False,
}
ROUTES = [
    api(
        "GET",
        "/api/events",
        json.index,
        permit(EVENTS_READ),
        "Read events",
        operation="list_events",
        query=EventsQuery,
        refuses=(410,),
        answer=EventsTold,
        answer_example=_EXAMPLE,
    ),
]
