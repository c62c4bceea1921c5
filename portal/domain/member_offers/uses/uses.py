"""Using an offer, and undoing a mistaken use (contract: member-offers, "What is settled").

A use holds the row of its member and offer, so that the member's limits are exact; the limit of all members is a conditional
write, and so is that the member is not banned. The order of locks is member, then offer. Whoever waits for the row uses the offer
when its turn comes: by then another period may have begun.
"""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from portal import clock
from portal.database import Statement, Together, transaction
from portal.domain import sealing
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.identifiers import new_uuid
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.missing import OfferMissing
from portal.domain.member_offers.rows import COLUMNS, VISIBLE, OfferRow
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses import cases, checks, pairs
from portal.domain.member_offers.uses.cases import Case
from portal.domain.member_offers.uses.tables import OfferMember, OfferUse
from portal.domain.members.oauth import bans
from portal.domain.members.tables import Member
from portal.domain.sentences import say

THING = "offer use"
AT_COUNTER = 600  # seconds in which whoever serves undoes a use
_LOCKED = Statement(
    f"""SELECT {COLUMNS} FROM offer_member p JOIN member_terms t ON t.id = p.terms_id JOIN offer o ON o.id = t.offer_id
    WHERE o.id = :offer AND p.member_id = :member AND t.scope IN :scopes AND {" AND ".join(VISIBLE)}""",
    row=OfferRow,
    lock="FOR UPDATE OF p",
)
_OF_PAIR = Statement(
    """UPDATE offer_member SET uses = uses + 1, last_used_at = CASE WHEN last_used_at > :now THEN last_used_at ELSE :now END,
        active_until = CASE WHEN active_until > :until THEN active_until ELSE :until END WHERE id = :pair RETURNING id"""
)
_USE = Statement(
    """INSERT INTO offer_use (uuid, partner_id, terms_id, member_id, used_at, active_until)
    VALUES (:uuid, :partner, :terms, :member, :now, :until) RETURNING id"""
)
_OF_ALL = Statement(
    """UPDATE member_terms SET uses = uses + 1 WHERE id = :terms AND (global_limit IS NULL OR uses < global_limit)
    AND NOT EXISTS (SELECT 1 FROM member m WHERE m.id = :member AND m.banned_until > :now) RETURNING id"""
)
_WRITES = Together(_OF_PAIR, _USE, _OF_ALL)
_GLOBAL_USES = Statement("SELECT uses FROM member_terms WHERE id = :terms")
_HOLD = Statement("SELECT id FROM offer_member WHERE terms_id = :terms AND member_id = :member", lock="FOR UPDATE")
_MADE = Statement("SELECT 1 FROM offer_use WHERE uuid = :uuid")
_UNDO = Statement("UPDATE offer_use SET undone_at = :now WHERE id = :use AND undone_at IS NULL")


class _Last(NamedTuple):
    used_at: int
    active_until: int


_LAST = Statement(
    """SELECT used_at, active_until FROM offer_use WHERE member_id = :member AND terms_id = :terms AND undone_at IS NULL
    ORDER BY used_at DESC, id DESC LIMIT 1""",
    row=_Last,
)


class Unusable(Refused):
    """The offer cannot be used: the documented word for it, and each step of the check."""

    def __init__(self, case: Case, word: str):
        self.case = case
        super().__init__(word, steps=checks.steps(case), about=(case.asking.partner_id, "offer", case.row.uuid))


def use(asking: Asking, offer_id: int, scopes: list[str], code: str | None = None, once: str | None = None) -> Case:
    """The member uses the offer once; the case as it is then. A code of the counter is used up where the offer wants one.

    What was asked for before by this `once`, the key of a form, is not done again; the case as it is now.

    Raises OfferMissing for an offer that the member does not see or whose scope is none of these, Unusable with the
    documented word for the first check that fails, Banned for a member who was banned since they asked.
    """
    with transaction():
        row = _locked(asking, offer_id, scopes)
        asking = asking._replace(now=clock.micros())
        case = cases.of(asking, [row])[0]
        uuid = new_uuid() if once is None else _uuid(case, once)
        if once is not None and _MADE.value(uuid=uuid) is not None:
            return case
        found = None
        if row.needs_authorization and code is not None:
            found = authorizations.live(row.terms_id, asking.member_id or 0, code, asking.now)
            case = case._replace(code_fits=found is not None)
        if failing := checks.failed(case):
            raise Unusable(case, failing.word(case))
        if found is not None:
            authorizations.use_up(found, asking.now)
        until = asking.now + case.active_seconds * 1_000_000
        _write(case, until, uuid)
    return _after(case, until)


def undo(partner_id: int, uuid: str, within: int | None = None) -> None:
    """Take a mistaken use back: it is kept as undone, and the limits count it no more. Raises NotFound, and Refused for one
    that was undone before, or is older than `within` seconds where they are given."""
    use = OfferUse.get_or_none(OfferUse.uuid == uuid, OfferUse.partner == partner_id)
    if use is None:
        raise NotFound(say("use"))
    with transaction():
        pair = _HOLD.value(terms=use.terms_id, member=use.member_id)
        if within is not None and clock.has_passed(use.used_at + timedelta(seconds=within)):
            raise Refused(
                say("It is too long ago to be undone here. A manager can still undo it on the customer’s page.")
            )
        if not _UNDO.run(use=use.id, now=clock.micros()):
            raise Refused(say("The use was undone before."))
        log.record(partner_id, "offer_use.undone", THING, use.uuid)
        last = _LAST.row(member=use.member_id, terms=use.terms_id)
        used_at, until = (None, None) if last is None else last
        pair_is_less = {"uses": OfferMember.uses - 1, "last_used_at": used_at, "active_until": until}
        OfferMember.update(**pair_is_less).where(OfferMember.id == pair).execute()
        MemberTerms.update(uses=MemberTerms.uses - 1).where(MemberTerms.id == use.terms_id).execute()


def _locked(asking: Asking, offer_id: int, scopes: list[str]) -> OfferRow:
    """The offer and the member, held until the transaction ends."""
    given = {
        "offer": offer_id, "member": asking.member_id, "scopes": scopes, "partner": asking.partner_id,
        "segments": asking.segments,
    }  # fmt: skip
    row = _LOCKED.row(**given)
    if row is None:
        pairs.made(asking, offer_id, scopes)
        row = _LOCKED.row(**given)
    if row is None:  # It was withdrawn at this moment.
        raise OfferMissing(offer_id)
    return row


def _uuid(case: Case, once: str) -> str:
    """Of the use that a form's key stands for; the same key of another member or offer is another use."""
    told = sealing.mac("offer use", f"{case.row.terms_id}:{case.asking.member_id}:{once}")
    return str(UUID(bytes=told[:16], version=4))


def _write(case: Case, until: int, uuid: str) -> None:
    row, asking = case.row, case.asking
    log.record(asking.partner_id, "offer_use.made", THING, uuid)
    *_, counted = _WRITES.run(
        pair=row.pair_id, uuid=uuid, partner=asking.partner_id, terms=row.terms_id, member=asking.member_id,
        now=asking.now, until=until,
    )  # fmt: skip
    if counted is None:  # Others were quicker since it was read.
        bans.refuse(Member.get_by_id(asking.member_id))
        raced = case._replace(row=row._replace(global_uses=_GLOBAL_USES.value(terms=row.terms_id)))
        raise Unusable(raced, checks.GLOBAL_LIMIT)


def _after(case: Case, until: int) -> Case:
    row = case.row
    used = row._replace(
        uses=(row.uses or 0) + 1, last_used_at=case.asking.now, active_until=until, global_uses=row.global_uses + 1
    )
    return case._replace(row=used, period_uses=case.period_uses + 1)
