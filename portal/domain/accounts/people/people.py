"""People: proving who they are, and changing the password."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.accounts.partners import partners
from portal.domain.accounts.sign_ins import notices as security_notices
from portal.domain.accounts.sign_ins import passwords, proofs, second_factor, sign_ins
from portal.domain.accounts.sign_ins.tables import HalfSignIn
from portal.domain.accounts.tables import PasswordReset, User
from portal.domain.errors import Refused
from portal.domain.sentences import say
from portal.domain.typed.mail_addresses import mail_address, normal_mail
from portal.domain.values import checked


class Home(NamedTuple):
    """A partner that a person belongs to."""

    id: int
    name: str
    logo: str | None


_HOMES = Statement(
    """SELECT p.id, p.name, p.logo FROM membership m JOIN partner p ON p.id = m.partner_id
    WHERE m.user_id = :user ORDER BY p.name""",
    row=Home,
)


# What is asked of a person who signs up.
FIELDS = {"mail": mail_address, "name": values.name(120), "password": passwords.acceptable, **partners.FIELDS}


def first_operator(mail: str, name: str, password: str) -> User:
    """A person who runs the installation. Raises Invalid with what is wrong."""
    taken = checked({"mail": mail, "name": name, "password": password}, FIELDS)
    password_hash = passwords.hashed(taken.pop("password"))
    with transaction():
        return User.create(**taken, password_hash=password_hash, is_operator=True, proved_at=clock.now())


def of_mail(mail: str) -> User | None:
    """Who has the mail address, if anybody."""
    return User.get_or_none(User.mail == normal_mail(mail))


def proven(mail: str, password: str) -> User | None:
    """The person with this mail and password, or None, after the same time, for whatever reason.

    A hash of an older kind is replaced.
    """
    user = of_mail(mail)
    fits = passwords.matches(user.password_hash if user else None, password)
    if not user or not fits or user.disabled_at is not None:
        return None
    renewed = passwords.renewed(user.password_hash, password)
    return user if renewed is None or _renewed(user, renewed) else proven(mail, password)


def _renewed(user: User, password_hash: str) -> bool:
    """Keep another hash of the same password, unless there is a new password since."""
    as_proven = (User.id == user.id, User.password_hash == user.password_hash)
    with transaction():
        done = bool(User.update(password_hash=password_hash).where(*as_proven).execute())
    user.password_hash = password_hash
    return done


def sign_in(user: User, address: str, agent: str) -> str:
    """Sign in somebody who is `proven` and has no second factor; the secret for the cookie. Raises Refused when that holds no more."""
    with transaction():
        proofs.refuse_changed(user)
        if second_factor.since(user.id):
            raise Refused(say("A second factor was turned on a moment ago. Sign in once more, with a code."))
        return sign_ins.begin(user, address, agent)


def change_password(user_id: int, sign_in_id: int, present: str, password: str) -> str:
    """Set a new password, end every other sign-in and copies of this one's cookie, and spend open reset links; the new
    secret for this browser's cookie.

    Raises Invalid when the present password does not fit, or the new one is too short; Refused when another one was set
    meanwhile, by a link perhaps.
    """
    checked({"password": password}, FIELDS)  # Told before the present one is tried.
    user = proofs.by_password(user_id, present, "present", say("your present password"))
    password_hash = passwords.hashed(password)
    with transaction():
        proofs.refuse_changed(user)
        set_password(user, password_hash)
        return sign_ins.alone(user.id, sign_in_id)


def spend_reset_links(user_id: int) -> None:
    """In the running transaction: no link that was mailed sets the person's password any more."""
    unused = (PasswordReset.user == user_id) & PasswordReset.used_at.is_null()
    PasswordReset.update(used_at=clock.now()).where(unused).execute()


def set_password(user: User, password_hash: str) -> None:
    """In the running transaction; links to set one are spent, and the person is told by mail."""
    User.update(password_hash=password_hash).where(User.id == user.id).execute()
    spend_reset_links(user.id)
    HalfSignIn.delete().where(HalfSignIn.user == user).execute()  # They were begun with the old one.
    security_notices.tell(user, "password.changed", say("Your password was changed"), "password_changed")


def partners_of(user_id: int) -> list[Home]:
    """What the person may act for, by name; test-mode twins are reached through their partner."""
    return _HOMES.rows(user=user_id)
