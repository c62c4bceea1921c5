"""What is sold of an event: price levels, bundles and listings, each added by a form; a price level is changed by it, too."""

from flask import g, url_for
from werkzeug import Response

from portal.coupons.ticketed_events import tabs
from portal.coupons.ticketed_events.forms import BundleForm, LevelForm, ListingForm
from portal.database import transaction
from portal.domain import money
from portal.domain.coupons.ticketed_events import events, lists, selling
from portal.domain.coupons.ticketed_events.tables import PriceLevel, TicketedEvent
from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried


def new_level(event_id: int):
    """Add a price level."""
    event = events.find(g.partner.id, event_id)
    form = LevelForm(event.currency)
    if form.validate_on_submit():
        with tried(form):
            made = events.add_level(
                g.partner.id, event.id, form.name.data, form.minor(), form.capacity.data, form.is_locked.data
            )
            return done(event, tabs.LEVELS, say("{name} is there.", name=made.name))
    return form_page("coupons/events/level.html", form, event=event, level=None)


def level(event_id: int, level_id: int):
    """Change one, in its place where htmx asks."""
    event, row = _level(event_id, level_id)
    shown_price = money.to_decimal(row.price, event.currency)
    form = LevelForm(event.currency, name=row.name, price=shown_price, capacity=row.capacity, is_locked=row.is_locked)
    if form.validate_on_submit():
        with tried(form):
            given = {"name": form.name.data, "price": form.minor(), "capacity": form.capacity.data}
            changed = events.change_level(g.partner.id, row.id, given | {"is_locked": form.is_locked.data})
            return done(event, tabs.LEVELS, say("{name} is changed.", name=changed.name))
    fragment = "coupons/events/_level_row.html"
    return form_page("coupons/events/level.html", form, fragment=fragment, event=event, level=row)


def new_bundle(event_id: int):
    """Sell some of them together."""
    event = events.find(g.partner.id, event_id)
    form = BundleForm(event.currency)
    form.offer(lists.levels(event.id))
    if form.validate_on_submit():
        with tried(form):
            made = selling.bundle(g.partner.id, form.name.data, form.price_level_ids.data or [], form.minor())
            return done(event, tabs.BUNDLES, say("{name} is there.", name=made.name))
    return form_page("coupons/events/bundle.html", form, event=event, bundle=None)


def new_listing(event_id: int):
    """Sell some of them at a place of their own, with a demo shop."""
    event = events.find(g.partner.id, event_id)
    levels = lists.levels(event.id)
    form = ListingForm(price_level_ids=[row.id for row in levels])
    form.offer(levels)
    if form.validate_on_submit():
        with tried(form), transaction():
            made = selling.listing(g.partner.id, event.id, form.price_level_ids.data or [])
            selling.switch(g.partner.id, made.id, bool(form.is_open.data))
            return done(event, tabs.LISTINGS, say("The listing is there. Try its demo shop."))
    return form_page("coupons/events/listing.html", form, event=event, listing=None)


def _level(event_id: int, level_id: int) -> tuple[TicketedEvent, PriceLevel]:
    row = events.find_level(g.partner.id, level_id)
    if row.event_id != event_id:
        raise NotFound(say("price level"))
    return row.event, row


def done(event: TicketedEvent, tab: str, said: str) -> Response:
    """Back to the tab, where it is said."""
    shown_tab = None if tab == tabs.LEVELS else tab
    return answers.done(url_for("ticketed_events.show", event_id=event.id, tab=shown_tab), said)
