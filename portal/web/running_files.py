"""The files that are being sent by this process: few at once, and one of a partner, for each holds a thread until it is taken."""

import threading
import weakref
from collections.abc import Callable

from flask import Response

from portal.domain.sentences import say
from portal.server import file_threads
from portal.web.errors import error_page

_RETRY_SECONDS = 10
_lock = threading.Lock()
_running: list[int | None] = []


def begin(partner_id: int | None) -> bool:
    """Take a place for a file of the partner's; whether there was one."""
    with _lock:
        if not file_threads.may_send() or partner_id in _running or len(_running) >= file_threads.AT_ONCE:
            return False
        _running.append(partner_id)
        return True


def ends_with(response: Response, partner_id: int | None) -> Callable[[], object]:
    """What gives the place back, once: when it is called, or when the answer is gone, sent or not."""
    return weakref.finalize(response, _end, partner_id)


def too_many() -> Response:
    """The page in place of a file."""
    response = error_page(
        429,
        say("Other files are being sent"),
        say("One file of a partner is sent at a time, and few of all. Try again when the other one has come."),
    )
    response.headers["Retry-After"] = str(_RETRY_SECONDS)
    return response


def _end(partner_id: int | None) -> None:
    with _lock:
        _running.remove(partner_id)
