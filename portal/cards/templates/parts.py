"""What belongs to a template: the fields that it asks for, its reward or membership tiers, its levels of discount."""

from flask import g, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import FieldList, FormField, StringField
from wtforms.validators import InputRequired

from portal.cards import drawing
from portal.cards.templates import sentences, thing
from portal.cards.templates.forms import MOST_ROWS, FieldRow, LevelRow, MembershipTierRow, RewardTierRow
from portal.domain.cards.templates import fields, kinds, levels, lists, membership_tiers, reward_tiers, templates
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import DomainError
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import ToldAtOnce, form_page, tried
from portal.web.inputs import is_on, percent

_NAMED = InputRequired(say("Write a name."))
_TIERS = {kinds.REWARD: reward_tiers, kinds.MEMBERSHIP: membership_tiers}


class FieldForm(FlaskForm, FieldRow):
    """A field by itself."""


class RewardTierForm(ToldAtOnce, RewardTierRow):
    """A reward tier by itself."""

    checks = {name: check for name, check in reward_tiers.FIELDS.items() if name != "type"}  # a word here
    name = StringField(say("Reward"), [_NAMED])


class MembershipTierForm(ToldAtOnce, MembershipTierRow):
    """A membership tier by itself."""

    checks = membership_tiers.FIELDS
    name = StringField(say("Tier"), [_NAMED])


class TierNameForm(FlaskForm):
    """What a tier is called."""

    name = StringField(say("Name"), [_NAMED])


class LevelsForm(FlaskForm):
    """All levels of a discount."""

    levels = FieldList(FormField(LevelRow), say("Levels"), min_entries=1, max_entries=MOST_ROWS)

    def rows(self) -> list[dict]:
        """Those that have something in them."""
        return [row.form.given() for row in self.levels if row.form.is_given()]


_TIER_FORMS = {kinds.REWARD: RewardTierForm, kinds.MEMBERSHIP: MembershipTierForm}


def index(uuid: str):
    """All of it, with a form for one more of each."""
    return _page(templates.find(g.partner.id, uuid))


def add_field(uuid: str):
    """Ask for one more thing."""
    template, form = templates.find(g.partner.id, uuid), FieldForm()
    if form.validate_on_submit():
        with tried(form):
            field = fields.add(template, form.given())
            return _done(template, say("The field “{name}” is added.", name=field.name))
    return _page(template, field_form=form)


def field(uuid: str, field_id: str):
    """Change a field."""
    template = templates.find(g.partner.id, uuid)
    found = fields.find(template, field_id)
    form = FieldForm(obj=found)
    if form.validate_on_submit():
        with tried(form):
            given = {name: form[name].data for name in ("name", "is_required", "is_unique")}
            fields.change(template, found.id, given)
            return _done(template, say("The field “{name}” is changed.", name=form.name.data))
    return form_page("cards/templates/field.html", form, card_template=template, field_=found, kinds=fields.KINDS)


def move(uuid: str, field_id: str):
    """Have a field stand before, or behind, its neighbour."""
    template = templates.find(g.partner.id, uuid)
    fields.find(template, field_id)
    fields.move(template, field_id, is_up=is_on("up"))
    return _done(template)


def field_removal(uuid: str, field_id: str):
    """Ask, and take a field away."""
    template = templates.find(g.partner.id, uuid)
    found = fields.find(template, field_id)
    if request.method == "GET":
        return render_template("cards/templates/field_removal.html", card_template=template, field_=found)
    fields.remove(template, found.id)
    return _done(template, say("“{name}” is asked for no more.", name=found.name))


def add_tier(uuid: str):
    """One more reward or membership tier."""
    template = templates.find(g.partner.id, uuid)
    form = _TIER_FORMS.get(template.kind, RewardTierForm)()
    if form.validate_on_submit():
        with tried(form):
            tier = _TIERS.get(template.kind, reward_tiers).create(template, form.given())
            return _done(template, say("The tier “{name}” is added.", name=tier.name))
    return _page(template, tier_form=form)


def tier(uuid: str, tier_id: str):
    """Call a reward or membership tier otherwise."""
    template = templates.find(g.partner.id, uuid)
    room = _TIERS.get(template.kind, reward_tiers)
    found = room.find(template, tier_id)
    form = TierNameForm(obj=found)
    if form.validate_on_submit():
        with tried(form):
            renamed = room.rename(template, found.id, form.name.data)
            return _done(template, say("The tier is called “{name}”.", name=renamed.name))
    return form_page("cards/templates/tier.html", form, card_template=template, tier=found)


def tier_removal(uuid: str, tier_id: str):
    """Ask, and take a tier away."""
    template = templates.find(g.partner.id, uuid)
    room = _TIERS.get(template.kind, reward_tiers)
    tier = room.find(template, tier_id)
    if request.method == "GET":
        return render_template("cards/templates/tier_removal.html", card_template=template, tier=tier)
    try:
        room.remove(template, tier.id)
    except DomainError as error:
        return _done(template, error.sentence, "warning")
    return _done(template, say("The tier “{name}” is removed.", name=tier.name))


def put_levels(uuid: str):
    """Other levels; first it is told how many cards that touches."""
    template, form = templates.find(g.partner.id, uuid), LevelsForm()
    if "add_level" in request.form and len(form.levels) < MOST_ROWS:
        form.levels.append_entry()
        return _page(template, levels_form=form)
    touches = 0
    if form.validate_on_submit():
        with tried(form, take=_take_level_errors):
            is_asked = levels.taken_of(form.rows()) != levels.of(template) and "confirmed" not in request.form
            touches = lists.touched(template) if is_asked else 0
            if not touches:
                levels.put(template, form.rows())
                return _done(template, say("The levels are changed."))
    return _page(template, levels_form=form, touches=touches)


def _page(template: CardTemplate, field_form=None, tier_form=None, levels_form=None, touches: int = 0):
    tier_class = _TIER_FORMS.get(template.kind)
    form = next((one for one in (field_form, tier_form, levels_form) if one is not None), FieldForm(formdata=None))
    return form_page(
        "cards/templates/parts.html",
        form,
        **thing.context(template, "parts"),
        drawn=drawing.of_template(template),
        fields=fields.of(template),
        field_kinds=fields.KINDS,
        tiers=_TIERS[template.kind].of(template) if template.kind in _TIERS else [],
        sentences=sentences,
        field_form=field_form or FieldForm(formdata=None, kind="text"),
        tier_form=tier_form or (tier_class(formdata=None) if tier_class else None),
        levels_form=levels_form or (_levels_form(template) if template.kind == kinds.DISCOUNT else None),
        touches=touches,
    )


def _levels_form(template: CardTemplate) -> LevelsForm:
    rows = [{"threshold": percent(one.threshold), "percent": percent(one.percent)} for one in levels.of(template)]
    return LevelsForm(formdata=None, levels=rows)


def _take_level_errors(form: LevelsForm, error: DomainError) -> None:
    rows = [row for row in form.levels if row.form.is_given()]
    for name, sentence in getattr(error, "errors", [("levels", error.sentence)]):
        _, _, rest = name.partition(".")
        place, _, part = rest.partition(".")
        if place.isdigit() and int(place) < len(rows) and part in rows[int(place)].form:
            rows[int(place)].form[part].errors = [sentence]
        form.levels.errors = [*form.levels.errors, sentence]


def _done(template: CardTemplate, message: str | None = None, tone: str = "success"):
    return answers.done(url_for("templates.parts.index", uuid=template.uuid), message, tone)
