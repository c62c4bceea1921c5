"""What a person is called, and the mail address that they sign in with."""

from peewee import IntegrityError

from portal.database import transaction
from portal.domain.accounts.people.people import FIELDS
from portal.domain.accounts.sign_ins import notices as security_notices
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.accounts.sign_ins.tables import HalfSignIn
from portal.domain.accounts.tables import PasswordReset, User
from portal.domain.errors import Refused
from portal.domain.mail import addresses, outbox
from portal.domain.sentences import say
from portal.domain.values import checked


def rename(user_id: int, name: str) -> None:
    """What others call the person from now on. Raises Invalid."""
    taken = checked({"name": name}, FIELDS)["name"]
    with transaction():
        if User.update(name=taken).where(User.id == user_id, User.name != taken).execute():
            security_notices.note(User.get_by_id(user_id), "person.renamed")


def change_mail(user: User, mail: str) -> None:
    """The operator gives somebody another mail address; both addresses are told.

    Every sign-in ends, and so do links that were mailed to the old address to set a new password. Raises Invalid, or
    Refused when it is taken, or was changed meanwhile.
    """
    taken, old = checked({"mail": mail}, FIELDS)["mail"], user.mail
    try:
        with transaction():
            if not User.update(mail=taken).where(User.id == user.id, User.mail == old).execute():
                raise Refused(say("The mail address was changed a moment ago. Look at it again."))
            PasswordReset.delete().where(PasswordReset.user == user).execute()
            HalfSignIn.delete().where(HalfSignIn.user == user).execute()
            sign_ins.end_all(user.id)
            security_notices.note(user, "person.mail_changed")
            for receiver in (old, taken):
                outbox.put(
                    receiver, say("Your mail address was changed"), "mail_changed", name=user.name, old=old, new=taken,
                    reset=addresses.full("/password-reset"),
                )  # fmt: skip
    except IntegrityError:
        raise Refused(say("Somebody else has the mail address {taken}.", taken=taken), field="mail") from None
