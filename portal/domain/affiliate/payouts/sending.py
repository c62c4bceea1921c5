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
from portal.domain.affiliate.payouts.payouts import lock_merchant, tell
from portal.domain.affiliate.payouts.tables import Payout, PayoutRun
from portal.domain.errors import NotFound, Refused
from portal.domain.identifiers import digest
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked

REFERENCE = values.optional_name(120)
EARLIEST = 366  # days back that money can have been sent: more is a slip of the pen
MOST_MARKED = 100  # at once: on SQLite other writers wait meanwhile
_NOON = time(12)  # The day is meant, wherever its reader is.


def take_file(merchant_id: int, run_uuid: str) -> None:
    """The run's file for the bank is taken; the first time is kept."""
    run = (PayoutRun.uuid == run_uuid.lower()) & (PayoutRun.merchant == merchant_id)
    PayoutRun.update(file_taken_at=clock.now()).where(run, PayoutRun.file_taken_at.is_null()).execute()


def mark_sent(merchant_id: int, uuid: str, day: date | None = None, reference: str | None = None) -> Payout:
    """The payout was sent on the day, where the merchant is (today without one), perhaps with the bank's reference.

    The promoter is told by mail. Raises NotFound, Invalid with every wrong field, Refused when it was sent or taken back.
    """
    marked = _mark(merchant_id, Payout.uuid == uuid.lower(), _taken(merchant_id, day, reference))
    if not marked:
        raise _not_marked(merchant_id, uuid.lower())
    return marked[0]


def mark_run_sent(merchant_id: int, run_uuid: str, day: date | None = None, reference: str | None = None) -> int:
    """The same for all of a run that is not sent or taken back: how many. Of a large run some are marked at a time.

    Raises NotFound, Invalid with every wrong field, Refused when none is left.
    """
    run = PayoutRun.get_or_none(PayoutRun.uuid == run_uuid.lower(), PayoutRun.merchant == merchant_id)
    if run is None:
        raise NotFound(say("payout run"))
    sent, marked = _taken(merchant_id, day, reference), 0
    while some := _mark(merchant_id, Payout.run == run, sent):
        marked += len(some)
    if not marked:
        raise Refused(say("Nothing of this run is left to send: each payout was marked as sent, or taken back."))
    return marked


def seen(sent_at: datetime | None, reference: str | None) -> str:
    """What a form carries of the day and the reference that its reader saw."""
    return digest(f"{sent_at and clock.to_micros(sent_at)}\n{reference or ''}")


def correct(merchant_id: int, uuid: str, day: date, reference: str | None, seen_before: str) -> bool:
    """The day or the reference of a sent payout was written down wrongly; whether it was anything else than it is.

    Both sides have what it was in their logs. Raises NotFound, Invalid with every wrong field, Refused unless it is sent
    and stands as it was `seen`.
    """
    with transaction():
        lock_merchant(merchant_id)
        payout = _to_correct(merchant_id, uuid.lower(), seen_before)
        zone = _zone(merchant_id)
        before, taken = payout.sent_at.astimezone(zone).date(), _taken(merchant_id, day, reference)
        if day == before:
            taken["sent_at"] = payout.sent_at  # The moment is better than noon.
        if taken == {"sent_at": payout.sent_at, "reference": payout.reference}:
            return False
        Payout.update(taken).where(Payout.id == payout.id).execute()
        told = {"from": _written(before, payout.reference), "to": _written(day, taken["reference"])}
        tell("payout.corrected", payout, told)
        return True


def _to_correct(merchant_id: int, uuid: str, seen_before: str) -> Payout:
    payout = Payout.get_or_none(Payout.uuid == uuid, Payout.merchant == merchant_id)
    if payout is None:
        raise NotFound(say("payout"))
    if payout.reversed_at:
        raise Refused(say("This payout was taken back: nothing of it counts as sent any more."))
    if payout.sent_at is None:
        raise Refused(say("This payout is not marked as sent yet. Mark it, with the right day and reference."))
    if seen(payout.sent_at, payout.reference) != seen_before:
        raise Refused(say("It was corrected a moment ago. Load the page again, and look what it says now."))
    return payout


def _written(day: date, reference: str | None) -> str:
    return f"{day.isoformat()} · {reference}" if reference else day.isoformat()


def _taken(merchant_id: int, day: date | None, reference: str | None) -> dict:
    """The moment and the reference as they are stored. Raises Invalid with every wrong field."""
    today = clock.now().astimezone(_zone(merchant_id))
    checks = {"day": lambda value: _moment(value, today), "reference": REFERENCE}
    taken = checked({"day": day, "reference": reference}, checks)
    return {"sent_at": taken["day"], "reference": taken["reference"]}


def _zone(merchant_id: int) -> ZoneInfo:
    return ZoneInfo(Partner.get_by_id(merchant_id).time_zone)


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


def _mark(merchant_id: int, which, sent: dict) -> list[Payout]:
    """Mark those of the merchant that may be, up to so many at once."""
    with transaction():
        lock_merchant(merchant_id)  # Or who marks or takes back at the same moment would be counted as none left.
        some = Payout.select(Payout.id).where(which, Payout.merchant == merchant_id, _may_be_sent())
        some = some.order_by(Payout.id).limit(MOST_MARKED)
        marked = list(Payout.update(sent).where(Payout.id.in_(some), _may_be_sent()).returning(Payout).execute())
        for payout in marked:
            tell("payout.sent", payout)
            notices.tell_of_payout(payout)
        return marked


def _not_marked(merchant_id: int, uuid: str) -> NotFound | Refused:
    payout = Payout.get_or_none(Payout.uuid == uuid, Payout.merchant == merchant_id)
    if payout is None:
        return NotFound(say("payout"))
    if payout.reversed_at:
        return Refused(say("This payout was taken back: there is nothing to send. What it pays is due again."))
    return Refused(say("This payout was marked as sent already. If the money never arrived, take it back."))
