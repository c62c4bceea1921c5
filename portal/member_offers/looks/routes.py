"""Offers that were seen and opened: their JSON."""

from portal.domain.member_offers.permits import CLICKED, SEEN
from portal.member_offers import examples
from portal.member_offers.acts.schemas import Nothing
from portal.member_offers.admissions import BY_SCRIPTS, asked_by
from portal.member_offers.club_offers.routes import BASE
from portal.member_offers.looks import api as json
from portal.member_offers.looks.schemas import Looks
from portal.routing import api

ROUTES = [
    api(
        "POST",
        f"{BASE}/events/{name}",
        view,
        asked_by((permit,)),
        summary,
        operation=operation,
        is_cross_origin=True,
        open_to_scripts=BY_SCRIPTS,
        body=Looks,
        example=examples.LOOKS,
        answer=Nothing,
        answer_example={},
    )
    for name, view, permit, summary, operation in (
        ("offers_seen", json.seen, SEEN, "Tell which member offers were seen", "note_seen_member_offers"),
        ("offers_clicked", json.clicked, CLICKED, "Tell which member offers were opened", "note_clicked_member_offers"),
    )
]
