"""What the answers of push services mean: for a browser, and for the recipient whose browsers they are."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from portal.domain.cards.pushes import words

TAKEN, GONE, AGAIN, REFUSED = "taken", "gone", "again", "refused"
BROWSER = "browser"  # the other channels are called as the wallets are
MOST_TRIES = 5
_LONGEST_WAIT = timedelta(days=1)


class Answer(NamedTuple):
    """What became of a post to a browser: its result, the status (None: no answer), what was said, and after how many seconds
    its service wants to be asked again."""

    recipient: int
    subscription: int
    host: str
    result: str
    status: int | None = None
    said: str = ""
    retry_after: int | None = None
    channel: str = BROWSER


class Outcome(NamedTuple):
    """What becomes of a recipient by its answers: its state and the reason; or when it is tried again."""

    state: str
    reason: str | None = None
    wait: timedelta = timedelta()


def of_status(status: int | None) -> str:
    """What a push service's status means for the browser (RFC 8030; contract: cards, "Pushes"); none where it broke off."""
    if status is None:
        return AGAIN
    if 200 <= status < 300:
        return TAKEN
    if status in (404, 410):
        return GONE
    return AGAIN if status == 429 or status >= 500 else REFUSED


def of(answers: Iterable[Answer], was_refused: bool, attempts: int) -> Outcome:
    """What they come to: sent when a browser took it, or none is left and the inbox has it; `was_refused` tells whether one
    refused it before. A browser that is to be asked again is not where another one took it: the card has it, and gets each push
    once at most (contract: cards, "Pushes")."""
    known = list(answers)
    results = {answer.result for answer in known}
    if TAKEN in results:
        return Outcome(words.SENT)
    if AGAIN in results:
        return _again(known, attempts)
    return Outcome(words.FAILED, words.REFUSED) if REFUSED in results or was_refused else Outcome(words.SENT)


def _again(answers: Iterable[Answer], attempts: int) -> Outcome:
    """Tried again after what the services ask for, else after four times as long as before, until it was tried often enough."""
    if attempts >= MOST_TRIES:
        return Outcome(words.FAILED, words.TRIED_OUT)
    asked = [answer.retry_after for answer in answers if answer.result == AGAIN and answer.retry_after is not None]
    wait = timedelta(seconds=max(1, *asked)) if asked else timedelta(minutes=4 ** (attempts - 1))
    return Outcome(words.QUEUED, wait=min(wait, _LONGEST_WAIT))
