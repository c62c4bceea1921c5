"""What two people are taken for one by, in short: those of whom it is the same may be one."""

from base64 import urlsafe_b64encode
from datetime import date
from hashlib import blake2b

from portal.domain.typed.mailboxes import mailbox
from portal.letters import alike

LONGEST = 22


def of_name(first_name: str, surname: str | None, born: date | None) -> str | None:
    """Of a name as it reads and a day of birth; None without the day."""
    return _short("name", alike(first_name), alike(surname or ""), born.isoformat()) if born else None


def of_mail(mail: str | None) -> str | None:
    """Of the mailbox that an address leads to, however it is written."""
    return _short("mail", mailbox(mail) or mail) if mail else None


def _short(*parts: str) -> str:
    digest = blake2b("\n".join(parts).encode(), digest_size=16).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
