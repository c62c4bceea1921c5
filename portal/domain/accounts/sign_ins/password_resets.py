"""Links that set a new password: mailed to whoever has forgotten it, or handed over by the operator."""

from datetime import timedelta

from portal import clock
from portal.database import after_commit, transaction
from portal.domain.accounts.people import people, proved
from portal.domain.accounts.sign_ins import notices, passwords, sign_ins
from portal.domain.accounts.tables import PasswordReset, User
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.identifiers import digest, random_base62
from portal.domain.mail import addresses, outbox

LASTS = timedelta(hours=1)
MOST = 5  # links of a person that wait at a time, so that no stranger fills somebody's letterbox


def ask(mail: str, link) -> None:
    """Mail a link (`link(key)` makes it) that sets a new password within an hour; silent when nobody has the address.

    Silent as well while five links wait: one of them will do.
    """
    user = User.get_or_none(User.mail == people.normal_mail(mail))
    passwords.matches(None, "")  # Takes far longer than what follows, so that the time does not tell a known address.
    with transaction():
        if user is None or user.disabled_at or _open(PasswordReset.user == user).count() >= MOST:
            # Writing durably and waking the worker take their time, from which a known address could be told.
            log.hold_positions()
            after_commit(log.tell)
        else:
            outbox.put(user.mail, "Set a new password", "password_reset", name=user.name, link=link(_new_key(user)))


def link_for(user: User) -> str:
    """A link that sets a new password within an hour, for the operator to hand over. Raises Refused when they are kept out."""
    if user.disabled_at:
        raise Refused(f"{user.mail} is disabled and could not sign in. Let them in again first.")
    with transaction():
        notices.note(user, "password.link_made")
        return addresses.full(f"/password-reset/{_new_key(user)}")


def send(user: User) -> None:
    """Mail them such a link because the operator says so. Raises Refused when they are kept out."""
    with transaction():
        outbox.put(user.mail, "Set a new password", "password_reset", name=user.name, link=link_for(user))


def _new_key(user: User) -> str:
    key = random_base62(32)
    PasswordReset.create(user=user, key_digest=digest(key), expires_at=clock.now() + LASTS)
    return key


def is_open(key: str) -> bool:
    """Whether the link still works."""
    return _open(PasswordReset.key_digest == digest(key)).exists()


def use(key: str, password: str) -> User:
    """Set the password and end every sign-in; whose it is. Raises Refused when the link was used or is too old, Invalid when too short."""
    password_hash = passwords.hashed(password)
    with transaction():
        now, its = clock.now(), PasswordReset.key_digest == digest(key)
        if not PasswordReset.update(used_at=now).where(its, *_works()).execute():
            raise Refused("This link was used already or is older than an hour. Ask for a new one.")
        user = PasswordReset.get(its).user
        people.set_password(user, password_hash)
        sign_ins.end_all(user.id)
        proved.prove(user.id)
        return user


def _open(whose):
    return PasswordReset.select().where(whose, *_works())


def _works() -> tuple:
    return PasswordReset.used_at.is_null(), PasswordReset.expires_at > clock.now()
