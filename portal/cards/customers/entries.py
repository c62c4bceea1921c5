"""Customers as people add, change and erase them."""

from functools import partial

from flask import g, url_for

from portal.cards.customers import sentences, tabs
from portal.cards.customers.forms import CustomerForm
from portal.cards.customers.pages import customer_page
from portal.domain.accounts import sent_forms
from portal.domain.accounts.sent_forms import SentAlready
from portal.domain.cards.cards import found
from portal.domain.cards.customers import history
from portal.domain.errors import DomainError, Taken
from portal.domain.members import members
from portal.domain.sentences import Sentence, say
from portal.web import answers, sent_once
from portal.web.forms import form_page, take_errors, tried
from portal.web.marked import marked


def new():
    """Add a customer."""
    if place := sent_once.own_address():
        return place
    form = CustomerForm()
    if form.validate_on_submit():
        with tried(form, take=_take):
            make = partial(members.create, g.partner.id, form.given())
            try:
                member = sent_forms.once(g.person.user_id, sent_once.mark(), make)
            except SentAlready:
                told = say("This form was sent before: its customer is there, and was added once.")
                return answers.done(url_for("customers.index"), told)
            return answers.done(tabs.address(member, tabs.CARDS), say("{name} is added.", name=sentences.name(member)))
    return form_page("cards/customers/new.html", form)


def change(customer_id: str):
    """Change what is known of a customer."""
    member, form = members.find(g.partner.id, customer_id), CustomerForm()
    if form.validate_on_submit():
        with tried(form, take=_take):
            member = members.change(member, form.given())
            return answers.done(tabs.address(member, tabs.DETAILS), say("The details are saved."))
    return customer_page(member, tabs.DETAILS, form)


def erasure(customer_id: str):
    """Ask, by naming what is lost, and erase a person."""
    member, form = members.find(g.partner.id, customer_id), CustomerForm(formdata=None)
    name = sentences.name(member)
    if form.is_submitted():
        members.erase(member)
        return answers.done(url_for("customers.index"), say("{name} is erased.", name=name))
    good = [card for card in found.of_member(member) if card.deleted_at is None]
    has_operations = bool(history.operations(g.partner.id, member.id).rows)
    return form_page(
        "cards/customers/erasure.html", form, member=member, name=name, lost=sentences.lost(len(good), has_operations)
    )


def _take(form, error: DomainError) -> None:
    """Beside its field; whoever has the phone, mail address or id already is named, and led to. Programs get the id."""
    uuid = error.sentence.named.get("id") if isinstance(error, Taken) and isinstance(error.sentence, Sentence) else None
    if uuid is None:
        return take_errors(form, error)
    other = members.find(g.partner.id, uuid)
    told = marked(
        '<a href="{place}">{name}</a> has it already.',
        name=sentences.name(other),
        place=tabs.address(other, tabs.CARDS),
    )
    form[error.field].errors = [*form[error.field].errors, told]
