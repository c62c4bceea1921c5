"""Tokens as apps send them: whose they are, what is known of them, and how one is given back."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.identifiers import digest
from portal.domain.members.oauth.tables import OauthToken, TokenChain


class Access(NamedTuple):
    """A token that opens a member's things; moments in microseconds."""

    member_id: int
    client_id: str | None
    created_at: int
    ends_at: int


_MEMBER = Statement(
    """SELECT c.member_id FROM oauth_token t JOIN token_chain c ON c.id = t.chain_id
    WHERE t.access_digest = :digest AND t.access_ends > :now AND c.ended_at IS NULL AND c.partner_id = :partner"""
)
_ACCESS = Statement(
    """SELECT c.member_id, a.client_id, t.created_at, t.access_ends AS ends_at
    FROM oauth_token t JOIN token_chain c ON c.id = t.chain_id LEFT JOIN oauth_app a ON a.id = c.app_id
    WHERE t.access_digest = :digest AND t.access_ends > :now AND c.ended_at IS NULL AND c.partner_id = :partner""",
    row=Access,
)


def member_of(partner_id: int, access_token: str) -> int | None:
    """The id of the member for whom this token speaks at the partner's club; None where it is bad, has expired or was ended."""
    return _MEMBER.value(digest=digest(access_token), now=clock.micros(), partner=partner_id)


def access(partner_id: int, access_token: str) -> Access | None:
    """What is known of an access token that works."""
    return _ACCESS.row(digest=digest(access_token), now=clock.micros(), partner=partner_id)


def of_refresh(partner_id: int, refresh_token: str) -> OauthToken | None:
    """The pair of a refresh token, whether or not it works still."""
    return _pairs(partner_id).where(OauthToken.refresh_digest == digest(refresh_token)).first()


def of_any(partner_id: int, token: str) -> OauthToken | None:
    """The pair of a token of either kind, whether or not it works still."""
    its = (OauthToken.access_digest == digest(token)) | (OauthToken.refresh_digest == digest(token))
    return _pairs(partner_id).where(its).first()


def _pairs(partner_id: int):
    return OauthToken.select(OauthToken, TokenChain).join(TokenChain).where(TokenChain.partner == partner_id)
