"""Collections of a club's offers: the list in its order, one with its offers in theirs, made, changed and removed."""

from flask import abort, g, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from portal.domain.member_offers.collections import collections as rows
from portal.domain.member_offers.collections.tables import Collection
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.offers.tables import Offer
from portal.domain.sentences import counted, say
from portal.web import answers
from portal.web.forms import form_page, tried

_WAYS = {"up": -1, "down": 1}


class CollectionForm(FlaskForm):
    """A collection as people type it."""

    title = StringField(say("Title"), [InputRequired(say("This field is required."))])
    description = TextAreaField(say("Description"))


def index():
    """The collections in the order in which members see them."""
    return render_template("member_offers/collections/index.html", collections=rows.of_partner(g.partner.id))


def new():
    """Make one."""
    form = CollectionForm()
    if form.validate_on_submit():
        with tried(form):
            made = rows.make(g.partner.id, {"title": form.title.data, "description": form.description.data})
            return answers.done(_place(made), say("“{title}” is there. Put offers into it.", title=made.title))
    return form_page("member_offers/collections/form.html", form, collection=None)


def show(collection_id: int):
    """One, with its offers in their order and those that could be added."""
    collection = rows.find(g.partner.id, collection_id)
    theirs = MemberTerms.select(MemberTerms.offer, Offer.id, Offer.name).join(Offer)
    names = {
        row.offer_id: row.offer.name
        for row in theirs.where(MemberTerms.partner == g.partner.id).order_by(Offer.name_key)
    }
    inside = rows.offers_of(collection)
    return render_template(
        "member_offers/collections/show.html",
        collection=collection,
        inside=[(offer_id, names[offer_id]) for offer_id in inside],
        others=[(offer_id, name) for offer_id, name in names.items() if offer_id not in set(inside)],
    )


def edit(collection_id: int):
    """Change its title and description."""
    collection = rows.find(g.partner.id, collection_id)
    form = CollectionForm(obj=collection)
    if form.validate_on_submit():
        with tried(form):
            rows.change(collection, {"title": form.title.data, "description": form.description.data})
            return answers.done(_place(collection), say("“{title}” was changed.", title=form.title.data))
    return form_page("member_offers/collections/form.html", form, collection=collection)


def removal(collection_id: int):
    """Ask, naming what is lost; then remove."""
    collection = rows.find(g.partner.id, collection_id)
    if request.method == "GET":
        count = len(rows.offers_of(collection))
        lost = [counted(count, "1 offer leaves its place in it.", "{number} offers leave their places in it.")]
        return render_template(
            "member_offers/collections/remove.html", collection=collection, lost=lost if count else []
        )
    rows.remove(collection)
    return answers.done(
        url_for("collections.index"), say("“{title}” was removed. Its offers stay.", title=collection.title)
    )


def place(collection_id: int):
    """Move it among the others."""
    collection = rows.find(g.partner.id, collection_id)
    rows.shift_among(collection, _way())
    return answers.done(url_for("collections.index"), say("“{title}” was moved.", title=collection.title))


def offers(collection_id: int):
    """Put an offer in, take it out, or move it."""
    collection = rows.find(g.partner.id, collection_id)
    offer_id = request.form.get("offer", type=int)
    if offer_id is None or not 0 < offer_id < 2**63:
        abort(400)
    act = request.form.get("act")
    if act == "add":
        rows.add(collection, offer_id)
    elif act == "out":
        rows.take_out(collection, offer_id)
    else:
        rows.shift(collection, offer_id, _way())
    return answers.done(
        _place(collection), say("The offers of “{title}” stand as you see them here.", title=collection.title)
    )


def _way() -> int:
    act = request.form.get("act", "")
    if act not in _WAYS:
        abort(400)
    return _WAYS[act]


def _place(collection: Collection) -> str:
    return url_for("collections.show", collection_id=collection.id)
