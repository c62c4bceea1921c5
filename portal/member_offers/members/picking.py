"""A customer is chosen by what somebody types: words of the name, a phone, a mail address, a card's number."""

from flask import g, request

from portal.domain.cards.customers.searches import CUSTOMER, SEARCHES
from portal.domain.search import search
from portal.domain.search.sources import Hit


def typed() -> str:
    """What was looked for, in the address."""
    return request.args.get("q", "").strip()[: search.LONGEST]


def found(text: str) -> list[Hit]:
    """The customers who are found, best first, each once: those whose card has the number among them."""
    hits = search.find(g.partner.id, g.partner.role, text, SEARCHES) if text else []
    return [hit for hit in hits if hit.kind == CUSTOMER]
