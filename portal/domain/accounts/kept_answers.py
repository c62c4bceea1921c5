"""What a form was answered with, kept for whoever sent it: a page that can be left has an address to come back to."""

import base64
import json
import zlib
from collections.abc import Iterable
from contextlib import suppress

from portal import clock
from portal.database import transaction
from portal.domain.accounts.tables import IdempotencyRecord
from portal.domain.identifiers import random_base62
from portal.domain.sealing import Unreadable, opened, sealed

OF_A_PERSON, OF_STRANGERS = (
    20,
    1000,
)  # the latest answers that are kept for each person, and for all who are not signed in
# Bytes when packed: nothing that people read is larger, and no page is that strangers are shown.
_LARGEST, _LARGEST_OF_STRANGERS = 256 << 10, 16 << 10
_MARK = 20  # letters and digits


def keep(user_id: int | None, reader: str, place: str, answer: dict) -> str | None:
    """The mark under which the answer of a place is kept for the reader, sealed; None for one that is too large.

    A day long, as kept answers are. The oldest of the person, or of all strangers, make room.
    """
    packed = zlib.compress(json.dumps(answer, ensure_ascii=False).encode())
    if len(packed) > (_LARGEST if user_id else _LARGEST_OF_STRANGERS):
        return None
    mark, pool = random_base62(_MARK), _pool(user_id)
    body = sealed(_purpose(reader, place), base64.b64encode(packed).decode())
    with transaction():
        IdempotencyRecord.insert(
            credential=pool, key=mark, request_digest="", body=body, created_at=clock.wall_micros()
        ).execute()
        _make_room(pool, OF_A_PERSON if user_id else OF_STRANGERS)
    return mark


def find(mark: str, user_id: int | None, readers: Iterable[str], place: str) -> dict | None:
    """The answer that is kept under the mark for one of the readers, who may have sent it before they signed in."""
    if len(mark) != _MARK or not mark.isascii() or not mark.isalnum():
        return None
    pools = {_pool(user_id), _pool(None)}
    row = IdempotencyRecord.get_or_none(IdempotencyRecord.credential.in_(pools), IdempotencyRecord.key == mark)
    if row is None or row.body is None:
        return None
    for reader in readers:
        with suppress(Unreadable):
            return json.loads(zlib.decompress(base64.b64decode(opened(_purpose(reader, place), row.body))))
    return None


def _make_room(pool: str, most: int) -> None:
    latest = IdempotencyRecord.select(IdempotencyRecord.id).where(IdempotencyRecord.credential == pool)
    too_old = latest.order_by(IdempotencyRecord.id.desc()).offset(most).limit(1)
    (last,) = too_old.tuples().first() or (None,)
    if last is not None:
        IdempotencyRecord.delete().where(IdempotencyRecord.credential == pool, IdempotencyRecord.id <= last).execute()


def _pool(user_id: int | None) -> str:
    return f"kept:{user_id or 'strangers'}"


def _purpose(reader: str, place: str) -> str:
    return f"answer at {place} for {reader}"
