"""Codes: a member agrees to an app in the browser, and the app draws tokens with the code, once (RFC 6749 §4.1, RFC 7636).

A code that comes a second time was seen by somebody else: what it began ends.
"""

from datetime import timedelta

from portal import clock
from portal.database import Statement, transaction
from portal.domain.errors import NotFound
from portal.domain.identifiers import digest, random_base62
from portal.domain.members.oauth import chains
from portal.domain.members.oauth.chains import Pair
from portal.domain.members.oauth.tables import OauthApp, OauthCode

LASTS = timedelta(minutes=5)
_HOLD = Statement("SELECT id FROM oauth_code WHERE id = :id", lock="FOR UPDATE")


def issue(app: OauthApp, member_id: int, redirect_uri: str, challenge: str) -> str:
    """The code that leads the member's browser back to the app. Raises NotFound when the app, or the member, is gone."""
    code = random_base62(43)
    with transaction():
        chains.hold(member_id, app.id)
        OauthCode.create(
            app=app, member=member_id, code_digest=digest(code), redirect_uri=redirect_uri, challenge=challenge,
            expires_at=clock.now() + LASTS,
        )  # fmt: skip
    return code


def found(partner_id: int, code: str) -> OauthCode | None:
    """The code at the partner's club, also one that was used or is over."""
    query = OauthCode.select(OauthCode, OauthApp).join(OauthApp).where(OauthApp.partner == partner_id)
    return query.where(OauthCode.code_digest == digest(code)).first()


def redeem(row: OauthCode, token_id: int) -> Pair | None:
    """The first pair of tokens for the code, by this client token; None where it is over, or was used: then all that came of it
    has ended. Raises Banned."""
    with transaction():
        try:
            chains.hold(row.member_id, row.app_id)
        except NotFound:
            return None
        if _HOLD.value(id=row.id) is None:
            return None
        row = OauthCode.get_by_id(row.id)
        if row.used_at is not None:
            chains.end_begun(row.chain_id)
            return None
        if row.expires_at <= clock.now():
            return None
        chain, pair = chains.begin(row.app.partner_id, row.member_id, row.app_id, token_id)
        OauthCode.update(used_at=clock.now(), chain=chain).where(OauthCode.id == row.id).execute()
        return pair
