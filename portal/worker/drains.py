"""The drains: each does what is due of one kind until nothing is left. Rows carry leases, so any number may run at once."""

import logging
from collections.abc import Callable
from threading import Lock

from portal import clock
from portal.config import Settings
from portal.database import LOST, mend_connection
from portal.delivery import mail as post
from portal.delivery import pictures
from portal.delivery.errors import MailDeferred, MailRefused, Undelivered, Unreachable
from portal.delivery.mail_message import Mail as Letter
from portal.delivery.smtp_settings import SmtpSettings, parse_smtp_url
from portal.domain import keeping
from portal.domain.accounts.partners import partners
from portal.domain.affiliate.catalogs import ties as ties
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.imports import leases as import_leases
from portal.domain.affiliate.imports import work as import_work
from portal.domain.affiliate.notices import gathered as gathered_notices
from portal.domain.events import ageing, chain, log
from portal.domain.mail import outbox
from portal.domain.mail.tables import Mail
from portal.domain.pictures import album
from portal.domain.pictures.tables import Picture

_logger = logging.getLogger("portal.worker")
_importing = Lock()


def events(settings: Settings) -> None:
    """Give committed events their positions, and close them in batches."""
    while log.give_positions() == log.TOGETHER:
        pass  # What is recorded meanwhile wakes the worker again; waiting for a pause, it might never close a batch.
    while chain.close():
        pass


def deals(settings: Settings) -> None:
    """Cancel what stayed Created too long, approve what has cleared its hold."""
    while deal_moves.settle_due():
        pass


def imports(settings: Settings) -> bool:
    """Read, check and import files of deals, on one thread alone: whatever else is due must not wait for them.

    Asks for another look while one is under a lease: its worker may be dead.
    """
    if not _importing.acquire(blocking=False):
        return False
    try:
        while import_work.work_due():
            pass
    finally:
        _importing.release()
    return import_leases.is_any_held()


def notices(settings: Settings) -> None:
    """Write the mails about what was gathered long enough."""
    while gathered_notices.tell_due():
        pass


def mail(settings: Settings) -> None:
    """Send what waits in the outbox; without a server, leave it for the operator to read."""
    smtp = parse_smtp_url(settings.smtp_url, sender=settings.mail_from) if settings.smtp_url else None
    # One at a time: a slow server must not outlast the lease of the rest.
    while taken := outbox.take_due(1):
        for waiting in taken:
            _send(waiting, smtp)


def fetch_pictures(settings: Settings) -> None:
    """Fetch the pictures that were named by URL."""
    while taken := album.take_due(5):
        for picture in taken:
            _fetch(picture, settings.allow_private_addresses)


def tidy(settings: Settings) -> None:
    """Remove what is kept for a while only."""
    while keeping.forget_old():
        pass
    while ageing.drop_old(settings.event_days):
        pass


DRAINS: dict[str, Callable[[Settings], bool | None]] = {
    "events": events,
    "deals": deals,
    "imports": imports,
    "notices": notices,
    "mail": mail,
    "pictures": fetch_pictures,
    "housekeeping": tidy,
}


def run(name: str, settings: Settings) -> bool:
    """Drain by name, as the system and on the wall's clock; whether it asks to be run again soon.

    What fails is logged, and left to the next run.
    """
    clock.use(0)
    log.acting_as(log.SYSTEM)
    try:
        return bool(_with_live_connection(DRAINS[name], settings))
    except Exception as error:
        _logger.exception("draining %s failed and is tried again within a minute: %s", name, error)
        mend_connection()  # Whatever state it is in, the next run starts afresh.
        return False


def _with_live_connection(drain: Callable[[Settings], bool | None], settings: Settings) -> bool | None:
    """The connection may have died since the last run: then a second try has another, and nobody waits for the schedule."""
    try:
        return drain(settings)
    except LOST:
        mend_connection()
        return drain(settings)


def _send(waiting: Mail, smtp: SmtpSettings | None) -> None:
    if smtp is None or partners.is_test(waiting.partner_id):
        return outbox.kept(waiting)
    try:
        post.send(Letter(waiting.uuid, waiting.to, waiting.subject, waiting.text, _headers(waiting)), smtp)
    except MailRefused as error:
        outbox.refused(waiting, str(error))
    except MailDeferred as error:
        outbox.deferred(waiting, str(error))
    else:
        outbox.sent(waiting)


def _headers(waiting: Mail) -> dict[str, str]:
    """How a mail program ends mails of this kind with one click (RFC 8058)."""
    if not waiting.unsubscribe:
        return {}
    return {"List-Unsubscribe": f"<{waiting.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _fetch(picture: Picture, allow_private: bool) -> None:
    if partners.is_test(picture.partner_id):
        return album.failed(picture, "Test mode fetches nothing.", for_good=True)
    try:
        found = pictures.fetch(picture.source_url, allow_private=allow_private)
    except Undelivered as error:
        album.failed(picture, str(error), for_good=not isinstance(error, Unreachable))
    else:
        album.fetched(picture, found.body, found.content_type, found.width, found.height)
