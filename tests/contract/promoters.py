"""A promoter in a catalog, its code and its clicks, as the marketplace leaves them."""

from portal import clock
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.offers.tables import Catalog

UID, CODE = "BDGSYEHVX", "Promo"


def promoted(catalog_id: str, promoter, uid: str = UID, code: str | None = CODE, **promotion) -> Promotion:
    """The party sells the catalog (named by its UUID) with this uid and, if any, this code of 5%."""
    catalog = Catalog.get(Catalog.uuid == catalog_id)
    joined = Promotion.create(uid=uid, catalog=catalog, promoter=promoter.partner, **promotion)
    if code:
        PromoCode.create(
            merchant=catalog.partner_id, promotion=joined, code=code.upper(), written=code, percent_discounts=500
        )
    return joined


def clicked(promotion: Promotion, key: str = "click-1", days_ago: int = 0) -> Click:
    """Somebody followed the promoter's link."""
    return Click.create(key=key, promotion=promotion, at=clock.micros() - days_ago * 86_400_000_000)
