"""A card's own page: whoever has its link sees it, without signing in. Opening it installs the card."""

from typing import Any

from flask import Response, current_app, g, make_response, render_template, request

from portal import clock
from portal.cards import drawing, links, sentences
from portal.cards.public import answers
from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards import cards, lists
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.counter import codes
from portal.domain.cards.history import ending, told
from portal.domain.cards.templates.kinds import KINDS
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import NotFound
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.web import bots, qr
from portal.web.answers import secret

_LATEST = 8


def card(card_key: str):
    """The card as it looks, what is on it, what ends next, what happened last, and its code."""
    found = _found(card_key)
    partner = found.template.partner
    clock.use(partner.clock_offset)
    g.time_zone = partner.time_zone
    if found.deleted_at is not None:
        return secret(make_response(answers.page("cards/public/gone.html", partner), 410))
    if _is_opened(found):
        cards.note_installed(found)
    row = _row(found)
    if row.updated_at != clock.to_micros(found.updated_at):  # Something of it had ended, and was settled.
        found = _found(card_key)
    return secret(make_response(_page(found, row)))


def live(card_key: str):
    """The code that the page shows now, for the page to renew it."""
    found = _found(card_key)
    if found.deleted_at is not None:
        raise NotFound(say("card"))
    clock.use(found.template.partner.clock_offset)
    return secret(make_response(render_template("cards/public/_code.html", card=found, **_codes(found))))


def code(card_key: str):
    """The code that leads to the page, to be scanned at a till: black on white with its quiet zone."""
    found = _found(card_key)
    if found.deleted_at is not None:
        raise NotFound(say("card"))
    response = Response(qr.picture(links.card(_base(), found.key)), mimetype="image/svg+xml")
    return secret(response)


def _page(found: Card, row: ShownCard) -> str:
    base, latest = _base(), told.page(found.id).rows[:_LATEST]
    changes = told.changes([one.id for one in latest])
    return answers.page(
        "cards/public/card.html",
        found.template.partner,
        card=found,
        row=row,
        card_template=found.template,
        kind=KINDS[row.kind],
        drawn=drawing.of_card(found),
        **_codes(found),
        has_expired=clock.has_passed(found.expires_at),
        on_it=sentences.on_it(row),
        owed=sentences.owed(row),
        ending=ending.following(found.id),
        rewards=lists.tiers_of([row]).get(row.id, []),
        latest=[
            (one, sentences.rounds(row, one.field, one.amount, changes[one.id]) or _changed(row, one)) for one in latest
        ],
        share=links.share(base, found.share_key)
        if found.template.referrer_gets or found.template.friend_gets
        else None,
        sentences=sentences,
    )


def _codes(found: Card) -> dict[str, Any]:
    """What is shown at the counter: the code of this half minute, and the number for a page that is offline."""
    shown = codes.code_of(found)
    return {"code": qr.drawn(shown.text), "number_code": qr.drawn(codes.still_of(found)), "seconds": shown.seconds}


def _changed(row: ShownCard, one) -> str:
    """How much it gave or took, with its sign."""
    if not one.amount:
        return ""
    amount = sentences.figure(row, one.field, abs(one.amount))
    return say("+{amount}", amount=amount) if one.amount > 0 else say("−{amount}", amount=amount)


def _found(card_key: str) -> Card:
    """The card of this key; a wrong one, and one of a closed partner, is not there, after the same work."""
    whole = Card.select(Card, CardTemplate, Partner, Member).join(CardTemplate).join(Partner).switch(Card).join(Member)
    found = whole.where(Card.key == card_key, Partner.disabled_at.is_null()).first()
    if found is None:
        raise NotFound(say("card"))
    return found


def _row(found: Card) -> ShownCard:
    row = lists.one(found.partner_id, found.serial)
    if row is None:
        raise NotFound(say("card"))
    return row


def _is_opened(found: Card) -> bool:
    """Whether its holder opens it in a browser: no program, no look ahead, no picture or frame, and nobody of its partner's."""
    if request.method != "GET" or bots.looks_ahead() or bots.is_known(request.user_agent.string):
        return False
    if request.headers.get("Sec-Fetch-Dest", "document") != "document":
        return False
    acting = g.get("partner")
    return acting is None or acting.id != found.partner_id


def _base() -> str:
    return current_app.config["SETTINGS"].public_url
