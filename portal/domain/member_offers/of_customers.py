"""The offers of a customer, as their page tells them: those they used, liked and were granted. `family.py` imports it, so that
every process has it."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.members import elsewhere
from portal.domain.members.elsewhere import Teller, Told
from portal.domain.members.tables import Member
from portal.domain.sentences import say


class _Kept(NamedTuple):
    offer_id: int
    name: str
    liked_at: int | None
    granted_at: int | None
    granted_until: int | None


class _Used(NamedTuple):
    offer_id: int
    name: str
    used_at: int
    undone_at: int | None


_HAS_ANY = Statement(
    """SELECT id FROM offer_member WHERE member_id = :member AND (uses > 0 OR liked_at IS NOT NULL OR granted_at IS NOT NULL)
    UNION ALL SELECT id FROM offer_use WHERE member_id = :member LIMIT 1"""
)
_KEPT = Statement(
    """SELECT o.id AS offer_id, o.name, p.liked_at, p.granted_at, p.granted_until FROM offer_member p
    JOIN member_terms t ON t.id = p.terms_id JOIN offer o ON o.id = t.offer_id
    WHERE p.member_id = :member AND (p.liked_at IS NOT NULL OR p.granted_at IS NOT NULL) ORDER BY p.id DESC LIMIT :most""",
    row=_Kept,
)
_USED = Statement(
    """SELECT o.id AS offer_id, o.name, u.used_at, u.undone_at FROM offer_use u JOIN member_terms t ON t.id = u.terms_id
    JOIN offer o ON o.id = t.offer_id WHERE u.member_id = :member ORDER BY u.used_at DESC, u.id DESC LIMIT :most""",
    row=_Used,
)
_THING = "member offer"


class Kept(NamedTuple):
    """How many offers somebody likes, how many were granted to them alone, and how often they used any."""

    likes: int
    grants: int
    uses: int


_COUNTS = Statement(
    """SELECT COUNT(liked_at) AS likes, COUNT(granted_at) AS grants, (SELECT COUNT(*) FROM offer_use
    WHERE member_id = :member AND undone_at IS NULL) AS uses FROM offer_member WHERE member_id = :member""",
    row=Kept,
)


def kept(member_id: int) -> Kept:
    """What a member loses who leaves."""
    return _COUNTS.row(member=member_id) or Kept(0, 0, 0)


def has_any(member: Member) -> bool:
    """Whether they used, like or were granted any."""
    return _HAS_ANY.value(member=member.id) is not None


def tell(member: Member, most: int) -> list[Told]:
    """What they like and were granted, then what they used, the newest of each."""
    kept = [_kept(row) for row in _KEPT.rows(member=member.id, most=most)]
    return [*kept, *(_used(row) for row in _USED.rows(member=member.id, most=most))]


def _kept(row: _Kept) -> Told:
    done: list[tuple[str, datetime]] = []
    if row.granted_at is not None:
        done.append((say("Granted"), clock.from_micros(row.granted_at)))
    if row.granted_until is not None:
        done.append((say("The grant ends"), clock.from_micros(row.granted_until)))
    if row.liked_at is not None:
        done.append((say("Liked"), clock.from_micros(row.liked_at)))
    return Told("", [(_THING, str(row.offer_id), row.name)], done)


def _used(row: _Used) -> Told:
    done: list[tuple[str, datetime]] = [(say("Used"), clock.from_micros(row.used_at))]
    if row.undone_at is not None:
        done.append((say("Undone: it counts no more"), clock.from_micros(row.undone_at)))
    return Told("", [(_THING, str(row.offer_id), row.name)], done)


elsewhere.tellers.append(Teller("offers", say("Offers"), has_any, tell))
