"""Offers of a catalog: listed, shown, made, changed, activated. Where they are listed the form opens in place."""

from flask import g, redirect, render_template, request, url_for

from portal.affiliate import catalog_page, first_steps
from portal.affiliate.offers.forms import OfferForm, shown
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.deal_lists import lists as deal_lists
from portal.domain.errors import DomainError, Invalid, NotFound
from portal.domain.offers import catalogs, offers
from portal.domain.offers.tables import Catalog, Offer
from portal.domain.sentences import say
from portal.web import answers, formats, offer_faces
from portal.web.forms import form_page, take_errors, tried
from portal.web.inputs import percent, seen


def index(short_code: str):
    """The offers of a catalog."""
    catalog = catalogs.find(g.partner.id, short_code)
    found, landings = catalog_lists.offers_of(catalog), catalog_lists.landings_of(catalog)
    page = catalog_page.context(catalog, "offers", found, landings)
    return render_template("affiliate/offers/index.html", **page, offers=found)


def show(uuid: str):
    """One offer with its latest deals. What is in no catalog has its page among the offers for members."""
    try:
        offer = terms.find(g.partner.id, uuid)
    except NotFound:
        return redirect(url_for("member_terms.show", offer_id=offers.find(g.partner.id, uuid).id))
    catalog = terms.catalog_of(offer)
    return render_template(
        "affiliate/offers/show.html",
        catalog=catalog,
        offer=catalog_lists.offer_line(catalog, offer),
        deals=deal_lists.of_offer(g.partner.id, offer.id),
        faces=offer_faces.of(offer),
    )


def new(short_code: str):
    """Add an offer to a catalog."""
    catalog = catalogs.find(g.partner.id, short_code)
    form = OfferForm(g.partner.currency, catalog_percent(catalog), takes_codes=catalog.is_promocode_allowed)
    if not is_being_written(form) and form.validate_on_submit():
        with tried(form, take=take_price_errors):
            form.images.describe()
            offer = terms.create(g.partner.id, form.given(), catalog.uuid, form.priced())
            return _saved(catalog, offer, say("The offer “{name}” is added.", name=offer.name))
    return _form_page(form, catalog)


def edit(uuid: str):
    """Change an offer."""
    offer = terms.find(g.partner.id, uuid)
    catalog = terms.catalog_of(offer)
    form = OfferForm(g.partner.currency, catalog_percent(catalog), _shown(offer))
    if not is_being_written(form) and form.validate_on_submit():
        with tried(form, take=take_price_errors):
            form.images.describe()
            offer = terms.change(offer, form.given(), None, form.priced(), seen())
            said = say("The offer “{name}” is changed. Deals that are there keep their terms.", name=offer.name)
            return _saved(catalog, offer, said, url_for("offers.show", uuid=offer.uuid))
    return _form_page(form, catalog, offer)


def activation(uuid: str):
    """Activate or deactivate an offer."""
    offer = terms.find(g.partner.id, uuid)
    is_active = request.form.get("active") == "1"
    terms.change(offer, {"is_active": is_active})
    active = say("“{name}” is active.", name=offer.name)
    said = active if is_active else say("“{name}” is no longer active: promoters cannot sell it.", name=offer.name)
    return _saved(terms.catalog_of(offer), offer, said, url_for("offers.show", uuid=offer.uuid))


def catalog_percent(catalog: Catalog) -> str | None:
    """What the catalog's offers earn that have no reward of their own, as it is written."""
    return None if catalog.reward_percent is None else formats.percent(percent(catalog.reward_percent))


def _shown(offer: Offer) -> dict:
    return shown(offer, offer.promoter_terms.get(), offers.prices_of(offer))


def is_being_written(form: OfferForm) -> bool:
    """Whether a button of the form asks for something in it, and nothing is to be saved yet."""
    return form.images.acted() or _asks_for_a_row(form)


def _asks_for_a_row(form: OfferForm) -> bool:
    if "add_price" not in request.form or len(form.prices) >= form.prices.max_entries:
        return False
    taken = {row.form.currency.data for row in form.prices}
    form.add_price(next((code for code in (g.partner.currency, "USD", "EUR", "GBP") if code not in taken), "CHF"))
    return True


def take_price_errors(form: OfferForm, error: DomainError) -> None:
    """Errors of a price go to its row; the domain counts the rows that have a sum."""
    rows = [row for row in form.prices if row.form.cost.data is not None]
    others = []
    for field, sentence in error.errors if isinstance(error, Invalid) else [(None, error.sentence)]:
        place = (field or "").split(".")
        if len(place) == 3 and place[1].isdigit() and int(place[1]) < len(rows):
            rows[int(place[1])].form[place[2]].errors = [sentence]
            form.prices.errors = [*form.prices.errors, sentence]
        else:
            others.append((field or "", sentence))
    if others:
        take_errors(form, Invalid(*others[0], others))


def _form_page(form: OfferForm, catalog: Catalog, offer: Offer | None = None):
    part, added = "affiliate/offers/_form.html", "add_price" in request.form
    return form_page("affiliate/offers/form.html", form, fragment=part, catalog=catalog, offer=offer, added=added)


def _saved(catalog: Catalog, offer: Offer, message: str, otherwise: str | None = None):
    """Where the catalog's offers are listed they are shown anew; elsewhere the way leads to the list, or `otherwise`."""
    place = url_for("offers.index", short_code=catalog.short_code)
    return answers.saved_in_place(
        place, message, lambda: _offers(catalog, offer.uuid), target="#offers", otherwise=otherwise
    )


def _offers(catalog: Catalog, changed: str) -> str:
    return render_template(
        "affiliate/offers/_offers.html",
        catalog=catalog,
        offers=catalog_lists.offers_of(catalog),
        changed=changed,
        next_step=first_steps.next_step(),
    )
