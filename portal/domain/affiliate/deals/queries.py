"""The prebuilt queries of deals: reporting one is the hottest write of the portal."""

from functools import cache

from portal.database import Statement
from portal.domain.affiliate.catalogs import rewards
from portal.domain.affiliate.deals.rows import FIRST_DUE, Due, LockedDeal, Narrowed, PartnerWithDue, ShownDeal, Terms
from portal.domain.affiliate.deals.standing import (
    MAY_BE_APPROVED,
    MAY_BE_CANCELED,
    MAY_BE_PAID,
    MAY_BE_RETURNED,
    MAY_CHANGE_COST,
)
from portal.domain.typed.texts import mended, tidy

# Names and codes are found as they are compared. Those that were told apart by their case alone, before names were compared
# without it, keep their own spelling as the key, and come first when they are spelled so.
TERMS = Statement(
    f"""SELECT c.partner_id AS merchant_id, c.id AS catalog_id, c.is_published, c.is_promocode_allowed AS catalog_allows_codes,
        c.cookies_storage_days, c.hold_duration, c.canceled_duration, o.id AS offer_id, o.is_active AS offer_is_active,
        t.is_promocode_allowed AS offer_allows_codes, {rewards.PERCENT} AS reward_percent, t.fix_remuneration,
        {rewards.IS_CATALOGS} AS is_catalogs_reward, :currency AS currency, p.cost AS price
    FROM catalog c
    LEFT JOIN offer o ON o.catalog_id = c.id AND o.name_key IN (:offer, :offer_key)
    LEFT JOIN promoter_terms t ON t.offer_id = o.id
    LEFT JOIN offer_price p ON p.offer_id = o.id AND p.currency = :currency
    WHERE c.partner_id = :partner AND c.code_key IN (:catalog_code, :code_key)
    ORDER BY c.code_key = :catalog_code DESC, o.name_key = :offer DESC LIMIT 1""",
    Terms,
)
CURRENCIES = Statement("SELECT currency FROM offer_price WHERE offer_id = :offer ORDER BY id")
OFFER_NAME = Statement("SELECT name FROM offer WHERE id = :id")
CATALOG_CODE = Statement("SELECT catalog_code FROM catalog WHERE id = :id")
# What a new deal has before it is kept, and what is decided when it is.
OF_DRAFT = (
    "uuid", "partner_id", "deal_id", "catalog_id", "offer_id", "offer_name", "catalog_code", "status", "is_returned", "cost",
    "first_cost", "currency", "promo_code", "another_data", "comment", "promotion_id", "payment_sum", "reward_percent",
    "fix_remuneration", "hold_duration", "paid_at",
)  # fmt: skip
_WHEN_KEPT = (
    "used_code_id", "click_id", "customer", "attribution", "is_self_referral", "unknown_uid", "canceled_duration", "conversion_time",
    "modified_at", "due_at", "deal_id_key", "promo_code_key",
)  # fmt: skip
_NEW = (*OF_DRAFT, *_WHEN_KEPT)
INSERT = Statement(
    f"""INSERT INTO deal ({", ".join(_NEW)}) VALUES ({", ".join(f":{column}" for column in _NEW)})
    ON CONFLICT (partner_id, deal_id) DO NOTHING RETURNING id"""
)
_LOCKED = """SELECT d.id, d.uuid, d.partner_id, d.deal_id, d.catalog_id, d.offer_id, d.offer_name, d.catalog_code, d.status,
    d.is_returned, d.cost, d.first_cost, d.currency, d.promo_code, d.another_data, d.comment, d.promotion_id, d.payment_sum,
    d.reward_percent, d.fix_remuneration, d.hold_duration, d.paid_at, d.approved_at, m.promoter_id, d.due_at
    FROM deal d LEFT JOIN promotion m ON m.id = d.promotion_id WHERE"""
_BY_DEAL_ID = "d.partner_id = :partner AND d.deal_id = :deal_id"
KNOWN = Statement(f"SELECT 1 FROM deal d WHERE {_BY_DEAL_ID}")
BY_DEAL_ID = Statement(f"{_LOCKED} {_BY_DEAL_ID}", LockedDeal, lock="FOR UPDATE OF d")
SEEN = Statement(f"{_LOCKED} {_BY_DEAL_ID}", LockedDeal)
BY_ID = Statement(f"{_LOCKED} d.id = :id", LockedDeal, lock="FOR UPDATE OF d")
DEAL_ID_OF_UUID = Statement("SELECT deal_id FROM deal WHERE uuid = :uuid AND partner_id = :partner")

PAY = Statement(
    f"""UPDATE deal SET status = 'Paid', paid_at = :now, payment_sum = :earned, due_at = :due_at, modified_at = :now
    WHERE id = :id AND {MAY_BE_PAID}"""
)
CANCEL = Statement(
    f"""UPDATE deal SET status = 'Canceled', canceled_at = :at, payment_sum = 0, due_at = NULL, is_returned = :returned,
        modified_at = :now
    WHERE id = :id AND {MAY_BE_CANCELED}"""
)
RETURN = Statement(f"UPDATE deal SET is_returned = :returned, modified_at = :now WHERE id = :id AND {MAY_BE_RETURNED}")
APPROVE = Statement(
    f"""UPDATE deal SET approved_at = :at, due_at = NULL, modified_at = :now
    WHERE id = :id AND {MAY_BE_APPROVED} AND due_at <= :now"""
)
COST = Statement(
    f"""UPDATE deal SET cost = :cost, payment_sum = :earned, modified_at = :now
    WHERE id = :id AND {MAY_CHANGE_COST}"""
)
COMMENT = Statement("UPDATE deal SET comment = :comment, modified_at = :now WHERE id = :id")
COUNT_APPROVED = Statement("UPDATE catalog SET approved_deals = approved_deals + 1 WHERE id = :id")
COUNT_CANCELED = Statement(
    """UPDATE catalog SET canceled_deals = canceled_deals + 1, approved_deals = approved_deals - :were_approved
    WHERE id = :id"""
)
# By each partner's own clock. One look into the index for each who has something ahead, however much that is.
PARTNERS_WITH_DUE = Statement(
    f"""WITH RECURSIVE waiting (partner) AS (
        SELECT MIN(partner_id) FROM deal WHERE due_at IS NOT NULL
        UNION ALL
        SELECT (SELECT MIN(d.partner_id) FROM deal d WHERE d.due_at IS NOT NULL AND d.partner_id > w.partner)
        FROM waiting w WHERE w.partner IS NOT NULL)
    SELECT p.id, p.clock_offset FROM waiting w JOIN partner p ON p.id = w.partner
    WHERE {FIRST_DUE.format("p.id")} <= :now + CAST(p.clock_offset AS BIGINT) * 1000000""",
    PartnerWithDue,
)
# The partner itself, and the merchants that it may have brought deals.
PARTNERS_SEEN_WITH_DUE = Statement(
    f"""SELECT p.id, p.clock_offset FROM partner p WHERE p.id IN (SELECT CAST(:partner AS BIGINT) UNION
        SELECT c.partner_id FROM promotion m JOIN catalog c ON c.id = m.catalog_id WHERE m.promoter_id = :partner)
    AND {FIRST_DUE.format("p.id")} <= :now + CAST(p.clock_offset AS BIGINT) * 1000000""",
    PartnerWithDue,
)
PARTNERS_OF_THESE_WITH_DUE = Statement(
    f"""SELECT p.id, p.clock_offset FROM partner p WHERE p.id IN :partners
    AND {FIRST_DUE.format("p.id")} <= :now + CAST(p.clock_offset AS BIGINT) * 1000000""",
    PartnerWithDue,
)
DUE = Statement(
    "SELECT id, status FROM deal WHERE partner_id = :partner AND due_at <= :now ORDER BY due_at LIMIT :most", Due
)
SHOWN_DEALS = """SELECT d.id, d.uuid, d.deal_id, d.offer_name, c.title AS catalog_title, c.catalog_code, d.cost, d.payment_sum,
    d.is_returned, d.conversion_time, d.promo_code, k.percent_discounts, d.currency, d.status, d.modified_at, d.paid_at,
    d.approved_at, d.canceled_at, d.due_at
    FROM deal d JOIN catalog c ON c.id = d.catalog_id
    LEFT JOIN promo_code k ON k.merchant_id = d.partner_id AND k.code = COALESCE(d.promo_code_key, d.promo_code)"""
NEWEST = 2**63 - 1
_TIME = Statement("SELECT conversion_time FROM deal WHERE id = :id AND partner_id = :partner")
SHOWN = Statement(f"{SHOWN_DEALS} WHERE {_BY_DEAL_ID}", ShownDeal)
# A catalog is found through its partner, and then it alone says which index is taken.
_CATALOG = """COALESCE((SELECT id FROM catalog WHERE partner_id = :partner AND code_key = :catalog_code),
    (SELECT id FROM catalog WHERE partner_id = :partner AND code_key = :code_key))"""
_CONDITIONS = {
    # To compare a parameter by itself with the conditions of partial indexes, SQLite would parse the statement at each run.
    "status": "d.status = (:status || '')",
    "deal_id": "d.deal_id = :deal_id",
    "since": "d.conversion_time >= :since",
    "modified": "d.modified_at >= :modified",
    "before": "(d.conversion_time, d.id) < (:time, :before)",
    "after": "(d.modified_at, d.id) > (:moment, :after)",
}


def listed(partner_id: int, before: int, narrowed: Narrowed, limit: int) -> list[ShownDeal]:
    """The partner's deals below the id `before` (NEWEST: all), newest first."""
    given = _given(narrowed)
    if before < NEWEST:
        given |= {"before": before, "time": time_of(partner_id, before)}
    return _listed(tuple(given)).rows(partner=partner_id, limit=limit, **given)


def changed(partner_id: int, after: tuple[int, ...] | None, narrowed: Narrowed, limit: int) -> list[ShownDeal]:
    """The partner's deals that changed at `narrowed.modified` or later, the longest unchanged first, after the (time, id).

    One that changes while somebody reads page after page comes once more at the end, and none is passed over.
    """
    given = _given(narrowed)
    if after is not None and after[0] >= given["modified"]:
        del given[
            "modified"
        ]  # The place says it too. Of two beginnings SQLite would take the first, and read all between.
        given |= {"moment": after[0], "after": after[1]}
    return _listed(tuple(given)).rows(partner=partner_id, limit=limit, **given)


def _given(narrowed: Narrowed) -> dict:
    """What is asked, as it is compared."""
    given = {name: value for name, value in narrowed._asdict().items() if value is not None}
    if "deal_id" in given:
        given["deal_id"] = tidy(given["deal_id"])
    if "catalog_code" in given:
        given["code_key"] = mended(given["catalog_code"])
    return given


@cache
def _listed(given: tuple[str, ...]) -> Statement[ShownDeal]:
    """The query of a shape of filter."""
    whose, by_change = "d.partner_id = :partner", "modified" in given or "after" in given
    if "catalog_code" in given:
        by_partner = "deal_id" in given or by_change
        whose = f"{whose} AND c.id = {_CATALOG}" if by_partner else f"d.catalog_id = {_CATALOG}"
    where = " AND ".join([whose, *(text for name, text in _CONDITIONS.items() if name in given)])
    order = "d.modified_at, d.id" if by_change else "d.conversion_time DESC, d.id DESC"
    return Statement(f"{SHOWN_DEALS} WHERE {where} ORDER BY {order} LIMIT :limit", ShownDeal)


def time_of(partner_id: int, deal: int) -> int:
    """When the partner's deal with this id was first reported, in microseconds; 0 when there is none."""
    return _TIME.value(id=deal, partner=partner_id) or 0
