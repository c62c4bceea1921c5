"""Mailing codes to a list of addresses: each address gets one code, and each code goes to one address, ever.

Who gets which code is settled when the mailing is begun; the worker writes the mails (writing), within the bounds that protect
strangers (`domain/mail/strangers.py`).
"""

from functools import cache
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.coupons import unhanded
from portal.domain.coupons.mailings import addresses as lists_of_addresses
from portal.domain.coupons.mailings.tables import CouponMailing, MailedCoupon
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.mail import strangers
from portal.domain.mail.words import LONGEST_TEXT
from portal.domain.sentences import say
from portal.domain.values import Check, Wrong, checked, required_text

THING = "coupon_mailing"


def _message(value: str) -> str:
    text = value.strip()
    if len(text) > LONGEST_TEXT:
        raise Wrong(say("Write at most {most} letters.", most=LONGEST_TEXT))
    return text


FIELDS: dict[str, Check] = {"name": required_text(255), "message": _message}
MAILING, DONE, CANCELED = "mailing", "done", "canceled"
_AT_ONCE = 500
# Each by its own index, in the order that it has: by the partner every coupon there is would be looked through.
_FROM = {
    "batch": ("coupon c WHERE c.batch_id = :source", "c.id"),
    "tag": ("tagged_coupon l JOIN coupon c ON c.id = l.coupon_id WHERE l.tag_id = :source", "l.coupon_id"),
}
_HOLD = {"batch": unhanded.hold_batch, "tag": unhanded.hold_batches_of_tag}
_ASSIGNED = """EXISTS (SELECT 1 FROM coupon_offer o JOIN coupon_assignment a ON a.id = o.assignment_id
    WHERE o.coupon_id = c.id AND a.ended_at IS NULL)"""
_LOOKED_AT = 2 * lists_of_addresses.MOST  # of the newest: the oldest are mailed first


class Source(NamedTuple):
    """Where codes are taken from: a "batch" or a "tag", by its id."""

    kind: str
    id: int


class Free(NamedTuple):
    """How many codes can be mailed, of those that were `looked_at`; `assigned` of them are for something."""

    codes: int
    assigned: int
    looked_at: int

    @property
    def is_all(self) -> bool:
        """Whether the source has no others."""
        return self.looked_at < _LOOKED_AT


@cache
def _take(kind: str, free: str) -> Statement:
    found, oldest = _FROM[kind]
    return Statement(f"SELECT c.id FROM {found} AND {free} ORDER BY {oldest} LIMIT :most", lock="FOR UPDATE OF c")


@cache
def _count(kind: str, free: str) -> Statement[Free]:
    found, newest = _FROM[kind]
    return Statement(
        f"""SELECT COUNT(CASE WHEN {free} THEN 1 END) AS codes, COUNT(CASE WHEN {free} AND {_ASSIGNED} THEN 1 END) AS assigned,
        COUNT(*) AS looked_at FROM (
        SELECT c.id, c.partner_id, c.batch_id, c.ended_at, c.uses, c.member_id FROM {found} ORDER BY {newest} DESC LIMIT :most) c""",
        row=Free,
    )


def free(partner_id: int, source: Source) -> Free:
    """How many codes of it can be mailed: nobody has them. Of a large source the newest are looked at."""
    return _count(source.kind, unhanded.condition()).rows(partner=partner_id, source=source.id, most=_LOOKED_AT)[0]


def start(partner_id: int, name: str, addresses: str, source: Source, message: str = "") -> CouponMailing:
    """Mail each address a code of the source, in the name of whoever acts. Raises Invalid; Refused for whoever may write to no
    strangers yet."""
    taken = checked({"name": name, "message": message}, FIELDS)
    mails = lists_of_addresses.read(addresses)
    strangers.refuse_unproved_writer()
    if Partner.get_by_id(partner_id).confirmed_at is None:
        raise Refused(
            say("The operator has to confirm you before you mail codes: the portal writes to people who did not ask.")
        )
    with transaction():
        partners.hold(partner_id)  # Of two mailings at once the second sees which codes the first took.
        _HOLD[source.kind](source.id)
        codes = _take(source.kind, unhanded.condition()).values(partner=partner_id, source=source.id, most=len(mails))
        _refuse_too_few(len(codes), len(mails))
        mailing = CouponMailing.create(
            partner=partner_id, name=taken["name"], message=taken["message"] or None, wanted=len(mails), made_by=log.actor(),
            due_at=clock.from_micros(clock.wall_micros()),
        )  # fmt: skip
        rows = [{"mailing": mailing.id, "mail": mail, "coupon": code} for mail, code in zip(mails, codes, strict=True)]
        for first in range(0, len(rows), _AT_ONCE):
            MailedCoupon.insert_many(rows[first : first + _AT_ONCE]).execute()
        log.record(
            partner_id, "coupon_mailing.begun", THING, mailing.uuid, {"name": taken["name"], "wanted": len(mails)}
        )
    return mailing


def find(partner_id: int, uuid: str) -> CouponMailing:
    """The partner's mailing. Raises NotFound."""
    mailing = CouponMailing.get_or_none(CouponMailing.partner == partner_id, CouponMailing.uuid == uuid)
    if mailing is None:
        raise NotFound(say("mailing of codes"))
    return mailing


def cancel(partner_id: int, uuid: str) -> CouponMailing:
    """Write no more of its mails; those who have got a code keep it. Raises NotFound, Refused once it has ended."""
    mailing = find(partner_id, uuid)
    canceled = CouponMailing.update(state=CANCELED, due_at=None, done_at=clock.now())
    with transaction():
        if not canceled.where(CouponMailing.id == mailing.id, CouponMailing.state == MAILING).execute():
            raise Refused(say("This mailing has ended already."))
        its = (MailedCoupon.mailing == mailing.id, MailedCoupon.state == "waiting")
        MailedCoupon.delete().where(*its).execute()  # Nobody has these codes: they are free again.
        log.record(partner_id, "coupon_mailing.canceled", THING, uuid, {"mailed": find(partner_id, uuid).mailed})
    return find(partner_id, uuid)


def _refuse_too_few(codes: int, mails: int) -> None:
    if codes < mails:
        sentence = say(
            "Addresses: {mails}. Codes that can be mailed, being on, unused and never mailed before: {codes}. Make more codes, or "
            "shorten the list.",
            codes=f"{codes:,}", mails=f"{mails:,}",
        )  # fmt: skip
        raise Invalid("source", sentence)
