"""The phones of Apple's that keep a card in their wallet, and which of their cards have changed (Apple: "Adding a Web Service to
Update Passes")."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.wallets import holdings, installing, tokens
from portal.domain.cards.wallets.tables import APPLE, WalletRegistration
from portal.domain.errors import Invalid, NotFound
from portal.domain.members.tables import Member
from portal.domain.sentences import say

MOST = 20  # phones and watches of one holder
_LONGEST_DEVICE, _LONGEST_TOKEN = 128, 255
# A change is written a moment before others see it, and is not to be passed over by who asked in that moment.
_UNSEEN = 60_000_000


class Phone(NamedTuple):
    """A phone that keeps a card, and how Apple's push service knows it."""

    id: int
    card_id: int
    push_token: str


class _Its(NamedTuple):
    id: int


class _Changed(NamedTuple):
    serial: str
    changed_at: int
    pushed_at: int

    @property
    def at(self) -> int:
        """When the pass changed: the card, how its template looks, or what was sent to it."""
        return max(self.changed_at, self.pushed_at)


_OF_CARDS = Statement(
    "SELECT id, card_id, push_token FROM wallet_registration WHERE card_id IN :cards ORDER BY card_id, id", Phone
)
_FORGET = Statement("DELETE FROM wallet_registration WHERE id = :id AND push_token = :token")
_HOLD = Statement("SELECT id FROM card WHERE id = :card", lock="FOR UPDATE")
_OF_PASS = Statement(
    """SELECT c.id FROM card c JOIN wallet_setup w ON w.partner_id = c.partner_id JOIN partner p ON p.id = c.partner_id
    WHERE c.serial = :serial AND w.wallet = 'apple' AND w.pass_type = :pass_type AND w.is_on AND p.disabled_at IS NULL""",
    row=_Its,
)
_OF_DEVICE = Statement(
    """SELECT c.serial, CASE WHEN c.updated_at > t.updated_at THEN c.updated_at ELSE t.updated_at END AS changed_at,
        COALESCE(h.pushed_at, 0) AS pushed_at FROM wallet_registration r JOIN card c ON c.id = r.card_id JOIN card_template t ON t.id = c.template_id
    JOIN wallet_setup w ON w.partner_id = c.partner_id JOIN partner p ON p.id = c.partner_id
    LEFT JOIN wallet_holding h ON h.card_id = c.id AND h.wallet = 'apple' WHERE r.device = :device AND w.wallet = 'apple' AND w.pass_type = :pass_type AND w.is_on AND p.disabled_at IS NULL
    ORDER BY c.id LIMIT 200""",
    row=_Changed,
)


def proven(pass_type: str, serial: str, token: str) -> Card:
    """The card that this pass shows, a deleted one as well. Raises NotFound, alike for a wrong token and a card that is none."""
    found = _OF_PASS.row(serial=serial, pass_type=pass_type)
    card = found and Card.get_by_id(found.id)
    if not card or not tokens.is_of(card, token):
        raise NotFound(say("card"))
    return card


def register(card: Card, device: str, push_token: object) -> bool:
    """This phone keeps the card from now on; whether that is new. Of more than twenty the oldest are forgotten. Raises Invalid."""
    if not isinstance(push_token, str) or not 0 < len(push_token) <= _LONGEST_TOKEN or "\x00" in push_token:
        raise Invalid("pushToken", say("This field is required."))
    if len(device) > _LONGEST_DEVICE:
        raise Invalid("device", say("Use at most {most} characters.", most=_LONGEST_DEVICE))
    its = (WalletRegistration.card == card, WalletRegistration.device == device)
    with transaction():
        _HOLD.value(card=card.id)
        if WalletRegistration.update(push_token=push_token).where(*its).execute():
            return False
        WalletRegistration.create(card=card, device=device, push_token=push_token)
        _forget_oldest(card)
        installing.note(card, APPLE)
        holdings.keep(card, APPLE, is_due=True)
    return True


def unregister(card: Card, device: str) -> None:
    """The pass was taken off this phone; the card stays installed, as the contract has it."""
    its = (WalletRegistration.card == card, WalletRegistration.device == device)
    WalletRegistration.delete().where(*its).execute()


def of_member(member: Member) -> list[WalletRegistration]:
    """The phones that keep cards of the customer's, each with its card, the newest first."""
    its = WalletRegistration.select(WalletRegistration, Card).join(Card).where(Card.member == member)
    return list(its.order_by(WalletRegistration.id.desc()))


def of_cards(cards: Iterable[int]) -> list[Phone]:
    """The phones that keep these cards, by the cards' ids."""
    return _OF_CARDS.rows(cards=list(cards))


def forget(phone: Phone) -> None:
    """Apple says that the phone is there no more; one that registered anew since stays."""
    _FORGET.run(id=phone.id, token=phone.push_token)


def changed(device: str, pass_type: str, since: int) -> tuple[Sequence[str], int]:
    """The numbers of the phone's cards that changed after the tag, and the tag to ask with next: microseconds.

    What changed within the last minute is told again, and is not fetched twice: the phone says what it has.
    """
    rows = [row for row in _OF_DEVICE.rows(device=device, pass_type=pass_type) if row.at > since]
    newest = max((row.at for row in rows), default=since)
    return [row.serial for row in rows], min(newest, clock.wall_micros() - _UNSEEN)


def _forget_oldest(card: Card) -> None:
    kept = WalletRegistration.select(WalletRegistration.id).where(WalletRegistration.card == card)
    ids = [row.id for row in kept.order_by(WalletRegistration.id.desc())][MOST:]
    if ids:
        WalletRegistration.delete().where(WalletRegistration.id.in_(ids)).execute()
