"""Telling wallets what changed on cards, and what is sent to them: a batch of one partner's, each wallet by itself."""

from collections.abc import Sequence
from datetime import timedelta

from portal.config import Settings
from portal.domain.cards.pushes.browsers.outcomes import Answer
from portal.domain.cards.pushes.in_wallets import WalletPost
from portal.domain.cards.wallets import holdings, setups
from portal.domain.cards.wallets.holdings import Batch
from portal.domain.cards.wallets.tables import APPLE, GOOGLE
from portal.worker import apple, google

_KINDS = {APPLE: apple, GOOGLE: google}


def tell(batch: Batch, settings: Settings) -> None:
    """Tell what can be told, and settle all of it."""
    waits: dict[int, timedelta] = {}
    working = setups.working(batch.partner_id)
    for wallet in working.keys() & {row.wallet for row in batch.rows}:
        rows = [row for row in batch.rows if row.wallet == wallet]
        attempts = {row.id: row.attempts for row in rows}
        for holding, asked in _KINDS[wallet].tell(working[wallet], rows, settings):
            wait = holdings.wait(attempts[holding], asked)
            if wait is not None:
                waits[holding] = wait
    holdings.settle(batch, waits)


def pushed(partner_id: int, posts: Sequence[WalletPost], settings: Settings) -> list[Answer]:
    """Push to the wallets that keep the cards of a batch."""
    working = setups.working(partner_id) if posts else {}
    answers: list[Answer] = []
    for wallet in working.keys() & {post.place.wallet for post in posts}:
        its = [post for post in posts if post.place.wallet == wallet]
        answers += _KINDS[wallet].push(working[wallet], its, settings)
    return answers
