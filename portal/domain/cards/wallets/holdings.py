"""Cards that stand in wallets, and the telling of what changed on them: taken by the worker, some of one partner's at once."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.wallets.tables import GOOGLE, WalletHolding
from portal.domain.members.tables import Member
from portal.domain.turns import Turns

MOST_TRIES = 5
SAVING_SECONDS = 600  # that somebody may take to save a card once they have its link
_AT_ONCE = 25
_LASTS = timedelta(minutes=3)  # a lease
_LONGEST_WAIT = timedelta(days=1)
_TURNS = Turns("wallet_holding", "partner_id", 3 * _AT_ONCE)
_SOON = timedelta(seconds=61)  # The worker looks once a minute by itself.


class Due(NamedTuple):
    """A card that is due in a wallet; `since` when it was put there, microseconds."""

    id: int
    card_id: int
    wallet: str
    changes: int
    since: int
    attempts: int


class Again(NamedTuple):
    """A holding, by its id, that is to be told later, and after how many seconds the wallet asks for."""

    id: int
    after: int | None


class Message(NamedTuple):
    """What a pass shows of pushes, the last one, and since when, microseconds."""

    message: str
    pushed_at: int


class Batch(NamedTuple):
    """What is to be told, and until when (microseconds) it is nobody else's."""

    lease: int
    partner_id: int
    rows: list[Due]


_KEEP = Statement(
    """INSERT INTO wallet_holding (partner_id, card_id, wallet, changes, since, due_at, attempts)
    VALUES (:partner, :card, :wallet, 0, :now, :due, 0) ON CONFLICT (card_id, wallet) DO UPDATE SET since = excluded.since,
        changes = wallet_holding.changes + 1, due_at = COALESCE(wallet_holding.due_at, excluded.due_at)"""
)
_TELLS = Statement("SELECT live_partner_id IS NULL AND disabled_at IS NULL FROM partner WHERE id = :partner")
_DUE = Statement(
    f"""SELECT id FROM wallet_holding WHERE partner_id = :partner AND due_at IS NOT NULL AND due_at <= :now ORDER BY due_at
    LIMIT {_AT_ONCE}"""
)
# Whoever writes several holds them first, in the order of their ids.
_HOLD = Statement("SELECT id FROM wallet_holding WHERE id IN :ids ORDER BY id", lock="FOR UPDATE")
_HOLD_OF_CARDS = Statement("SELECT id FROM wallet_holding WHERE card_id IN :cards ORDER BY id", lock="FOR UPDATE")
_TAKE = Statement(
    """UPDATE wallet_holding SET due_at = :ends, lease_ends = :ends, attempts = attempts + 1 WHERE id IN :ids
    RETURNING id, card_id, wallet, changes, since, attempts""",
    Due,
)
_SHOW = Statement("UPDATE wallet_holding SET push_id = :push, pushed_at = :now WHERE id IN :ids AND wallet = 'apple'")
_SHOWN = Statement(
    """SELECT p.message, h.pushed_at FROM wallet_holding h JOIN push p ON p.id = h.push_id
    WHERE h.card_id = :card AND h.wallet = 'apple'""",
    Message,
)
_LEAVE = Statement("DELETE FROM wallet_holding WHERE id IN :ids")
# What changed while it was told is due at once.
_DONE = Statement(
    """UPDATE wallet_holding SET due_at = CASE WHEN changes = :changes THEN NULL ELSE CAST(:now AS BIGINT) END, lease_ends = NULL, attempts = 0
    WHERE id = :id AND lease_ends = :lease"""
)
_AGAIN = Statement("UPDATE wallet_holding SET due_at = :due, lease_ends = NULL WHERE id = :id AND lease_ends = :lease")
_IS_ANY_SOON = Statement("SELECT 1 FROM wallet_holding WHERE due_at IS NOT NULL AND due_at <= :soon LIMIT 1")


def keep(card: Card, wallet: str, *, is_due: bool) -> None:
    """In the transaction around: the card stands there from now on, or may; `is_due` where the wallet is told of it once more, for it
    may have changed since the wallet took it."""
    due = clock.wall_micros() if is_due else None
    _KEEP.run(partner=card.partner_id, card=card.id, wallet=wallet, now=clock.micros(), due=due)


def show(push: int, cards: Collection[int]) -> None:
    """In a transaction: passes of these cards, by their ids, show the push from now on."""
    _SHOW.run(push=push, ids=_HOLD_OF_CARDS.values(cards=cards), now=clock.micros())


def shown(card_id: int) -> Message | None:
    """The push that the card's pass shows; None before the first."""
    return _SHOWN.row(card=card_id)


def at_google(member: Member) -> list[WalletHolding]:
    """The customer's cards that stand in Google's wallet, each with its card. Who keeps one in Apple's is in `registrations`."""
    its = (
        WalletHolding.select(WalletHolding, Card)
        .join(Card)
        .where(Card.member == member, WalletHolding.wallet == GOOGLE)
    )
    return list(its.order_by(WalletHolding.id.desc()))


def leave(cards: Collection[int]) -> None:
    """In a transaction: these cards, by their ids, stand in no wallet that is told of them."""
    _LEAVE.run(ids=_HOLD_OF_CARDS.values(cards=cards))


def take() -> Batch | None:
    """What is to be told next, of whose turn it is; None when nothing is due. Nothing leaves the house from a test mode, or
    for a partner that is closed."""
    now = clock.wall_micros()
    if not _TURNS.is_any(now):
        return None
    lease = now + _LASTS // clock.MICROSECOND
    with transaction():
        partner = _TURNS.next(now)
        if partner is None:
            return None
        ids = _HOLD.values(ids=_DUE.values(partner=partner, now=now))
        batch = Batch(lease, partner, _TAKE.rows(ids=ids, ends=lease))
        if _TELLS.value(partner=partner):
            return batch
        settle(batch, {})
    return batch._replace(rows=[])


def settle(batch: Batch, again: Mapping[int, timedelta]) -> None:
    """Those in `again`, by their ids, are tried after so long; all others are told. What another worker took since is left to it."""
    now = clock.wall_micros()
    with transaction():
        for row in sorted(batch.rows):
            if row.id in again:
                _AGAIN.run(id=row.id, lease=batch.lease, due=now + again[row.id] // clock.MICROSECOND)
            else:
                _DONE.run(id=row.id, lease=batch.lease, changes=row.changes, now=now)


def wait(attempts: int, asked: int | None) -> timedelta | None:
    """After how long one is tried again that was tried so often: the seconds that the other side asks for, else four times as long as
    before; None when that is often enough, and the next change is told."""
    if attempts >= MOST_TRIES:
        return None
    own = timedelta(minutes=4 ** (attempts - 1))
    return min(own if asked is None else timedelta(seconds=max(asked, 1)), _LONGEST_WAIT)


def may_be_saved_yet(row: Due) -> bool:
    """Whether its link was handed out so short a time ago that somebody may still be saving it."""
    return row.since > clock.wall_micros() - SAVING_SECONDS * 1_000_000


def is_any_soon() -> bool:
    """Whether one becomes due before the worker looks by itself."""
    return _IS_ANY_SOON.value(soon=clock.wall_micros() + _SOON // clock.MICROSECOND) is not None
