"""Cards: the list, and one card with what is on it."""

from typing import Any

from flask import g, render_template, request, url_for

from portal.cards import drawing, reports, sentences
from portal.cards.cards import filters, tabs
from portal.domain.cards.cards import found, lists
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations.words import happened
from portal.domain.cards.templates import lists as template_lists
from portal.domain.cards.templates.kinds import KINDS
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments


def index():
    """The partner's cards, newest first."""
    chosen, asked, template = filters.read()
    page = found.page(g.partner.id, chosen, *place_asked())
    count = page.counted(lambda: found.count(g.partner.id, chosen))
    return render_template(
        answers.page_or_part("cards/cards/index.html", "cards/cards/_cards.html"),
        page=page,
        count=say("over {most}", most=found.MOST_COUNTED)
        if count > found.MOST_COUNTED and not chosen.is_open
        else count,
        asked=asked,
        export=_export(asked) if reports.are_offered() else None,
        chips=filters.chips(asked, template),
        templates=_templates(template),
        states=list(sentences.STATES.items()),
        only=list(filters.ONLY.items()),
        kinds=KINDS,
        happened=happened,
        sentences=sentences,
        page_url=with_arguments,
    )


def _export(asked: dict[str, str]) -> str:
    used: dict[str, Any] = {name: value for name, value in asked.items() if value}
    return url_for("cards.exports.csv", **used)


def _templates(chosen: CardTemplate | None) -> list[tuple[str, str]]:
    """Those that can be chosen, and the chosen one."""
    rows, _ = template_lists.numbered(g.partner.id, 0, 200)
    if chosen and chosen.archived_at is not None:
        rows.append(chosen)
    return [(row.uuid, row.name) for row in rows]


def show(card_id: str):
    """One card."""
    row, card = found_card(card_id)
    tab = request.args.get("tab", tabs.OVERVIEW)
    tab = tab if tab in tabs.SHOWN else tabs.OVERVIEW
    return render_template(
        "cards/cards/show.html",
        card=card,
        row=row,
        drawn=drawing.of_card(card),
        kind=KINDS[row.kind],
        state=sentences.state(row),
        owed=sentences.owed(row),
        moved_to=card.moved_to_id and card.moved_to.serial,
        tab=tab,
        tabs=tabs.tabs(card.serial, tab),
        part=f"cards/cards/tabs/_{tab}.html",
        sentences=sentences,
        **tabs.SHOWN[tab](card, row),
    )


def found_card(card_id: str) -> tuple[ShownCard, Card]:
    """A card of the partner's as it is shown, once what was due of it is settled, and its row. Raises NotFound."""
    row = lists.one(g.partner.id, card_id)
    if row is None:
        raise NotFound(say("card"))
    return row, Card.get_by_id(row.id)
