"""Landings of a catalog: listed, added, changed, removed. Where they are listed the form opens in place."""

from functools import partial

from flask import g, render_template, request, url_for

from portal.affiliate import catalog_page, first_steps, sentences
from portal.affiliate.landings.forms import LandingForm
from portal.domain.accounts import sent_forms
from portal.domain.accounts.sent_forms import SentAlready
from portal.domain.affiliate.catalogs import landings
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.links import fallback
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import say
from portal.web import answers, sent_once
from portal.web.forms import form_page, tried


def index(short_code: str):
    """The landings of a catalog."""
    catalog = catalogs.find(g.partner.id, short_code)
    found = catalog_lists.landings_of(catalog)
    page = catalog_page.context(catalog, "landings", catalog_lists.offers_of(catalog), found)
    return render_template("affiliate/landings/index.html", **page, **_listed(catalog, found))


def new(short_code: str):
    """Add a landing to a catalog."""
    catalog = catalogs.find(g.partner.id, short_code)
    if place := sent_once.own_address():
        return place
    form = LandingForm()
    if form.validate_on_submit():
        with tried(form):
            make = partial(landings.create, g.partner.id, form.given(), catalog.uuid)
            try:
                landing = sent_forms.once(g.person.user_id, sent_once.mark(), make)
            except SentAlready:
                return _saved(catalog, say("This form was sent before: its landing is there, and was added once."))
            return _saved(catalog, say("The landing is added."), landing.code)
    return _form_page(form, catalog)


def edit(code: str):
    """Change a landing."""
    landing = landings.find(g.partner.id, code)
    form = LandingForm(obj=landing)
    if form.validate_on_submit():
        with tried(form):
            landings.change(landing, g.partner.id, form.given())
            return _saved(landing.catalog, say("The landing is changed."), landing.code)
    return _form_page(form, landing.catalog, landing)


def removal(code: str):
    """Ask, and remove a landing."""
    landing = landings.find(g.partner.id, code)
    if request.method == "GET":
        told = sentences.landing_removed(fallback.of(g.partner.id))
        return render_template(
            "affiliate/landings/removal.html", landing=landing, catalog=landing.catalog, removing=told
        )
    landings.remove(landing, g.partner.id)
    return _saved(landing.catalog, say("The landing is removed."))


def _form_page(form: LandingForm, catalog: Catalog, landing: Landing | None = None):
    part = "affiliate/landings/_form.html"
    told = landing and sentences.replaced(landing.url)
    return form_page("affiliate/landings/form.html", form, fragment=part, catalog=catalog, landing=landing, told=told)


def _saved(catalog: Catalog, message: str, changed: str | None = None):
    """Where the catalog's landings are listed they are shown anew; elsewhere the way leads there."""
    place = url_for("landings.index", short_code=catalog.short_code)
    return answers.saved_in_place(place, message, lambda: _landings(catalog, changed), target="#landings")


def _landings(catalog: Catalog, changed: str | None) -> str:
    return render_template(
        "affiliate/landings/_landings.html",
        catalog=catalog,
        **_listed(catalog, catalog_lists.landings_of(catalog)),
        changed=changed,
        next_step=first_steps.next_step(),
    )


def _listed(catalog: Catalog, found: list) -> dict:
    removing = sentences.landing_removed(fallback.of(catalog.partner_id))
    return {"landings": found, "replaced": sentences.replaced, "removing": removing}
