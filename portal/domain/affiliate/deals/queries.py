"""The prebuilt queries of deals: reporting one is the hottest write of the portal."""

from dataclasses import dataclass
from functools import cache

from portal.database import Statement

TERMS = Statement(
    """SELECT c.id, c.is_published, c.is_promocode_allowed, c.cookies_storage_days, c.hold_duration, c.canceled_duration,
        c.reward_percent, o.id, o.is_active, t.is_promocode_allowed, t.reward_percent, t.fix_remuneration, p.cost
    FROM catalog c
    LEFT JOIN offer o ON o.catalog_id = c.id AND o.name = ?
    LEFT JOIN promoter_terms t ON t.offer_id = o.id
    LEFT JOIN offer_price p ON p.offer_id = o.id AND p.currency = ?
    WHERE c.partner_id = ? AND c.catalog_code = ?"""
)
CURRENCIES = Statement("SELECT currency FROM offer_price WHERE offer_id = ? ORDER BY id")
INSERT = Statement(
    """INSERT INTO deal (uuid, partner_id, deal_id, catalog_id, offer_id, offer_name, catalog_code, status, is_returned, cost, first_cost,
        currency, promo_code, another_data, comment, promotion_id, used_code_id, click_id, customer, attribution,
        is_self_referral, reward_percent, fix_remuneration, hold_duration, canceled_duration, payment_sum, conversion_time, paid_at,
        modified_at, due_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (partner_id, deal_id) DO NOTHING RETURNING id"""
)
_COLUMNS = """d.id, d.uuid, d.partner_id, d.deal_id, d.catalog_id, d.offer_id, d.offer_name, d.catalog_code, d.status, d.is_returned, d.cost,
    d.first_cost, d.currency, d.promo_code, d.another_data, d.comment, d.promotion_id, d.payment_sum, d.reward_percent,
    d.fix_remuneration, d.hold_duration, d.paid_at, d.approved_at, m.promoter_id"""
_LOCKED = f"SELECT {_COLUMNS} FROM deal d LEFT JOIN promotion m ON m.id = d.promotion_id WHERE"
KNOWN = Statement("SELECT 1 FROM deal WHERE partner_id = ? AND deal_id = ?")
BY_DEAL_ID = Statement(f"{_LOCKED} d.partner_id = ? AND d.deal_id = ?", lock="FOR UPDATE OF d")
SEEN = Statement(f"{_LOCKED} d.partner_id = ? AND d.deal_id = ?")
BY_ID = Statement(f"{_LOCKED} d.id = ?", lock="FOR UPDATE OF d")
DEAL_ID_OF_UUID = Statement("SELECT deal_id FROM deal WHERE uuid = ? AND partner_id = ?")

PAY = Statement(
    """UPDATE deal SET status = 'Paid', paid_at = ?, payment_sum = ?, due_at = ?, modified_at = ?
    WHERE id = ? AND status = 'Created'"""
)
CANCEL = Statement(
    """UPDATE deal SET status = 'Canceled', canceled_at = ?, payment_sum = 0, due_at = NULL, is_returned = ?, modified_at = ?
    WHERE id = ? AND status IN ('Created', 'Paid')"""
)
RETURN = Statement(
    "UPDATE deal SET is_returned = ?, modified_at = ? WHERE id = ? AND status = 'Canceled' AND NOT is_returned"
)
APPROVE = Statement(
    """UPDATE deal SET approved_at = ?, due_at = NULL, modified_at = ?
    WHERE id = ? AND status = 'Paid' AND approved_at IS NULL AND due_at <= ?"""
)
COST = Statement(
    """UPDATE deal SET cost = ?, payment_sum = ?, modified_at = ?
    WHERE id = ? AND status <> 'Canceled' AND approved_at IS NULL"""
)
COMMENT = Statement("UPDATE deal SET comment = ?, modified_at = ? WHERE id = ?")
COUNT_APPROVED = Statement("UPDATE catalog SET approved_deals = approved_deals + 1 WHERE id = ?")
COUNT_CANCELED = Statement(
    "UPDATE catalog SET canceled_deals = canceled_deals + 1, approved_deals = approved_deals - ? WHERE id = ?"
)
DUE = Statement(
    """SELECT d.id, d.status, p.clock_offset FROM deal d JOIN partner p ON p.id = d.partner_id
    WHERE d.due_at <= ? ORDER BY d.due_at LIMIT ?"""
)
DUE_OF_PARTNER = Statement("SELECT id, status FROM deal WHERE partner_id = ? AND due_at <= ? ORDER BY due_at LIMIT ?")
AHEAD = Statement("SELECT id, clock_offset FROM partner WHERE clock_offset > 0")
SHOWN_DEALS = """SELECT d.uuid, d.deal_id, d.offer_name, c.title, c.catalog_code, d.cost, d.payment_sum, d.is_returned,
    d.conversion_time, d.promo_code, k.percent_discounts, d.currency, d.status, d.modified_at, d.paid_at,
    d.approved_at, d.canceled_at, d.id
    FROM deal d JOIN catalog c ON c.id = d.catalog_id
    LEFT JOIN promo_code k ON k.merchant_id = d.partner_id AND k.code = UPPER(d.promo_code)"""
NEWEST = 2**63 - 1
_OF_CATALOG = "d.catalog_id = (SELECT id FROM catalog WHERE partner_id = ? AND catalog_code = ?)"
_TIME = Statement("SELECT conversion_time FROM deal WHERE id = ? AND partner_id = ?")
SHOWN = Statement(f"{SHOWN_DEALS} WHERE d.partner_id = ? AND d.deal_id = ?")


def listed(partner_id: int, before: int, narrowed: tuple, limit: int) -> list[tuple]:
    """The partner's deals below the id `before` (NEWEST: all), newest first, as SHOWN has them.

    `narrowed` is (status, catalog_code, deal_id, since in microseconds); None leaves one open.
    """
    status, catalog_code, deal_id, since = narrowed
    place = () if before >= NEWEST else (time_of(partner_id, before), before)
    statement = _listed(*(value is not None for value in narrowed), before=bool(place))
    given = [value for value in (catalog_code, status, deal_id, since) if value is not None]
    return statement.rows(partner_id, *given, *place, limit)


@cache
def _listed(status: bool, catalog: bool, deal_id: bool, since: bool, before: bool) -> Statement:
    """The query of a shape of filter. A catalog is found through its partner, and then it alone says which index is taken."""
    whose = "d.partner_id = ? AND c.catalog_code = ?" if deal_id else _OF_CATALOG
    conditions = [
        whose if catalog else "d.partner_id = ?",
        "AND d.status = ?" if status else "",
        "AND d.deal_id = ?" if deal_id else "",
        "AND d.conversion_time >= ?" if since else "",
        "AND (d.conversion_time, d.id) < (?, ?)" if before else "",
    ]
    return Statement(f"{SHOWN_DEALS} WHERE {' '.join(conditions)} ORDER BY d.conversion_time DESC, d.id DESC LIMIT ?")


def time_of(partner_id: int, deal: int) -> int:
    """When the partner's deal with this id was first reported, in microseconds; 0 when there is none."""
    row = _TIME.row(deal, partner_id)
    return row[0] if row else 0


@dataclass(slots=True)
class LockedDeal:
    """A deal inside the transaction that changes it, its row locked where the engine has row locks."""

    id: int
    uuid: str
    partner_id: int
    deal_id: str
    catalog_id: int
    offer_id: int
    offer_name: str
    catalog_code: str | None
    status: str
    is_returned: bool
    cost: int
    first_cost: int
    currency: str
    promo_code: str | None
    another_data: str | None
    comment: str | None
    promotion_id: int | None
    payment_sum: int
    reward_percent: int | None
    fix_remuneration: int | None
    hold_duration: int
    paid_at: int | None
    approved_at: int | None
    promoter_id: int | None
