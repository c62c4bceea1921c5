"""The way to the first card, for the start page of whoever has chosen Loyalty."""

from flask import g

from portal.domain.cards import beginning
from portal.domain.cards.words import LOYALTY
from portal.domain.sentences import Sentence, say
from portal.web import checklists

TITLE = say("To your first card")
_STEPS = (
    (say("Design a card"), say("Stamps, points, cashback, visits or a balance: its rules and its looks."), "templates.new"),
    (say("Add a customer"), say("Or let people get the card themselves, by the link of its template."), "customers.entries.new"),
    (say("Issue the card"), say("The customer opens it on a phone by its link."), "cards.issuing.new"),
    (say("Add the first stamp"), say("On the card: it says what it will do before it does it."), "cards.index"),
)  # fmt: skip


def checklist() -> tuple[Sentence, list[dict]] | None:
    """What to do, and whether it is done; None for who has not chosen Loyalty, and once all of it is done."""
    if not checklists.is_chosen(LOYALTY):
        return None
    return checklists.drawn(TITLE, _STEPS, beginning.begun(g.partner.id))
