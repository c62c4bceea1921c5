"""What of members is kept for a while: codes that were asked for, sign-ins that have ended."""

from datetime import timedelta

from portal.domain.keeping.ageing import Ended
from portal.domain.members.sign_ins.tables import AskedCode, MemberSignIn

KEEPING = (
    Ended("answers kept", timedelta(days=1), AskedCode.expires_at),
    Ended("sign-ins, invitations", timedelta(days=90), MemberSignIn.expires_at),
)
