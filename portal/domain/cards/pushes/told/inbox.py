"""The inbox of a card: what was sent to it, whole, whether a browser showed it or not (contract: cards, "Pushes")."""

import logging
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import AWAY
from portal.domain.cards.pushes.browsers import shown
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage

_SELECT = (
    """SELECT r.id, p.uuid, p.message, r.settled_at, r.shown_at FROM push_recipient r JOIN push p ON p.id = r.push_id"""
)
_logger = logging.getLogger("portal.cards")


class Message(NamedTuple):
    """A push in the inbox: moments in microseconds; one that was never shown is new."""

    id: int
    uuid: str
    message: str
    settled_at: int
    shown_at: int | None

    @property
    def at(self) -> datetime:
        """When it came."""
        return clock.from_micros(self.settled_at)

    @property
    def is_new(self) -> bool:
        """Whether nobody saw it before."""
        return self.shown_at is None


def messages(card_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty messages of a card, each a Message, newest first."""
    where = Conditions()
    where.add("r.card_id = :card AND r.state IN ('sent', 'failed') AND p.message <> ''", card=card_id)
    return key_pages.read(_SELECT, "r.id", where, Message, before, after)


def opened(card_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """The same for the holder, who has seen them by that; those that are new still say so. Where that cannot be written, on a full
    disk, they are shown all the same."""
    page = messages(card_id, before, after)
    try:
        shown.note(message.id for message in page.rows if message.is_new)
    except AWAY as error:
        _logger.warning("that the inbox of card %d was opened could not be noted: %s", card_id, error)
    return page
