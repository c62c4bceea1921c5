"""Catalogs: the list, how one does, making, changing, and a test deal."""

from flask import abort, g, render_template, request, url_for
from flask_login import current_user

from portal.affiliate import catalog_page, first_steps
from portal.affiliate.catalogs import sentences
from portal.affiliate.catalogs.forms import CatalogForm
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.affiliate.catalogs import approval, marketplace
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.deal_lists import lists as deal_lists
from portal.domain.affiliate.trials import trials
from portal.domain.errors import DomainError
from portal.domain.events import timeline
from portal.domain.offers import catalogs
from portal.domain.offers import choices as catalog_choices
from portal.domain.offers.names import COUNTRY_NAMES, LANGUAGE_NAMES
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import say
from portal.web import answers, inputs
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried

_CHOICES = {"countries": ("offer_geo", COUNTRY_NAMES), "languages": ("localizations", LANGUAGE_NAMES)}
_SUGGESTED = 12
SHOWN = [
    ("", say("In use")), (catalog_lists.PUBLISHED, say("Published")), (catalog_lists.UNPUBLISHED, say("Unpublished")),
    (catalog_lists.ARCHIVED, say("Archived")),
]  # fmt: skip
_NOTHING = say("Nothing is called so. Try a part of the name, or the two letters of its code.")


def index():
    """The partner's catalogs, newest first."""
    text, shown = request.args.get("q", "").strip()[:255], request.args.get("shown", "")
    before, after = place_asked()
    page = catalog_lists.page(g.partner.id, shown, text, before, after)
    template = answers.page_or_part("affiliate/catalogs/index.html", "affiliate/catalogs/_catalogs.html")
    chips = _chips(text, shown)
    return render_template(
        template, page=page, text=text, shown=shown, states=SHOWN, chips=chips, page_url=with_arguments
    )


def _chips(text: str, shown: str) -> list[tuple[str, str]]:
    """The filters in use, each with the address of the list without it."""
    state = dict(SHOWN).get(shown) if shown else None
    return [
        *([(say("Search: {text}", text=text), with_arguments(q=None))] if text else []),
        *([(state, with_arguments(shown=None))] if state else []),
    ]


def new():
    """Make a catalog."""
    form = CatalogForm(catalog_choices.categories())
    if form.is_submitted() and not form.catalog_code.data and form.title.data:
        form.catalog_code.data = catalog_choices.suggested_code(g.partner.id, form.title.data)
    if form.validate_on_submit():
        with tried(form):
            catalog = catalogs.create(g.partner.id, form.given())
            said = say("“{title}” is there. Next: an offer to promote.", title=catalog.title)
            return answers.done(_first_offer(catalog) or _place(catalog), said)
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
            said = say("“{title}” is changed. Deals that are there keep their terms.", title=catalog.title)
            return answers.done(url_for("catalogs.tabs.terms", short_code=catalog.short_code), said)
    part = "affiliate/catalogs/_edit.html"
    return _form_page("affiliate/catalogs/edit.html", form, fragment=part, catalog=catalog)


def show(short_code: str):
    """How one catalog does: what it lacks, its figures, its latest deals and what happened."""
    catalog = catalogs.find(g.partner.id, short_code)
    offers, landings = catalog_lists.offers_of(catalog), catalog_lists.landings_of(catalog)
    called = {row.uuid: row.name for row in offers} | {row.code: row.title or row.url for row in landings}
    things = [
        ("catalog", [catalog.uuid]),
        ("offer", [row.uuid for row in offers]),
        ("landing", [row.code for row in landings]),
    ]
    return render_template(
        "affiliate/catalogs/show.html",
        **catalog_page.context(catalog, "overview", offers, landings),
        sentences=sentences,
        offers=offers,
        promoters=catalog_lists.promoters_of(catalog),
        market_since=marketplace.since(catalog) if marketplace.is_in(catalog) else None,
        approval=approval.rate(catalog.approved_deals, catalog.canceled_deals),
        deals=deal_lists.of_catalog(g.partner.id, catalog.id, most=10),
        facts=timeline.of_several(g.partner.id, things, most=8),
        called=called,
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


def _first_offer(catalog: Catalog) -> str | None:
    """Where a newcomer goes on, who has no offer yet."""
    place = url_for("offers.new", short_code=catalog.short_code)
    next_step = first_steps.next_step()
    return place if next_step and next_step["url"] == place else None


def _place(catalog: Catalog) -> str:
    return url_for("catalogs.show", short_code=catalog.short_code)


def _form_page(template: str, form: CatalogForm, **values):
    geo, languages = _rows(form.offer_geo, COUNTRY_NAMES), _rows(form.localizations, LANGUAGE_NAMES)
    return form_page(template, form, countries=geo, languages=languages, sentences=sentences, **values)


def _rows(field, names: dict) -> list[tuple]:
    chosen = set(field.data or [])
    return [(code, name, code in chosen) for code, name in names.items()]
