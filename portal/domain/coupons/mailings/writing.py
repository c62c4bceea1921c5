"""What the worker does of mailings: it writes some mails at a time. A mail and the row that says that it was written are one
transaction, so that nobody is mailed twice, whatever ends the worker."""

from datetime import datetime, timedelta

from portal import clock
from portal.database import savepoint
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.mailings.mailings import DONE, THING
from portal.domain.coupons.mailings.tables import CouponMailing, MailedCoupon
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.mail import outbox, stops, strangers, words
from portal.domain.sentences import say
from portal.domain.turns import Pieces

AT_ONCE = 50
_PIECES = Pieces("coupon_mailing", timedelta(minutes=1))


def work_due() -> bool:
    """Some mails of the mailing whose turn it is; whether there was one. Repeated until there is none."""
    return _PIECES.work(_write_some)


def _write_some(mailing_id: int) -> None:
    mailing = CouponMailing.get_by_id(mailing_id)
    its = (MailedCoupon.mailing == mailing.id, MailedCoupon.state == "waiting")
    waiting = (
        MailedCoupon.select(MailedCoupon, Coupon).join(Coupon).where(*its).order_by(MailedCoupon.id).limit(AT_ONCE)
    )
    until = None
    for row in waiting:
        until = _write(mailing, row)
        if until is not None:
            break
    if mailing.mailed + mailing.failed < mailing.wanted:
        return _keep(mailing, due_at=until or clock.from_micros(clock.wall_micros()))
    _keep(mailing, state=DONE, due_at=None, done_at=clock.now())
    log.record(mailing.partner_id, "coupon_mailing.done", THING, mailing.uuid, {"mailed": mailing.mailed})


def _write(mailing: CouponMailing, row: MailedCoupon) -> datetime | None:
    """Write one mail, or say why it cannot be; from when on it may be where it has to wait."""
    try:
        with savepoint():
            strangers.refuse_code(row.mail)
            until = strangers.codes_wait(mailing.partner_id)
            if until is not None:
                raise _Waits(until)
            _put(mailing, row)
    except _Waits as waits:
        return waits.until
    except Refused as refused:
        _settle(row, state="failed", error=refused.sentence)
        mailing.failed += 1
    else:
        _settle(row, state="mailed", mailed_at=clock.now())
        mailing.mailed += 1
    return None


class _Waits(Exception):
    """Nothing may be written before a moment: what was counted is undone."""

    def __init__(self, until: datetime):
        super().__init__()
        self.until = until


def _put(mailing: CouponMailing, row: MailedCoupon) -> None:
    name = words.line(mailing.partner.name)
    outbox.put(
        row.mail, say("Your code from {partner}", partner=name), "coupon_code", mailing.partner_id, partner=name,
        code=row.coupon.written, quoted=words.quoted(mailing.message or ""), unsubscribe=stops.link(row.mail),
        why="_why_code", caused_by=mailing.partner_id,
    )  # fmt: skip


def _settle(row: MailedCoupon, **values) -> None:
    MailedCoupon.update(**values).where(MailedCoupon.id == row.id, MailedCoupon.state == "waiting").execute()


def _keep(mailing: CouponMailing, **values) -> None:
    kept = CouponMailing.update(mailed=mailing.mailed, failed=mailing.failed, lease_ends=None, **values)
    kept.where(CouponMailing.id == mailing.id).execute()
