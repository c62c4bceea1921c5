"""What the tabs of an event's page show, each read when it is looked at."""

from flask import current_app, url_for

from portal.coupons.kind_words import KIND_WORDS
from portal.coupons.local_times import local
from portal.coupons.reservations.sentences import STATES
from portal.domain.coupons.assignments import covering
from portal.domain.coupons.reservations import found
from portal.domain.coupons.reservations.found import Filter
from portal.domain.coupons.ticketed_events import lists, shown
from portal.domain.coupons.ticketed_events.tables import Listing, TicketedEvent
from portal.domain.sentences import say
from portal.web import qr, thing_pages

LEVELS, BUNDLES, LISTINGS, COUPONS, RESERVATIONS = "levels", "bundles", "listings", "coupons", "reservations"


def levels(event: TicketedEvent) -> dict:
    """What its tickets cost, and how many are taken."""
    rows = lists.levels(event.id)
    return {"rows": rows, "taken": sum(row.taken for row in rows), "capacity": sum(row.capacity for row in rows)}


def bundles(event: TicketedEvent) -> dict:
    """What is sold together."""
    return {"rows": shown.bundles(event), "may_add": bool(lists.levels(event.id))}


def listings(event: TicketedEvent) -> dict:
    """Where they are sold, with the demo shop of each."""
    rows = [(row, names, _shop(row)) for row, names in shown.listings(event)]
    codes = {row.id: qr.drawn(address) for row, _, address in rows}
    return {"rows": rows, "codes": codes, "may_add": bool(lists.levels(event.id))}


def coupons(event: TicketedEvent) -> dict:
    """Which coupons cover it."""
    rows = covering.covering(event)
    links = {row.coupon_id: thing_pages.link("coupon", str(row.coupon_id), row.written) for row in rows}
    return {"rows": rows, "links": links, "kinds": KIND_WORDS, "local": local, "most": covering.MOST_COUNTED}


def reservations(event: TicketedEvent) -> dict:
    """The latest of its reservations."""
    page = found.page(event.partner_id, Filter(event=event.id))
    return {"page": page, "states": STATES}


SHOWN = {LEVELS: levels, BUNDLES: bundles, LISTINGS: listings, COUPONS: coupons, RESERVATIONS: reservations}
LABELS = {
    LEVELS: say("Price levels"), BUNDLES: say("Bundles"), LISTINGS: say("Listings"), COUPONS: say("Coupons"),
    RESERVATIONS: say("Reservations"),
}  # fmt: skip


def tabs(event_id: int, current: str) -> list[dict]:
    """The tabs as their bar shows them."""
    return [
        {"label": label, "url": url_for("ticketed_events.show", event_id=event_id, tab=None if name == LEVELS else name), "current": name == current}
        for name, label in LABELS.items()
    ]  # fmt: skip


def _shop(row: Listing) -> str:
    return f"{current_app.config['SETTINGS'].public_url}/shop/{row.key}"
