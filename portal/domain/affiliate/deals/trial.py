"""A deal that a new partner sends to itself, to see one appear."""

from portal.domain import money
from portal.domain.affiliate.catalogs.tables import PromoterTerms
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals.reports import Report
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.deals.words import CREATED
from portal.domain.errors import Refused
from portal.domain.identifiers import short_code
from portal.domain.offers.tables import Catalog, Offer, OfferPrice

BEGINS = "test-"


def send(catalog: Catalog) -> LockedDeal:
    """Report a deal of the catalog's first active offer at its first price; its deal_id begins with `test-`.

    It takes the road of every deal. Raises Refused without an active offer."""
    active = OfferPrice.select(OfferPrice, Offer).join(Offer).join(PromoterTerms)
    price = active.where(Offer.catalog == catalog, Offer.is_active).order_by(Offer.id, OfferPrice.id).first()
    if price is None:
        raise Refused("The catalog has no active offer to make a test deal of. Add an offer, or activate one.")
    cost, deal_id = money.to_decimal(price.cost, price.currency), f"{BEGINS}{short_code(8)}"
    said = Report(CREATED, price.offer.name, cost, price.currency, deal_id, catalog.catalog_code)
    return deals.report(catalog.partner_id, said)
