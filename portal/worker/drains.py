"""The kinds of background work. Each is a value in the list, with a lane of its own: no kind waits for another."""

import logging

from portal.config import Settings
from portal.delivery import mail as post
from portal.delivery import pictures
from portal.delivery.errors import MailDeferred, MailRefused, Undelivered, Unreachable
from portal.delivery.mail_message import Mail as Letter
from portal.delivery.smtp_settings import SmtpSettings, parse_smtp_url
from portal.domain.accounts.partners import partners
from portal.domain.accounts.sign_ins import password_resets
from portal.domain.affiliate.catalogs import ties as ties
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.imports import work as import_work
from portal.domain.affiliate.notices import gathered as gathered_notices
from portal.domain.cards.asking import asking
from portal.domain.cards.companies import carried as carried
from portal.domain.cards.customers import seen
from portal.domain.cards.imports import work as card_import_work
from portal.domain.cards.moments import settling as card_settling
from portal.domain.cards.pushes import sending as push_sending
from portal.domain.cards.pushes import settling as push_settling
from portal.domain.cards.pushes import starting as push_starting
from portal.domain.cards.pushes.automatic import occasions as push_occasions
from portal.domain.cards.ties import deal_ties as deal_ties
from portal.domain.cards.wallets import changes as wallet_changes
from portal.domain.cards.wallets import holdings
from portal.domain.coupons import persons as persons
from portal.domain.coupons.batches import making as code_making
from portal.domain.coupons.imports import work as coupon_import_work
from portal.domain.coupons.mailings import writing as coupon_writing
from portal.domain.coupons.reservations import settling as reservation_settling
from portal.domain.coupons.ties import coupon_ties as coupon_ties
from portal.domain.events import ageing, chain, log
from portal.domain.feed.ties import feed_ties as feed_ties
from portal.domain.feed.ties import pools as feed_pools
from portal.domain.keeping import keeping
from portal.domain.mail import outbox
from portal.domain.mail.tables import Mail
from portal.domain.member_offers import erasing as erasing
from portal.domain.member_offers.ties import segments as segments
from portal.domain.members.sign_ins import codes as club_codes
from portal.domain.pictures import album
from portal.domain.pictures.tables import Picture
from portal.worker import lanes, posting
from portal.worker import wallets as wallet_telling
from portal.worker.lanes import Drain

_FAILED_HERE = "The portal failed at it, and the operator finds it in the log."
_logger = logging.getLogger("portal.worker")


def events(settings: Settings) -> bool:
    """Give committed events their positions, and close them in batches."""
    while log.give_positions() == log.TOGETHER:
        pass  # What is recorded meanwhile wakes the worker again; waiting for a pause, it might never close a batch.
    return bool(chain.close())


def deals(settings: Settings) -> bool:
    """Cancel some that stayed Created too long, approve some that have cleared their hold, of each partner."""
    return bool(deal_moves.settle_due())


def cards(settings: Settings) -> bool:
    """Let lots end and periods of memberships begin, some of each partner."""
    return bool(card_settling.settle_due())


def reservations(settings: Settings) -> bool:
    """Let go of some reservations whose time is over."""
    return bool(reservation_settling.expire_due())


def feed_codes(settings: Settings) -> bool:
    """Give back codes of a partner's that clicks drew and nobody used."""
    return feed_pools.settle_next()


def imports(settings: Settings) -> bool:
    """Read, check or import a file of deals for a moment, then it is the next partner's turn."""
    return import_work.work_due()


def customer_imports(settings: Settings) -> bool:
    """Read, check, import or undo a file of customers for a moment, then it is the next partner's turn."""
    return card_import_work.work_due()


def coupon_codes(settings: Settings) -> bool:
    """Make some codes of a batch, or switch some of one off or on; then it is the next partner's turn."""
    return code_making.work_due()


def coupon_imports(settings: Settings) -> bool:
    """Read, check, import or undo a file of coupons for a moment, then it is the next partner's turn."""
    return coupon_import_work.work_due()


def coupon_mailings(settings: Settings) -> bool:
    """Write some mails of a mailing of codes; then it is the next partner's turn."""
    return coupon_writing.work_due()


def automatic_pushes(settings: Settings) -> bool:
    """Look for some occasions of one automatic push; then it is the next partner's turn."""
    return push_occasions.work_due()


def pushes(settings: Settings) -> bool:
    """Begin a push, or fix some of those who get it; then it is the next partner's turn."""
    return push_starting.work_due()


def push_recipients(settings: Settings) -> bool:
    """Send some recipients of one partner what waits for them."""
    batch = push_sending.take()
    if batch is not None and batch.recipients:
        push_settling.settle(batch, posting.post(batch, settings))
        posting.breathe(batch)
    return batch is not None


def wallets(settings: Settings) -> bool:
    """Note what changed on cards in wallets, and tell some of one partner's there."""
    noted, batch = wallet_changes.note(), holdings.take()
    if batch is not None:
        wallet_telling.tell(batch, settings)
    return noted or batch is not None


def _wallets_soon() -> bool:
    return wallet_changes.is_behind() or holdings.is_any_soon()


def notices(settings: Settings) -> bool:
    """Write the mails about what was gathered long enough."""
    return bool(gathered_notices.tell_due())


def links(settings: Settings) -> bool:
    """Mail some of the links that were asked for, to whoever has the address; those of cards and codes of clubs as well."""
    return bool(password_resets.answer_asked() + asking.answer_asked() + club_codes.answer_asked())


def mail(settings: Settings) -> bool:
    """Send the next mail of the outbox; without a server, leave it for the operator to read."""
    waiting = outbox.take_due()
    if waiting is not None:
        _send(waiting, settings)
    return waiting is not None


def fetch_picture(settings: Settings) -> bool:
    """Fetch the next picture that was named by URL."""
    picture = album.take_due()
    if picture is not None:
        _fetch(picture, settings.allow_private_addresses)
    return picture is not None


def tidy(settings: Settings) -> bool:
    """Remove some of what is kept for a while only, and note of some customers that they were here."""
    return bool(keeping.forget_old()) or ageing.drop_old(settings.event_days) or bool(seen.catch_up())


DRAINS = (
    Drain("events", events, by_events=True),
    Drain("deals", deals),
    Drain("cards", cards),
    Drain("reservations", reservations),
    Drain("imports", imports, looks_again=import_work.DEALS.leases.is_any_held),
    Drain("customer imports", customer_imports, looks_again=card_import_work.CUSTOMERS.leases.is_any_held),
    Drain("coupon codes", coupon_codes),
    Drain("coupon imports", coupon_imports, looks_again=coupon_import_work.COUPONS.leases.is_any_held),
    Drain("coupon mailings", coupon_mailings),
    Drain("feed codes", feed_codes),
    Drain("automatic pushes", automatic_pushes),
    Drain("pushes", pushes, by_events=True, looks_again=push_starting.is_any_soon),
    Drain("push recipients", push_recipients, hands=6, by_events=True, looks_again=push_sending.is_any_soon),
    Drain("wallets", wallets, hands=3, by_events=True, looks_again=_wallets_soon),
    Drain("notices", notices),
    Drain("links", links, by_events=True),
    Drain("mail", mail, hands=6, by_events=True),
    Drain("pictures", fetch_picture, hands=6, by_events=True),
    Drain("housekeeping", tidy),
)


def run(name: str, settings: Settings) -> None:
    """Do all that is due of one kind, here and now."""
    lanes.run(next(drain for drain in DRAINS if drain.name == name), settings)


def _send(waiting: Mail, settings: Settings) -> None:
    if not settings.smtp_url or partners.is_test(waiting.partner_id):
        return outbox.kept(waiting)
    try:
        _post(waiting, parse_smtp_url(settings.smtp_url, sender=settings.mail_from))
    except MailRefused as error:
        outbox.refused(waiting, str(error))
    except MailDeferred as error:
        outbox.deferred(waiting, str(error))
    except Exception as error:
        _logger.exception("the mail %s could not be sent: %s", waiting.uuid, error)
        outbox.deferred(waiting, _FAILED_HERE)
    else:
        outbox.sent(waiting)


def _post(waiting: Mail, smtp: SmtpSettings) -> None:
    post.send(Letter(waiting.uuid, waiting.to, waiting.subject, waiting.text, _headers(waiting)), smtp)


def _headers(waiting: Mail) -> dict[str, str]:
    """How a mail program ends mails of this kind with one click (RFC 8058)."""
    if not waiting.unsubscribe:
        return {}
    return {"List-Unsubscribe": f"<{waiting.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _fetch(picture: Picture, allow_private: bool) -> None:
    if partners.is_test(picture.partner_id):
        return album.failed(picture, "Test mode fetches nothing.", for_good=True)
    try:
        found = pictures.fetch(picture.source_url or "", allow_private=allow_private)
    except Undelivered as error:
        album.failed(picture, str(error), for_good=not isinstance(error, Unreachable))
    except Exception as error:
        _logger.exception("the picture %d could not be fetched: %s", picture.id, error)
        album.failed(picture, _FAILED_HERE, for_good=False)
    else:
        album.fetched(picture, found.body, found.content_type, found.width, found.height)
