"""A deal that was canceled by time and is paid late: a new deal under a new id, with all that the old one was made under
(contract: affiliate, "Paid after it was canceled by time"). The old one stays canceled."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any, NamedTuple, Protocol

from peewee import IntegrityError

from portal import clock
from portal.database import Statement, transaction
from portal.domain.affiliate.deals import deals, moves, queries, reports
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.deals.words import CANCELED, CREATED, PAID
from portal.domain.affiliate.promotions import code_limits
from portal.domain.errors import Invalid, Refused
from portal.domain.events import log
from portal.domain.identifiers import new_uuid
from portal.domain.sentences import say
from portal.domain.steps import PASSED
from portal.domain.typed.texts import other_key

REPORTED_AGAIN = "reported again"
# What a deal has of its own; all else is what it was made under, and goes over.
_OWN = {
    "id", "uuid", "deal_id", "deal_id_key", "status", "is_returned", "first_cost", "comment", "payment_sum", "attribution",
    "conversion_time", "paid_at", "approved_at", "canceled_at", "modified_at", "due_at", "again_of",
}  # fmt: skip
_STEP = {
    "check": REPORTED_AGAIN,
    "outcome": PASSED,
    "detail": say(
        "whose it is was decided for the deal before, which was canceled by time; nothing of it was asked "
        "anew, neither the click’s age nor whether the promoter is still approved"
    ),
    "fix": "",
}
# What other areas do in the transaction, for the old deal and the new one: a named file of theirs fills this list.
when_again: list[Callable[[Deal, Deal], None]] = []
_TAKEN = say("Another deal has this id. Choose one that is not taken.")


class Ended(Protocol):
    """What of a deal tells how it ended."""

    status: str
    canceled_duration: int
    conversion_time: Any  # moments
    paid_at: Any
    canceled_at: Any


class Linked(NamedTuple):
    """The other one of two deals of which one is the other reported again; `is_older` tells which."""

    uuid: str
    deal_id: str
    is_older: bool


_LINKED = Statement(
    """SELECT o.uuid, o.deal_id, TRUE AS is_older FROM deal d JOIN deal o ON o.id = d.again_of_id WHERE d.id = :deal
    UNION ALL SELECT d.uuid, d.deal_id, FALSE FROM deal d WHERE d.again_of_id = :deal""",
    Linked,
)


class ReportedAlready(Refused):
    """The deal was reported again before; `uuid` is the new one's."""

    def __init__(self, known: Deal):
        super().__init__(say("This deal was reported again already, as {deal_id}.", deal_id=known.deal_id[:80]))
        self.uuid = known.uuid


def report_again(partner_id: int, reference: str, deal_id: str, status: str = PAID) -> Deal:
    """A new deal, Created or Paid, for one that was canceled by time; at most once for each.

    Promoter, click, attribution, offer, cost and terms are the old one's, whatever has become of them since. Raises NotFound,
    Invalid for an id that is taken, ReportedAlready, and Refused for a deal whose time did not run out.
    """
    new_id = reports.checked_id(deal_id)
    if status not in (CREATED, PAID):
        raise Invalid("status", say("The status must be Created or Paid."))
    try:
        with transaction():
            old = moves.locked(partner_id, deals.deal_id_of(partner_id, reference))
            return _report_again(Deal.get_by_id(old.id), old, new_id, status)
    except IntegrityError:
        raise Invalid("deal_id", _TAKEN) from None


def hindrance(deal: Ended) -> str | None:
    """Why the deal cannot be reported again, or None. That its time ran out is told by its moments: whoever cancels a deal
    does it before."""
    if deal.status != CANCELED:
        return say("This deal is not canceled. Only a deal that was canceled by time can be reported again.")
    if deal.paid_at is not None or not _ran_out(deal):
        return say("Somebody canceled this deal before its time ran out. Report the purchase as a new deal.")
    return None


def may_be(deal: Ended, ties: list[Linked]) -> bool:
    """Whether nothing hinders it, and nobody has reported it again yet; `ties` are those of `linked`."""
    return hindrance(deal) is None and all(one.is_older for one in ties)


def proposed(partner_id: int, deal_id: str) -> str:
    """An id for the new deal: the old one's with the first number behind it that is free."""
    each = (f"{deal_id[:240]}-{number}" for number in count(2))
    return next(one for one in each if not queries.KNOWN.value(partner=partner_id, deal_id=one))


def linked(deal: int) -> list[Linked]:
    """The deals that this one, by its number, is tied to: what it is again, and what was reported in its place."""
    return _LINKED.rows(deal=deal)


def _ran_out(deal) -> bool:
    return deal.canceled_at - deal.conversion_time >= timedelta(seconds=deal.canceled_duration)


def _report_again(old: Deal, locked: LockedDeal, deal_id: str, status: str) -> Deal:
    known = Deal.get_or_none(Deal.again_of == old)
    if known:
        raise ReportedAlready(known)
    if refusal := hindrance(old):
        raise Refused(refusal, about=moves.about(locked))
    if queries.KNOWN.value(partner=locked.partner_id, deal_id=deal_id):
        raise Invalid("deal_id", _TAKEN)
    new = _copied(old, deal_id)
    if old.used_code_id:
        code_limits.take_again(old.used_code_id)
    for act in when_again:
        act(old, new)
    log.record(locked.partner_id, "deal.reported_again", "deal", old.uuid, {"deal": new.uuid})
    log.record(locked.partner_id, "deal.created", "deal", new.uuid, {"again_of": old.uuid})
    if status == PAID:
        moves.pay(moves.made(locked.partner_id, deal_id))
    return new


def _copied(old: Deal, deal_id: str) -> Deal:
    kept = {name: value for name, value in old.__data__.items() if name not in _OWN}
    now = clock.now()
    return Deal.create(
        **kept, uuid=new_uuid(), deal_id=deal_id, deal_id_key=other_key(deal_id), status=CREATED, first_cost=old.cost, again_of=old,
        attribution=[*old.attribution, _STEP] if old.attribution else [], conversion_time=now, modified_at=now,
        due_at=now + timedelta(seconds=old.canceled_duration),
    )  # fmt: skip
