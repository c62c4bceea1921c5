"""Segments of customers: listed, made, renamed and removed, and who is put into them."""

from decimal import Decimal

from flask import g, request, url_for

from portal.cards.customers import filters, sentences, tabs
from portal.cards.customers.segment_forms import NameForm, RuleForm
from portal.domain.cards.operations.rows import main_of
from portal.domain.cards.operations.words import places
from portal.domain.cards.segments import lists, rules, segments
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid, Refused
from portal.domain.members import members
from portal.domain.members.tables import Segment
from portal.domain.money import exponent
from portal.domain.sentences import say
from portal.web import answers
from portal.web.addresses import row_id
from portal.web.forms import form_page, tried


def index():
    """The segments."""
    return _index(NameForm(formdata=None))


def create():
    """Make one that people are put into."""
    form = NameForm()
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            segment = segments.make(g.partner.id, form.name.data)
            told = say("The segment “{name}” is there. Put customers into it on their pages.", name=segment.name)
            return answers.done(url_for("customers.segments.index"), told)
    return _index(form)


def by_rule():
    """Make one by a rule."""
    form = RuleForm(filters.templates())
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            template = int(form.template.data) if form.template.data else None
            number = _units(form.rule.data, form.number.data, template)
            segment = segments.make(g.partner.id, form.name.data, form.rule.data, number, template)
            return answers.done(_place(segment), say("The segment “{name}” is there.", name=segment.name))
    return form_page("cards/customers/segment_by_rule.html", form)


def edit(segment: int):
    """Give it another name."""
    found = segments.find(g.partner.id, segment)
    form = NameForm(data={"name": found.name})
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            told = say("The segment is called “{name}” now.", name=segments.rename(found, form.name.data).name)
            return answers.done(url_for("customers.segments.index"), told)
    return form_page("cards/customers/segment_edit.html", form, segment=found)


def removal(segment: int):
    """Ask, and forget it."""
    found, form = segments.find(g.partner.id, segment), NameForm(formdata=None)
    if form.is_submitted():
        segments.remove(found)
        told = say("The segment “{name}” is removed.", name=found.name)
        return answers.done(url_for("customers.segments.index"), told)
    return form_page("cards/customers/segment_removal.html", form, segment=found)


def put(customer_id: str):
    """Put a customer into a segment."""
    member, segment = members.find(g.partner.id, customer_id), _chosen()
    segments.put(segment, member)
    told = say("{name} is in “{segment}”.", name=sentences.name(member), segment=segment.name)
    return answers.done(tabs.address(member, tabs.DETAILS), told)


def take_out(customer_id: str):
    """Take a customer out of a segment."""
    member, segment = members.find(g.partner.id, customer_id), _chosen()
    segments.take_out(segment, member)
    told = say("{name} is no longer in “{segment}”.", name=sentences.name(member), segment=segment.name)
    return answers.done(tabs.address(member, tabs.DETAILS), told)


def _index(form: NameForm):
    told = sentences.rules(g.partner.id)
    return form_page(
        "cards/customers/segments.html",
        form,
        segments=lists.counted(g.partner.id),
        told=told,
        count_said=sentences.count,
    )


def _chosen() -> Segment:
    return segments.find(g.partner.id, request.form.get("segment", 0, type=row_id))


def _place(segment: Segment) -> str:
    return url_for("customers.index", segment=segment.id)


def _units(rule: str, number: Decimal | None, template_id: int | None) -> int | None:
    """Days as they are; what a template counts in its smallest units."""
    if number is None:
        return None
    decimals = _decimals(rule, template_id)
    units = number.scaleb(decimals)
    if units != int(units):
        raise Invalid("number", say("Give a number with at most {decimals} decimals.", decimals=decimals))
    return int(units)


def _decimals(rule: str, template_id: int | None) -> int:
    template = CardTemplate.get_or_none(CardTemplate.id == template_id, CardTemplate.partner == g.partner.id)
    if template is None or rule not in rules.OF_TEMPLATE:
        return 0
    if rule == rules.SPENT:
        return exponent(template.currency)
    return places(template.kind, template.currency, main_of(template.kind, template.mechanics))
