"""What a member used, likes and was granted, for whoever serves them; and what undoing a use gives back."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.errors import NotFound
from portal.domain.member_offers import asking
from portal.domain.member_offers.rows import COLUMNS, OF_MEMBER, OfferRow
from portal.domain.member_offers.uses import cases, spans
from portal.domain.member_offers.uses.cases import Case
from portal.domain.sentences import say

MOST = 50


class Used(NamedTuple):
    """A use; moments are microseconds."""

    uuid: str
    terms_id: int
    offer_id: int
    name: str
    used_at: int
    active_until: int
    undone_at: int | None


class Kept(NamedTuple):
    """An offer that the member likes, or was granted; `ends` is when nobody can use it any more."""

    offer_id: int
    name: str
    liked_at: int | None
    granted_at: int | None
    granted_until: int | None
    ends: int | None

    @property
    def until(self) -> int | None:
        """When the grant is good for nothing any more; None: as long as the offer is there."""
        known = [moment for moment in (self.granted_until, self.ends) if moment is not None]
        return min(known, default=None)


_USED = """SELECT u.uuid, u.terms_id, o.id AS offer_id, o.name, u.used_at, u.active_until, u.undone_at FROM offer_use u
    JOIN member_terms t ON t.id = u.terms_id JOIN offer o ON o.id = t.offer_id
    WHERE u.member_id = :member AND u.partner_id = :partner"""
_USES = Statement(f"{_USED} ORDER BY u.used_at DESC, u.id DESC LIMIT {MOST}", row=Used)
_USE = Statement(f"{_USED} AND u.uuid = :uuid", row=Used)
_KEPT = Statement(
    f"""SELECT o.id AS offer_id, o.name, p.liked_at, p.granted_at, p.granted_until, t.usable_until AS ends FROM offer_member p
    JOIN member_terms t ON t.id = p.terms_id JOIN offer o ON o.id = t.offer_id
    WHERE p.member_id = :member AND t.partner_id = :partner AND (p.liked_at IS NOT NULL OR p.granted_at IS NOT NULL)
    ORDER BY o.name_key, p.id LIMIT {2 * MOST}""",
    row=Kept,
)
_OFFER = Statement(f"SELECT {COLUMNS} {OF_MEMBER} WHERE t.id = :terms", row=OfferRow)


class Back(NamedTuple):
    """A use, and the offer as it stands for its member; `is_of_period` says whether the use counts in the present period."""

    use: Used
    case: Case
    is_of_period: bool


def uses(partner_id: int, member_id: int) -> list[Used]:
    """The latest uses, those that were undone among them, newest first."""
    return _USES.rows(partner=partner_id, member=member_id)


def kept(partner_id: int, member_id: int) -> list[Kept]:
    """The offers that the member likes or was granted, by their names."""
    return _KEPT.rows(partner=partner_id, member=member_id)


def back(partner_id: int, member_id: int, uuid: str) -> Back:
    """What undoing the member's use would give back. Raises NotFound, also for another member's."""
    use = _USE.row(partner=partner_id, member=member_id, uuid=uuid)
    row = _OFFER.row(terms=use.terms_id, member=member_id) if use else None
    if use is None or row is None:  # An offer that is taken from the members meanwhile takes its uses along.
        raise NotFound(say("use"))
    who = asking.at(partner_id, member_id)
    in_period = row.period is not None and use.used_at >= spans.begins(row.period, clock.micros(), who.time_zone)
    return Back(use, cases.of(who, [row])[0], in_period)
