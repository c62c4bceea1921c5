"""Where a push is told beside browsers: in the wallets that keep its cards (contract: cards, "Pushes")."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.cards.wallets import holdings


class Place(NamedTuple):
    """A card in a wallet: a phone of Apple's with its push token, or the card at Google with its number there."""

    card_id: int
    wallet: str
    id: int
    address: str


class WalletPost(NamedTuple):
    """One message to one of them; `is_again` where it may have been told before."""

    recipient: int
    place: Place
    uuid: str
    title: str
    message: str
    is_again: bool


_WORKS = """JOIN wallet_setup w ON w.partner_id = :partner AND w.wallet = '{wallet}' AND w.is_on
    AND (w.ends_at IS NULL OR w.ends_at > :now)"""
_PLACES = Statement(
    f"""SELECT r.card_id, 'apple' AS wallet, r.id, r.push_token AS address FROM wallet_registration r
        {_WORKS.format(wallet="apple")} WHERE r.card_id IN :cards
    UNION ALL SELECT h.card_id, h.wallet, h.id, c.serial AS address FROM wallet_holding h JOIN card c ON c.id = h.card_id
        {_WORKS.format(wallet="google")} WHERE h.card_id IN :cards AND h.wallet = 'google' ORDER BY 1, 2, 3""",
    Place,
)


def places(partner: int, cards: Collection[int]) -> dict[int, list[Place]]:
    """Where these cards of a partner's are kept, by their ids, as far as its wallets are on."""
    found: dict[int, list[Place]] = defaultdict(list)
    for place in _PLACES.rows(partner=partner, cards=set(cards), now=clock.micros()) if cards else ():
        found[place.card_id].append(place)
    return found


def show(of: Iterable[tuple[int, int]]) -> None:
    """In a transaction: passes of Apple's show what is sent now, which their phones fetch once they are told; pairs of a push and
    a card, by their ids."""
    cards: dict[int, list[int]] = defaultdict(list)
    for push, card in of:
        cards[push].append(card)
    for push in sorted(cards):
        holdings.show(push, cards[push])
