"""For which offers staff can make a member a code now, and why not for the others (contract: member-offers)."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.rows import COLUMNS, OF_MEMBER, VISIBLE, OfferRow
from portal.domain.member_offers.uses import cases

MOST = 100


class _Live(NamedTuple):
    terms_id: int
    number: int


_OFFERS = Statement(
    f"""SELECT {COLUMNS} {OF_MEMBER}
    WHERE t.needs_authorization AND {" AND ".join(VISIBLE)} ORDER BY o.name_key, o.id LIMIT {MOST}""",
    row=OfferRow,
)
_LIVE = Statement(
    """SELECT terms_id, COUNT(*) AS number FROM authorization_code
    WHERE member_id = :member AND used_at IS NULL AND expires_at > :now GROUP BY terms_id""",
    row=_Live,
)


class Choice(NamedTuple):
    """An offer that needs a code, how many good ones the member has, and why a code is of no use now, with what would help."""

    offer_id: int
    name: str
    live: int
    hindrance: tuple[str, str] | None


def of_member(asking: Asking) -> list[Choice]:
    """The offers that the member sees and that need a code, by their names."""
    rows = _OFFERS.rows(partner=asking.partner_id, member=asking.member_id, segments=asking.segments)
    live = dict(_LIVE.rows(member=asking.member_id, now=asking.now)) if rows else {}
    return [
        Choice(case.row.offer_id, case.row.name, live.get(case.row.terms_id, 0), authorizations.in_the_way(case))
        for case in cases.of(asking, rows)
    ]
