"""People who want no mail from those whom they do not know, and the signed link by which they say so (RFC 8058)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from portal.database import transaction
from portal.domain import sealing
from portal.domain.errors import NotFound
from portal.domain.mail import addresses
from portal.domain.mail.tables import MailStop
from portal.domain.sentences import say

_PURPOSE = "no more mail"


def link(mail: str) -> str:
    """The whole address that ends mails of strangers to this one."""
    return addresses.full(
        f"/no-more-mail/{urlsafe_b64encode(mail.encode()).decode()}.{sealing.signature(_PURPOSE, mail)}"
    )


def read(token: str) -> str:
    """The mail address that the link's last part names. Raises NotFound unless it was written here."""
    text, _, signature = token.partition(".")
    try:
        mail = urlsafe_b64decode(text).decode()
    except ValueError:
        raise NotFound(say("mail to end")) from None
    if not sealing.is_signed(_PURPOSE, mail, signature):
        raise NotFound(say("mail to end"))
    return mail


def is_stopped(mail: str) -> bool:
    """Whether the address wants none."""
    return MailStop.select().where(MailStop.mail == mail).exists()


def stop(mail: str) -> None:
    """No more from now on. Repeating it changes nothing."""
    with transaction():
        MailStop.insert(mail=mail).on_conflict_ignore().execute()


def allow(mail: str) -> None:
    """The person takes it back. Repeating it changes nothing."""
    with transaction():
        MailStop.delete().where(MailStop.mail == mail).execute()
