"""Offers of a catalog: made, changed, activated. Inside the catalog's page the form opens in place."""

from flask import flash, g, make_response, render_template, request, url_for

from portal.affiliate.offers import forms
from portal.affiliate.offers.forms import OfferForm
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs import terms
from portal.domain.errors import DomainError, Invalid
from portal.domain.offers import catalogs, offers
from portal.domain.offers.tables import Catalog, Offer
from portal.web import answers, checklist, formats
from portal.web import forms as web_forms
from portal.web.inputs import percent, seen


def new(short_code: str):
    """Add an offer to a catalog."""
    catalog = catalogs.find(g.partner.id, short_code)
    form = OfferForm(g.partner.currency, _catalog_percent(catalog))
    if _asks_for_a_row(form) or not form.validate_on_submit():
        return _form_page(form, catalog)
    try:
        offer = terms.create(g.partner.id, form.given(), catalog.uuid, form.priced())
    except DomainError as error:
        _take_errors(form, error)
        return _form_page(form, catalog)
    return _saved(catalog, offer, f"The offer “{offer.name}” is added.")


def edit(uuid: str):
    """Change an offer."""
    offer = terms.find(g.partner.id, uuid)
    catalog = offer.catalog
    form = OfferForm(g.partner.currency, _catalog_percent(catalog), _shown(offer))
    if _asks_for_a_row(form) or not form.validate_on_submit():
        return _form_page(form, catalog, offer)
    try:
        offer = terms.change(offer, form.given(), None, form.priced(), seen())
    except DomainError as error:
        _take_errors(form, error)
        return _form_page(form, catalog, offer)
    return _saved(catalog, offer, f"The offer “{offer.name}” is changed. Deals that are there keep their terms.")


def activation(uuid: str):
    """Activate or deactivate an offer."""
    offer = terms.find(g.partner.id, uuid)
    is_active = request.form.get("active") == "1"
    terms.change(offer, {"is_active": is_active})
    said = "is active" if is_active else "is no longer active: promoters cannot sell it"
    return _saved(offer.catalog, offer, f"“{offer.name}” {said}.")


def _catalog_percent(catalog: Catalog) -> str | None:
    return None if catalog.reward_percent is None else formats.percent(percent(catalog.reward_percent))


def _shown(offer: Offer) -> dict:
    return forms.shown(offer, offer.promoter_terms.get(), offers.prices_of(offer))


def _asks_for_a_row(form: OfferForm) -> bool:
    if "add_price" not in request.form or len(form.prices) >= form.prices.max_entries:
        return False
    taken = {row.form.currency.data for row in form.prices}
    form.add_price(next((code for code in (g.partner.currency, "USD", "EUR", "GBP") if code not in taken), "CHF"))
    return True


def _take_errors(form: OfferForm, error: DomainError) -> None:
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
        web_forms.take_errors(form, Invalid(*others[0], others))


def _form_page(form: OfferForm, catalog: Catalog, offer: Offer | None = None):
    template = "affiliate/offers/_form.html" if answers.is_fragment() else "affiliate/offers/form.html"
    page = render_template(template, form=form, catalog=catalog, offer=offer, added="add_price" in request.form)
    return make_response(page, 422 if form.errors else 200)


def _saved(catalog: Catalog, offer: Offer, message: str):
    """Inside the catalog's page its offers are shown anew; elsewhere the way leads there."""
    place = url_for("catalogs.show", short_code=catalog.short_code)
    if not answers.is_fragment() or not (request.htmx.current_url or "").split("?")[0].endswith(place):
        return answers.done(place, message)
    flash(message, "success")
    rows = catalog_lists.offers_of(catalog)
    page = make_response(
        render_template(
            "affiliate/offers/_offers.html",
            catalog=catalog,
            offers=rows,
            changed=offer.uuid,
            next_step=checklist.next_step(),
        )
    )
    page.headers["HX-Retarget"] = "#offers"
    return page
