"""A card's own page: whoever has its link sees it, without signing in. Opening it installs the card."""

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, g, make_response, redirect, render_template, url_for

from portal import clock
from portal.cards import drawing, links, opened, sentences
from portal.cards.public import answers, notified
from portal.domain.cards.cards import cards, lists, of_members
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.counter import codes
from portal.domain.cards.history import ending, told
from portal.domain.cards.pushes.told import inbox
from portal.domain.cards.templates.kinds import KINDS
from portal.domain.cards.wallets import setups
from portal.domain.errors import NotFound
from portal.domain.lists.key_pages import KeyPage
from portal.domain.sentences import say
from portal.web import qr
from portal.web.answers import secret

_LATEST = 8


def card(card_key: str):
    """The link leads into the club, where the page can be put on a phone with all the others of the partner."""
    its = found(card_key)
    return secret(redirect(url_for("public.club.by_link", club_slug=its.template.partner.slug, card_key=card_key)))


def shown(its: Card):
    """The card as it looks, what is on it, what ends next, what happened last, and its code."""
    partner = its.template.partner
    clock.use(partner.clock_offset)
    g.time_zone = partner.time_zone
    if its.deleted_at is not None:
        return secret(make_response(answers.page("cards/public/gone.html", partner), 410))
    if opened.by_its_holder(its):
        cards.note_installed(its)
    row = _row(its)
    if row.updated_at != clock.to_micros(its.updated_at):  # Something of it had ended, and was settled.
        its = found(its.key)
    return secret(make_response(_page(its, row, inbox.opened if opened.by_its_holder(its) else inbox.messages)))


def live(card_key: str):
    """The code that the page shows now, for the page to renew it."""
    its = found(card_key)
    if its.deleted_at is not None:
        raise NotFound(say("card"))
    clock.use(its.template.partner.clock_offset)
    return secret(make_response(render_template("cards/public/_code.html", card=its, **_codes(its))))


def code(card_key: str):
    """The code that leads to the page, to be scanned at a till: black on white with its quiet zone."""
    its = found(card_key)
    if its.deleted_at is not None:
        raise NotFound(say("card"))
    response = Response(qr.picture(links.card(_base(), its.key)), mimetype="image/svg+xml")
    return secret(response)


def _page(its: Card, row: ShownCard, read: Callable[[int], KeyPage]) -> str:
    base, latest = _base(), told.page(its.id).rows[:_LATEST]
    changes = told.changes([one.id for one in latest])
    return answers.page(
        "cards/public/card.html",
        its.template.partner,
        card=its,
        row=row,
        card_template=its.template,
        kind=KINDS[row.kind],
        drawn=drawing.of_card(its),
        **_codes(its),
        club=its.template.partner,
        messages=read(its.id).rows,
        **notified.context(its),
        wallets=setups.working(its.partner_id),
        has_expired=clock.has_passed(its.expires_at),
        on_it=sentences.on_it(row),
        owed=sentences.owed(row),
        ending=ending.following(its.id),
        rewards=lists.tiers_of([row]).get(row.id, []),
        latest=[
            (one, sentences.rounds(row, one.field, one.amount, changes[one.id]) or _changed(row, one)) for one in latest
        ],
        share=links.share(base, its.share_key) if its.template.referrer_gets or its.template.friend_gets else None,
        sentences=sentences,
    )


def _codes(its: Card) -> dict[str, Any]:
    """What is shown at the counter: the code of this half minute, and the number for a page that is offline."""
    shown = codes.code_of(its)
    return {"code": qr.drawn(shown.text), "number_code": qr.drawn(codes.still_of(its)), "seconds": shown.seconds}


def _changed(row: ShownCard, one) -> str:
    """How much it gave or took, with its sign."""
    if not one.amount:
        return ""
    amount = sentences.figure(row, one.field, abs(one.amount))
    return say("+{amount}", amount=amount) if one.amount > 0 else say("−{amount}", amount=amount)


def found(card_key: str) -> Card:
    """The card of this key. Raises NotFound for a wrong one, and for one of a closed partner, after the same work."""
    its = of_members.by_key(card_key)
    if its is None:
        raise NotFound(say("card"))
    return its


def _row(its: Card) -> ShownCard:
    row = lists.one(its.partner_id, its.serial)
    if row is None:
        raise NotFound(say("card"))
    return row


def _base() -> str:
    return current_app.config["SETTINGS"].public_url
