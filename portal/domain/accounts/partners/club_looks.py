"""How a partner's club looks to members: its name, its logo, and one colour for what is written and pressed, on light and on dark."""

from collections.abc import Mapping
from functools import partial

from portal.database import transaction
from portal.domain import values
from portal.domain.accounts.tables import Partner
from portal.domain.errors import Invalid
from portal.domain.events import log
from portal.domain.pictures import shelf
from portal.domain.sentences import say
from portal.domain.typed import colours
from portal.domain.values import Check, Wrong, checked

# What the colour is written on: the darkest ground of a light page, and the lightest of a dark one (static/css/tokens.css).
LIGHT, DARK = "#f1eeea", "#272125"
GROUNDS = {"club_colour": LIGHT, "club_dark": DARK}
_COLOUR = colours.colour("")


def change(partner: Partner, given: Mapping[str, str | None]) -> None:
    """Set those of `club_name`, `club_colour`, `club_dark` and `club_logo` that are given; None is the partner's name, the look of its
    cards, the nearest colour that can be read on dark, and the logo of its cards.

    Raises Invalid with every field that is wrong; a colour that cannot be read is refused with the nearest one that can.
    """
    taken = checked(dict(given), _checks(partner))
    if taken.get("club_dark") and not taken.get("club_colour", partner.club_colour):
        raise Invalid("club_colour", say("Choose the colour on light first."))
    with transaction():
        Partner.update(**taken).where(Partner.id == partner.id).execute()
        changed = [field for field, value in taken.items() if getattr(partner, field) != value]
        log.record(partner.id, "partner.changed", "partner", partner.uuid, {"fields": changed})


def on_dark(colour: str) -> str:
    """The colour of the same hue that differs least and can be read on dark."""
    return colours.nearest(colour, DARK)


def _checks(partner: Partner) -> dict[str, Check]:
    name = values.name(120)
    return {
        "club_name": lambda value: name(value) if value and value.strip() else None,
        "club_logo": partial(shelf.own, partner.id),
        **{field: _readable(ground) for field, ground in GROUNDS.items()},
    }


def _readable(ground: str) -> Check:
    def check(value):
        colour = _COLOUR(value) if value else None
        if colour and colours.contrast(colour, ground) < colours.LEAST:
            raise Wrong(colours.unreadable(colour, ground))
        return colour

    return check
