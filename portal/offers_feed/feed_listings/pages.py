"""Offers in the feed: which are there, how one is listed, and what programs see of it."""

from flask import g, render_template, url_for

from portal.domain.feed import listings, lists
from portal.domain.feed.tables import FeedListing
from portal.domain.feed.ties import pools
from portal.domain.offers import offers
from portal.domain.offers.tables import Offer
from portal.domain.sentences import say
from portal.offers_feed.feed_listings.forms import KINDS, ListingForm
from portal.web import answers, offer_faces
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried


def index():
    """The offers that are in the feed, newest first."""
    page = lists.page(g.partner.id, *place_asked())
    return render_template("offers_feed/feed_listings/index.html", page=page, page_url=with_arguments, kinds=KINDS)


def edit(uuid: str):
    """List an offer, or change how it is listed."""
    offer = offers.find(g.partner.id, uuid)
    listing = listings.of(offer)
    form = ListingForm.of(g.partner.id, listing, pools.batch_of(listing.id) if listing else None)
    if form.validate_on_submit():
        with tried(form):
            pools.put(offer, form.given(), form.batch.data)
            said = say("“{name}” is listed as you see it here.", name=offer.name)
            return answers.done(url_for("feed_listings.edit", uuid=offer.uuid), said)
    faces = offer_faces.of(offer)
    return form_page("offers_feed/feed_listings/edit.html", form, offer=offer, faces=faces, **_standing(offer, listing))


def removal(uuid: str):
    """Take an offer out of the feed."""
    offer = offers.find(g.partner.id, uuid)
    listings.remove(offer)
    said = say("“{name}” is out of the feed: programs are told that it is removed.", name=offer.name)
    return answers.done(url_for("feed_listings.edit", uuid=offer.uuid), said)


def _standing(offer: Offer, listing: FeedListing | None) -> dict:
    if listing is None:
        return {"listing": None}
    return {"listing": listing, "is_live": lists.is_live(listing.id), "clicks": lists.clicks(listing.id)}
