"""A club's offers: the list, one with what members get of it, made, changed, shown and hidden."""

from flask import g, redirect, render_template, request, url_for

from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.terms import lists, terms
from portal.domain.member_offers.terms.lists import ENDED, HIDDEN, SHOWN, Wanted
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.words import SCOPES, TYPES
from portal.domain.offers import offers
from portal.domain.sentences import say
from portal.member_offers import courses
from portal.member_offers.member_terms import wording
from portal.member_offers.member_terms.forms import OfferForm, TermsForm
from portal.web import answers, offer_faces
from portal.web.addresses import chips, place_asked, row_id, with_arguments
from portal.web.forms import form_page, tried
from portal.web.inputs import is_on, seen

STATES = {SHOWN: say("Shown"), HIDDEN: say("Hidden"), ENDED: say("Ended")}
_LABELS = {"q": say("Search"), "state": say("State"), "scope": say("What it is for"), "type": say("Who may use it"),
           "collection": say("Collection")}  # fmt: skip


def index():
    """The partner's offers for members, newest first."""
    wanted, inside = _wanted(), _collections()
    return render_template(
        answers.page_or_part("member_offers/member_terms/index.html", "member_offers/member_terms/_offers.html"),
        page=lists.page(g.partner.id, wanted, *place_asked()),
        count=lists.count(g.partner.id, wanted),
        wanted=wanted,
        is_first=wanted == Wanted() and not MemberTerms.get_or_none(MemberTerms.partner == g.partner.id),
        chips=chips(_LABELS, _said(wanted, inside)),
        states=STATES,
        scopes=SCOPES,
        types=TYPES,
        collections=inside,
        page_url=with_arguments,
    )


def new():
    """A new offer, in no catalog."""
    form = OfferForm.of(g.partner.id, None)
    if not form.images.acted() and form.validate_on_submit():
        with tried(form):
            form.images.describe()
            made = terms.create(g.partner.id, form.given())
            return answers.done(_place(made), wording.told_seen(made, form.name.data or ""))
    return form_page("member_offers/member_terms/form.html", form, terms=None, offer=None)


def of_offer(uuid: str):
    """What members get of an offer that is there; once they get something, its page."""
    offer = offers.find(g.partner.id, uuid)
    present = MemberTerms.get_or_none(MemberTerms.offer == offer.id)
    if present and request.method == "GET":
        return redirect(_place(present))
    form = TermsForm.of(g.partner.id, None, offer)
    if not form.images.acted() and form.validate_on_submit():
        with tried(form):
            form.images.describe()
            made = terms.put(offer, form.given())
            return answers.done(_place(made), wording.told_seen(made, offer.name))
    return form_page("member_offers/member_terms/form.html", form, terms=None, offer=offer)


def show(offer_id: int):
    """One offer."""
    found = terms.find(g.partner.id, offer_id)
    return render_template(
        "member_offers/member_terms/show.html",
        terms=found,
        limits=wording.limits(found),
        likes=lists.likes(found.id),
        faces=offer_faces.of(found.offer),
        course=courses.of_offer(found.id),
        scopes=SCOPES,
        types=TYPES,
    )


def edit(offer_id: int):
    """Change the offer and what members get of it."""
    found = terms.find(g.partner.id, offer_id)
    form = OfferForm.of(g.partner.id, found)
    if not form.images.acted() and form.validate_on_submit():
        with tried(form):
            form.images.describe()
            terms.change(found, form.given(), seen())
            return answers.done(_place(found), say("“{name}” was changed.", name=form.name.data))
    return form_page("member_offers/member_terms/form.html", form, terms=found, offer=found.offer)


def showing(offer_id: int):
    """Show it to members, or hide it."""
    found, is_shown = terms.find(g.partner.id, offer_id), is_on("on")
    terms.change(found, {"is_shown": is_shown})
    name = found.offer.name
    hidden = say("Members see “{name}” no more. What was used stays.", name=name)
    return answers.done(_place(found), wording.told_seen(found, name) if is_shown else hidden)


def _wanted() -> Wanted:
    asked = request.args
    state, scope, type_ = (
        known if (known := asked.get(name, "")) in words else ""
        for name, words in (("state", STATES), ("scope", SCOPES), ("type", TYPES))
    )
    return Wanted(asked.get("q", "").strip()[:100], state, scope, type_, asked.get("collection", 0, type=row_id))


def _said(wanted: Wanted, inside: list[tuple[str, str]]) -> dict[str, str | None]:
    named = {"state": STATES.get(wanted.state), "scope": SCOPES.get(wanted.scope), "type": TYPES.get(wanted.type)}
    return {"q": wanted.text} | named | {"collection": dict(inside).get(str(wanted.collection))}


def _collections() -> list[tuple[str, str]]:
    return [(str(one.id), one.title) for one in collections.of_partner(g.partner.id)]


def _place(found: MemberTerms) -> str:
    return url_for("member_terms.show", offer_id=found.offer_id)
