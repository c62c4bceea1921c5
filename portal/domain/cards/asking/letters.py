"""Mails to whoever is said to want a card, in the language of the form; each carries the link that ends them."""

from portal.domain.cards.asking.tables import AskedCard
from portal.domain.mail import outbox, stops
from portal.domain.sentences import say


def mail(row: AskedCard, text: str, link: str) -> None:
    """In a transaction: write the mail of this text, which leads to the link."""
    partner = row.template.partner
    outbox.put(
        row.mail, say("Your card of {partner}", partner=partner.name), text, partner.id, caused_by=partner.id,
        language=row.language or partner.language, name=row.person["first_name"], partner=partner.name,
        title=row.template.name, link=link, unsubscribe=stops.link(row.mail), why="_why_card",
    )  # fmt: skip
