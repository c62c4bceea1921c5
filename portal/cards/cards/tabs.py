"""What the tabs of a card's page show, each read when it is looked at."""

from datetime import date
from typing import NamedTuple

from flask import current_app, g, url_for

from portal.cards import links, push_words, reports, sentences
from portal.cards.figures import number
from portal.domain.cards.cards import lists
from portal.domain.cards.cards.lists import FieldValue, ShownCard
from portal.domain.cards.cards.tables import FIELDS, Card
from portal.domain.cards.history import course, told
from portal.domain.cards.history.told import Told
from portal.domain.cards.operations import booking, events, words
from portal.domain.cards.pushes.told import found as found_pushes
from portal.domain.cards.ties import lists as ties
from portal.domain.cards.ties.lists import DealOf
from portal.domain.members.details.values import GENDERS
from portal.domain.sentences import joined, say
from portal.web import charts, formats, qr
from portal.web.addresses import place_asked, with_arguments
from portal.web.charts import Series

OVERVIEW, OPERATIONS, PUSHES, HISTORY, CUSTOMER, LINKS = (
    "overview",
    "operations",
    "pushes",
    "history",
    "customer",
    "links",
)
_LATEST = 6
_SOURCES = {
    "api": say("by a program"), "portal": say("in the portal"), "counter": say("at the counter"), "system": say("by itself"),
}  # fmt: skip


class Figure(NamedTuple):
    """So much of a field of the card."""

    field: str
    label: str
    said: str


class Step(NamedTuple):
    """An operation of the card in words, and whether it can be undone."""

    operation: Told
    changes: list[str]
    circumstances: str
    may_be_undone: bool
    deal: DealOf | None

    @property
    def tone(self) -> str:
        """Whether it gave or took."""
        return "accent" if self.operation.amount > 0 else "warning" if self.operation.amount < 0 else "neutral"

    @property
    def icon(self) -> str:
        """The same as a picture."""
        if self.operation.reverses_id:
            return "undo-2"
        return "plus" if self.operation.amount > 0 else "minus" if self.operation.amount < 0 else "circle"


def overview(card: Card, row: ShownCard) -> dict:
    """What is on it, what may be done to it, what it is, and what happened last."""
    return {
        "figures": figures(row),
        "verbs": booking.allowed(card),
        "answers": lists.fields_of([row]).get(row.id, []),
        "said": _answer,
        "rewards": lists.tiers_of([row]).get(row.id, []),
        "latest": steps(row, told.page(card.id).rows[:_LATEST]),
    }


def operations(card: Card, row: ShownCard) -> dict:
    """All that happened to it, newest first."""
    page = told.page(card.id, *place_asked())
    return {"page": page, "steps": steps(row, page.rows), "page_url": with_arguments}


def pushes(card: Card, row: ShownCard) -> dict:
    """What it was told, newest first."""
    return {"page": found_pushes.of_card(card.id, *place_asked()), "page_url": with_arguments, "said": push_words}


def history(card: Card, row: ShownCard) -> dict:
    """How what it counts went, day by day."""
    if not reports.are_offered():
        return {"drawn_history": None, "figures": figures(row)}
    field = sentences.main_field(row)
    label = words.label(row.kind, field)
    days = course.by_day(row, field, g.partner.time_zone)
    decimals = words.places(row.kind, row.currency, field)
    series = [Series(label, [number(value, decimals) for _, value in days])]
    title = say("{what}, at the end of each day", what=label)
    return {"drawn_history": charts.line(title, [day for day, _ in days], series), "figures": figures(row)}


def customer(card: Card, row: ShownCard) -> dict:
    """Who holds it."""
    return {"genders": GENDERS, "born": row.date_of_birth and date.fromisoformat(row.date_of_birth)}


def its_links(card: Card, row: ShownCard) -> dict:
    """Its own page, with the code that leads there, and what its holder passes on."""
    base = current_app.config["SETTINGS"].public_url
    page = links.card(base, row.key)
    return {
        "address": page, "code": qr.drawn(page), "picture": links.code(base, row.key), "share": links.share(base, row.share_key)
    }  # fmt: skip


SHOWN = {
    OVERVIEW: overview, OPERATIONS: operations, PUSHES: pushes, HISTORY: history, CUSTOMER: customer, LINKS: its_links,
}  # fmt: skip
LABELS = {
    OVERVIEW: say("Overview"), OPERATIONS: say("Operations"), PUSHES: say("Pushes"), HISTORY: say("History"), CUSTOMER: say("Customer"),
    LINKS: say("Links"),
}  # fmt: skip


def tabs(serial: str, current: str) -> list[dict]:
    """The tabs as their bar shows them."""
    return [
        {"label": label, "url": url_for("cards.show", card_id=serial, tab=None if name == OVERVIEW else name), "current": name == current}
        for name, label in LABELS.items()
    ]  # fmt: skip


def figures(row: ShownCard) -> list[Figure]:
    """What it counts; what it never had is left out, but for what it is about."""
    main = sentences.main_field(row)
    return [
        Figure(name, words.label(row.kind, name), sentences.figure(row, name, count))
        for name in FIELDS
        if (count := getattr(row, name)) or name == main
    ]


def steps(row: ShownCard, rows: list[Told]) -> list[Step]:
    """Operations in words."""
    ids = [one.id for one in rows]
    changes, deals = told.changes(ids), ties.deals_of(ids)
    return [
        Step(
            one,
            _changes(row, one, changes[one.id]),
            circumstances(row, one),
            one.may_be_undone and row.deleted_at is None,
            deals.get(one.id),
        )
        for one in rows
    ]


def circumstances(row: ShownCard, one: Told) -> str:
    """Who did it, where and how, and of how much money."""
    reward = one.reward and say("“{name}”", name=one.reward)
    parts = [one.manager, one.location, reward, _SOURCES[one.source], _money(row, one)]
    return joined([part for part in parts if part], " · ")


def _money(row: ShownCard, one: Told) -> str | None:
    if not one.purchase_sum or one.reverses_id:  # What is undone says it.
        return None
    said = formats.money(one.purchase_sum, row.currency)
    return say("{sum} went back", sum=said) if one.event in events.PAID_BACK else say("paid {sum}", sum=said)


def _changes(row: ShownCard, one: Told, changes: list) -> list[str]:
    rounds = sentences.rounds(row, one.field, one.amount, changes)
    return [*([rounds] if rounds else []), *(_changed(row, change) for change in changes)]


def _changed(row: ShownCard, change) -> str:
    before, after = (sentences.figure(row, change.field, count) for count in (change.before, change.after))
    return say("{label}: {before} → {after}", label=words.label(row.kind, change.field), before=before, after=after)


def _answer(one: FieldValue) -> str | None:
    return {"true": say("Yes"), "false": say("No")}.get(one.value or "") if one.kind == "boolean" else one.value
