"""Templates of cards: the list, one of them, and the designer, where the card is drawn beside its form."""

from flask import abort, current_app, g, make_response, render_template, request, url_for

from portal.cards import drawing, reports
from portal.cards import links as addresses
from portal.cards.templates import previews, sentences, thing
from portal.cards.templates.forms import LookForm, RulesForm, designer, shown_look, shown_rules
from portal.domain.cards.templates import lists, made_whole, templates
from portal.domain.cards.templates.kinds import BY_WORD, KINDS, Kind
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import DomainError, Invalid
from portal.domain.events import timeline
from portal.domain.offers.tables import Catalog
from portal.domain.periods import last
from portal.domain.sentences import counted, say
from portal.web import answers, charts, picture_uploads, qr
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, take_errors, tried
from portal.web.inputs import is_on, seen

SHOWN = [("", say("In use")), (lists.ARCHIVED, say("Archived"))]
_ROWS = {"add_field": "asked", "add_tier": "tiers"}


def index():
    """The partner's templates, newest first."""
    text, shown = request.args.get("q", "").strip()[:120], request.args.get("shown", "")
    page = lists.page(g.partner.id, shown, text, *place_asked())
    chips = [
        *([(say("Search: {text}", text=text), with_arguments(q=None))] if text else []),
        *([(dict(SHOWN)[shown], with_arguments(shown=None))] if shown == lists.ARCHIVED else []),
    ]
    template = answers.page_or_part("cards/templates/index.html", "cards/templates/_templates.html")
    return render_template(
        template, page=page, text=text, shown=shown, states=SHOWN, chips=chips, kinds=KINDS, page_url=with_arguments
    )


def new():
    """Choose a type of card; then design a template of it."""
    kind = BY_WORD.get(request.args.get("type", ""))
    if kind is None:
        drawings = [(kind, previews.usual(kind)) for kind in KINDS.values()]
        return render_template("cards/templates/kinds.html", drawings=drawings)
    form = designer(kind, _catalogs(), g.partner.currency)
    if not _is_being_written(form) and form.validate_on_submit():
        with tried(form, take=_take_row_errors):
            given = form.given() | {"logo": picture_uploads.key_of(form.logo.data)}
            template = made_whole.create(g.partner.id, kind.number, given, form.rows("asked"), form.rows("tiers"))
            said = say("“{name}” is there. Next: the link by which people get a card.", name=template.name)
            return answers.done(url_for("templates.links", uuid=template.uuid), said)
    added = next((name for name in _ROWS if name in request.form), None)
    return form_page(
        "cards/templates/new.html", form, kind=kind, kinds=KINDS, preview=previews.of(form, kind), added=added
    )


def drawn():
    """The card that a form of a new template describes."""
    kind = BY_WORD.get(request.args.get("type", "")) or abort(404)
    return _drawn(designer(kind, _catalogs(), g.partner.currency), kind)


def show(uuid: str):
    """How one template does."""
    template = templates.find(g.partner.id, uuid)
    period = last(30, g.partner.time_zone)
    chart = charts.bars(
        say("Operations of each day"), period.days, lists.operations(template, period), name=say("Operations")
    )
    return render_template(
        "cards/templates/show.html",
        **thing.context(template, "overview"),
        drawn=drawing.of_template(template),
        figures=lists.figures(template),
        chart=chart if reports.are_offered() else None,
        rules=sentences.rules(template),
        facts=timeline.of_several(g.partner.id, [(templates.THING, [template.uuid])], most=8),
    )


def design(uuid: str):
    """Change how its cards look, and what is told of them."""
    template, form = _form(uuid, LookForm)
    if not _is_being_written(form) and form.validate_on_submit():
        with tried(form):
            given = form.look() | {"logo": picture_uploads.key_of(form.logo.data)}
            template = templates.change(template, given, seen())
            return answers.done(
                _place(template), say("“{name}” looks so now, on each of its cards.", name=template.name)
            )
    preview = previews.of(form, form.kind, template)
    return form_page("cards/templates/design.html", form, **thing.context(template, "design"), preview=preview)


def rules(uuid: str):
    """Change how its cards count; first it is told how many that touches."""
    template, form = _form(uuid, RulesForm)
    touches, changed = 0, []
    if not _is_being_written(form) and form.validate_on_submit():
        with tried(form):
            changed = templates.foreseen(template, form.rules())
            touches = lists.touched(template) if changed and "confirmed" not in request.form else 0
            if not touches:
                template = templates.change(template, form.rules(), seen())
                return answers.done(_place(template), say("The rules of “{name}” are changed.", name=template.name))
    return form_page(
        "cards/templates/rules.html",
        form,
        **thing.context(template, "rules"),
        preview=previews.of(form, form.kind, template),
        touches=touches,
        changed=changed,
        sentences=sentences,
    )


def drawn_again(uuid: str):
    """The card that a form of this template describes."""
    template, form = _form(uuid, RulesForm if "mechanics" in request.form or "card_days" in request.form else LookForm)
    return _drawn(form, form.kind, template)


def links(uuid: str):
    """Where people get a card: the address, and its code to scan and to print."""
    template = templates.find(g.partner.id, uuid)
    address = addresses.template(_base(), template.key)
    return render_template(
        "cards/templates/links.html",
        **thing.context(template, "links"),
        address=address,
        picture=addresses.template_code(_base(), template.key),
        code=qr.drawn(address),
        drawn=drawing.of_template(template),
        club_slug=g.partner.slug,
    )


def offer_in_club(uuid: str):
    """Offer cards of it to guests of the club, or to nobody but who has the link."""
    template = templates.find(g.partner.id, uuid)
    templates.offer_in_club(template, is_on("in_club"))
    return answers.done(url_for("templates.links", uuid=template.uuid), say("Saved."))


def archive(uuid: str):
    """Ask, and put a template away; or have it among the others again."""
    template = templates.find(g.partner.id, uuid)
    if request.method == "GET":
        return render_template("cards/templates/archive.html", card_template=template, lost=_lost(template))
    try:
        if is_on("archived"):
            templates.archive(template)
            return answers.done(_place(template), say("“{name}” is archived. Its cards go on.", name=template.name))
        templates.restore(template)
    except DomainError as error:
        return answers.done(_place(template), error.sentence, "warning")
    return answers.done(
        _place(template), say("“{name}” is restored: cards of it are issued again.", name=template.name)
    )


def _form(uuid: str, form_class):
    template = templates.find(g.partner.id, uuid)
    kind = KINDS[template.kind]
    if form_class is LookForm:
        shown = shown_look(template, template.logo and picture_uploads.address(template.logo))
    else:
        chosen = [
            str(one.uuid) for one in Catalog.select(Catalog.uuid).where(Catalog.id.in_(templates.catalogs_of(template)))
        ]
        shown = shown_rules(template, kind, chosen)
    form = form_class(data=shown)
    form.of_kind(kind, _catalogs())
    return template, form


def _is_being_written(form) -> bool:
    """Whether the form was sent to be looked at, to have a row more, or to take a colour that can be read."""
    field, _, colour = request.form.get("mend", "").partition("=")
    if field in ("foreground", "label_colour") and field in form:
        form[field].data = form[field].raw_data = None
        form[field].process_data(colour)
    for button, name in _ROWS.items():
        if button in request.form and name in form and len(form[name]) < form[name].max_entries:
            form[name].append_entry()
    return bool({"preview", "mend", *_ROWS} & request.form.keys())


def _drawn(form, kind: Kind, template: CardTemplate | None = None):
    preview = previews.of(form, kind, template)
    return make_response(render_template("cards/templates/_preview.html", preview=preview))


def _take_row_errors(form, error: DomainError) -> None:
    """Errors of a row go to its fields; the domain counts the rows that have something in them."""
    if not isinstance(error, Invalid):
        take_errors(form, error)
        return
    others = []
    for field, sentence in error.errors:
        name, _, rest = field.partition(".")
        place, _, part = rest.partition(".")
        listed = {"fields": "asked"}.get(name, name)
        rows = form.given_rows(listed) if listed in ("asked", "tiers") else []
        if place.isdigit() and int(place) < len(rows) and part in rows[int(place)].form:
            rows[int(place)].form[part].errors = [sentence]
            form[listed].errors = [*form[listed].errors, sentence]
        else:
            others.append((listed, sentence))
    if others:
        take_errors(form, Invalid(*others[0], others))


def _catalogs() -> list[tuple[str, str]]:
    return [(catalog.uuid, catalog.title) for catalog in lists.offered(g.partner.id)]


def _lost(template: CardTemplate) -> list[str]:
    number = lists.touched(template)
    lost: list[str] = [say("No card of it can be had any more: its link and its code lead to a page that says so")]
    if number:
        lost.append(counted(number, "1 card goes on as it is", "{number} cards go on as they are"))
    return lost


def _place(template: CardTemplate) -> str:
    return url_for("templates.show", uuid=template.uuid)


def _base() -> str:
    return current_app.config["SETTINGS"].public_url
