"""A deal that a new partner sends to itself, to see one appear."""

from portal.database import Statement
from portal.domain import money
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals.reports import Report
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.deals.words import CREATED
from portal.domain.errors import Refused
from portal.domain.identifiers import short_code
from portal.domain.offers.tables import Catalog

BEGINS = "test-"
_OFFER = Statement(
    """SELECT o.name, p.cost, p.currency FROM offer o JOIN promoter_terms t ON t.offer_id = o.id
    JOIN offer_price p ON p.offer_id = o.id WHERE o.catalog_id = ? AND o.is_active = ? ORDER BY o.id, p.id LIMIT 1"""
)


def send(catalog: Catalog) -> LockedDeal:
    """Report a deal of the catalog's first active offer at its first price; its deal_id begins with `test-`.

    It takes the road of every deal. Raises Refused without an active offer."""
    row = _OFFER.row(catalog.id, True)
    if row is None:
        raise Refused("The catalog has no active offer to make a test deal of. Add an offer, or activate one.")
    offer, cost, currency = row
    return deals.report(
        catalog.partner_id,
        Report(
            CREATED, offer, money.to_decimal(cost, currency), currency, f"{BEGINS}{short_code(8)}", catalog.catalog_code
        ),
    )
