"""An offer's face in the feed: put in, changed and taken out by its partner (contract: offers-feed)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.errors import Invalid, NotFound
from portal.domain.events import log
from portal.domain.feed import state
from portal.domain.feed.tables import AT_CHECKOUT, AT_CLICK, CODE_TYPES, COPY_PASTE, FeedListing
from portal.domain.offers.tables import Offer
from portal.domain.pictures import album
from portal.domain.sentences import say

WITH_CODE = (COPY_PASTE, AT_CLICK)
PICTURES = ("image", "square_image")
FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "title": values.optional_name(255),
    "description": values.optional_text(20_000),
    "terms": values.optional_text(20_000),
    "leads_to": values.required_url,
    "image": values.url,
    "square_image": values.url,
    "age_restricted": values.flag(False),
    "button_discount": values.optional_name(60),
    "button_description": values.optional_name(255),
    "code_type": values.one_of(CODE_TYPES, AT_CHECKOUT),
    "code": values.optional_name(255),
    "starts_at": lambda value: value,
    "ends_at": lambda value: value,
}
_LOCK = Statement("SELECT id FROM offer WHERE id = :offer", lock="FOR UPDATE")


def of(offer: Offer) -> FeedListing | None:
    """The offer's listing; None while it is not in the feed."""
    return FeedListing.get_or_none(FeedListing.offer == offer.id, FeedListing.removed_at.is_null())


def put(offer: Offer, given: Mapping[str, Any]) -> FeedListing:
    """List the offer, or change how it is listed: the given of `FIELDS` are set, others stay, or are what they are at first.

    Raises Invalid with every wrong value: a code that its type needs, dates reversed; NotFound when the offer was just removed. What
    `dynamic` draws from is chosen beside (`ties.pools`).
    """
    taken = values.checked(dict(given), dict(FIELDS))
    with transaction():
        if _LOCK.value(offer=offer.id) is None:
            raise NotFound(say("offer"))
        listing = FeedListing.get_or_none(FeedListing.offer == offer.id)
        is_new = listing is None or listing.removed_at is not None
        if listing is None or listing.removed_at is not None:
            listing = FeedListing(id=listing.id if listing else None, offer=offer.id, partner=offer.partner_id)
            values.checked({"leads_to": taken.get("leads_to")}, dict(FIELDS))
        for name, value in taken.items():
            setattr(listing, name, value)
        _refuse_misfits(listing)
        listing.modified_at, listing.changed_at, listing.removed_at = clock.now(), None, None
        listing.save(force_insert=listing.id is None)
        album.want_all(offer.partner_id, (taken.get(name) for name in PICTURES))
        state.touched(offer.partner_id)
        if is_new:
            log.record(offer.partner_id, "feed_listing.added", "offer", offer.uuid)
        else:
            log.record(offer.partner_id, "feed_listing.changed", "offer", offer.uuid, {"fields": sorted(taken)})
    return listing


def remove(offer: Offer) -> None:
    """Take the offer out of the feed; programs are told that it is removed. Repeating it changes nothing."""
    with transaction():
        _LOCK.value(offer=offer.id)
        gone = FeedListing.update(removed_at=clock.now(), changed_at=None, modified_at=clock.now()).where(
            FeedListing.offer == offer.id, FeedListing.removed_at.is_null()
        )
        if gone.execute():
            state.touched(offer.partner_id)
            log.record(offer.partner_id, "feed_listing.removed", "offer", offer.uuid)


def _refuse_misfits(listing: FeedListing) -> None:
    wrong = [*_of_code(listing), *_of_dates(listing.starts_at, listing.ends_at)]
    if wrong:
        raise Invalid(*wrong[0], wrong)


def _of_code(listing: FeedListing) -> Iterator[tuple[str, str]]:
    if listing.code_type not in WITH_CODE:
        listing.code = None
    elif not listing.code:
        yield "code", say("Give the code that customers type, or choose another kind of code.")


def _of_dates(starts_at: datetime | None, ends_at: datetime | None) -> Iterator[tuple[str, str]]:
    if starts_at and ends_at and ends_at <= starts_at:
        yield "ends_at", say("It must end after it starts.")
