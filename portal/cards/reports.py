"""Charts and exports, which a company's tariff may lack."""

from flask import g

from portal.domain.cards.companies import limits

_OPTION = "reports"


def are_offered() -> bool:
    """Whether whoever acts has them: pages leave out what is not there. Only companies are asked for."""
    return g.partner.parent_id is None or limits.offers(g.partner.id, _OPTION)


def refuse_without() -> None:
    """Raises Refused where the tariff has none."""
    limits.refuse_without(g.partner.id, _OPTION)
