"""What a browser is sent of a push: what it shows, where a tap leads, and what proves that it showed it."""

import json

from portal.domain.cards.pushes.browsers import shown
from portal.domain.mail import addresses

LARGEST = 3993  # bytes that fit into a push once it is encrypted (RFC 8291)


def of(recipient_id: int, push_uuid: str, page: str, title: str, message: str) -> bytes:
    """The JSON that the service worker reads: `page` is the path that a tap leads to, the message cut at a word where it is too long for a push."""
    told = {
        "title": title, "url": addresses.full(page), "tag": topic(push_uuid), "recipient": recipient_id,
        "signature": shown.signature(recipient_id),
    }  # fmt: skip
    return _written(told, cut(message, LARGEST - len(_written(told, ""))))


def topic(push_uuid: str) -> str:
    """What a push is told by, 32 letters: of two of one the newer takes the place of the other."""
    return push_uuid.replace("-", "")


def cut(message: str, room: int) -> str:
    """As much of the message as fits into so many bytes of JSON, whole words and "…"."""
    if size(message) <= room:
        return message
    low, high = 0, len(message)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(message[:middle] + "…") <= room else (low, middle - 1)
    begins = message[:low]
    words = [begins] if message[low : low + 1].isspace() else begins.rsplit(maxsplit=1)
    return (words[0].rstrip() if words else begins) + "…"


def size(text: str) -> int:
    """Bytes of a text in JSON."""
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2


def _written(told: dict, body: str) -> bytes:
    return json.dumps({**told, "body": body}, ensure_ascii=False, separators=(",", ":")).encode()
