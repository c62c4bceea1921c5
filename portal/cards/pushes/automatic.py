"""Automatic pushes: listed by template, switched on and off, and written with a sample drawn beside."""

from typing import Any

from flask import abort, g, render_template, url_for
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, TextAreaField
from wtforms.validators import DataRequired, Optional

from portal import languages
from portal.cards.pushes import offered
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import words as operation_words
from portal.domain.cards.operations.rows import main_of
from portal.domain.cards.pushes import quiet
from portal.domain.cards.pushes.automatic import automatic, did
from portal.domain.cards.pushes.automatic.automatic import KINDS
from portal.domain.cards.pushes.browsers import measure
from portal.domain.cards.templates import templates
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.sentences import say
from portal.web import answers, days
from portal.web.forms import form_page, tried


class AutomaticForm(FlaskForm):
    """Whether it is on, and what it says."""

    is_on = BooleanField(say("Send it by itself"))
    number = IntegerField(say("Number"), [Optional()])
    message = TextAreaField(say("Message"), [DataRequired(say("This field is required."))])
    keeps_quiet = BooleanField(say("Keep quiet hours"))


def index():
    """Every kind of every template, with what it did lately."""
    templates_ = [template for template in offered.templates() if template.archived_at is None]
    kept = automatic.of_each(templates_)
    templates_.sort(key=lambda one: not any(its.is_on for its in kept[one.id].values()))  # Where one is on comes first.
    return render_template(
        "cards/pushes/automatic.html",
        made=[(one, [(kind, kept[one.id].get(kind)) for kind in automatic.kinds_of(one)]) for one in templates_],
        kinds=KINDS,
        did=did.lately([one.id for its in kept.values() for one in its.values()]),
        most=quiet.settings(g.partner.id).weekly_most,
        is_offered=offered.is_offered() and offered.is_offered("auto_push"),
    )


def edit(uuid: str, kind: str):
    """Switch one on or off, and write it."""
    template, form = _form(uuid, kind)
    if form.validate_on_submit():
        with tried(form):
            given = (form.message.data or "", form.number.data if KINDS[kind].number else None)
            automatic.save(g.partner.id, uuid, kind, *given, is_on=form.is_on.data, keeps_quiet=form.keeps_quiet.data)
            said = say("It is sent by itself from now on.") if form.is_on.data else say("It is not sent.")
            return answers.done(url_for("pushes.automatic.index"), said)
    return form_page(
        "cards/pushes/automatic_edit.html", form, **_drawn(template, kind, form), card_template=template, kind=kind, about=KINDS[kind],
        has_own=offered.is_offered("custom_auto_push"), is_offered=offered.is_offered("auto_push"),
    )  # fmt: skip


def drawn(uuid: str, kind: str):
    """The phone with the message as a sample card would be told."""
    template, form = _form(uuid, kind)
    return render_template("cards/pushes/_phone.html", **_drawn(template, kind, form))


def _form(uuid: str, kind: str) -> tuple[CardTemplate, AutomaticForm]:
    template = templates.find(g.partner.id, uuid)
    if kind not in automatic.kinds_of(template):
        abort(404)
    kept = automatic.of(template).get(kind)
    usual = KINDS[kind]
    shown: dict[str, Any] = {"is_on": False, "number": usual.usual, "message": "", "keeps_quiet": True}
    if kept:
        shown = {name: getattr(kept, name) for name in shown}
    if not kept or automatic.is_usual(kind, kept.message):
        shown["message"] = usual.text.said()
    return template, AutomaticForm(data=shown)


def _drawn(template: CardTemplate, kind: str, form: AutomaticForm) -> dict:
    text = automatic.filled(form.message.data or "", _sample(template, kind, form.number.data))
    return {"measure": measure.of(g.partner, text), "company": g.partner.name}


def _sample(template: CardTemplate, kind: str, number: int | None) -> dict[str, str]:
    """What the words are filled with for the newest card, or for somebody who could have one."""
    card = Card.select().where(Card.template == template, Card.deleted_at.is_null()).order_by(Card.id.desc()).first()
    field = main_of(template.kind, template.mechanics)
    amount = operation_words.said(template.kind, template.mechanics, template.currency, field, 500)
    day = automatic.day(days.today(), languages.spoken())
    name = card.member.first_name if card else say("Mia")
    filled = {"name": name, "left": number or 2, "amount": amount, "day": day}
    return {word: str(filled[word]) for word in KINDS[kind].words}
