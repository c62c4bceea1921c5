"""What a deal did to coupons, as its page tells it: the coupon and its use, or why none was used; and the deals of uses."""

from collections.abc import Iterable
from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.deals.consequences import Consequence, Consequences
from portal.domain.coupons.ties import of_customers
from portal.domain.members import names
from portal.domain.sentences import say


class _Told(NamedTuple):
    coupon_id: int
    code: str
    name: str
    amount: int
    currency: str
    held_at: int
    settled_at: int | None
    state: str
    reservation_id: int | None
    event_id: int | None
    event: str | None
    member: str | None
    first_name: str | None
    surname: str | None


class DealOf(NamedTuple):
    """The deal that a use led to, as its merchant sees it."""

    use_id: int
    uuid: str
    deal_id: str
    status: str


_OF_DEAL = Statement(
    """SELECT c.id AS coupon_id, c.written AS code, c.name, u.amount, u.currency, u.held_at, u.settled_at, u.state,
        u.reservation_id, u.event_id, e.name AS event, m.uuid AS member, m.first_name, m.surname
    FROM coupon_deal t JOIN coupon c ON c.id = t.coupon_id JOIN coupon_use u ON u.id = t.use_id
    LEFT JOIN ticketed_event e ON e.id = u.event_id LEFT JOIN member m ON m.id = u.member_id WHERE t.deal_id = :deal""",
    _Told,
)
_DEALS = Statement(
    """SELECT t.use_id, d.uuid, d.deal_id, d.status FROM coupon_deal t JOIN deal d ON d.id = t.deal_id WHERE t.use_id IN :uses""",
    DealOf,
)


def of(deal_id: int) -> Consequences:
    """The coupon that the deal, by its number, was reported with, and what became of its use."""
    told = _OF_DEAL.row(deal=deal_id)
    each = [Consequence(told.name, _things(told), of_customers.moments_of(told))] if told else []
    return Consequences(say("Coupon"), each)


def deals_of(use_ids: Iterable[int]) -> dict[int, DealOf]:
    """The deal of each of these uses that led to one."""
    ids = list(use_ids)
    return {one.use_id: one for one in _DEALS.rows(uses=ids)} if ids else {}


def _things(told: _Told) -> list[tuple[str, str, str]]:
    things = [("coupon", str(told.coupon_id), told.code)]
    if told.reservation_id:
        things.append(
            ("reservation", str(told.reservation_id), say("Reservation {number}", number=told.reservation_id))
        )
    if told.event_id and told.event:
        things.append(("ticketed event", str(told.event_id), told.event))
    name = names.full(told.first_name, told.surname) if told.first_name else None
    return [*things, *([("member", told.member, name)] if told.member and name else [])]
