"""Catalogs: the list, one catalog with what stands in it, making, changing, and a test deal."""

from flask import abort, g, render_template, request, url_for
from flask_login import current_user

from portal.affiliate import first_steps, promoter_section
from portal.affiliate import sentences as said
from portal.affiliate.catalogs import consequences, sentences
from portal.affiliate.catalogs.forms import CatalogForm
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.affiliate.catalogs import approval, marketplace
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.deal_lists import lists as deal_lists
from portal.domain.affiliate.links import fallback
from portal.domain.affiliate.special_rewards import lists as reward_lists
from portal.domain.affiliate.trials import trials
from portal.domain.errors import DomainError
from portal.domain.events import timeline
from portal.domain.offers import catalogs
from portal.domain.offers import choices as catalog_choices
from portal.domain.offers.names import COUNTRY_NAMES, LANGUAGE_NAMES
from portal.domain.offers.tables import Catalog
from portal.domain.pictures import album
from portal.web import answers, inputs
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried

_CHOICES = {"countries": ("offer_geo", COUNTRY_NAMES), "languages": ("localizations", LANGUAGE_NAMES)}
_SUGGESTED = 12
_NOTHING = "Nothing is called so. Try a part of the name, or the two letters of its code."


def index():
    """The partner's catalogs, newest first."""
    text, shown = request.args.get("q", "").strip()[:255], request.args.get("shown", "")
    before, after = place_asked()
    page = catalog_lists.page(g.partner.id, shown, text, before, after)
    template = answers.page_or_part("affiliate/catalogs/index.html", "affiliate/catalogs/_catalogs.html")
    return render_template(template, page=page, text=text, shown=shown, page_url=with_arguments)


def new():
    """Make a catalog."""
    form = CatalogForm(catalog_choices.categories())
    if form.is_submitted() and not form.catalog_code.data and form.title.data:
        form.catalog_code.data = catalog_choices.suggested_code(g.partner.id, form.title.data)
    if form.validate_on_submit():
        with tried(form):
            catalog = catalogs.create(g.partner.id, form.given())
            return answers.done(_place(catalog), f"“{catalog.title}” is there. Next: an offer to promote.")
    return _form_page("affiliate/catalogs/new.html", form)


def suggested_code():
    """The code field, filled from the title where nobody has typed a code."""
    form = CatalogForm([])
    form.catalog_code.data = request.args.get("catalog_code", "").strip()[:255]
    title = request.args.get("title", "").strip()[:255]
    if title and not form.catalog_code.data:
        form.catalog_code.data = catalog_choices.suggested_code(g.partner.id, title)
    return render_template("affiliate/catalogs/_code.html", form=form)


def choices(kind: str):
    """Countries or languages whose name or code begins or goes on like the text, the chosen ones first."""
    if kind not in _CHOICES:
        abort(404)
    name, names = _CHOICES[kind]
    chosen, text = set(request.args.getlist(name)), request.args.get(f"{name}_search", "").strip().lower()
    found = [
        code
        for code, label in names.items()
        if text and code not in chosen and (text in label.lower() or text == code.lower())
    ]
    codes = [code for code in names if code in chosen] + found[:_SUGGESTED]
    rows = [(code, names[code], code in chosen) for code in codes]
    nothing = _NOTHING if text and not found else None
    return render_template("ui/_choices.html", name=name, rows=rows, many=True, nothing=nothing)


def edit(short_code: str):
    """Change a catalog."""
    catalog = catalogs.find(g.partner.id, short_code)
    form = CatalogForm(catalog_choices.categories(), catalog)
    if form.validate_on_submit():
        with tried(form):
            catalog = catalogs.change(catalog, form.given(), inputs.seen())
            return answers.done(
                _place(catalog), f"“{catalog.title}” is changed. Deals that are there keep their terms."
            )
    return _form_page("affiliate/catalogs/edit.html", form, catalog=catalog)


def show(short_code: str):
    """One catalog."""
    catalog = catalogs.find(g.partner.id, short_code)
    offers, landings = catalog_lists.offers_of(catalog), catalog_lists.landings_of(catalog)
    things = [
        ("catalog", [catalog.uuid]),
        ("offer", [row.uuid for row in offers]),
        ("landing", [row.code for row in landings]),
    ]
    promoters = catalog_lists.promoters_of(catalog)
    return render_template(
        "affiliate/catalogs/show.html",
        catalog=catalog,
        sentences=sentences,
        offers=offers,
        landings=landings,
        replaced=said.replaced,
        removing=said.landing_removed(fallback.of(g.partner.id)),
        promoters=promoters,
        **promoter_section.few(catalog.id),
        is_of_catalog=True,
        market_since=marketplace.since(catalog) if marketplace.is_in(catalog) else None,
        lost=consequences.of_unpublishing(promoters),
        approval=approval.rate(catalog.approved_deals, catalog.canceled_deals),
        deals=deal_lists.of_catalog(g.partner.id, catalog.id),
        rewards=reward_lists.of_catalog(g.partner.id, catalog.id),
        facts=timeline.of_several(g.partner.id, things, most=12),
        pictures=album.keys_of(g.partner.id, [catalog.icon, catalog.preview_image, catalog.company_logo]),
        places=_named(catalog.offer_geo, COUNTRY_NAMES),
        languages=_named(catalog.localizations, LANGUAGE_NAMES),
        missing=catalog_lists.missing(offers, landings),
        next_step=first_steps.next_step(),
    )


def test_deal(short_code: str):
    """Make a test deal, and go on to it in test mode."""
    catalog = catalogs.find(g.partner.id, short_code)
    try:
        deal = trials.make(catalog)
    except DomainError as error:
        return answers.done(_place(catalog), error.sentence, "warning")
    if deal.partner_id != g.partner.id:
        sign_ins.act_for(current_user.sign_in_id, current_user.user_id, deal.partner_id)
    return answers.done(url_for("deals.show", uuid=deal.uuid))


def _place(catalog: Catalog) -> str:
    return url_for("catalogs.show", short_code=catalog.short_code)


def _form_page(template: str, form: CatalogForm, **values):
    geo, languages = _rows(form.offer_geo, COUNTRY_NAMES), _rows(form.localizations, LANGUAGE_NAMES)
    return form_page(template, form, countries=geo, languages=languages, sentences=sentences, **values)


def _rows(field, names: dict) -> list[tuple]:
    chosen = set(field.data or [])
    return [(code, name, code in chosen) for code, name in names.items()]


def _named(codes: list[str], names: dict) -> str | None:
    """The first places or languages by name, and how many more there are."""
    listed = ", ".join(names.get(code, code) for code in codes[:8])
    return f"{listed} and {len(codes) - 8} more" if len(codes) > 8 else listed or None
