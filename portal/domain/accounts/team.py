"""Who works for a partner."""

from portal.database import transaction
from portal.domain.accounts import passwords
from portal.domain.accounts.people import FIELDS, normal_mail
from portal.domain.accounts.roles import ROLES
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.errors import Invalid, Refused
from portal.domain.values import checked


def enrol(mail: str, name: str, password: str, partner: Partner, role: str) -> User:
    """A person who is not known yet, with a role at a partner. Raises Invalid, or Refused when the mail is known."""
    if role not in ROLES:
        raise Invalid("role", f"The role must be one of {', '.join(ROLES)}.")
    if partner.is_test:
        raise Refused("People work for the live partner, and reach its test mode through it. Name the live partner.")
    taken = checked({"mail": mail, "name": name, "password": password}, FIELDS)
    password_hash = passwords.hashed(taken.pop("password"))
    with transaction():
        refuse_known(mail)
        user = User.create(**taken, password_hash=password_hash)
        Membership.create(user=user, partner=partner, role=role)
    return user


def refuse_known(mail: str) -> None:
    """Raises Refused when somebody has this mail address."""
    if User.select().where(User.mail == normal_mail(mail)).exists():
        raise Refused(f"Somebody with the mail address {normal_mail(mail)} is known already.")
