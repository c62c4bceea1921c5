"""For which offers staff can make a member a code now, which the member uses without one, and why not the others (contract:
member-offers)."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.database import Statement
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.rows import COLUMNS, IS_OVER, OF_MEMBER, VISIBLE, OfferRow
from portal.domain.member_offers.uses import cases

MOST = 100


class _Live(NamedTuple):
    terms_id: int
    number: int


_SEEN = f"""SELECT {COLUMNS} {OF_MEMBER}
    WHERE {{}} AND {" AND ".join(VISIBLE)} ORDER BY o.name_key, o.id LIMIT {MOST}"""
_OFFERS = Statement(_SEEN.format("t.needs_authorization"), row=OfferRow)
_WITHOUT_CODE = Statement(
    _SEEN.format(f"NOT t.needs_authorization AND t.scope IN :scopes AND NOT {IS_OVER}"), row=OfferRow
)
_LIVE = Statement(
    """SELECT terms_id, COUNT(*) AS number FROM authorization_code
    WHERE member_id = :member AND used_at IS NULL AND expires_at > :now GROUP BY terms_id""",
    row=_Live,
)


class Choice(NamedTuple):
    """An offer, how many good codes for it the member has, and why it cannot be used now (with a code where it needs one), with
    what would help."""

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


def without_code(asking: Asking, scopes: Sequence[str]) -> list[Choice]:
    """The offers of these scopes that the member sees and uses without a code, those that can be used now first, by their names."""
    rows = _WITHOUT_CODE.rows(
        partner=asking.partner_id,
        member=asking.member_id,
        segments=asking.segments,
        scopes=list(scopes),
        now=asking.now,
    )
    found = [
        Choice(case.row.offer_id, case.row.name, 0, authorizations.in_the_way(case)) for case in cases.of(asking, rows)
    ]
    return sorted(found, key=lambda one: one.hindrance is not None)
