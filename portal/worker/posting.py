"""Posting pushes to the push services of browsers, and to wallets: a batch within one deadline, and what became of each."""

import logging
import time
from collections.abc import Iterator

from portal.config import Settings
from portal.delivery.errors import NeverSent, TimedOut, Undelivered, Unreachable
from portal.delivery.web_push import Keys, Sender
from portal.domain.cards.pushes.browsers import keys, outcomes
from portal.domain.cards.pushes.browsers.outcomes import Answer
from portal.domain.cards.pushes.sending import Batch, Post
from portal.worker import wallets

_WITHIN = 60.0  # seconds for a whole batch, well within its lease
_LONGEST = 10.0  # seconds for one post
_PAUSE = 0.04  # seconds after each post: all hands together leave most of a core to people who wait for a page
_logger = logging.getLogger("portal.worker")


def post(batch: Batch, settings: Settings) -> list[Answer]:
    """Post what can be posted in time; of a recipient either all browsers are asked, or none. Wallets are asked after them."""
    sender = Sender(*keys.pair(), settings.push_contact, settings.allow_private_addresses)
    ends = time.monotonic() + _WITHIN
    answers = []
    for posts in _by_recipient(batch.posts):
        if time.monotonic() < ends:
            answers += [_post(sender, one) for one in posts]
    return answers + wallets.pushed(batch.partner_id, batch.in_wallets, settings)


def breathe(batch: Batch) -> None:
    """Let the machine to others for a while, once what was posted is settled: ten thousand browsers take a minute, and no page
    is slower for it."""
    time.sleep(_PAUSE * len(batch.posts))


def _by_recipient(posts: list[Post]) -> Iterator[list[Post]]:
    of: dict[int, list[Post]] = {}
    for one in posts:
        of.setdefault(one.recipient, []).append(one)
    yield from of.values()


def _post(sender: Sender, one: Post) -> Answer:
    browser = one.browser
    its = (one.recipient, browser.id, sender.host(browser.endpoint))
    try:
        told = sender.post(browser.endpoint, Keys(browser.p256dh, browser.auth), one.payload, one.topic, _LONGEST)
    except NeverSent as error:
        return Answer(*its, outcomes.AGAIN, said=str(error))
    except TimedOut as error:
        return Answer(*its, outcomes.TAKEN, said=str(error))  # It may have come, and is not to come twice.
    except Unreachable as error:
        return Answer(*its, outcomes.AGAIN, said=str(error))
    except Undelivered as error:
        return Answer(*its, outcomes.REFUSED, said=str(error))
    except Exception as error:
        _logger.exception("the push to the browser %d could not be posted: %s", browser.id, error)
        return Answer(*its, outcomes.AGAIN, said="The portal failed at it, and the operator finds it in the log.")
    return Answer(*its, outcomes.of_status(told.status), told.status, told.said, told.retry_after)
