"""A mail as it is written: addresses, headers and text that can carry nothing else."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.header import Header
from email.headerregistry import Address
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
WORDS = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?: [\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
LETTERS_A_WORD = 8  # of four bytes at most: a line has at most 76 characters, its name included (RFC 2047 2)
OURS = {"auto-submitted", "bcc", "cc", "date", "from", "message-id", "mime-version", "sender", "subject", "to"}
OUR_FAMILIES = ("content-", "resent-")


class _Line(str):
    """A header as it stands on the wire. The library parses what it is given as text, encoded words of strangers included,
    and writes out what it finds in them: so it is given nothing to parse."""

    name: str

    def fold(self, *, policy) -> str:
        """The line, with the breaks that it has already."""
        return f"{self.name}: {self}{policy.linesep}"


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
        "From": _shown(mail_address(sender)),
        "To": _shown(mail_address(message.to)),
        "Subject": _encoded(_single_line(message.subject), "Subject"),
        **{_allowed(name): _for_programs(_single_line(value), name) for name, value in message.headers.items()},
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


def _written(headers: Mapping[str, str], text: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    for name, value in headers.items():
        line = _Line(value)
        line.name = name  # What has a name is taken for written, and not read.
        mail[name] = line
    try:
        mail.set_content(text, charset="utf-8", cte="quoted-printable")
    except ValueError as error:
        raise MailRefused("The mail contains text that a mail cannot carry.") from error
    return mail


def _is_plain(text: str) -> bool:
    """Whether it means itself: no letters but ASCII's, and nothing that looks like an encoded word."""
    return text.isascii() and "=?" not in text


def _encoded(text: str, name: str = "") -> str:
    """Text of people's, folded; in encoded words (RFC 2047) where it does not mean itself."""
    if _is_plain(text):
        return Header(text, header_name=name).encode(linesep=SMTP.linesep)
    pieces = [text[start : start + LETTERS_A_WORD] for start in range(0, len(text), LETTERS_A_WORD)]
    words = [f"=?utf-8?b?{b64encode(piece.encode()).decode()}?=" for piece in pieces]
    return f"{SMTP.linesep} ".join(words)


def _for_programs(text: str, name: str) -> str:
    """A header that programs read, whole: none of them would put a long address together again, or decode it."""
    return text if _is_plain(text) else _encoded(text, name)


def _shown(address: Address) -> str:
    """An address with its name before it, where it has one."""
    name = address.display_name
    if not name:
        return address.addr_spec
    return f"{_quoted(name) if _is_plain(name) else _encoded(name)} <{address.addr_spec}>"


def _quoted(name: str) -> str:
    """A name as RFC 5322 writes one: bare where it is made of words alone, else a quoted string."""
    if WORDS.fullmatch(name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _allowed(name: str) -> str:
    if not HEADER_NAME.fullmatch(name) or name.lower() in OURS or name.lower().startswith(OUR_FAMILIES):
        raise MailRefused(f"{name!r} is not a header that a mail can be given.")
    return name


def _single_line(value: str) -> str:
    if CONTROL.search(value) or (not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value)):
        raise MailRefused(f"{value!r} contains a line break or a control character, which a mail header cannot carry.")
    return value
