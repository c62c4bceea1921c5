"""The deals that one promoter brought to a merchant, in all of its catalogs, as the merchant reads them."""

from dataclasses import replace

from portal.database import Statement
from portal.domain.affiliate.deal_lists import promoter_lists
from portal.domain.affiliate.deal_lists.lists import SELECT
from portal.domain.affiliate.deal_lists.promoter_lists import Filter
from portal.domain.affiliate.deals.rows import DealRow
from portal.domain.lists.key_pages import KeyPage

_ROWS = Statement(
    f"{SELECT} WHERE d.id IN :ids AND d.partner_id = :merchant ORDER BY d.conversion_time DESC, d.id DESC", DealRow
)


def page(merchant_id: int, promoter_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty deals, newest first, each a DealRow: all, or those before or after the deal with this id."""
    found = promoter_lists.ids(promoter_id, Filter(merchant=merchant_id), before, after)
    return replace(found, rows=_ROWS.rows(merchant=merchant_id, ids=found.rows) if found.rows else [])
