"""Telling wallets what changed on cards: Apple's phones by its push service, all of a batch on one connection."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from portal.config import Settings
from portal.delivery import apple_push, hosts
from portal.delivery.errors import Undelivered
from portal.delivery.told import Told
from portal.domain.cards.pushes import in_wallets
from portal.domain.cards.pushes.browsers.outcomes import AGAIN, GONE, TAKEN, Answer, of_status
from portal.domain.cards.pushes.in_wallets import WalletPost
from portal.domain.cards.wallets import holdings, registrations, setups
from portal.domain.cards.wallets.holdings import Batch
from portal.domain.cards.wallets.registrations import Phone
from portal.domain.cards.wallets.tables import APPLE, WalletSetup

_WITHIN = 30.0  # seconds for a batch, well within its lease
_FAILED_HERE = "The portal failed at it, and the operator finds it in the log."
_logger = logging.getLogger("portal.worker")


def tell(batch: Batch, settings: Settings) -> None:
    """Tell what can be told, and settle all of it."""
    setup = setups.working(batch.partner_id).get(APPLE)
    attempts = {row.card_id: row.attempts for row in batch.rows if row.wallet == APPLE}
    phones = registrations.of_cards(attempts) if setup else []
    waits: dict[int, timedelta] = {}
    for phone, (result, told) in zip(phones, announced(setup, phones, settings), strict=True) if setup else ():
        wait = holdings.wait(attempts[phone.card_id], told.retry_after) if result == AGAIN else None
        if wait is not None:
            waits[phone.card_id] = wait
    holdings.settle(batch, {row.id: waits[row.card_id] for row in batch.rows if row.card_id in waits})


def pushed(partner_id: int, posts: Sequence[WalletPost], settings: Settings) -> list[Answer]:
    """Push to the wallets that keep the cards of a batch."""
    setup = setups.working(partner_id).get(APPLE) if posts else None
    to_apple = in_wallets.of_apple(posts) if setup else []
    phones = [Phone(post.place.id, post.place.card_id, post.place.address) for post in to_apple]
    host = hosts.parse_url(settings.apple_push).host
    return [
        Answer(post.recipient, post.place.id, host, result, told.status, told.said, told.retry_after, APPLE)
        for post, (result, told) in zip(to_apple, announced(setup, phones, settings) if setup else (), strict=True)
    ]


def announced(setup: WalletSetup, phones: Sequence[Phone], settings: Settings) -> list[tuple[str, Told]]:
    """What became of each phone (`outcomes`), and what Apple said of it; those that are gone are forgotten."""
    told = _asked(setup, [phone.push_token for phone in phones], settings) if phones else []
    answers = [(_meaning(one), one) for one in told]
    for phone, (result, _) in zip(phones, answers, strict=True):
        if result == GONE:
            registrations.forget(phone)
    if answers:
        is_known = any(result in (TAKEN, GONE) for result, _ in answers)
        setups.note_answer(setup, None if is_known else answers[0][1].said or str(answers[0][1].status))
    return answers


def _asked(setup: WalletSetup, tokens: list[str], settings: Settings) -> list[Told]:
    try:
        keys = setups.apple(setup)
        by = apple_push.Certificate(keys.certificate, keys.intermediate, keys.key)
        return apple_push.announce(
            settings.apple_push, by, keys.pass_type, tokens, _WITHIN, allow_private=settings.allow_private_addresses
        )
    except Undelivered as error:
        said = str(error)
    except Exception as error:
        _logger.exception("the wallets of the partner %d could not be told: %s", setup.partner_id, error)
        said = _FAILED_HERE
    return [Told(None, said)] * len(tokens)


def _meaning(told: Told) -> str:
    """A token that Apple does not know is as good as gone, though it is answered as a fault of ours."""
    return GONE if told.said == "BadDeviceToken" else of_status(told.status)
