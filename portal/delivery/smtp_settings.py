"""How the portal's own mail server is reached, from one URL."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from portal.delivery.errors import MailRefused
from portal.delivery.mail_message import mail_address

Security = Literal["plain", "starttls", "tls"]
SWITCH = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True)
class SmtpSettings:
    """`sender` is the From of every mail: an address, or a name with the address in angle brackets."""

    host: str
    port: int
    sender: str
    security: Security = "plain"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 15.0  # seconds for each step,
    whole: float = 45.0  # and for all of them: a lease on a mail lasts longer


def parse_smtp_url(url: str, *, sender: str) -> SmtpSettings:
    """Reads `smtp://user:password@host:587?starttls=1` or `smtps://user:password@host:465`.

    User and password are percent-decoded. The port defaults to 465 (smtps), 587 (starttls) or 25. A password without
    TLS needs `starttls=0` written out. Raises ValueError with a sentence that never quotes the password.
    """
    _check_sender(sender)
    parts = _split(url)
    starttls = _starttls(parts)
    if parts.password and parts.scheme == "smtp" and starttls is None:
        raise ValueError("SMTP_URL has a password: use smtps://, or say starttls=1 (or starttls=0 to send it openly).")
    security: Security = "tls" if parts.scheme == "smtps" else "starttls" if starttls else "plain"
    return SmtpSettings(
        host=parts.hostname or "",
        port=parts.port or {"tls": 465, "starttls": 587, "plain": 25}[security],
        sender=sender,
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _check_sender(sender: str) -> None:
    try:
        mail_address(sender)
    except MailRefused as error:
        raise ValueError(f"The sender of mails is wrong: {error}") from None


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0
    except ValueError:
        named = False
    if not named or parts.path not in ("", "/") or parts.fragment:
        raise ValueError(
            "SMTP_URL must look like smtp://user:password@host:587?starttls=1 or smtps://user:password@host."
        )
    return parts


def _starttls(parts: SplitResult) -> bool | None:
    options = parse_qs(parts.query, keep_blank_values=True)
    values = options.pop("starttls", [])
    if options or len(values) > 1 or any(value not in SWITCH for value in values):
        raise ValueError("SMTP_URL knows one option: starttls=1 or starttls=0.")
    if values and parts.scheme == "smtps":
        raise ValueError("SMTP_URL with smtps:// is encrypted from the start: leave starttls out.")
    return SWITCH[values[0]] if values else None
