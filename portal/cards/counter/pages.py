"""The counter's first screens: a card is found by its number, its code or who holds it, and what may be done is offered."""

from typing import Any

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for

from portal.cards import sentences
from portal.cards.counter import shown
from portal.cards.counter.till import Till, remember
from portal.domain.accounts.locations import lists as locations
from portal.domain.cards.cards import filters, found, lists
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.counter import codes, offering
from portal.domain.cards.history import told
from portal.domain.errors import NotFound
from portal.domain.identifiers import new_uuid, typed_id
from portal.domain.sentences import say
from portal.web import answers, assets, counter_parts

_MOST = 12
_LATEST = 3


def find():
    """Look for a card. One that is named whole, or shows its code, is opened."""
    text, refusal = request.args.get("q", "").strip()[:200], None
    try:
        if row := _named(text):
            return _lead(url_for("counter.card", card_id=row.serial, shown=_shown(text)))
    except codes.Old as error:
        refusal = error.sentence
    cards = found.page(g.partner.id, filters.Filter(text=text)).rows[:_MOST] if text and not refusal else []
    return render_template(
        answers.page_or_part("cards/counter/find.html", "cards/counter/_found.html"),
        text=text, cards=cards, most=_MOST, decoder=assets.DECODER, refusal=refusal, sentences=sentences, till=Till(),
    )  # fmt: skip


def _named(text: str) -> ShownCard | None:
    """The card whose number this is, or whose code. Raises Old."""
    if not text:
        return None
    try:
        number = codes.card_behind(g.partner.id, text).serial if codes.looks_like_one(text) else text
    except NotFound:
        return None
    return lists.one(g.partner.id, number)


def _shown(text: str) -> str | None:
    """What the phone of the customer showed, where the camera read it: a live code, or the number alone."""
    if codes.looks_like_one(text):
        return "live"
    return "number" if request.args.get("by") == "camera" else None


def card(card_id: str):
    """What is on a card, and what may be done with it; after an operation, what that did. One that was moved leads on."""
    row = shown_card(card_id)
    if row.moved_to_id is not None:
        flash(say("The card {serial} was replaced by this one.", serial=row.serial), "info")
        return redirect(url_for("counter.card", card_id=Card.get_by_id(row.moved_to_id).serial))
    held = Card.get_by_id(row.id)
    done = told.one(row.id, typed_id(request.args.get("done", "")) or 0)
    return render_template(
        "cards/counter/card.html",
        done=done and shown.done(row, done),
        read_as=shown.READ_AS.get(request.args.get("shown", "")),
        beside=counter_parts.parts(),
        **about(row, held),
    )


def about(row: ShownCard, held: Card) -> dict[str, Any]:
    """What a page of a card shows of it."""
    latest = told.page(row.id).rows[:_LATEST]
    return {
        "row": row,
        "card_template": held.template.name,
        "verbs": offering.offered(held),
        "on_it": sentences.on_it(row),
        "owed": sentences.owed(row),
        "hindrance": shown.hindrance(row),
        "tiers": lists.tiers_of([row]).get(row.id, []),
        "latest": [shown.done(row, one) for one in latest],
        "new_request": new_uuid,
        "till": Till(),
    }


def shown_card(card_id: str) -> ShownCard:
    """The partner's card. Raises NotFound."""
    row = lists.one(g.partner.id, card_id)
    if row is None:
        raise NotFound(say("card"))
    return row


def place():
    """Say where this phone stands: asked once, and remembered."""
    wanted = request.form.get("place", "")
    places = {row.uuid: row for row in locations.open_of(g.partner.id)}
    response = make_response(redirect(url_for("counter.find"), 303))
    remember(response, places.get(wanted))
    return response


def _lead(place: str) -> Response:
    if answers.is_fragment():
        return Response(status=204, headers={"HX-Redirect": place})
    return make_response(redirect(place))
