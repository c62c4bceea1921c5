"""Sending a mail, to one person at a time, through the portal's own mail server."""

import smtplib
from contextlib import suppress
from email.message import EmailMessage

from portal.delivery.errors import MailDeferred, MailRefused, Undelivered
from portal.delivery.mail_message import Mail, compose, mail_address
from portal.delivery.smtp_connection import Conversation
from portal.delivery.smtp_settings import SmtpSettings

# Asking for a sign-in or for TLS says something of the settings, nothing of the mail (RFC 4954, RFC 3207).
OF_THE_SETTINGS = (530, 534, 535, 538)


def send(message: Mail, smtp: SmtpSettings) -> str:
    """Hands the mail to the server and returns its Message-ID; each step waits `smtp.timeout` seconds at most, all of them
    `smtp.whole`.

    Raises MailRefused when this mail will never be taken (5xx of RFC 5321; an impossible address or header), and
    MailDeferred when it may be later, which includes every fault of the connection, the sign-in and the settings.
    """
    written = compose(message, smtp.sender)
    connection = _open(smtp)
    try:
        _sign_in(connection, smtp)
        _hand_over(connection, written, [mail_address(text).addr_spec for text in (smtp.sender, message.to)])
    finally:
        # Once accepted it is sent: a good-bye that fails must not make it go out twice.
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()
    return str(written["Message-ID"])


def _open(smtp: SmtpSettings) -> Conversation:
    try:
        return Conversation(smtp)
    except (smtplib.SMTPException, OSError) as error:
        raise MailDeferred(f"The mail server {smtp.host} cannot be reached: {_words(error)}") from error


def _sign_in(connection: Conversation, smtp: SmtpSettings) -> None:
    try:
        if smtp.security == "starttls":
            connection.encrypt()
        connection.ehlo_or_helo_if_needed()
        if smtp.user:
            connection.login(smtp.user, smtp.password)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise MailDeferred(f"The mail server {smtp.host} does not let the portal in: {_words(error)}") from error


def _hand_over(connection: Conversation, written: EmailMessage, parties: list[str]) -> None:
    sender, recipient = parties
    try:
        connection.sendmail(sender, [recipient], written.as_bytes())
    except smtplib.SMTPRecipientsRefused as error:
        raise _verdict(*error.recipients[recipient]) from error
    except smtplib.SMTPResponseException as error:
        raise _verdict(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailDeferred(f"The mail server broke off: {_words(error)}") from error


def _verdict(code: int, reason: bytes | str) -> Undelivered:
    said = f"{code} {_text(reason)}"
    if code >= 500 and code not in OF_THE_SETTINGS:
        return MailRefused(f"The mail server refused the mail: {said}")
    return MailDeferred(f"The mail server did not take the mail for now: {said}")


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(reason: bytes | str) -> str:
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
