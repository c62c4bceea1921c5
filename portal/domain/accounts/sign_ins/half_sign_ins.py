"""Sign-ins between the password and the second factor: rows that a browser's cookie names, good for ten minutes."""

from datetime import timedelta

from portal import clock
from portal.database import transaction
from portal.domain.accounts.sign_ins import proofs, second_factor, sign_ins
from portal.domain.accounts.sign_ins.tables import HalfSignIn
from portal.domain.accounts.tables import User
from portal.domain.errors import Invalid, Refused
from portal.domain.identifiers import digest, random_base62
from portal.domain.sentences import say

LASTS = timedelta(minutes=10)


def begin(user: User) -> str:
    """The password was right; the secret for the cookie. Raises Refused when it was changed since."""
    key = random_base62(40)
    with transaction():
        proofs.refuse_changed(user)
        HalfSignIn.create(key_digest=digest(key), user=user, expires_at=clock.now() + LASTS)
    return key


def find(key: str | None) -> User | None:
    """Whose it is while it holds, else None."""
    return User.select().join(HalfSignIn).where(User.disabled_at.is_null(), _holds(key)).first() if key else None


def finish(key: str, given: str, address: str, agent: str) -> str:
    """Sign in with a code of the app or a recovery code; the secret for the cookie.

    Raises Invalid for a code that does not fit or was used, Refused when it took too long; Unreadable (a Refused) when
    codes of the app cannot be checked.
    """
    with transaction():
        user = find(key)
        if user is None or not HalfSignIn.update(used_at=clock.now()).where(_holds(key)).execute():
            raise Refused(say("This sign-in has run out. Begin again with your password."))
        # Whoever has had it turned off meanwhile has proven enough.
        if second_factor.since(user.id) and not second_factor.prove(user, given):
            raise Invalid("code", say("This code does not fit or was used already. Wait for the next one of your app."))
        return sign_ins.begin(user, address, agent)


def _holds(key: str):
    return (HalfSignIn.key_digest == digest(key)) & HalfSignIn.used_at.is_null() & (HalfSignIn.expires_at > clock.now())
