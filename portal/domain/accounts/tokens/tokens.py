"""Client tokens: made, limited, rotated and revoked by a partner, and found by what a request carries."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.accounts.partners import allowances
from portal.domain.accounts.people import proved
from portal.domain.accounts.tables import ClientToken, Partner
from portal.domain.accounts.tokens.permits import PERMITS, REACHES, SELF
from portal.domain.errors import Invalid, Refused
from portal.domain.events import log
from portal.domain.identifiers import digest, new_token
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked

LARGEST_LIMIT = 1_000_000
_ceiling = LARGEST_LIMIT
# What others keep of a token by its id: called in the rotation, with the old one's and its successor's.
when_rotated: list[Callable[[int, int], None]] = []
LONGEST_LIFE = timedelta(days=3660)
LONGEST_OVERLAP = timedelta(days=30)


class _Found(NamedTuple):
    token_id: int
    partner_id: int
    permits: str
    reach: str
    rate_limit: int | None
    expires_at: int | None
    last_used_at: int
    partner_uuid: str
    is_confirmed: bool
    clock_offset: int
    is_test: bool
    is_disabled: bool


_FIND = Statement(
    """SELECT t.id AS token_id, t.partner_id, t.permits, t.reach, t.rate_limit, t.expires_at,
        COALESCE(t.last_used_at, 0) AS last_used_at, p.uuid AS partner_uuid, p.confirmed_at IS NOT NULL AS is_confirmed,
        p.clock_offset, p.live_partner_id IS NOT NULL AS is_test, p.disabled_at IS NOT NULL AS is_disabled
    FROM client_token t JOIN partner p ON p.id = t.partner_id
    WHERE t.digest = :digest AND t.revoked_at IS NULL""",
    row=_Found,
)


@dataclass(slots=True)
class Credential:
    """A working token and the partner it speaks for."""

    token_id: int
    partner_id: int
    permits: frozenset
    reach: str
    rate_limit: int | None
    expires_at: int | None
    last_used_at: int
    partner_uuid: str
    is_confirmed: bool
    clock_offset: int
    is_test: bool
    is_disabled: bool

    @property
    def identity(self) -> str:
        """Who it is in logs, limits and kept answers."""
        return f"token:{self.token_id}"


def use_ceiling(limit: int) -> None:
    """Take how many requests a minute the installation allows a token at most; each process does so before it finds any."""
    global _ceiling
    _ceiling = limit


def allowed(rate_limit: int | None) -> int | None:
    """What comes of a token's own limit under the installation's ceiling; None, which is the standard, stays."""
    return rate_limit and min(rate_limit, _ceiling)


def make(
    partner: Partner,
    name: str,
    permits: list[str],
    *,
    reach: str = SELF,
    rate_limit: int | None = None,
    expires_at: datetime | None = None,
    created_by: int | None = None,
    secret: str | None = None,
    replaced: int = 0,
) -> tuple[ClientToken, str]:
    """A new token and its secret, which is shown now and never again.

    Raises Invalid with the field that is wrong, Refused while the mail address of its maker is not proved: what it does
    is told to others by mail; and where no more are allowed. `replaced` are those whose place it takes.
    """
    if created_by is not None:
        proved.refuse_unproved(created_by)
    with clock.acting(partner.clock_offset):
        taken = _checked(name, permits, rate_limit, expires_at)
        if reach not in REACHES:
            raise Invalid("reach", say("Choose whether the token reaches this partner only, or its companies too."))
        secret = secret or new_token("test" if partner.is_test else "live")
        with transaction():
            allowances.refuse_over(partner.id, allowances.INTEGRATIONS, replaced)
            token = ClientToken.create(
                partner=partner, hint=secret[:12], digest=digest(secret), reach=reach, created_by=created_by, **taken
            )
            log.record(partner.id, "token.created", "token", token.id)
    return token, secret


def change(
    token: ClientToken, name: str, permits: list[str], rate_limit: int | None, expires_at: datetime | None
) -> None:
    """Rename or limit a token; its secret and reach stay. Raises Invalid, or Refused when it is revoked."""
    with clock.acting(token.partner.clock_offset), transaction():
        # An end that has passed stays as it is; only a new one must lie ahead.
        taken = _checked(name, permits, rate_limit, None if expires_at == token.expires_at else expires_at)
        taken["expires_at"] = expires_at
        if _has_ended(token) and not (expires_at and expires_at <= clock.now()):
            allowances.refuse_over(token.partner_id, allowances.INTEGRATIONS)
        if not ClientToken.update(**taken).where(_not_revoked(token)).execute():
            raise Refused(say("This token is revoked and cannot be changed. Make a new one."))
        changed = sorted(field for field, value in taken.items() if getattr(token, field) != value)
        log.record(token.partner_id, "token.changed", "token", token.id, {"fields": changed})


def rotate(token: ClientToken, overlap: timedelta, created_by: int | None = None) -> tuple[ClientToken, str]:
    """A new token like this one, which itself works for the overlap and then no more; never longer than it would have.

    Raises Refused when it is revoked or has expired, Invalid for an overlap over thirty days.
    """
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise Invalid("overlap", say("Choose how long the old token goes on working, at most 30 days."))
    with clock.acting(token.partner.clock_offset), transaction():
        end = clock.now() + overlap
        earlier = end if token.expires_at is None else min(end, token.expires_at)
        if _has_ended(token) or not ClientToken.update(expires_at=earlier).where(_not_revoked(token)).execute():
            raise Refused(say("This token works no more and cannot be rotated. Make a new one."))
        successor, secret = make(
            token.partner,
            token.name,
            token.permits,
            reach=token.reach,
            rate_limit=allowed(token.rate_limit),
            expires_at=token.expires_at,
            created_by=created_by,
            replaced=1,
        )
        for hand_on in when_rotated:
            hand_on(token.id, successor.id)
        log.record(token.partner_id, "token.rotated", "token", token.id, {"successor": successor.id})
    return successor, secret


def revoke(token: ClientToken) -> bool:
    """End a token; within a second no process accepts it. Whether this call ended it."""
    with transaction():
        done = bool(ClientToken.update(revoked_at=clock.now()).where(_not_revoked(token)).execute())
        if done:
            log.record(token.partner_id, "token.revoked", "token", token.id)
    return done


def find(secret: str) -> Credential | None:
    """The token of a secret, unless revoked. Whether it has expired is asked of the clock at each use."""
    row = _FIND.row(digest=digest(secret))
    return row and Credential(
        **row._asdict() | {"permits": frozenset(json.loads(row.permits)), "rate_limit": allowed(row.rate_limit)}
    )


def note_use(credential: Credential) -> None:
    """Remember, about once a minute, that the token was used."""
    now = clock.micros()
    with transaction():
        used = ClientToken.update(last_used_at=now).where(ClientToken.id == credential.token_id)
        used.where(ClientToken.last_used_at.is_null() | (ClientToken.last_used_at < now - 55_000_000)).execute()
    credential.last_used_at = now


def _not_revoked(token: ClientToken):
    return (ClientToken.id == token.id) & ClientToken.revoked_at.is_null()


def _has_ended(token: ClientToken) -> bool:
    return clock.has_passed(token.expires_at)


def _permits(value) -> list[str]:
    if not value or not set(value) <= PERMITS.keys():
        raise Wrong(say("Choose at least one of the listed permits."))
    return sorted(set(value))


def _rate_limit(value) -> int | None:
    if value is not None and not 1 <= value <= _ceiling:
        raise Wrong(say("Give a number of requests a minute from 1 to {ceiling}.", ceiling=f"{_ceiling:,}"))
    return value


def _expires_at(value) -> datetime | None:
    if value is not None and not clock.now() < value <= clock.now() + LONGEST_LIFE:
        raise Wrong(say("Choose a day that lies ahead, at most ten years."))
    return value


FIELDS = {
    "name": values.name(80),
    "permits": _permits,
    "rate_limit": _rate_limit,
    "expires_at": _expires_at,
}


def _checked(name, permits, rate_limit, expires_at) -> dict:
    return checked({"name": name, "permits": permits, "rate_limit": rate_limit, "expires_at": expires_at}, FIELDS)
