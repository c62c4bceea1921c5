"""Apple's phones: all of a batch are told on one connection, and fetch what changed by themselves."""

import logging
from collections.abc import Sequence

from portal.config import Settings
from portal.delivery import apple_push, hosts
from portal.delivery.errors import Undelivered
from portal.delivery.told import Told
from portal.domain.cards.pushes.browsers.outcomes import AGAIN, GONE, TAKEN, Answer, of_status
from portal.domain.cards.pushes.in_wallets import WalletPost
from portal.domain.cards.wallets import registrations, setups
from portal.domain.cards.wallets.holdings import Again, Due
from portal.domain.cards.wallets.registrations import Phone
from portal.domain.cards.wallets.tables import APPLE, WalletSetup

_WITHIN = 30.0  # seconds for a batch, well within its lease
_FAILED_HERE = "The portal failed at it, and the operator finds it in the log."
_logger = logging.getLogger("portal.worker")


def tell(setup: WalletSetup, rows: Sequence[Due], settings: Settings) -> list[Again]:
    """Tell the phones that keep these cards that they changed; the cards of which one is to be told later."""
    by_card = {row.card_id: row.id for row in rows}
    phones = registrations.of_cards(by_card)
    return [
        Again(by_card[phone.card_id], told.retry_after)
        for phone, (result, told) in zip(phones, _told(setup, phones, settings), strict=True)
        if result == AGAIN
    ]


def push(setup: WalletSetup, posts: Sequence[WalletPost], settings: Settings) -> list[Answer]:
    """Tell these phones to fetch passes that show what is sent."""
    phones = [Phone(post.place.id, post.place.card_id, post.place.address) for post in posts]
    host = hosts.parse_url(settings.apple_push).host
    return [
        Answer(post.recipient, post.place.id, host, result, told.status, told.said, told.retry_after, APPLE)
        for post, (result, told) in zip(posts, _told(setup, phones, settings), strict=True)
    ]


def _told(setup: WalletSetup, phones: Sequence[Phone], settings: Settings) -> list[tuple[str, Told]]:
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
        _logger.exception("the phones of the partner %d could not be told: %s", setup.partner_id, error)
        said = _FAILED_HERE
    return [Told(None, said)] * len(tokens)


def _meaning(told: Told) -> str:
    """A token that Apple does not know is as good as gone, though it is answered as a fault of ours."""
    return GONE if told.said == "BadDeviceToken" else of_status(told.status)
