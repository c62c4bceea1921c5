"""Orders that are made by dragging, or by the arrow keys: the rows as they stand, and as they stood when they were shown."""

from flask import abort, flash, g, render_template, request, url_for

from portal.domain.errors import Refused
from portal.domain.identifiers import typed_id
from portal.domain.member_offers.collections import collections as rows
from portal.domain.member_offers.collections import ordering
from portal.member_offers.collections import pages
from portal.web import answers

_LONGEST = 20_000  # letters of the ids of a thousand offers


def of_offers(collection_id: int):
    """The offers of a collection stand so."""
    collection = rows.find(g.partner.id, collection_id)
    _tried(lambda: ordering.order_offers(collection, *_orders()))
    if answers.is_fragment():
        return render_template("member_offers/collections/_inside.html", **pages.filled(collection))
    return answers.done(url_for("collections.show", collection_id=collection.id))


def of_collections():
    """The collections of the club stand so."""
    _tried(lambda: ordering.order_collections(g.partner.id, *_orders()))
    if answers.is_fragment():
        return render_template("member_offers/collections/_collections.html", **pages.listed())
    return answers.done(url_for("collections.index"))


def _tried(order) -> None:
    """What does not go together with another's order is said, and the list shown as it stands."""
    try:
        order()
    except Refused as refused:
        flash(refused.sentence, "danger")


def _orders() -> tuple[list[int], list[int]]:
    return _ids("order"), _ids("seen")


def _ids(name: str) -> list[int]:
    said = [typed_id(one) for one in ",".join(request.form.getlist(name))[:_LONGEST].split(",")]
    known = [one for one in said if one is not None]
    return known if len(known) == len(said) else abort(400)
