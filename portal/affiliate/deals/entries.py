"""Entering a deal by hand, and choosing offers and promoters by typing a part of their names."""

from flask import abort, g, redirect, render_template, request, url_for

from portal.affiliate import sentences as shared
from portal.affiliate.deals import sentences
from portal.affiliate.deals.forms import DealForm
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.deal_lists import lists as deal_lists
from portal.domain.affiliate.deal_lists import pickers as deal_pickers
from portal.domain.affiliate.deal_lists.pickers import Choice
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals.deals import Report
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.errors import DomainError, Invalid, NotFound
from portal.domain.identifiers import short_code
from portal.domain.offers import catalogs
from portal.domain.offers import choices as catalog_choices
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import say
from portal.web import answers, formats
from portal.web.addresses import with_arguments
from portal.web.forms import form_page, take_errors

_SEARCHES = {"offer": deal_pickers.offers, "promoter": deal_pickers.promoters}


def new():
    """Report a deal that no shop reports; it takes the road of every deal.

    The proposed id stands in the address, so that whoever comes back to the form sends the same deal, and no second one.
    """
    proposed = request.args.get("deal_id", "").strip()[:255]
    if request.method == "GET" and not proposed:
        return redirect(with_arguments(deal_id=f"manual-{short_code(8)}"))
    form = DealForm(deal_id=proposed, catalog_code=request.args.get("catalog"))
    catalog = _offered(form)
    if "show_offers" in request.form or not form.validate_on_submit():
        return _form_page(form, catalog)
    promoter = _promoter(form, catalog)
    if form.errors:
        return _form_page(form, catalog)
    known = _seen(form)
    try:
        deal = deals.report(g.partner.id, _report(form, catalog, promoter))
    except DomainError as error:
        _take_errors(form, error)
        return _form_page(form, catalog, error.steps)
    return answers.done(url_for("deals.show", uuid=deal.uuid), *_recorded(deal, known, promoter))


def offers():
    """The offers and currencies of the catalog that was chosen."""
    form = DealForm(formdata=request.args)
    _offered(form)
    return render_template("affiliate/deals/_offer_fields.html", form=form)


def choices(kind: str):
    """What can be chosen for the text that was typed so far."""
    if kind not in _SEARCHES:
        abort(404)
    found = _SEARCHES[kind](g.partner.id, request.args.get(kind, "").strip()[:255])
    return render_template("affiliate/deals/_choices.html", choices=found)


def _offered(form: DealForm) -> Catalog | None:
    """Fill in what can be chosen; the catalog that is chosen, else the first."""
    known = catalog_choices.catalogs(g.partner.id)
    catalog = _catalog(form.catalog_code.data or (known[0][0] if known else ""))
    lines = catalog_lists.offers_of(catalog) if catalog else []
    currencies = dict.fromkeys(code for line in lines for code, _ in line.prices)
    form.offer_of(
        known, [(line.name, _label(line)) for line in lines], currencies or deal_lists.currencies(g.partner.id)
    )
    form.catalog_code.data = catalog and catalog.short_code
    return catalog


def _label(line) -> str:
    prices = ", ".join(formats.money(cost, currency) for currency, cost in line.prices)
    told = say("{name} ({prices})", name=line.name, prices=prices)
    return told if line.is_active else say("{name} ({prices}), not active", name=line.name, prices=prices)


def _catalog(code: str) -> Catalog | None:
    try:
        return catalogs.find(g.partner.id, code) if code else None
    except NotFound:
        return None


def _promoter(form: DealForm, catalog: Catalog | None) -> Choice | None:
    """The promoter who was typed, if any; what is wrong with it stands beside the field."""
    if not form.promoter.data or catalog is None:
        return None
    choice = deal_pickers.promoter(g.partner.id, form.promoter.data)
    if choice is None:
        form.promoter.errors = [say("No promoter is called so. Choose one from the list, or give the uid.")]
    elif choice.catalog_id != catalog.id:
        form.promoter.errors = [
            say(
                "This uid sells “{catalog_title}”. Choose the promoter’s uid in “{title}”.",
                catalog_title=choice.catalog_title,
                title=catalog.title,
            )
        ]
    return choice


def _seen(form: DealForm) -> LockedDeal | None:
    """The deal that has the form's id already."""
    return deals.seen(g.partner.id, form.deal_id.data) if form.deal_id.data else None


def _report(form: DealForm, catalog: Catalog | None, promoter: Choice | None) -> Report:
    return Report(
        form.status.data, form.offer.data, form.cost.data, form.currency.data, form.deal_id.data,
        catalog.catalog_code if catalog else "", promo_code=form.promo_code.data,
        another_data=form.another_data(promoter and promoter.key),
    )  # fmt: skip


def _take_errors(form: DealForm, error: DomainError) -> None:
    take_errors(form, error)
    if isinstance(error, Invalid) and error.about:  # The number is another deal's.
        form.deal_id.errors = [*form.deal_id.errors, error.sentence]


def _recorded(deal: LockedDeal, known: LockedDeal | None, promoter: Choice | None) -> tuple[str, str]:
    """What is said of the deal, and how: `known` is what it was before, `promoter` who was chosen for it."""
    if known:
        return sentences.recorded_before(deal, known.status), "info"
    if promoter and deal.promotion_id is None:
        return say("The deal is recorded, but it is nobody’s. Below stands why."), "warning"
    return say("The deal {deal_id} is recorded.", deal_id=deal.deal_id), "success"


def _form_page(form: DealForm, catalog: Catalog | None, steps: list | None = None):
    return form_page(
        "affiliate/deals/new.html", form, catalog=catalog, steps=shared.steps(steps or []), known=_seen(form)
    )
