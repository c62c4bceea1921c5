"""The requests that a program would have made for what somebody did in the shop, for its reader to paste. Secrets are placeholders."""

import json
import shlex
from collections.abc import Iterable
from urllib.parse import urlencode

from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.reservations.shown import ShownLine
from portal.domain.coupons.reservations.tables import PURCHASED, RELEASED
from portal.domain.coupons.ticketed_events.tables import Listing
from portal.domain.sentences import say

_HOLDER = '-H "Reservation-Secret: $RESERVATION_SECRET"'
_SELLER = '-H "X-API-Token: $TOKEN"'
Call = tuple[str, str]  # what it does, and the request


def checks(base: str, listing: Listing, codes: Iterable[str]) -> list[Call]:
    """Codes that were tried before anything was reserved."""
    where = {"eventId": listing.event_id, "listingId": listing.id}
    places = (f"{base}/api/coupon-validation?{urlencode({'code': code, **where})}" for code in codes)
    return [(say("Check the code"), f"curl {shlex.quote(place)}") for place in places]


def of(base: str, held: Held, lines: Iterable[ShownLine], codes: Iterable[str]) -> list[Call]:
    """What was done with a reservation."""
    tickets = [_ticket(line) for line in lines]
    place = f"{base}/api/reservations"
    reserved = _post(place, _SELLER, {"listing_id": held.listing_id, "tickets": tickets})
    made: list[Call] = [(say("Reserve the tickets"), reserved)]
    for code in codes:
        used = {
            "data": {"type": "coupon-usage", "attributes": {"coupons": [{"event_id": held.event_id, "code": code}]}}
        }
        made.append((say("Use the code"), _post(f"{place}/{held.id}/coupon-usage", _HOLDER, used)))
    if held.state == PURCHASED:
        made.append((say("Pay"), f"curl -X POST '{place}/{held.id}/purchase' {_HOLDER}"))
    if held.state == RELEASED:
        made.append((say("Let the tickets go"), f"curl -X DELETE '{place}/{held.id}' {_HOLDER}"))
    return made


def _ticket(line: ShownLine) -> dict:
    thing = {"price_level_id": line.price_level_id} if line.bundle_id is None else {"bundle_id": line.bundle_id}
    return {**thing, "quantity": line.quantity}


def _post(place: str, who: str, body: dict) -> str:
    return f"curl -X POST '{place}' {who} \\\n  -H 'Content-Type: application/json' -d {shlex.quote(json.dumps(body))}"
