"""What of member offers is kept for a while."""

from datetime import timedelta

from portal.domain.keeping.ageing import Ended
from portal.domain.member_offers.authorizations.tables import AuthorizationCode

KEEPING = (Ended("codes that were made at the counter for an offer", timedelta(days=1), AuthorizationCode.expires_at),)
