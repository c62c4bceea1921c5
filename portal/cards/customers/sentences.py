"""What pages of customers say that depends on them: whole sentences with named parameters."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time

from portal.domain.cards.cards.found import CardLine
from portal.domain.cards.customers.lists import MOST_COUNTED
from portal.domain.cards.operations.rows import main_of
from portal.domain.cards.operations.words import said
from portal.domain.cards.segments import rules as rules_of
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.members import names
from portal.domain.members.tables import Member, Segment
from portal.domain.sentences import counted, say
from portal.web import formats


def name(member: Member) -> str:
    """What a customer is called."""
    return names.full(member.first_name, member.surname)


def day(born: date | None) -> str | None:
    """A day, wherever it is read."""
    return formats.date(datetime.combine(born, time(), UTC), "UTC") if born else None


def count(number: int) -> int | str:
    """How many a list has; of those that are narrowed down the first thousand are counted."""
    return number if number <= MOST_COUNTED else say("over {most}", most=f"{MOST_COUNTED:,}")


def rule(segment: Segment, templates: Mapping[int, CardTemplate]) -> str:
    """Who is in a segment."""
    if segment.rule is None:
        return say("Whoever is put into it")
    word, number, template = segment.rule["rule"], segment.rule["number"], templates.get(segment.rule["template"])
    if word == rules_of.UNSEEN:
        return counted(number, "Not seen for 1 day", "Not seen for {number} days")
    if word == rules_of.BIRTHDAY:
        return say("Birthday this month")
    if template is None:
        return say("Nobody: its template is gone")
    if word == rules_of.TEMPLATE:
        return say("Has a card of {template}", template=template.name)
    field = "spent" if word == rules_of.SPENT else main_of(template.kind, template.mechanics)
    least = said(template.kind, template.mechanics, template.currency, field, number)
    if word == rules_of.SPENT:
        return say("Spent at least {least} with {template}", least=least, template=template.name)
    return say("Has at least {least} on {template}", least=least, template=template.name)


def rules(partner_id: int) -> Callable[[Segment], str]:
    """Who is in each of a partner's segments."""
    templates = {one.id: one for one in CardTemplate.select().where(CardTemplate.partner == partner_id)}
    return lambda segment: rule(segment, templates)


def lost(cards: int, operations: bool) -> list[str]:
    """What erasing a person takes."""
    of_cards = counted(
        cards,
        "1 card is deleted, with what is on it: it takes no operation any more",
        "{number} cards are deleted, with what is on them: they take no operation any more",
    )
    return [
        say("Name, phone, mail address, date of birth and all answers on cards are gone; nobody can bring them back"),
        say("Deals that name the person stay, and do not say any more who bought"),
        *([of_cards] if cards else []),
        *(
            [say("What happened stays and counts, without saying who it was, and without what was written to it")]
            if operations
            else []
        ),
    ]


def merged(of_kept: list[CardLine], of_gone: list[CardLine]) -> list[str]:
    """What making two customers one does to their cards."""
    there = {card.template_id: card for card in of_kept if card.deleted_at is None}
    moving = [card for card in of_gone if card.deleted_at is None]
    joined = [card for card in moving if card.template_id in there]
    over = len(moving) - len(joined)
    return [
        say("What the one who stays lacks, such as a phone or a mail address, is taken over; the rest is forgotten"),
        *(
            say("{template}: both cards become one with what is on both; the number {serial} leads to it",
                template=card.template, serial=card.serial)
            for card in joined
        ),
        *(
            say("{template}: the level {kept} stays, and {gone} ends", template=card.template, kept=level, gone=card.tier_name)
            for card in joined
            if (level := there[card.template_id].tier_name) and card.tier_name not in (None, level)
        ),
        *([counted(over, "1 card moves over as it is", "{number} cards move over as they are")] if over else []),
        say("All that happened is kept, and the old number of the customer leads to the one who stays"),
    ]  # fmt: skip
