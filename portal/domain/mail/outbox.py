"""The outbox: mails are rows, written with the fact they tell of, and sent by the worker."""

import re
from datetime import timedelta
from zlib import crc32

from portal import clock
from portal.database import Statement, after_commit, transaction
from portal.domain.accounts import languages
from portal.domain.events import log
from portal.domain.identifiers import new_uuid
from portal.domain.mail import written
from portal.domain.mail.tables import Mail
from portal.domain.turns import Leases

MOST_ATTEMPTS = 8
_LONGEST_SUBJECT = 255
AT_ONCE = 2  # of those that one partner causes
_LEASES = Leases("mail", "share", AT_ONCE, timedelta(minutes=2))
_FORGET = Statement(
    """DELETE FROM mail WHERE partner_id = :partner AND "to" = :to AND NOT EXISTS (SELECT 1 FROM person WHERE mail = :to)"""
)
_KEY = re.compile(r"(/(?:password-reset|address-proof|invitation|sign-up/confirmation|c/asked|c)/)[\w-]+")
_CODE = re.compile(r"^\d{4} \d{4}$", re.MULTILINE)


def put(
    to: str,
    subject: str,
    text: str,
    partner_id: int | None = None,
    *,
    unsubscribe: str | None = None,
    caused_by: int | None = None,
    why: str = "_why",
    language: str | None = None,
    **values,
) -> Mail:
    """Write a mail from one of the texts beside this module into the running transaction, in its receiver's language.

    With a link that ends mails of its kind it says at its end why it was sent, which is the text `why`. It takes its turn
    among those of the partner that acts, or that caused it, so that no number of them delays another's. `language` is that
    of a receiver who is nobody yet.
    """
    language = language or languages.of_receiver(to, partner_id)
    body = written.text(text, values, language)
    if unsubscribe:
        body += written.text(why, {**values, "unsubscribe": unsubscribe}, language)
    after_commit(log.tell)
    return Mail.create(
        uuid=new_uuid(), partner=partner_id, to=to, subject=written.subject(subject, language)[:_LONGEST_SUBJECT],
        text=body, unsubscribe=unsubscribe, due_at=clock.wall_micros(),
        share=caused_by or log.acting_for() or partner_id or _of_nobody(to),
    )  # fmt: skip


def take_due() -> Mail | None:
    """The mail to send now, leased for two minutes: partners take turns. None when there is none."""
    while taken := _LEASES.take():
        mail = Mail.get_by_id(taken)
        if mail.attempts <= MOST_ATTEMPTS:
            return mail
        refused(mail, "Whoever sent it was ended each time.")
    return None


def sent(mail: Mail) -> None:
    """The server took it. Codes, and keys of links, that let somebody in are not kept: whoever reads old mails must not use them."""
    _settle(mail, state="sent", text=_CODE.sub("…", _KEY.sub(r"\1…", mail.text)), sent_at=clock.now(), due_at=None)


def kept(mail: Mail) -> None:
    """No server is set up: the operator reads it in the portal."""
    _settle(mail, state="kept", due_at=None)


def refused(mail: Mail, why: str) -> None:
    """The server will never take it."""
    _settle(mail, state="failed", error=why[:500], due_at=None)


def deferred(mail: Mail, why: str) -> None:
    """The server could not take it now: again later, ever more patiently, and given up after eight tries."""
    if mail.attempts >= MOST_ATTEMPTS:
        return refused(mail, why)
    _settle(mail, error=why[:500], due_at=clock.now() + timedelta(minutes=2**mail.attempts))


def forget(partner_id: int, to: str) -> None:
    """In the transaction that erases a customer of a partner's: none of its mails to them is left, nor sent. Who signs in to the portal
    with that address keeps theirs."""
    _FORGET.run(partner=partner_id, to=to)


def _of_nobody(to: str) -> int:
    """The turn of a mail that no partner caused: those to one house take it together, below zero."""
    return -1 - crc32(to.rpartition("@")[2].lower().encode())


def _settle(mail: Mail, **values) -> None:
    """What became of it, unless the lease went to another worker meanwhile."""
    settled = Mail.update(lease_ends=None, **values)
    with transaction():
        settled.where(Mail.id == mail.id, Mail.lease_ends == mail.lease_ends).execute()
