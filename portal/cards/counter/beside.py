"""What other areas do for whoever shows a card: a page beside the card, drawn by its area."""

from flask import g, render_template, request, url_for
from markupsafe import Markup
from werkzeug import Response

from portal.cards.counter.pages import shown_card
from portal.cards.counter.till import Till
from portal.domain.cards.cards.tables import Card
from portal.domain.errors import NotFound
from portal.domain.events import log
from portal.domain.sentences import say
from portal.web import answers, counter_parts


def show(card_id: str, part: str):
    """Show it, or do what its form asks for, in the name of whoever serves."""
    row, till = shown_card(card_id), Till()
    its = next((one for one in counter_parts.parts() if one.name == part), None)
    if its is None:
        raise NotFound(say("operation"))
    log.acting_as(f"user:{till.cashier_id}", g.partner.id)
    here = url_for("counter.beside.show", card_id=row.serial, part=part)
    body = its.serve(Card.get_by_id(row.id).member, here)
    if isinstance(body, Response):
        return body
    page = render_template("cards/counter/beside.html", row=row, part=its, drawn=Markup(body), till=till)  # noqa: S704
    return page if request.method == "GET" else answers.shown_once(page)
