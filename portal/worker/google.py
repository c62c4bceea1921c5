"""Google's wallet: each card of a batch is told by itself, under one token and one deadline."""

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from portal import clock, languages
from portal.config import Settings
from portal.delivery import google_wallet, hosts
from portal.delivery.errors import NeverSent, TimedOut, Undelivered
from portal.delivery.google_wallet import Account, Places, Wallet
from portal.delivery.told import Told
from portal.domain.cards.cards import lists, of_members
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes.browsers.outcomes import AGAIN, GONE, TAKEN, Answer, of_status
from portal.domain.cards.pushes.in_wallets import WalletPost
from portal.domain.cards.wallets import google_objects, holdings, setups
from portal.domain.cards.wallets.holdings import Again, Due
from portal.domain.cards.wallets.tables import GOOGLE, WalletSetup

_WITHIN, _LONGEST = 30.0, 10.0  # seconds for a batch, well within its lease, and for one request
_NO_TIME = Told(None, "There was no time left for it.")
_FAILED_HERE = Told(None, "The portal failed at it, and the operator finds it in the log.")
Answered = TypeVar("Answered")
_logger = logging.getLogger("portal.worker")


def tell(setup: WalletSetup, rows: Sequence[Due], settings: Settings) -> list[Again]:
    """Tell Google how these cards look now; those that are to be told later."""
    told = _each(setup, settings, _changed, rows)
    return [
        Again(row.id, holdings.SAVING_SECONDS if _is_unsaved(one) else one.retry_after)
        for row, one in zip(rows, told, strict=True)
        if of_status(one.status) == AGAIN or (_is_unsaved(one) and holdings.may_be_saved_yet(row))
    ]


def push(setup: WalletSetup, posts: Sequence[WalletPost], settings: Settings) -> list[Answer]:
    """Show the holders of these cards what is sent; a card that nobody saved is no place for it."""
    told = _each(setup, settings, _message, posts)
    host = hosts.parse_url(settings.google_wallet).host
    return [
        Answer(
            post.recipient, post.place.id, host, of_status(one.status), one.status, one.said, one.retry_after, GOOGLE
        )
        for post, one in zip(posts, told, strict=True)
        if one is not _NO_TIME  # Nobody tried.
    ]


def _each(
    setup: WalletSetup, settings: Settings, ask: Callable[[Wallet, str, Any], Told], rows: Sequence[Any]
) -> list[Told]:
    """What Google answered of each of these."""
    ends, told = time.monotonic() + _WITHIN, []
    wallet = _tried(lambda: _opened(setup, settings), setup)
    issuer = setup.told["issuer"]
    for row in rows:
        if isinstance(wallet, Told):
            told.append(wallet)
        elif time.monotonic() >= ends:
            told.append(_NO_TIME)
        else:
            told.append(_tried(partial(ask, wallet, issuer, row), setup))
    is_known = any(of_status(one.status) in (TAKEN, GONE) for one in told)
    setups.note_answer(setup, None if is_known else told[0].said or str(told[0].status))
    return told


def _opened(setup: WalletSetup, settings: Settings) -> Wallet | Told:
    keys = setups.google(setup)
    return google_wallet.opened(
        Places(settings.google_tokens, settings.google_wallet), Account(keys.mail, keys.key_id, keys.key),
        clock.wall_micros() // 1_000_000, _LONGEST, allow_private=settings.allow_private_addresses,
    )  # fmt: skip


def _tried(ask: Callable[[], Answered], setup: WalletSetup) -> Answered | Told:
    """What was answered, or why nothing was."""
    try:
        return ask()
    except Undelivered as error:
        return Told(None, str(error))
    except Exception as error:
        _logger.exception("Google could not be told of cards of the partner %d: %s", setup.partner_id, error)
        return _FAILED_HERE


def _changed(wallet: Wallet, issuer: str, row: Due) -> Told:
    card = of_members.whole().where(Card.id == row.card_id).get()
    shown = lists.one(card.partner_id, card.serial)
    if shown is None:
        return Told(404, "The card is not there any more.")
    language = languages.known(card.member.language, card.template.partner.language) or languages.ENGLISH
    with languages.speaking(language):
        values = google_objects.changing(card, shown)
    return wallet.change(google_objects.object_id(issuer, card.serial), values, _LONGEST)


def _message(wallet: Wallet, issuer: str, post: WalletPost) -> Told:
    """One that may have come already is looked for first, for Google would show it twice."""
    its = google_objects.object_id(issuer, post.place.address)
    if post.is_again and wallet.has_message(its, post.uuid, _LONGEST):
        return Told(200, "")
    try:
        return wallet.message(its, {"id": post.uuid, "header": post.title, "body": post.message}, _LONGEST)
    except NeverSent:
        raise
    except TimedOut as error:
        return Told(200, str(error))  # It may have come, and is not to come twice.


def _is_unsaved(told: Told) -> bool:
    return told.status == 404
