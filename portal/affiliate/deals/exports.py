"""The deals that are filtered, as CSV. Its columns are named as the API names them, so that it can be imported again."""

from zoneinfo import ZoneInfo

from flask import g

from portal import clock
from portal.affiliate.deals import filters
from portal.domain import money
from portal.domain.affiliate.deal_lists import export as deal_export
from portal.domain.affiliate.deal_lists.export import COLUMNS, ExportedDeal
from portal.web import spreadsheets


def csv():
    """All that is filtered, newest first. Times are the partner's, with their distance from UTC; sums are decimals."""
    chosen, _ = filters.read()
    zone = ZoneInfo(g.partner.time_zone)
    name = spreadsheets.file_name("deals", clock.now(), g.partner.time_zone)
    return spreadsheets.download(name, COLUMNS, (_cells(deal, zone) for deal in deal_export.each(g.partner.id, chosen)))


def _cells(deal: ExportedDeal, zone: ZoneInfo) -> list:
    times = [moment and moment.astimezone(zone).isoformat(timespec="seconds") for moment in deal.times]
    return [
        deal.deal_id, deal.status, "true" if deal.is_returned else "false", deal.offer_name, deal.catalog_code,
        money.to_decimal(deal.cost, deal.currency), deal.currency, money.to_decimal(deal.payment_sum, deal.currency),
        deal.promo_code, deal.another_data, deal.comment, deal.uuid, deal.catalog_title, deal.promoter, deal.uid, *times,
        money.to_decimal(deal.refunded or 0, deal.currency),
    ]  # fmt: skip
