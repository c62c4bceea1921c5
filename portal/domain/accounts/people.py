"""People: signing up, proving who they are, and setting a new password."""

from datetime import timedelta

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts import partners, passwords
from portal.domain.accounts.tables import Membership, Partner, PasswordReset, User
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.identifiers import digest, random_base62
from portal.domain.mail import outbox

RESET_LASTS = timedelta(hours=1)

_USE_RESET = Statement("UPDATE password_reset SET used_at = ? WHERE key_digest = ? AND used_at IS NULL AND expires_at > ?")
_SPEND_RESETS = Statement("UPDATE password_reset SET used_at = ? WHERE user_id = ? AND used_at IS NULL")
_END_SIGN_INS = Statement("UPDATE sign_in SET ended_at = ? WHERE user_id = ? AND ended_at IS NULL")


def normal_mail(mail: str) -> str:
    """The mail address as it is stored and compared."""
    return mail.strip().lower()


def sign_up(mail: str, name: str, password: str, company: str, *, confirmed: bool, time_zone: str = "UTC") -> None:
    """A person founds a partner. Tells nobody whether the address was known: its owner gets a mail that says so."""
    mail, password_hash = normal_mail(mail), passwords.hashed(password)
    with transaction():
        known = User.get_or_none(User.mail == mail)
        if known:
            outbox.put(known.mail, "You already have an account", "already_signed_up", name=known.name)
            return
        user = User.create(mail=mail, name=name, password_hash=password_hash)
        log.acting_as(f"user:{user.id}")
        partners.found(company, user, confirmed, time_zone)


def first_operator(mail: str, name: str, password: str) -> User:
    """The person who runs the installation."""
    with transaction():
        return User.create(
            mail=normal_mail(mail), name=name, password_hash=passwords.hashed(password), is_operator=True
        )


def proven(mail: str, password: str) -> User | None:
    """The person with this mail and password, or None, after the same time, for whatever reason."""
    user = User.get_or_none(User.mail == normal_mail(mail))
    fits = passwords.matches(user.password_hash if user else None, password)
    return user if fits and user.disabled_at is None else None


def ask_for_reset(mail: str, link) -> None:
    """Mail a link (`link(key)` makes it) that sets a new password within an hour; silent when nobody has the address."""
    user = User.get_or_none(User.mail == normal_mail(mail))
    if user is None or user.disabled_at:
        return
    key = random_base62(32)
    with transaction():
        PasswordReset.create(user=user, key_digest=digest(key), expires_at=clock.now() + RESET_LASTS)
        outbox.put(user.mail, "Set a new password", "password_reset", name=user.name, link=link(key))


def reset_is_open(key: str) -> bool:
    """Whether the link still works."""
    return (
        PasswordReset.select()
        .where(PasswordReset.key_digest == digest(key), PasswordReset.used_at.is_null(), PasswordReset.expires_at > clock.now())
        .exists()
    )


def reset_password(key: str, password: str) -> None:
    """Set the password and end every sign-in. Raises Refused when the link was used or is too old, Invalid when too short."""
    password_hash = passwords.hashed(password)
    with transaction():
        now = clock.micros()
        if not _USE_RESET.run(now, digest(key), now):
            raise Refused("This link was used already or is older than an hour. Ask for a new one.")
        user = PasswordReset.get(PasswordReset.key_digest == digest(key)).user
        User.update(password_hash=password_hash).where(User.id == user.id).execute()
        _END_SIGN_INS.run(now, user.id)
        _SPEND_RESETS.run(now, user.id)
        for membership in user.memberships:
            log.record(membership.partner_id, "password.changed", "user", user.id)


def memberships_of(user: User) -> list[Membership]:
    """What the person may act for, by the partner's name; test-mode twins are reached through their partner."""
    return list(
        Membership.select(Membership, Partner).join(Partner).where(Membership.user == user).order_by(Partner.name)
    )
