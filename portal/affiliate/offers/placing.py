"""An offer that is in no catalog is put into one, where promoters sell it: its name and texts are there already."""

from flask import g, redirect, render_template, request, url_for

from portal.affiliate.offers.forms import OfferForm
from portal.affiliate.offers.pages import catalog_percent, is_being_written, take_price_errors
from portal.domain.affiliate.catalogs import terms
from portal.domain.offers import catalogs, offers
from portal.domain.offers import choices as catalog_choices
from portal.domain.offers.tables import Catalog, Offer
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried
from portal.web.inputs import seen


def place(uuid: str):
    """Choose the catalog, then say what the offer costs there and what it earns."""
    offer = offers.find(g.partner.id, uuid)
    if request.method == "GET" and terms.is_sold(offer):
        return redirect(url_for("offers.show", uuid=offer.uuid))
    chosen = request.args.get("catalog")
    if not chosen:
        known = catalog_choices.catalogs(g.partner.id)
        return render_template("affiliate/offers/catalogs.html", offer=offer, catalogs=known)
    catalog = catalogs.find(g.partner.id, chosen)
    form = _form(offer, catalog)
    if not is_being_written(form) and form.validate_on_submit():
        with tried(form, take=take_price_errors):
            form.images.describe()
            terms.put(offer, form.given(), catalog.uuid, form.priced(), seen())
            said = say("Promoters can sell “{name}” in “{catalog}”.", name=form.name.data, catalog=catalog.title)
            return answers.done(url_for("offers.show", uuid=offer.uuid), said)
    here = url_for("offers.placing.place", uuid=offer.uuid, catalog=catalog.short_code)
    return form_page(
        "affiliate/offers/form.html", form, catalog=catalog, offer=offer, place=here, added="add_price" in request.form
    )


def _form(offer: Offer, catalog: Catalog) -> OfferForm:
    fresh = {
        "name": offer.name, "description": offer.description, "images": [image["url"] for image in offer.images], "is_active": offer.is_active,
        "is_promocode_allowed": catalog.is_promocode_allowed, "prices": [{"currency": g.partner.currency}],
    }  # fmt: skip
    return OfferForm(g.partner.currency, catalog_percent(catalog), fresh)
