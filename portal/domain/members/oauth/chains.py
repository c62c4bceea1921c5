"""Chains of tokens: begun when a member signs in by an app, drawn on with each refresh token once, ended together
(contract: member-offers, "Member tokens"; RFC 6749 §6, RFC 9700 §4.14).

Of two who come with one refresh token at once, or within half a minute, each gets a pair that works: an answer was lost, or
there are two tabs. Whoever comes later has what was stolen, or is who it was stolen from: the chain ends.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from peewee import fn

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts.tables import ClientToken
from portal.domain.errors import NotFound
from portal.domain.identifiers import digest, random_base62
from portal.domain.members import holding
from portal.domain.members.oauth import bans
from portal.domain.members.oauth.tables import OauthApp, OauthCode, OauthToken, TokenChain
from portal.domain.members.tables import Member
from portal.domain.sentences import say

ACCESS_LASTS = timedelta(days=1)
LASTS = timedelta(days=180)  # since tokens were drawn last
GRACE = timedelta(seconds=30)
_SHOWN = 100
_HOLD_APP = Statement("SELECT id FROM oauth_app WHERE id = :id AND archived_at IS NULL", lock="FOR SHARE")
# Whoever draws or ends waits here: the pairs of a chain change under its lock alone.
_HOLD = Statement(
    "SELECT id FROM token_chain WHERE id = :id AND ended_at IS NULL AND expires_at > :now", lock="FOR UPDATE"
)


class Pair(NamedTuple):
    """What an app gets, once."""

    access: str
    refresh: str
    member_id: int
    created_at: datetime


class AppSignIn(NamedTuple):
    """An app in which a member is signed in, or a program of the partner's, by the name of its client token."""

    id: int
    name: str | None
    created_at: datetime
    used_at: datetime
    ended_at: datetime | None


def hold(member_id: int, app_id: int | None) -> Member:
    """In a transaction, before codes and chains are: neither the member nor the app goes until it ends. Raises NotFound when one
    has, Banned."""
    member = Member.get_or_none(Member.id == member_id)
    if member is None or (app_id is not None and _HOLD_APP.value(id=app_id) is None):
        raise NotFound(say("app"))
    holding.hold(member)
    present = Member.get_by_id(member_id)
    bans.refuse(present)
    return present


def begin(partner_id: int, member_id: int, app_id: int | None, token_id: int) -> tuple[TokenChain, Pair]:
    """In the transaction that holds both: a new chain, by the client token that asked for it, and its first pair."""
    chain = TokenChain.create(
        partner=partner_id, member=member_id, app=app_id, client_token=token_id, expires_at=clock.now() + LASTS
    )
    return chain, _drawn(chain, None)


def draw(row: OauthToken) -> Pair | None:
    """The next pair for a refresh token; None where it came again too late, and its chain has ended, or has before.

    Raises Banned.
    """
    with transaction():
        if _HOLD.value(id=row.chain_id, now=clock.micros()) is None:
            return None
        bans.refuse(row.chain.member)
        if not _may_be_followed(row.id):
            _end(TokenChain.id == row.chain_id)
            return None
        now = clock.now()
        OauthToken.update(refreshed_at=now).where(OauthToken.id == row.id, OauthToken.refreshed_at.is_null()).execute()
        TokenChain.update(used_at=now, expires_at=now + LASTS).where(TokenChain.id == row.chain_id).execute()
        return _drawn(row.chain, row)


def open_of(member_id: int) -> list[AppSignIn]:
    """The member's chains that hold, the one used last first."""
    return _of(member_id, TokenChain.ended_at.is_null(), TokenChain.expires_at > clock.now())


def all_of(member_id: int) -> list[AppSignIn]:
    """The member's chains that are kept, those that have ended, too."""
    return _of(member_id)


def end(chain_id: int) -> None:
    """End a chain, if it has not ended."""
    with transaction():
        end_begun(chain_id)


def end_begun(chain_id: int) -> None:
    """The same in a running transaction."""
    _end(TokenChain.id == chain_id)


def end_one(member_id: int, chain_id: int) -> None:
    """End one of the member's chains. Raises NotFound when it has ended or is somebody else's."""
    with transaction():
        if not _end(TokenChain.id == chain_id, TokenChain.member == member_id):
            raise NotFound(say("app"))


def end_of_app(app_id: int) -> None:
    """In a transaction: whoever signed in by the app is signed out of it."""
    _end(TokenChain.app == app_id)


def end_of_member(member_id: int) -> None:
    """In a transaction: the member is signed out of all apps; those that have not come with their code yet get nothing for it."""
    OauthCode.delete().where(OauthCode.member == member_id, OauthCode.used_at.is_null()).execute()
    _end(TokenChain.member == member_id)


def count_of_app(app: OauthApp) -> int:
    """How many members are signed in by the app."""
    holds = TokenChain.ended_at.is_null() & (TokenChain.expires_at > clock.now())
    return TokenChain.select(TokenChain.member).where(TokenChain.app == app, holds).distinct().count()


def _of(member_id: int, *which) -> list[AppSignIn]:
    name = fn.COALESCE(OauthApp.name, ClientToken.name)
    query = TokenChain.select(
        TokenChain.id, name, TokenChain.created_at, TokenChain.used_at, TokenChain.ended_at
    ).left_outer_join(OauthApp)
    query = query.switch(TokenChain).left_outer_join(ClientToken).where(TokenChain.member == member_id, *which)
    rows: Any = query.order_by(TokenChain.used_at.desc()).limit(_SHOWN).tuples()
    return [AppSignIn(*row) for row in rows]


def _may_be_followed(pair_id: int) -> bool:
    """Under the chain's lock: the pair was not followed yet, or within the grace, and by none that was followed itself."""
    refreshed_at = OauthToken.select(OauthToken.refreshed_at).where(OauthToken.id == pair_id).scalar()
    if refreshed_at is None:
        return True
    followed = OauthToken.select().where(OauthToken.follows == pair_id, OauthToken.refreshed_at.is_null(False))
    return clock.now() <= refreshed_at + GRACE and not followed.exists()


def _drawn(chain: TokenChain, follows: OauthToken | None) -> Pair:
    pair = Pair(f"ma_{random_base62(40)}", f"mr_{random_base62(40)}", chain.member_id, clock.now())
    OauthToken.create(
        chain=chain, access_digest=digest(pair.access), access_ends=pair.created_at + ACCESS_LASTS,
        refresh_digest=digest(pair.refresh), follows=follows, created_at=pair.created_at,
    )  # fmt: skip
    return pair


def _end(*which) -> int:
    now = clock.now()
    return TokenChain.update(ended_at=now, expires_at=now).where(TokenChain.ended_at.is_null(), *which).execute()
