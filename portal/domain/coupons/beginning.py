"""The way of a new partner to the first use of a coupon: which steps are done."""

from typing import NamedTuple

from portal.database import Statement


class Begun(NamedTuple):
    """Whether each step was taken, in their order."""

    listing: bool
    coupon: bool
    assignment: bool
    use: bool


_BEGUN = Statement(
    """SELECT EXISTS (SELECT 1 FROM listing WHERE partner_id = :partner) AS listing,
    EXISTS (SELECT 1 FROM coupon WHERE partner_id = :partner) AS coupon,
    EXISTS (SELECT 1 FROM coupon_assignment WHERE partner_id = :partner) AS assignment,
    EXISTS (SELECT 1 FROM coupon_use WHERE partner_id = :partner) AS use""",
    row=Begun,
)


def begun(partner_id: int) -> Begun:
    """How far the partner has come, in one query."""
    return _BEGUN.rows(partner=partner_id)[0]
