"""Issuing a card: the customer found by typing, the template, and what it asks."""

from flask import g, render_template, request, url_for

from portal.cards.asked_fields import AnswersForm
from portal.cards.cards.forms import IssueForm
from portal.domain.cards.cards import cards, field_values, holders
from portal.domain.cards.cards.holders import Holder
from portal.domain.cards.templates import fields as template_fields
from portal.domain.cards.templates import lists as template_lists
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import DomainError
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page
from portal.web.inputs import choices

_LOOKS = ("look", "show")  # buttons of who has no scripts: search, and show what the template asks


def new():
    """Issue a card to a customer."""
    form, found, template, asked = _forms()
    is_asking = any(name in request.form for name in _LOOKS)
    # Both are asked, so that each says what it lacks.
    if not is_asking and form.is_submitted() and all([form.validate(), asked.is_answered(form)]):
        holder = holders.find(g.partner.id, form.customer.data)
        if holder is None or template is None:
            form.customer.errors = [say("Choose the customer.")]
            return _page(form, found, asked)
        try:
            card = cards.issue(g.partner.id, holder.id, template.id, asked.given())
        except DomainError as error:
            asked.take(error, form)
        else:
            said = say("{name} has the card {serial} now.", name=holder.name, serial=card.serial)
            return answers.done(url_for("cards.show", card_id=card.serial), said)
    return _page(form, found, asked)


def customers():
    """Who can be chosen for what was typed so far."""
    form = IssueForm(formdata=request.args)
    return render_template("cards/cards/_customers.html", form=form, found=_found(form))


def fields():
    """What the chosen template asks."""
    form = IssueForm(formdata=request.args)
    return render_template("cards/cards/_fields.html", asked=_asked(_template(form, _templates())))


def _forms():
    form = IssueForm(data={"customer": request.args.get("customer"), "template": request.args.get("template")})
    templates = _templates()
    form.template.choices = choices((str(row.uuid), row.name) for row in templates)
    template = _template(form, templates)
    found = _found(form)
    chosen = next((row.id for row in found if row.uuid == form.customer.data), None)
    return form, found, template, _asked(template, chosen)


def _page(form: IssueForm, found: list[Holder], asked: AnswersForm):
    return form_page("cards/cards/new.html", form, found=found, asked=asked)


def _found(form: IssueForm) -> list[Holder]:
    """Who fits what was typed; the chosen one first."""
    chosen = holders.find(g.partner.id, form.customer.data)
    rows = holders.like(g.partner.id, (form.looked_for.data or "").strip()[:255])
    return [chosen, *(row for row in rows if row.id != chosen.id)] if chosen else rows


def _templates() -> list[CardTemplate]:
    return template_lists.numbered(g.partner.id, 0, 200)[0]


def _template(form: IssueForm, templates: list[CardTemplate]) -> CardTemplate | None:
    """The chosen template, else the first."""
    return next((row for row in templates if row.uuid == form.template.data), templates[0] if templates else None)


def _asked(template: CardTemplate | None, member_id: int | None = None) -> AnswersForm:
    known = field_values.of_customer(member_id)
    return AnswersForm(template_fields.of(template.id) if template else [], known=known)
