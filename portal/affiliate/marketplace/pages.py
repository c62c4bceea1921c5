"""The marketplace as promoters look through it, one catalog with all they decide by, and joining it."""

from flask import g, redirect, render_template, url_for

from portal.affiliate import catalog_terms
from portal.affiliate.marketplace import filters, sentences
from portal.affiliate.marketplace.forms import ApplicationForm
from portal.domain.affiliate.catalogs import marketplace
from portal.domain.affiliate.catalogs.marketplace import Card, Listing
from portal.domain.affiliate.deals import settling
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, Refused
from portal.domain.offers import choices as catalog_choices
from portal.domain.offers.names import COUNTRY_NAMES
from portal.domain.offers.words import REWARD_TYPES
from portal.domain.pictures import album
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried


def index():
    """Catalogs that can be sold, newest first."""
    categories = catalog_choices.categories()
    chosen, asked = filters.read(categories)
    before, after = place_asked()
    page = marketplace.page(g.partner.row, chosen, before, after)
    if settling.of_merchants(list({card.merchant_id for card in page.rows})):
        page = marketplace.page(g.partner.row, chosen, before, after)
    return render_template(
        answers.page_or_part("affiliate/marketplace/index.html", "affiliate/marketplace/_wares.html"),
        page=page,
        pictures=_pictures(page.rows),
        terms=catalog_terms,
        asked=asked,
        chips=filters.chips(asked),
        categories=[(name, name) for name in categories],
        countries=list(COUNTRY_NAMES.items()),
        reward_types=[(word, word) for word in REWARD_TYPES],
        joined=filters.JOINED_CHOICES,
        page_url=with_arguments,
    )


def show(short_code: str):
    """One catalog. Who has joined it, or waits, has one page for it, which has the terms, too."""
    listing = marketplace.find(g.partner.row, short_code)
    if settling.of_merchants([listing.catalog.partner_id]):
        listing = marketplace.find(g.partner.row, short_code)
    if listing.promotion and listing.promotion.state in (promotions.APPROVED, promotions.WAITING):
        return redirect(url_for("promotions.show", uid=listing.promotion.uid, tab="terms"))
    return _page(listing, ApplicationForm(formdata=None))


def application(short_code: str):
    """Join a catalog, or apply where its merchant decides."""
    listing, form = marketplace.find(g.partner.row, short_code), ApplicationForm()
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            promotion = promotions.join(g.partner.row, short_code, form.message.data)
            return answers.done(url_for("promotions.show", uid=promotion.uid), _joined(listing, promotion))
    return _page(listing, form)


def _joined(listing: Listing, promotion: Promotion) -> str:
    if promotion.state == promotions.APPROVED:
        return sentences.JOINED
    catalog = listing.catalog
    return sentences.waiting(promotions.waits_for_operator(catalog), catalog.partner.name, g.partner.name)


def _page(listing: Listing, form: ApplicationForm):
    return form_page(
        "affiliate/marketplace/show.html",
        form,
        catalog=listing.catalog,
        promotion=listing.promotion,
        is_own=listing.catalog.partner_id == g.partner.id,
        waits_for_operator=promotions.waits_for_operator(listing.catalog),
        sentences=sentences,
        terms=catalog_terms,
        **catalog_terms.shown(listing),
    )


def _pictures(cards: list[Card]) -> dict[int, str]:
    """The key of the picture that a card shows, by catalog: the first of its pictures that is here."""
    keys = album.keys_of_several((card.merchant_id, url) for card in cards for url in card.pictures)
    shown = {card.id: [keys.get((card.merchant_id, url)) for url in card.pictures] for card in cards}
    return {catalog: next(filter(None, found)) for catalog, found in shown.items() if any(found)}
