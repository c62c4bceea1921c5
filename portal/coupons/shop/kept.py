"""The visitor's reservation at each shop, with its secret: in the visitor's own cookie, and in no address."""

from flask import session

from portal.domain.coupons.reservations import access, settling
from portal.domain.coupons.reservations import held as reservations
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.reservations.reserving import Made
from portal.domain.coupons.ticketed_events.tables import Listing

_NAME = "shop"
_MOST = 5  # The cookie has four kilobytes.


def keep(listing: Listing, made: Made) -> None:
    """The visitor holds this one from now on."""
    others = [(key, value) for key, value in _all().items() if key != listing.key]
    session[_NAME] = dict([*others, (listing.key, [made.reservation.id, made.secret])][-_MOST:])


def forget(listing: Listing) -> None:
    """The visitor begins anew."""
    session[_NAME] = {key: value for key, value in _all().items() if key != listing.key}


def of(listing: Listing) -> Held | None:
    """The visitor's reservation as it stands; one whose time is over has run out."""
    number, secret = _all().get(listing.key, (0, ""))
    known = access.by_secret(str(number), secret) if secret else None
    held = known and reservations.seen(known.id)
    return settling.as_it_stands(held) if held and held.listing_id == listing.id else None


def _all() -> dict:
    return session.get(_NAME) or {}
