"""Ticketed events and what is sold of them: their pages."""

from portal.coupons.ticketed_events import pages, selling, sold
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
_MOST = 2**63 - 1
_EVENT = f"/events/<int(max={_MOST}):event_id>"
_BUNDLE, _LISTING = f"{_EVENT}/bundles/<int(max={_MOST}):bundle_id>", f"{_EVENT}/listings/<int(max={_MOST}):listing_id>"
PAGES = [
    page("GET", "/events", pages.index, VIEW),
    page("GET POST", "/events/new", pages.new, EDIT),
    page("GET", _EVENT, pages.show, VIEW),
    page("GET POST", f"{_EVENT}/edit", pages.edit, EDIT),
    page("GET POST", f"{_EVENT}/levels/new", selling.new_level, EDIT),
    page("GET POST", f"{_EVENT}/levels/<int(max={_MOST}):level_id>", selling.level, EDIT),
    page("GET POST", f"{_EVENT}/bundles/new", selling.new_bundle, EDIT),
    page("GET POST", _BUNDLE, sold.bundle, EDIT),
    page("GET POST", f"{_BUNDLE}/removal", sold.bundle_removal, EDIT),
    page("GET POST", f"{_EVENT}/listings/new", selling.new_listing, EDIT),
    page("GET POST", _LISTING, sold.listing, EDIT),
    page("POST", f"{_LISTING}/opening", sold.opening, EDIT),
    page("GET POST", f"{_LISTING}/removal", sold.listing_removal, EDIT),
]
