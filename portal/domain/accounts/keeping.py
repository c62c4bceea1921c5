"""What of people's accounts is kept for a while: kept answers, ended sign-ins, used links, old invitations."""

from datetime import timedelta

from portal.domain.accounts.sign_ins.tables import Guess, HalfSignIn
from portal.domain.accounts.sign_ups.tables import HalfSignUp
from portal.domain.accounts.tables import IdempotencyRecord, PasswordReset, SignIn
from portal.domain.accounts.team.tables import Invitation
from portal.domain.keeping.ageing import Ended

ANSWERS_LAST = timedelta(hours=24)

KEEPING = (
    Ended("answers kept", ANSWERS_LAST, IdempotencyRecord.created_at),
    # The last sign-in says which partner a person acted for, so a holiday must not forget it.
    Ended("sign-ins, invitations", timedelta(days=90), SignIn.expires_at),
    Ended("answers kept", timedelta(days=1), HalfSignIn.expires_at),
    Ended("answers kept", timedelta(days=1), HalfSignUp.expires_at),
    Ended("counted tries to sign in", timedelta(days=1), Guess.quiet_at),
    Ended("links that set a password", timedelta(days=7), PasswordReset.expires_at),
    Ended("sign-ins, invitations", timedelta(days=90), Invitation.expires_at),
)
