"""What pushes can be of: whether a company's tariff has them, and of which templates."""

from flask import g

from portal.domain.cards.companies import limits
from portal.domain.cards.templates.tables import CardTemplate

_MOST_TEMPLATES = 200  # the newest, and those that are archived last


def is_offered(option: str = "push") -> bool:
    """Whether the tariff has the option; only companies are asked for it."""
    return g.partner.parent_id is None or limits.offers(g.partner.id, option)


def templates() -> list[CardTemplate]:
    """The templates whose cards can get one; cards of archived ones go on."""
    its = CardTemplate.select().where(CardTemplate.partner == g.partner.id)
    return list(its.order_by(CardTemplate.archived_at.is_null().desc(), CardTemplate.id.desc()).limit(_MOST_TEMPLATES))
