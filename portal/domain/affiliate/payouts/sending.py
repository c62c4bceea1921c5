"""From a recorded payout to one that was sent: the file for the bank is taken, and the merchant says what left its account.

Nothing says that a promoter was paid before. The ledger has settled what is due when the payout is recorded.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import transaction
from portal.domain import values
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.notices import notices
from portal.domain.affiliate.payouts.payouts import tell
from portal.domain.affiliate.payouts.tables import Payout, PayoutRun
from portal.domain.errors import NotFound, Refused
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked

LONGEST_REFERENCE = 120
EARLIEST = 366  # days back that money can have been sent: more is a slip of the pen
_NOON = time(12)  # The day is meant, wherever its reader is.


def take_file(merchant_id: int, run_uuid: str) -> None:
    """The run's file for the bank is taken; the first time is kept."""
    run = (PayoutRun.uuid == run_uuid.lower()) & (PayoutRun.merchant == merchant_id)
    PayoutRun.update(file_taken_at=clock.now()).where(run, PayoutRun.file_taken_at.is_null()).execute()


def mark_sent(merchant_id: int, uuid: str, day: date | None = None, reference: str | None = None) -> Payout:
    """The payout was sent on the day, where the merchant is (today without one), perhaps with the bank's reference.

    The promoter is told by mail. Raises NotFound, Invalid with every wrong field, Refused when it was sent or taken back.
    """
    marked = _mark(merchant_id, uuid.lower(), _taken(merchant_id, day, reference))
    if marked is None:
        raise _not_marked(merchant_id, uuid.lower())
    return marked


def mark_run_sent(merchant_id: int, run_uuid: str, day: date | None = None, reference: str | None = None) -> int:
    """The same for all of a run that is not sent or taken back: how many. Each is a short transaction of its own.

    Raises NotFound, Invalid with every wrong field, Refused when none is left.
    """
    run = PayoutRun.get_or_none(PayoutRun.uuid == run_uuid.lower(), PayoutRun.merchant == merchant_id)
    if run is None:
        raise NotFound(say("payout run"))
    sent = _taken(merchant_id, day, reference)
    unsent = Payout.select(Payout.uuid).where(Payout.run == run, _may_be_sent()).order_by(Payout.id)
    marked = [_mark(merchant_id, payout.uuid, sent) for payout in list(unsent)]
    if not any(marked):
        raise Refused(say("Nothing of this run is left to send: each payout was marked as sent, or taken back."))
    return sum(one is not None for one in marked)


def _taken(merchant_id: int, day: date | None, reference: str | None) -> dict:
    """The moment and the reference as they are stored. Raises Invalid with every wrong field."""
    today = clock.now().astimezone(ZoneInfo(Partner.get_by_id(merchant_id).time_zone))
    checks = {"day": lambda value: _moment(value, today), "reference": values.optional_name(LONGEST_REFERENCE)}
    taken = checked({"day": day, "reference": reference}, checks)
    return {"sent_at": taken["day"], "reference": taken["reference"]}


def _moment(day: date | None, now: datetime) -> datetime:
    """Now for today, else noon of the day where the merchant is."""
    if day is None or day == now.date():
        return now
    if day > now.date():
        raise Wrong(say("Choose today or a day before: a payout is sent once the money has left."))
    if (now.date() - day).days > EARLIEST:
        raise Wrong(say("Choose a day of the last twelve months."))
    return datetime.combine(day, _NOON, now.tzinfo)


def _may_be_sent():
    return Payout.sent_at.is_null() & Payout.reversed_at.is_null()


def _mark(merchant_id: int, uuid: str, sent: dict) -> Payout | None:
    with transaction():
        own = Payout.update(sent).where(Payout.uuid == uuid, Payout.merchant == merchant_id, _may_be_sent())
        payout = next(iter(list(own.returning(Payout).execute())), None)
        if payout:
            tell("payout.sent", payout)
            notices.tell_of_payout(payout)
        return payout


def _not_marked(merchant_id: int, uuid: str) -> NotFound | Refused:
    payout = Payout.get_or_none(Payout.uuid == uuid, Payout.merchant == merchant_id)
    if payout is None:
        return NotFound(say("payout"))
    if payout.reversed_at:
        return Refused(say("This payout was taken back: there is nothing to send. What it pays is due again."))
    return Refused(say("This payout was marked as sent already. If the money never arrived, take it back."))
