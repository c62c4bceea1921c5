"""How a partner's club looks: as the cards that it has offered longest."""

from typing import NamedTuple

from portal.domain.cards.templates.tables import CardTemplate


class Look(NamedTuple):
    """Colours, and the key of a picture."""

    background: str
    foreground: str
    logo: str | None


def of(partner_id: int) -> Look:
    """Of the partner's first template of which cards are issued, else of its first."""
    columns = (CardTemplate.background, CardTemplate.foreground, CardTemplate.logo)
    its = CardTemplate.select(*columns).where(CardTemplate.partner == partner_id)
    found = its.order_by(CardTemplate.archived_at.is_null(False), CardTemplate.id).tuples().first()
    return Look(*(found or ("#1f4b99", "#ffffff", None)))
