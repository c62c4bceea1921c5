"""What somebody outside answered to a request of ours, cut to what is kept of it."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_LONGEST_WAIT = 86_400  # seconds
_QUOTED = 300


class Told(NamedTuple):
    """The status (None: no whole answer came), how it is explained, and after how many seconds to ask again."""

    status: int | None
    said: str
    retry_after: int | None = None


def quoted(body: bytes) -> str:
    """How an answer begins, as text that can be shown."""
    text = body[:_QUOTED].decode(errors="replace")
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def retry_after(text: str) -> int | None:
    """Seconds or a date (RFC 9110), at most a day; None where it is neither."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, min(round((moment - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT))
