"""The code that a card's page shows at a counter: it is another one every half minute, by our clock, so that a picture of it ages.

It names the card's number and the half minute, signed with a key of the installation's for the card's own secret: whoever replaces a
lost card ends its codes as well. Whatever clock the phone has is of no matter.
"""

import re
from typing import NamedTuple

from portal import clock
from portal.domain import sealing
from portal.domain.cards.cards import serials
from portal.domain.cards.cards.tables import Card
from portal.domain.errors import NotFound, Refused
from portal.domain.sentences import say

SECONDS = 30
_STEPS = 4  # half minutes for which one is taken, about two minutes in all
_PURPOSE = "code of a card"
_CODE = re.compile(r"([0-9]{12})\.([0-9a-f]{1,12})\.([\w-]{22})", re.ASCII)


class Code(NamedTuple):
    """What is shown, and after how many seconds another one is."""

    text: str
    seconds: int


class Old(Refused):
    """A code that was shown too long ago: a picture of it, perhaps."""

    def __init__(self) -> None:
        super().__init__(say("This code is old: it may be a picture of one. Ask to open the card again."))


def code_of(card: Card) -> Code:
    """The card's present code."""
    step, into = divmod(clock.micros() // 1_000_000, SECONDS)
    return Code(f"{still_of(card)}.{step:x}.{_signature(card, step)}", SECONDS - into)


def still_of(card: Card) -> str:
    """What a page without a connection shows: the card's number, which anybody may have copied."""
    return card.serial.replace("-", "")


def looks_like_one(text: str) -> bool:
    """Whether a text has the shape of a code, whoever made it."""
    return _CODE.fullmatch(text) is not None


def card_behind(partner_id: int, text: str) -> Card:
    """The partner's card whose page shows this code, or did within about two minutes.

    Raises Old for one that was shown before, NotFound for one that no page has shown.
    """
    parts = _CODE.fullmatch(text)
    serial = parts and serials.normal(parts[1])
    card = serial and Card.get_or_none(Card.serial == serial, Card.partner == partner_id)
    if not parts or not card or not sealing.is_signed(_PURPOSE, f"{card.key} {int(parts[2], 16)}", parts[3]):
        raise NotFound(say("card"))
    if abs(clock.micros() // 1_000_000 // SECONDS - int(parts[2], 16)) > _STEPS:
        raise Old
    return card


def _signature(card: Card, step: int) -> str:
    return sealing.signature(_PURPOSE, f"{card.key} {step}")
