"""The phones of Apple's that keep a card in their wallet, and which of their cards have changed (Apple: "Adding a Web Service to
Update Passes")."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from portal.database import Statement, transaction
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.wallets import holdings, installing, states, tokens
from portal.domain.cards.wallets.tables import APPLE, WalletRegistration
from portal.domain.errors import Invalid, NotFound
from portal.domain.members.tables import Member
from portal.domain.sentences import say

MOST = 20  # phones and watches of one holder
_LONGEST_DEVICE = 128
_TOKEN = re.compile("[!-~]{1,255}")  # Apple's are hexadecimal now, and it may change that.


class Phone(NamedTuple):
    """A phone that keeps a card, and how Apple's push service knows it."""

    id: int
    card_id: int
    push_token: str


class _Its(NamedTuple):
    id: int


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


def proven(pass_type: str, serial: str, token: str) -> Card:
    """The card that this pass shows, a deleted one as well. Raises NotFound, alike for a wrong token and a card that is none."""
    found = _OF_PASS.row(serial=serial, pass_type=pass_type)
    card = found and Card.get_by_id(found.id)
    if not card or not tokens.is_of(card, token):
        raise NotFound(say("card"))
    return card


def register(card: Card, device: str, push_token: object) -> bool:
    """This phone keeps the card from now on; whether that is new. Of more than twenty the oldest are forgotten. Raises Invalid."""
    if not isinstance(push_token, str) or not _TOKEN.fullmatch(push_token):
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


def changed(device: str, pass_type: str, tag: str) -> tuple[Sequence[str], str]:
    """The numbers of the phone's cards that changed since it was given the tag, and the tag to ask with next. It has a mark of each card
    as the phone was told of it: no change is told twice, and none that was written while it asked is passed over."""
    rows, known = states.of_device(device, pass_type), set(tag.split("-"))
    return [row.serial for row in rows if row.mark not in known], "-".join(row.mark for row in rows)


def _forget_oldest(card: Card) -> None:
    kept = WalletRegistration.select(WalletRegistration.id).where(WalletRegistration.card == card)
    ids = [row.id for row in kept.order_by(WalletRegistration.id.desc())][MOST:]
    if ids:
        WalletRegistration.delete().where(WalletRegistration.id.in_(ids)).execute()
