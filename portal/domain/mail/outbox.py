"""The outbox: mails are rows, written with the fact they tell of, and sent by the worker."""

import re
from datetime import timedelta
from pathlib import Path
from string import Template

from portal import clock
from portal.database import after_commit, transaction
from portal.domain.events import log
from portal.domain.identifiers import new_uuid
from portal.domain.mail import words
from portal.domain.mail.tables import Mail

MOST_ATTEMPTS = 8
_LONGEST_SUBJECT = 255
_LEASE = timedelta(minutes=2)
_TEXTS = Path(__file__).parent / "texts"
# What stands for these in a text was made here; everything else somebody may have typed.
_OUR_ADDRESSES = frozenset({"link", "reset", "settings", "unsubscribe", "listed"})
_NAMES = frozenset({"name", "person", "partner", "promoter", "merchant", "inviter", "owner", "title"})
_KEY = re.compile(r"(/(?:password-reset|invitation)/)\w+")


def put(
    to: str, subject: str, text: str, partner_id: int | None = None, *, unsubscribe: str | None = None, **values
) -> Mail:
    """Write a mail from one of the texts beside this module into the running transaction.

    With a link that ends mails of its kind it says at its end why it was sent.
    """
    body = _text(text, values)
    if unsubscribe:
        body += _text("_why", {**values, "unsubscribe": unsubscribe})
    after_commit(log.tell)
    return Mail.create(
        uuid=new_uuid(), partner=partner_id, to=to, subject=words.unlinked(subject)[:_LONGEST_SUBJECT],
        text=body, unsubscribe=unsubscribe, due_at=clock.now(),
    )  # fmt: skip


def take_due(most: int = 20) -> list[Mail]:
    """Mails to send now, leased for two minutes: a worker that dies leaves them to the next."""
    due = Mail.select().where(Mail.due_at <= clock.now()).order_by(Mail.due_at).limit(most)
    with transaction():
        return [mail for mail in due if _lease(mail)]


def sent(mail: Mail) -> None:
    """The server took it. Keys of links that let somebody in are not kept: whoever reads old mails must not use them."""
    _settle(mail, state="sent", text=_KEY.sub(r"\1…", mail.text), sent_at=clock.now(), due_at=None)


def kept(mail: Mail) -> None:
    """No server is set up: the operator reads it in the portal."""
    _settle(mail, state="kept", due_at=None)


def refused(mail: Mail, why: str) -> None:
    """The server will never take it."""
    _settle(mail, state="failed", error=why[:500], due_at=None)


def deferred(mail: Mail, why: str) -> None:
    """The server could not take it now: again later, ever more patiently, and given up after eight tries."""
    if mail.attempts + 1 >= MOST_ATTEMPTS:
        return refused(mail, why)
    _settle(mail, error=why[:500], due_at=clock.now() + timedelta(minutes=2 ** (mail.attempts + 1)))


def _lease(mail: Mail) -> int:
    leased = Mail.update(due_at=clock.now() + _LEASE, attempts=Mail.attempts + 1)
    return leased.where(Mail.id == mail.id, Mail.due_at == mail.due_at).execute()


def _text(name: str, values: dict) -> str:
    written = {place: _written(place, value) for place, value in values.items()}
    return Template((_TEXTS / f"{name}.txt").read_text()).substitute(written)


def _written(place: str, value) -> str:
    if place in _OUR_ADDRESSES:
        return value
    return words.unlinked(words.line(value) if place in _NAMES else str(value))


def _settle(mail: Mail, **values) -> None:
    with transaction():
        Mail.update(**values).where(Mail.id == mail.id).execute()
