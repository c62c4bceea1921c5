"""How a partner's club looks: as the partner says, else as the cards that it has offered longest."""

from hashlib import blake2b
from typing import NamedTuple

from portal.domain.accounts.partners import club_looks
from portal.domain.accounts.tables import Partner
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.typed.colours import WHITE


class Look(NamedTuple):
    """Colours of the club's mark, the key of its picture, and the colour of what is written and pressed on light and on dark pages;
    without one they are the house's."""

    background: str
    foreground: str
    logo: str | None
    light: str | None = None
    dark: str | None = None

    @property
    def version(self) -> str:
        """Another one for each look, for what browsers keep."""
        return blake2b(repr(tuple(self)).encode(), digest_size=6).hexdigest()


def of(partner: Partner) -> Look:
    """What the partner chose; what it did not is that of its first template of which cards are issued, else of its first."""
    return dressed(partner.id, partner.club_colour, partner.club_dark, partner.club_logo)


def dressed(partner_id: int, light: str | None, dark: str | None, logo: str | None) -> Look:
    """The look of a club that chose these."""
    if light and logo:
        return Look(light, WHITE, logo, light, dark or club_looks.on_dark(light))
    cards = _of_cards(partner_id)
    if light:
        return Look(light, WHITE, cards.logo, light, dark or club_looks.on_dark(light))
    return cards._replace(logo=logo or cards.logo)


def _of_cards(partner_id: int) -> Look:
    columns = (CardTemplate.background, CardTemplate.foreground, CardTemplate.logo)
    its = CardTemplate.select(*columns).where(CardTemplate.partner == partner_id)
    found = its.order_by(CardTemplate.archived_at.is_null(False), CardTemplate.id).tuples().first()
    return Look(*(found or ("#1f4b99", "#ffffff", None)))
