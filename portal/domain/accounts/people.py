"""People: signing up, proving who they are, and setting a new password."""

import re
from datetime import timedelta
from typing import NamedTuple

from peewee import IntegrityError

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.accounts import partners, passwords, sign_ins, terms
from portal.domain.accounts.tables import PasswordReset, User
from portal.domain.errors import Invalid, Refused
from portal.domain.events import log
from portal.domain.identifiers import digest, random_base62
from portal.domain.mail import outbox
from portal.domain.values import Wrong, checked

RESET_LASTS = timedelta(hours=1)
_LONGEST_MAIL = 254
_MAIL = re.compile(r"[^@\s,;:<>()\[\]\"\\]{1,64}@[^@\s,;:<>()\[\]\"\\]+")

_USE_RESET = Statement(
    "UPDATE password_reset SET used_at = ? WHERE key_digest = ? AND used_at IS NULL AND expires_at > ?"
)
_SPEND_RESETS = Statement("UPDATE password_reset SET used_at = ? WHERE user_id = ? AND used_at IS NULL")
_END_HALF_SIGN_INS = Statement("DELETE FROM half_sign_in WHERE user_id = ?")
_END_SIGN_INS = Statement("UPDATE sign_in SET ended_at = ? WHERE user_id = ? AND ended_at IS NULL")
_HOMES = Statement(
    "SELECT p.id, p.name, p.logo FROM membership m JOIN partner p ON p.id = m.partner_id WHERE m.user_id = ? ORDER BY p.name"
)


def normal_mail(mail: str) -> str:
    """The mail address as it is stored and compared."""
    return mail.strip().lower()


def _mail(value) -> str:
    mail = normal_mail(value or "")
    if len(mail) > _LONGEST_MAIL or not _MAIL.fullmatch(mail) or not mail.isprintable():
        raise Wrong("Give a mail address such as ada@example.com.")
    return mail


# What is asked of a person who signs up.
FIELDS = {"mail": _mail, "name": values.printable_text(120), "password": passwords.acceptable, **partners.FIELDS}


def sign_up(
    mail: str,
    name: str,
    password: str,
    company: str,
    *,
    confirmed: bool,
    time_zone: str = "UTC",
    currency: str = "USD",
    accepted_terms: int | None = None,
) -> None:
    """A person founds a partner. Tells nobody whether the address was known: its owner gets a mail that says so.

    Raises Invalid with every wrong field, the terms of use included unless the version in force was accepted, before
    it looks whether the address is known.
    """
    given = {"mail": mail, "name": name, "password": password, "company": company, "time_zone": time_zone}
    given["currency"] = currency
    taken = checked(given, FIELDS)
    password_hash = passwords.hashed(taken.pop("password"))
    try:
        _found_or_tell(taken, password_hash, confirmed, accepted_terms)
    except IntegrityError:  # Somebody else took the address or the slug at the same moment.
        _found_or_tell(taken, password_hash, confirmed, accepted_terms)


def _found_or_tell(taken: dict, password_hash: str, confirmed: bool, accepted_terms: int | None) -> None:
    with transaction():
        terms.refuse_unless_present(accepted_terms)
        known = User.get_or_none(User.mail == taken["mail"])
        if known:
            outbox.put(known.mail, "You already have an account", "already_signed_up", name=known.name)
            return
        user = User.create(mail=taken["mail"], name=taken["name"], password_hash=password_hash)
        log.acting_as(f"user:{user.id}")
        partner = partners.found(taken["company"], user, confirmed, taken["time_zone"], taken["currency"])
        if accepted_terms is not None:
            terms.accept(partner.id, user.id, accepted_terms)


def first_operator(mail: str, name: str, password: str) -> User:
    """A person who runs the installation. Raises Invalid with what is wrong."""
    taken = checked({"mail": mail, "name": name, "password": password}, FIELDS)
    password_hash = passwords.hashed(taken.pop("password"))
    with transaction():
        return User.create(**taken, password_hash=password_hash, is_operator=True)


def proven(mail: str, password: str) -> User | None:
    """The person with this mail and password, or None, after the same time, for whatever reason."""
    user = User.get_or_none(User.mail == normal_mail(mail))
    fits = passwords.matches(user.password_hash if user else None, password)
    return user if fits and user.disabled_at is None else None


def ask_for_reset(mail: str, link) -> None:
    """Mail a link (`link(key)` makes it) that sets a new password within an hour; silent when nobody has the address."""
    user = User.get_or_none(User.mail == normal_mail(mail))
    passwords.matches(None, "")  # Takes far longer than what follows, so that the time does not tell a known address.
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
        .where(
            PasswordReset.key_digest == digest(key),
            PasswordReset.used_at.is_null(),
            PasswordReset.expires_at > clock.now(),
        )
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
        _set_password(user, password_hash, now)
        _END_SIGN_INS.run(now, user.id)


def change_password(user_id: int, sign_in_id: int, present: str, password: str) -> None:
    """Set a new password, end every other sign-in and spend open reset links.

    Raises Invalid when the present password does not fit, or the new one is too short.
    """
    checked({"password": password}, FIELDS)  # Told before the present one is tried.
    user = User.get_by_id(user_id)
    if not passwords.matches(user.password_hash, present):
        raise Invalid("present", "This is not your present password.")
    password_hash = passwords.hashed(password)
    with transaction():
        _set_password(user, password_hash, clock.micros())
        sign_ins.end_others(user.id, sign_in_id)


def _set_password(user: User, password_hash: str, now: int) -> None:
    User.update(password_hash=password_hash).where(User.id == user.id).execute()
    _SPEND_RESETS.run(now, user.id)
    _END_HALF_SIGN_INS.run(user.id)  # They were begun with the old one.
    for membership in user.memberships:
        log.record(membership.partner_id, "password.changed", "user", user.id)


class Home(NamedTuple):
    """A partner that a person belongs to."""

    id: int
    name: str
    logo: str | None


def partners_of(user_id: int) -> list[Home]:
    """What the person may act for, by name; test-mode twins are reached through their partner."""
    return [Home(*row) for row in _HOMES.rows(user_id)]
