"""Collections of a club's offers: the list in its order, one with its offers in theirs, made, changed and removed."""

from flask import abort, g, render_template, request, url_for

from portal.domain.member_offers.collections import collections as rows
from portal.domain.member_offers.collections import inside
from portal.domain.member_offers.collections.tables import Collection
from portal.domain.pictures import album
from portal.domain.sentences import counted, say
from portal.member_offers import courses
from portal.member_offers.collections.forms import CollectionForm, originals
from portal.web import answers
from portal.web.addresses import row_id
from portal.web.forms import form_page, tried

_WAYS = {"up": -1, "down": 1}


def index():
    """The collections in the order in which members see them."""
    return render_template("member_offers/collections/index.html", **listed())


def new():
    """Make one."""
    form = CollectionForm.of(None)
    if not form.picture.acted() and form.validate_on_submit():
        with tried(form):
            form.picture.describe()
            made = rows.make(g.partner.id, form.given(None))
            return answers.done(_place(made), say("“{title}” is there. Put offers into it.", title=made.title))
    return form_page("member_offers/collections/form.html", form, collection=None)


def show(collection_id: int):
    """One, with its offers in their order and those that could be added."""
    collection, text = rows.find(g.partner.id, collection_id), request.args.get("q", "").strip()[:100]
    others, has_more = inside.others(collection, text)
    return render_template(
        answers.page_or_part("member_offers/collections/show.html", "member_offers/collections/_others.html"),
        **filled(collection),
        others=others,
        has_more=has_more,
        text=text,
        course=None if answers.is_fragment() else courses.of_collection(collection.id),
        picture=next(iter(album.shown(g.partner.id, originals(collection))), None),
    )


def edit(collection_id: int):
    """Change its title, description and picture."""
    collection = rows.find(g.partner.id, collection_id)
    form = CollectionForm.of(collection)
    if not form.picture.acted() and form.validate_on_submit():
        with tried(form):
            form.picture.describe()
            rows.change(collection, form.given(collection))
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
    if answers.is_fragment():
        return render_template("member_offers/collections/_collections.html", **listed())
    return answers.done(url_for("collections.index"), say("“{title}” was moved.", title=collection.title))


def offers(collection_id: int):
    """Put offers in, take one out, or move it."""
    collection = rows.find(g.partner.id, collection_id)
    chosen = [one for one in request.form.getlist("offer", type=row_id) if one]
    act = request.form.get("act")
    if len(chosen) > rows.MOST_OFFERS or (act != "add" and len(chosen) != 1):
        abort(400)
    if act == "add":
        rows.add(collection, *chosen)
        added = counted(
            len(chosen),
            "1 offer stands in “{title}” now.",
            "{number} more offers stand in “{title}” now.",
            title=collection.title,
        )
        return answers.done(_place(collection), added if chosen else say("Choose offers first."))
    if act == "out":
        rows.take_out(collection, chosen[0])
    else:
        return _moved(collection, chosen[0])
    return _done(collection)


def _moved(collection: Collection, offer_id: int):
    rows.shift(collection, offer_id, _way())
    if answers.is_fragment():
        return render_template("member_offers/collections/_inside.html", **filled(collection))
    return _done(collection)


def _done(collection: Collection):
    return answers.done(
        _place(collection), say("The offers of “{title}” stand as you see them here.", title=collection.title)
    )


def listed() -> dict:
    """What the list of collections shows."""
    return {"collections": rows.of_partner(g.partner.id)}


def filled(collection: Collection) -> dict:
    """What the list of a collection's offers shows."""
    return {"collection": collection, "inside": inside.offers(collection)}


def _way() -> int:
    act = request.form.get("act", "")
    if act not in _WAYS:
        abort(400)
    return _WAYS[act]


def _place(collection: Collection) -> str:
    return url_for("collections.show", collection_id=collection.id)
