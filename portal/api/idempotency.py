"""Idempotency-Key: the effect and the kept answer are one transaction, so a repeat can only get the first's answer."""

import hmac
import json
from dataclasses import dataclass, field
from typing import NamedTuple

from peewee import OperationalError

from portal import clock
from portal.api import codes
from portal.api.errors import ApiError
from portal.database import Statement, database, savepoint, transaction
from portal.domain.accounts.keeping import ANSWERS_LAST

LASTS_MICROS = ANSWERS_LAST // clock.MICROSECOND
_WAIT = "5s"


class Kept(NamedTuple):
    """What is known of a key; without a status its first request still runs."""

    request_digest: str
    status: int | None
    headers: str | None
    body: str | None


_CLAIM = Statement(
    """INSERT INTO idempotency_record (credential, "key", request_digest, created_at) VALUES (:credential, :key, :digest, :now)
    ON CONFLICT (credential, "key") DO NOTHING"""
)
_FIND = Statement(
    """SELECT request_digest, status, headers, body FROM idempotency_record
    WHERE credential = :credential AND "key" = :key""",
    row=Kept,
)
_KEEP = Statement(
    """UPDATE idempotency_record SET status = :status, headers = :headers, body = :body
    WHERE credential = :credential AND "key" = :key"""
)
_FORGET = Statement(
    'DELETE FROM idempotency_record WHERE credential = :credential AND "key" = :key AND created_at <= :moment'
)


@dataclass(slots=True)
class Reply:
    """What a view answers: a body that becomes JSON, a status, headers; `kept_body` stands in where it holds a secret."""

    body: object = None
    status: int = 200
    headers: dict = field(default_factory=dict)
    kept_body: object = None


def key_of(header: str | None) -> str | None:
    """The key in an Idempotency-Key header, bare or quoted. Raises ApiError 400 unless 1–255 printable characters."""
    if header is None:
        return None
    key = header.strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not 1 <= len(key) <= 255 or not key.isprintable():
        raise ApiError(codes.IDEMPOTENCY_KEY_INVALID, "Idempotency-Key must be 1 to 255 printable characters.")
    return key


def request_digest(secret_key: str, method: str, path: str, body: bytes) -> str:
    """A keyed digest of what was asked, so that the record tells nothing of the body."""
    return hmac.new(secret_key.encode(), b"\n".join((method.encode(), path.encode(), body)), "sha256").hexdigest()


def once(credential: str, key: str, digest: str, effect, refusal) -> tuple[Reply, bool]:
    """Run `effect()` at most once for the key; the answer, and whether it is a kept one.

    `refusal(error)` gives the Reply of a rule's refusal that is to be kept, or None for one that is not.
    Raises ApiError 422 when the key came with another request or its answer told of somebody who was erased, 409 when the first still runs after five seconds.
    """
    with transaction():
        _claim(credential, key, digest)
        (kept,) = _FIND.rows(credential=credential, key=key)
        if kept.request_digest != digest:
            raise ApiError(
                codes.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key was used with another request. Use a new key for a new request.",
            )
        if kept.status is not None and kept.body is None:
            raise ApiError(
                codes.IDEMPOTENCY_ANSWER_ERASED,
                "This request was done. Its answer told of a person who was erased since, and nothing is done again.",
            )
        if kept.status is not None:
            return _replayed(kept), True
        answer = _run(effect, refusal)
        body = answer.body if answer.kept_body is None else answer.kept_body
        said = {"status": answer.status, "headers": json.dumps(answer.headers), "body": json.dumps(body)}
        _KEEP.run(**said, credential=credential, key=key)
        return answer, False


def _claim(credential: str, key: str, digest: str) -> None:
    now = clock.wall_micros()  # Kept for a day of the wall's, also in test mode, whose clock jumps.
    if database.param != "?":
        database.execute_sql(f"SET LOCAL lock_timeout = '{_WAIT}'")
    try:
        _FORGET.run(credential=credential, key=key, moment=now - LASTS_MICROS)
        _CLAIM.run(credential=credential, key=key, digest=digest, now=now)
    except OperationalError as error:
        if "lock timeout" not in str(error):
            raise
        raise ApiError(
            codes.IDEMPOTENCY_KEY_RUNNING,
            "The first request with this Idempotency-Key is still running. Try again.",
            headers=[("Retry-After", "1")],
        ) from None


def _run(effect, refusal) -> Reply:
    try:
        with savepoint():
            return effect()
    except Exception as error:
        answer = refusal(error)
        if answer is None:
            raise
        return answer


def _replayed(kept: Kept) -> Reply:
    headers = {**json.loads(kept.headers or "{}"), "Idempotent-Replayed": "true"}
    return Reply(json.loads(kept.body or "null"), kept.status or 200, headers)
