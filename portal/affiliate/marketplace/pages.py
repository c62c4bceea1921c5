"""The marketplace as promoters look through it, one catalog with all they decide by, and joining it."""

from flask import g, render_template, url_for

from portal.affiliate.marketplace import filters, sentences
from portal.affiliate.marketplace.forms import ApplicationForm
from portal.domain.affiliate.catalogs import approval, marketplace
from portal.domain.affiliate.catalogs.marketplace import Card, Listing
from portal.domain.affiliate.promotions import promotions
from portal.domain.errors import Invalid, Refused
from portal.domain.offers import choices as catalog_choices
from portal.domain.offers.names import COUNTRY_NAMES, LANGUAGE_NAMES
from portal.domain.offers.words import REWARD_TYPES
from portal.domain.pictures import album
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried

_JOINED = "You have joined. Here are your links."
_APPLIED = "Your application waits. You are told here how it was decided."


def index():
    """Catalogs that can be sold, newest first."""
    categories = catalog_choices.categories()
    chosen, asked = filters.read(categories)
    before, after = place_asked()
    page = marketplace.page(g.partner.row, chosen, before, after)
    return render_template(
        "affiliate/marketplace/index.html",
        page=page,
        pictures=_pictures(page.rows),
        asked=asked,
        chips=filters.chips(asked),
        categories=[(name, name) for name in categories],
        countries=list(COUNTRY_NAMES.items()),
        reward_types=[(word, word) for word in REWARD_TYPES],
        joined=filters.JOINED_CHOICES,
        page_url=with_arguments,
    )


def show(short_code: str):
    """One catalog."""
    return _page(marketplace.find(g.partner.row, short_code), ApplicationForm(formdata=None))


def application(short_code: str):
    """Join a catalog, or apply where its merchant decides."""
    listing, form = marketplace.find(g.partner.row, short_code), ApplicationForm()
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            promotion = promotions.join(g.partner.row, short_code, form.message.data)
            said = _JOINED if promotion.state == promotions.APPROVED else _APPLIED
            return answers.done(url_for("promotions.show", uid=promotion.uid), said)
    return _page(listing, form)


def _page(listing: Listing, form: ApplicationForm):
    catalog = listing.catalog
    named = [catalog.preview_image, catalog.company_logo, catalog.icon, *(row.image_url for row in listing.landings)]
    return form_page(
        "affiliate/marketplace/show.html",
        form,
        listing=listing,
        catalog=catalog,
        promotion=listing.promotion,
        is_own=catalog.partner_id == g.partner.id,
        approval=approval.rate(catalog.approved_deals, catalog.canceled_deals),
        pictures=album.keys_of(catalog.partner_id, named),
        places=[COUNTRY_NAMES.get(code, code) for code in catalog.offer_geo],
        languages=[LANGUAGE_NAMES.get(code, code) for code in catalog.localizations],
        sentences=sentences,
    )


def _pictures(cards: list[Card]) -> dict[int, str]:
    """The key of the picture that a card shows, by catalog: the first of its pictures that is here."""
    keys = album.keys_of_several((card.merchant_id, url) for card in cards for url in card.pictures)
    shown = {card.id: [keys.get((card.merchant_id, url)) for url in card.pictures] for card in cards}
    return {catalog: next(filter(None, found)) for catalog, found in shown.items() if any(found)}
