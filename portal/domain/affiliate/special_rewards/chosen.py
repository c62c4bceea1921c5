"""Which special reward counts: one rule for the deal, and for what promoters are shown before it.

The most specific wins: a promoter's before its group's, and of each an offer's before the whole catalog's; only then what the
offer says, and what the catalog says. Of several alike the one that began last wins.
"""

from portal.domain import money


def joined(merchant: str, promoter: str, catalog: str, offer: str, currency: str) -> str:
    """SQL that joins `special_reward s`, the one that counts `:now` for what these columns or parameters name."""
    return f"""LEFT JOIN special_reward s ON s.id = (
        SELECT x.id FROM special_reward x WHERE (x.merchant_id = {merchant} AND x.promoter_id = {promoter}
                OR x.group_id = (SELECT b.group_id FROM group_member b WHERE b.merchant_id = {merchant} AND b.promoter_id = {promoter}))
            AND (x.offer_id = {offer} OR x.catalog_id = {catalog})
            AND (x.currency IS NULL OR x.currency = {currency})
            AND x.starts_at <= :now AND (x.ends_at IS NULL OR x.ends_at > :now)
        ORDER BY x.promoter_id IS NULL, x.offer_id IS NULL, x.starts_at DESC, x.id DESC LIMIT 1)"""


def said(percent: int | None, fixed: int | None, currency: str) -> str:
    """A reward in words: "12.5%", or "5.00 EUR"."""
    if fixed is not None:
        return f"{money.to_decimal(fixed, currency):,f} {currency}"
    return f"{(percent or 0) / 100:g}%"
