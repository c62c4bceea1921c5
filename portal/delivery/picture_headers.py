"""What the first bytes of a picture say, read before any decoder allocates for it."""

import re

MAGIC = (
    ("PNG", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("JPEG", re.compile(rb"\xff\xd8\xff")),
    ("GIF", re.compile(rb"GIF8[79]a")),
    ("WEBP", re.compile(rb"RIFF....WEBP", re.DOTALL)),
)


def kind_of(data: bytes) -> str | None:
    """PNG, JPEG, GIF or WEBP by its magic bytes; None for everything else, whatever its name or type claims."""
    return next((kind for kind, magic in MAGIC if magic.match(data)), None)


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a WebP (RFC 9649), (0, 0) if it does not say.

    Pillow sets up the whole canvas when it opens the file, and objects only far above our cap.
    """
    chunk, head = data[12:16], data[20:30]
    if chunk == b"VP8X" and len(head) == 10:
        return _number(head[4:7]) + 1, _number(head[7:10]) + 1
    if chunk == b"VP8L" and head[:1] == b"\x2f":
        bits = _number(head[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 " and head[3:6] == b"\x9d\x01\x2a":
        return _number(head[6:8]) & 0x3FFF, _number(head[8:10]) & 0x3FFF
    return 0, 0


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")
