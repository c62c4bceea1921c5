"""Paying promoters: a run that records payouts to those who were chosen, and taking back what never arrived."""

from collections.abc import Iterable
from typing import NamedTuple

from peewee import fn

from portal import clock
from portal.database import Statement, after_commit, savepoint, transaction
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.ledger import book
from portal.domain.affiliate.notices import notices
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.affiliate.payouts import items, ready
from portal.domain.affiliate.payouts.payables import Payable, hindrance, preview
from portal.domain.affiliate.payouts.tables import Payout, PayoutRun
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import few, joined, say
from portal.domain.values import Wrong, required_text

# Not FOR UPDATE: deals that are reported meanwhile refer to the merchant's row.
_LOCK_MERCHANT = Statement("SELECT id FROM partner WHERE id = :merchant", lock="FOR NO KEY UPDATE")
_CHANGED = say("It changed at this very moment. Look at the list again.")
_PARTLY = say(
    "A part of it is recorded; the rest changed at this very moment, and is due still. Look at the list again."
)
_TOLD = 5
_reason = required_text(500)


class LeftOut(NamedTuple):
    """Who was chosen and not paid, and why with what would mend it. `promoter` is None when nothing is open
    for it, and nothing was ever paid to it."""

    promoter_id: int
    promoter: str | None
    currency: str
    sentence: str

    @property
    def said(self) -> str:
        """All of it, in one sentence."""
        promoter = self.promoter[:80] if self.promoter else say("One promoter")
        return say("{promoter} ({currency}): {why}", promoter=promoter, currency=self.currency, why=self.sentence)


class _Changed(Exception):
    """What was claimed is not what was seen."""


def run(merchant_id: int, chosen: Iterable[tuple[int, str, int]]) -> tuple[PayoutRun, list[LeftOut]]:
    """Record a payout to each (promoter id, currency, the sum that was seen, in minor units) of all that is open, and who was
    left out. `sending` tells when it was sent.

    What was seen is what is paid: a promoter whose sum has changed since is left out, as is one below zero or below its
    own minimum. Each payout is a short transaction of its own, and who has very many deals gets several, so that a large
    run holds nobody up; one that is cut short leaves the rest open. Raises Refused when nobody is left to pay; then
    nothing is written.
    """
    lines = {(line.promoter_id, line.currency): line for line in preview(merchant_id)}
    made, left_out = None, []
    for promoter_id, currency, seen in dict.fromkeys(chosen):
        line = lines.get((promoter_id, currency))
        why = hindrance(line, currency, seen)
        if line and why is None:
            made, why = _paid(merchant_id, line, made)
        if why:
            left_out.append(
                LeftOut(promoter_id, line.promoter, currency, why)
                if line
                else _nothing_due(merchant_id, promoter_id, currency, why)
            )
    if made is None:
        raise _nobody(left_out)
    return made, left_out


def _nothing_due(merchant_id: int, promoter_id: int, currency: str, why: str) -> LeftOut:
    """Whoever sends the same run again reads which payout has paid it."""
    theirs = Payout.select(Payout, Partner.name).join(Partner, on=(Partner.id == Payout.promoter))
    its = (Payout.merchant == merchant_id, Payout.promoter == promoter_id, Payout.currency == currency)
    last = theirs.where(*its).order_by(Payout.id.desc()).first()
    if last is None:
        return LeftOut(promoter_id, None, currency, why)
    if last.reversed_at is None:
        why = say("Payout {number} has paid it. Nothing more is due.", number=last.number)
    return LeftOut(promoter_id, last.promoter.name, currency, why)


def take_back(merchant_id: int, uuid: str, reason: str) -> None:
    """A payout was not sent, or never arrived: what it pays is due again, and its items are open for the next run.

    The payout stays with its items, marked. Raises NotFound, Invalid without a reason, Refused when it was taken back.
    """
    try:
        said = _reason(reason)
    except Wrong as wrong:
        raise Invalid("reason", str(wrong)) from None
    with transaction():
        lock_merchant(merchant_id)  # A run must not claim what is being opened again.
        payout = _taken_back(merchant_id, uuid.lower(), said)
        items.reopen(payout.id)
        book.take_back(payout.id, payout.promoter_id, payout.currency, payout.amount)
        tell("payout.taken_back", payout)
        if payout.sent_at:  # Of one that never left, nobody was told that it came.
            notices.tell_of_payout_taken_back(payout)


def _taken_back(merchant_id: int, uuid: str, reason: str) -> Payout:
    taken = Payout.update(reversed_at=clock.now(), reason=reason).where(
        Payout.uuid == uuid, Payout.merchant == merchant_id, Payout.reversed_at.is_null()
    )
    payout = next(iter(list(taken.returning(Payout).execute())), None)
    if payout is None:
        raise _not_taken_back(merchant_id, uuid)
    return payout


def _paid(merchant_id: int, line: Payable, made: PayoutRun | None) -> tuple[PayoutRun | None, str | None]:
    """Pay the line, into the run or a new one, which is returned; and why not all of it was paid."""
    paid = 0
    while paid < line.amount:
        done = _pay_some(merchant_id, line, made, paid)
        if done is None:
            return made, _PARTLY if paid else _CHANGED
        made, paid = done
    return made, None


def _pay_some(merchant_id: int, line: Payable, made: PayoutRun | None, paid: int) -> tuple[PayoutRun, int] | None:
    """Write one payout; the run, and what is paid of the line by then. None when what is open is not what was seen."""
    try:
        with transaction():
            lock_merchant(merchant_id)  # Numbers have no gaps.
            with savepoint():
                made = made or PayoutRun.create(merchant=merchant_id, actor=log.actor())
                payout = _write(made, line)
                # A deal may be approved or canceled between reading and claiming: what was claimed decides.
                amount = items.claim(payout.id, merchant_id, line.promoter_id, line.currency)
                rest = line.amount - paid - amount
                if rest < 0 or (rest and rest != items.left(merchant_id, line.promoter_id, line.currency)):
                    raise _Changed
                _post(payout, amount)
    except _Changed:
        return None
    return made, paid + amount


def _post(payout: Payout, amount: int) -> None:
    """The payout is of this sum: book it, and write it into both logs."""
    payout.amount = amount
    Payout.update(amount=amount).where(Payout.id == payout.id).execute()
    book.pay_out(payout.id, payout.promoter_id, payout.currency, amount)
    tell("payout.made", payout)


def _write(made: PayoutRun, line: Payable) -> Payout:
    return Payout.create(
        run=made,
        merchant=made.merchant_id,
        promoter=line.promoter_id,
        number=_last_number(made.merchant_id) + 1,
        currency=line.currency,
        amount=line.amount,
        details=payout_details.as_sent(payout_details.of(line.promoter_id)),
        at=made.at,
    )


def _last_number(merchant_id: int) -> int:
    return Payout.select(fn.COALESCE(fn.MAX(Payout.number), 0)).where(Payout.merchant == merchant_id).scalar()


def lock_merchant(merchant_id: int) -> None:
    """Payouts of a merchant are written one after the other: until the transaction ends, no other is made, sent or taken back."""
    _LOCK_MERCHANT.row(merchant=merchant_id)


def tell(fact: str, payout: Payout, more: dict | None = None) -> None:
    """Both sides have it in their log; a merchant that promotes its own catalog once."""
    after_commit(ready.forget)
    sides = (payout.merchant_id, payout.promoter_id)
    log.record_for_both(sides, fact, "payout", payout.uuid, {"number": payout.number, **(more or {})})


def _nobody(left_out: list[LeftOut]) -> Refused:
    if not left_out:
        return Refused(say("Nobody was chosen. Choose at least one promoter to pay."), field="chosen")
    told = few([one.said for one in left_out], _TOLD)
    return Refused(joined([say("Nothing was recorded."), *told]), field="chosen")


def _not_taken_back(merchant_id: int, uuid: str) -> NotFound | Refused:
    if Payout.get_or_none(Payout.uuid == uuid, Payout.merchant == merchant_id):
        return Refused(say("This payout was taken back already; what it pays is due again, for the next run."))
    return NotFound(say("payout"))
