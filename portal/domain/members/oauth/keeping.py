"""What of apps' tokens is kept for a while."""

from datetime import timedelta

from portal.domain.keeping.ageing import Ended
from portal.domain.members.oauth.tables import OauthCode, OauthToken, TokenChain

KEEPING = (
    Ended("answers kept", timedelta(days=1), OauthCode.expires_at),
    Ended("sign-ins, invitations", timedelta(days=90), OauthToken.refreshed_at),
    Ended("sign-ins, invitations", timedelta(days=90), TokenChain.expires_at),
)
