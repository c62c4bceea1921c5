"""An offer as a program that reads the feed may show it."""

from flask import g, render_template, url_for
from markupsafe import Markup

from portal.domain.feed import listings, lists
from portal.domain.feed.tables import FeedListing
from portal.domain.offers.tables import Offer
from portal.domain.pictures import album
from portal.domain.sentences import say
from portal.offers_feed.feed_listings.forms import KINDS
from portal.web.offer_faces import Face, Step

_PURPOSE = say("Programs of yours and of your promoters read the feed, and show it elsewhere.")
_LIVE = (say("In the feed"), "success", "circle-check")
_NOT_NOW = (say("Not now"), "neutral", "hourglass")
_NOT_LISTED = (say("Not in the feed"), "neutral", "circle-dashed")


def face(offer: Offer) -> Face:
    """The offer in the feed."""
    listing = listings.of(offer)
    place = url_for("feed_listings.edit", uuid=offer.uuid)
    label = say("List it in the feed") if listing is None else say("How it is listed")
    stands = _NOT_LISTED if listing is None else _LIVE if lists.is_live(listing.id) else _NOT_NOW
    drawn = Markup(_drawn(offer, listing)) if listing else None  # noqa: S704 - a template's
    return Face(say("Offers feed"), "rss", _PURPOSE, stands, drawn, Step(label, place) if g.partner.may_edit else None)


def _drawn(offer: Offer, listing: FeedListing) -> str:
    url = listing.image or listing.square_image or next((image["url"] for image in offer.images), None)
    pictures = album.shown(offer.partner_id, [url] if url else [])
    return render_template(
        "offers_feed/feed_listings/_face.html",
        offer=offer,
        listing=listing,
        kinds=KINDS,
        picture=next(iter(pictures), None),
    )
