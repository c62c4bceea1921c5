"""A mail as it is written: addresses, headers and text that can carry nothing else."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from portal.delivery.errors import ForbiddenAddress, MailRefused
from portal.delivery.hosts import canonical_host

# Line breaks of SMTP and those that Python's own header folding splits at.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
ADDRESS = re.compile(r"""(?:(?P<name>"[^"<>@]*"|[^"<>@]*)\s*<)?(?P<local>[^<>@]+)@(?P<domain>[^<>@]+)(?(name)>)""")
LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
OURS = {"auto-submitted", "bcc", "cc", "date", "from", "message-id", "mime-version", "sender", "subject", "to"}
OUR_FAMILIES = ("content-", "resent-")


class _Whole(UnstructuredHeader):
    """A header that programs read: Python would fold a long address into encoded words, which none of them decodes."""

    def fold(self, *, policy) -> str:
        return f"{self.name}: {self}{policy.linesep}" if self.isascii() else super().fold(policy=policy)  # type: ignore[misc]  # The registry mixes it in.


def _policy():
    registry = HeaderRegistry()
    for name in ("list-unsubscribe", "list-unsubscribe-post"):
        registry.map_to_type(name, _Whole)
    return SMTP.clone(header_factory=registry)


POLICY = _policy()


@dataclass(frozen=True)
class Mail:
    """A text mail to one person. `id` names it for good: every retry carries the same one."""

    id: str
    to: str
    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


def compose(message: Mail, sender: str) -> EmailMessage:
    """The mail in the form of RFC 5322. Raises MailRefused for line breaks in headers and impossible addresses."""
    headers = {
        "Message-ID": message_id(message.id, sender),
        "Date": formatdate(),
        "Auto-Submitted": "auto-generated",
        "From": mail_address(sender),
        "To": mail_address(message.to),
        "Subject": _single_line(message.subject),
        **{_allowed(name): _single_line(value) for name, value in message.headers.items()},
    }
    return _written(headers, message.text)


def message_id(mail_id: str, sender: str) -> str:
    """The Message-ID (RFC 5322 3.6.4): the same for the same id, so that a repeated mail is recognised."""
    digest = hashlib.sha256(mail_id.encode("utf-8", "replace")).hexdigest()
    return f"<{digest[:32]}@{mail_address(sender).domain}>"


def mail_address(text: str) -> Address:
    """Reads `mia@example.com` or `Mia <mia@example.com>`; the domain becomes ASCII.

    Raises MailRefused for several addresses, control characters, quoted or non-ASCII local parts.
    """
    found = ADDRESS.fullmatch(_single_line(text))
    if not found or len(found["local"]) > 64 or not LOCAL_PART.fullmatch(found["local"]):
        raise MailRefused(f"“{text}” is not a mail address.")
    try:
        return Address((found["name"] or "").strip(' "'), found["local"], canonical_host(found["domain"]))
    except ForbiddenAddress:
        raise MailRefused(f"“{text}” is not a mail address.") from None


def _written(headers: Mapping[str, object], text: str) -> EmailMessage:
    mail = EmailMessage(policy=POLICY)
    try:
        for name, value in headers.items():
            mail[name] = value
        mail.set_content(text, charset="utf-8", cte="quoted-printable")
    except ValueError as error:
        raise MailRefused("The mail contains text that a mail cannot carry.") from error
    return mail


def _allowed(name: str) -> str:
    if not HEADER_NAME.fullmatch(name) or name.lower() in OURS or name.lower().startswith(OUR_FAMILIES):
        raise MailRefused(f"{name!r} is not a header that a mail can be given.")
    return name


def _single_line(value: str) -> str:
    if CONTROL.search(value) or (not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value)):
        raise MailRefused(f"{value!r} contains a line break or a control character, which a mail header cannot carry.")
    return value
