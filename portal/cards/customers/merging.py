"""Customers who are there twice: who may be, and two made one."""

from flask import g, request, url_for

from portal.cards.customers import sentences, tabs
from portal.cards.customers.merge_forms import OtherForm
from portal.domain.cards.cards import found
from portal.domain.cards.customers import duplicates
from portal.domain.errors import Refused
from portal.domain.members import finding, members, merging
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, take_errors


def index():
    """Who may be there twice."""
    form, pairs = OtherForm(formdata=None), []
    try:
        pairs = duplicates.suggested(g.partner.id)
    except Refused as refused:
        take_errors(form, refused)
    ids = {member for pair in pairs for member in pair[:2]}
    known = {member.id: member for member in Member.select().where(Member.id.in_(ids))}
    shown = [(known[pair.older], known[pair.newer], pair.is_by_name) for pair in pairs]
    return form_page("cards/customers/duplicates.html", form, pairs=shown, name_of=sentences.name)


def merge(customer_id: str):
    """Choose the other one, ask with both in sight, and make them one."""
    member, form = members.find(g.partner.id, customer_id), OtherForm(request.values)
    other = _other(form, member)
    if request.method == "POST" and other:
        kept = merging.merge(other, member)
        told = say("{name} is one customer now.", name=sentences.name(kept))
        return answers.done(tabs.address(kept, tabs.CARDS), told)
    lost = sentences.merged(found.of_member(member), found.of_member(other)) if other else []
    return form_page(
        "cards/customers/merge.html", form, member=member, other=other, name_of=sentences.name, lost=lost,
        swapped=other and url_for("customers.merging.merge", customer_id=other.uuid, other=member.uuid),
    )  # fmt: skip


def _other(form: OtherForm, member: Member) -> Member | None:
    """Nobody where it is the same customer: whoever comes back to the question after its answer."""
    typed = (form.other.data or "").strip()
    found = finding.named(g.partner.id, typed)
    if typed and found is None:
        form.other.errors = [say("Nobody has this phone, mail address or number.")]
    if found == member.id:
        form.other.errors = [say("This is the same customer: they are one already.")]
    return Member.get_by_id(found) if found and found != member.id else None
