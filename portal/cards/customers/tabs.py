"""What the tabs of a customer's page show, each read when it is looked at."""

from collections.abc import Mapping

from flask import g, url_for

from portal.cards import push_words, reports
from portal.cards import sentences as card_sentences
from portal.cards.customers import sentences
from portal.cards.customers.forms import CustomerForm, of_member
from portal.domain.cards.cards import found
from portal.domain.cards.cards.found import CardLine
from portal.domain.cards.customers import history
from portal.domain.cards.history import course, told
from portal.domain.cards.operations import words
from portal.domain.cards.pushes.told import found as found_pushes
from portal.domain.cards.segments import lists as segment_lists
from portal.domain.cards.ties import lists as ties
from portal.domain.events import timeline
from portal.domain.members.consents import consents
from portal.domain.members.elsewhere import MOST_SHOWN, Teller
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.web import charts, formats, thing_pages
from portal.web.addresses import place_asked, with_arguments
from portal.web.charts import Series
from portal.web.customer_parts import CustomerPart

CARDS, OPERATIONS, PUSHES, DEALS, DETAILS = "cards", "operations", "pushes", "deals", "details"
_LABELS = {CARDS: say("Cards"), OPERATIONS: say("Operations"), PUSHES: say("Pushes"), DEALS: say("Deals")}
_MOST_DRAWN = 4


def address(member: Member, tab: str) -> str:
    """The address of a tab."""
    return url_for("customers.show", customer_id=member.uuid, tab=None if tab == CARDS else tab)


def labels(others: Mapping[str, Teller | CustomerPart]) -> dict[str, str]:
    """The tabs that there are, those of other areas among them, by what they are called in addresses."""
    return {**_LABELS, **{name: one.label for name, one in others.items()}, DETAILS: say("Details")}


def elsewhere(member: Member, teller: Teller) -> dict:
    """What another area tells."""
    return {"title": teller.label, "told": teller.tell(member, MOST_SHOWN), "page_of": thing_pages.link}


def _cards(member: Member, form) -> dict:
    cards = found.of_member(member)
    drawn = [card for card in cards if card.deleted_at is None][:_MOST_DRAWN] if reports.are_offered() else []
    return {"cards": cards, "sentences": card_sentences, "figures": [_figure(card) for card in drawn]}


def _figure(card: CardLine):
    field = card_sentences.main_field(card)
    days = course.by_day(card, field, g.partner.time_zone)
    unit = 10 ** words.places(card.kind, card.currency, field)
    return charts.line(
        say("{template}, last 90 days", template=card.template),
        [day for day, _ in days],
        [Series(words.LABELS[field], [value for _, value in days])],
        write=lambda value: card_sentences.figure(card, field, int(value or 0)),
        axis=lambda value: formats.compact((value or 0) / unit),
    )


def _operations(member: Member, form) -> dict:
    page = history.operations(g.partner.id, member.id, *place_asked())
    ids = [row.id for row in page.rows]
    changes = told.changes(ids)
    return {
        "page": page,
        "page_url": with_arguments,
        "deals": ties.deals_of(ids),
        "rounds": {row.id: card_sentences.rounds(row, row.field, row.amount, changes[row.id]) for row in page.rows},
    }


def _pushes(member: Member, form) -> dict:
    return {"page": found_pushes.of_member(member.id, *place_asked()), "page_url": with_arguments, "said": push_words}


def _deals(member: Member, form) -> dict:
    page = ties.of_member(member, *place_asked())
    return {"page": page, "page_url": with_arguments, "booked": ties.by_deal(row.id for row in page.rows)}


def _details(member: Member, form: CustomerForm | None) -> dict:
    its = segment_lists.of_members([member.id]).get(member.id, [])
    others = [one for one in segment_lists.of(g.partner.id) if one.rule is None and one not in its]
    return {
        "form": form or of_member(member),
        "facts": timeline.of(g.partner.id, "member", member.uuid),
        "born": sentences.day(member.date_of_birth),
        "segments": its,
        "others": others,
        "consents": consents.of(member),
    }


SHOWN = {CARDS: _cards, OPERATIONS: _operations, PUSHES: _pushes, DEALS: _deals, DETAILS: _details}
