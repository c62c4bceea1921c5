"""A partner's tokens as its owners see them: its own and those of its test mode; in test mode, the test mode's alone."""

from peewee import JOIN

from portal import clock
from portal.domain.accounts.tables import ClientToken, Partner, User
from portal.domain.errors import NotFound
from portal.domain.sentences import say

PAGE = 50


def owned(partner_id: int, token_id: int) -> ClientToken:
    """The partner's token. Raises NotFound, alike for missing and foreign."""
    token = _of(partner_id).where(ClientToken.id == token_id).first()
    if token is None:
        raise NotFound(say("token"))
    return token


def page(partner_id: int, revoked: bool, before: int | None = None) -> tuple[list[ClientToken], int | None]:
    """Up to fifty tokens, newest first, and the id to go on before (None at the end)."""
    query = _of(partner_id).where(ClientToken.revoked_at.is_null(not revoked))
    if before is not None:
        query = query.where(ClientToken.id < before)
    rows = list(query.order_by(ClientToken.id.desc()).limit(PAGE + 1))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def newest(home_id: int) -> ClientToken | None:
    """The token that the live partner or its test mode made last, unless it is revoked; None without any."""
    return _of(home_id).where(ClientToken.revoked_at.is_null()).order_by(ClientToken.id.desc()).first()


def state_of(token: ClientToken) -> str:
    """revoked, expired or active, by the clock of the token's partner."""
    if token.revoked_at is not None:
        return "revoked"
    with clock.acting(token.partner.clock_offset):
        return "expired" if token.expires_at is not None and token.expires_at <= clock.now() else "active"


def _of(partner_id: int):
    whose = (Partner.id == partner_id) | (Partner.live_partner == partner_id)
    query = ClientToken.select(ClientToken, Partner, User).join(Partner).switch(ClientToken)
    return query.join(User, JOIN.LEFT_OUTER, on=(ClientToken.created_by == User.id)).where(whose)
