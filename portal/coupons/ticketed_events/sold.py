"""Bundles and listings that are there: changed by the form that added them, opened and closed, removed after a question."""

from collections.abc import Callable

from flask import g, render_template, request, url_for
from werkzeug import Response

from portal.coupons.ticketed_events import tabs
from portal.coupons.ticketed_events.forms import BundleForm, ListingForm
from portal.coupons.ticketed_events.selling import done
from portal.domain import money
from portal.domain.coupons.ticketed_events import changing, events, kept_by, lists, selling
from portal.domain.coupons.ticketed_events.tables import Bundle, Listing, TicketedEvent
from portal.domain.errors import NotFound, Refused
from portal.domain.sentences import say
from portal.web.forms import form_page, tried
from portal.web.inputs import is_on


def bundle(event_id: int, bundle_id: int):
    """Change a bundle."""
    event, row = _bundle(event_id, bundle_id)
    ids = lists.of_bundles([row])[row.id]
    form = BundleForm(
        event.currency, name=row.name, price=money.to_decimal(row.price, event.currency), price_level_ids=ids
    )
    form.offer(lists.levels(event.id))
    if form.validate_on_submit():
        with tried(form):
            given = {"name": form.name.data, "price": form.minor(), "price_level_ids": form.price_level_ids.data or []}
            changed = changing.change_bundle(g.partner.id, row.id, given)
            return done(event, tabs.BUNDLES, say("{name} is changed.", name=changed.name))
    return form_page("coupons/events/bundle.html", form, event=event, bundle=row)


def listing(event_id: int, listing_id: int):
    """Change what a listing sells, and whether its shop is open."""
    event, row = _listing(event_id, listing_id)
    form = ListingForm(price_level_ids=lists.of_listings([row])[row.id], is_open=row.is_open)
    form.offer(lists.levels(event.id))
    if form.validate_on_submit():
        with tried(form):
            changing.change_listing(g.partner.id, row.id, form.price_level_ids.data or [])
            selling.switch(g.partner.id, row.id, bool(form.is_open.data))
            return done(event, tabs.LISTINGS, say("Listing {number} is changed.", number=row.id))
    return form_page("coupons/events/listing.html", form, event=event, listing=row)


def opening(event_id: int, listing_id: int):
    """Open the demo shop of a listing to everybody, or close it."""
    event, row = _listing(event_id, listing_id)
    found = selling.switch(g.partner.id, row.id, is_on("on"))
    said = (
        say("Everybody with the link sees the shop now.")
        if found.is_open
        else say("Your team alone sees the shop now.")
    )
    return done(event, tabs.LISTINGS, said)


def bundle_removal(event_id: int, bundle_id: int):
    """Ask, and remove a bundle; one that something keeps says what."""
    event, row = _bundle(event_id, bundle_id)
    said = say("{name} is removed.", name=row.name)
    return _removal(event, tabs.BUNDLES, row, kept_by.bundle(row.id), changing.remove_bundle, said)


def listing_removal(event_id: int, listing_id: int):
    """Ask, and remove a listing; one that something keeps says what."""
    event, row = _listing(event_id, listing_id)
    said = say("Listing {number} is removed.", number=row.id)
    return _removal(event, tabs.LISTINGS, row, kept_by.listing(row.id), changing.remove_listing, said)


def _removal(
    event: TicketedEvent,
    tab: str,
    row: Bundle | Listing,
    kept: str | None,
    remove: Callable[[int, int], None],
    said: str,
) -> Response | tuple[str, int]:
    if request.method == "POST":
        try:
            remove(g.partner.id, row.id)
            return done(event, tab, said)
        except Refused as refused:
            kept = refused.sentence
    place = url_for("ticketed_events.show", event_id=event.id, tab=tab)
    page = render_template("coupons/events/removal.html", event=event, tab=tab, row=row, kept=kept, place=place)
    return page, 409 if kept and request.method == "POST" else 200


def _bundle(event_id: int, bundle_id: int) -> tuple[TicketedEvent, Bundle]:
    row = selling.find_bundle(g.partner.id, bundle_id)
    if row.event_id != event_id:
        raise NotFound(say("bundle"))
    return events.find(g.partner.id, event_id), row


def _listing(event_id: int, listing_id: int) -> tuple[TicketedEvent, Listing]:
    row = selling.find_listing(g.partner.id, listing_id)
    if row.event_id != event_id:
        raise NotFound(say("listing"))
    return events.find(g.partner.id, event_id), row
