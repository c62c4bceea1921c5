"""Tokens of members as apps read them (contract: member-offers, "Member tokens")."""

from portal import clock
from portal.domain.members.oauth.chains import ACCESS_LASTS, Pair
from portal.domain.members.oauth.tokens import Access

_SECOND = 1_000_000


def pair(drawn: Pair) -> dict:
    """What is drawn."""
    return {
        "access_token": drawn.access,
        "token_type": "bearer",
        "expires_in": int(ACCESS_LASTS.total_seconds()),
        "refresh_token": drawn.refresh,
        "created_at": int(drawn.created_at.timestamp()),
        "resource_owner_id": drawn.member_id,
    }


def info(access: Access) -> dict:
    """What is known of an access token."""
    return {
        "resource_owner_id": access.member_id,
        "scope": [],
        "expires_in": (access.ends_at - clock.micros()) // _SECOND,
        "application": {"uid": access.client_id},
        "created_at": access.created_at // _SECOND,
    }
