"""How much of a message fits into a push (RFC 8030, RFC 8291; contract: cards, "Pushes")."""

from typing import NamedTuple

from portal.domain.accounts.tables import Partner
from portal.domain.cards.pushes.browsers import payloads

_KEY = "0" * 22  # as long as a card's
_UUID = "00000000-0000-0000-0000-000000000000"
_RECIPIENT = 10**12


class Measure(NamedTuple):
    """Bytes of a message, how many there is room for, and what a phone shows of it."""

    size: int
    room: int
    shown: str

    @property
    def is_cut(self) -> bool:
        """Whether a phone shows less than was written."""
        return self.size > self.room


def of(company: Partner, message: str) -> Measure:
    """A message of a company's. The room is that beside what else a push carries."""
    page = f"/club/{company.slug}/c/{_KEY}"
    room = payloads.LARGEST - len(payloads.of(_RECIPIENT, _UUID, page, company.name, ""))
    return Measure(payloads.size(message), room, payloads.cut(message, room))
