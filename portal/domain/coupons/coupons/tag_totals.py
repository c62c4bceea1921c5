"""What the coupons of each tag did: how often they were used, what they took off, and what was paid."""

from collections import defaultdict
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.coupons.ties import brought
from portal.domain.coupons.uses.course import LIVE, Sum


class _Tag(NamedTuple):
    id: int
    name: str
    coupons: int
    uses: int


class _Some(NamedTuple):
    tag_id: int
    currency: str
    amount: int


class TagTotals(NamedTuple):
    """A tag, how many coupons have it and how often they are used, with the sums of each currency."""

    id: int
    name: str
    coupons: int
    uses: int
    sums: list[Sum]


_TAGS = Statement(
    """SELECT t.id, t.name, COUNT(c.id) AS coupons, CAST(COALESCE(SUM(c.uses), 0) AS BIGINT) AS uses
    FROM coupon_tag t LEFT JOIN tagged_coupon l ON l.tag_id = t.id LEFT JOIN coupon c ON c.id = l.coupon_id
    WHERE t.partner_id = :partner GROUP BY t.id, t.name, t.name_key ORDER BY t.name_key""",
    _Tag,
)
_USED = "coupon_tag t JOIN tagged_coupon l ON l.tag_id = t.id JOIN coupon_use u ON u.coupon_id = l.coupon_id"
_TAKEN_OFF = Statement(
    f"""SELECT t.id AS tag_id, u.currency, CAST(SUM(u.amount) AS BIGINT) AS amount FROM {_USED}
    LEFT JOIN reservation r ON r.id = u.reservation_id
    WHERE t.partner_id = :partner AND u.currency IS NOT NULL AND {LIVE} GROUP BY t.id, u.currency""",
    _Some,
)
# A reservation is paid once, however many coupons of the tag it had.
_PAID = Statement(
    f"""SELECT tag_id, currency, CAST(SUM(paid) AS BIGINT) AS amount FROM (
        SELECT DISTINCT t.id AS tag_id, r.id, r.currency, r.face - r.discount AS paid FROM {_USED}
        JOIN reservation r ON r.id = u.reservation_id AND r.state = 'purchased'
        WHERE t.partner_id = :partner AND u.state <> 'released') bought GROUP BY tag_id, currency""",
    _Some,
)


def of(partner_id: int) -> list[TagTotals]:
    """All tags of the partner, in their order."""
    taken_off = _by_tag(_TAKEN_OFF.rows(partner=partner_id, now=clock.micros()))
    paid = _by_tag([*_PAID.rows(partner=partner_id), *(_Some(*one) for one in brought.of_tags(partner_id))])
    return [TagTotals(*tag, sums=_sums(taken_off[tag.id], paid[tag.id])) for tag in _TAGS.rows(partner=partner_id)]


def _by_tag(rows: list[_Some]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row.tag_id][row.currency] = found[row.tag_id].get(row.currency, 0) + row.amount
    return found


def _sums(taken_off: dict[str, int], paid: dict[str, int]) -> list[Sum]:
    return [Sum(name, taken_off.get(name, 0), paid.get(name, 0)) for name in sorted(taken_off.keys() | paid.keys())]
