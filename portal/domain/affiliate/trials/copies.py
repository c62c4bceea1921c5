"""A catalog as it stands in its merchant's test mode: copied there when it is first needed, with its offers and a landing.

What was made or changed in test mode stays as it is there.
"""

from portal.domain.affiliate.catalogs import landings
from portal.domain.affiliate.catalogs.tables import Landing, PromoterTerms
from portal.domain.events import log
from portal.domain.offers import catalogs, offers
from portal.domain.offers.catalog_fields import PICTURES
from portal.domain.offers.tables import Catalog, Offer

_MOST_OFFERS = 50
_OWN = {
    "id", "uuid", "short_code", "partner", "approved_deals", "canceled_deals", "archived_at", "created_at", "modified_at",
    *PICTURES,
}  # fmt: skip


def in_test_mode(live: Catalog, twin_id: int) -> Catalog:
    """The catalog of the same code in test mode, with the offers that promoters can sell. In a transaction that holds the twin."""
    copy = Catalog.get_or_none(Catalog.partner == twin_id, Catalog.code_key == live.code_key) or _catalog(live, twin_id)
    if copy.archived_at:
        copy = catalogs.restore(copy)
    names = {offer.name_key for offer in Offer.select().where(Offer.catalog == copy)}
    for offer in _sold(live):
        if offer.name_key not in names:
            _offer(offer, copy)
    if not Landing.select().where(Landing.catalog == copy, Landing.removed_at.is_null()).exists():
        _landing(live, copy)
    return copy


def _catalog(live: Catalog, twin_id: int) -> Catalog:
    values = {name: value for name, value in live.__data__.items() if name not in _OWN}
    copy = Catalog.create(partner=twin_id, short_code=catalogs.free_code(), **values)
    log.record(twin_id, "catalog.created", "catalog", copy.uuid)
    return copy


def _sold(live: Catalog) -> list[Offer]:
    """The active offers that promoters can sell, the oldest first."""
    active = Offer.select(Offer, PromoterTerms).join(PromoterTerms)
    return list(active.where(Offer.catalog == live, Offer.is_active).order_by(Offer.id).limit(_MOST_OFFERS))


def _offer(offer: Offer, copy: Catalog) -> None:
    taken = {"name": offer.name, "description": offer.description, "is_active": True}
    made = offers.make(copy.partner_id, copy, taken, offers.prices_of(offer))
    terms = {name: value for name, value in offer.promoterterms.__data__.items() if name != "offer"}
    PromoterTerms.create(offer=made, **terms)


def _landing(live: Catalog, copy: Catalog) -> None:
    first = Landing.select().where(Landing.catalog == live, Landing.removed_at.is_null()).order_by(Landing.id).first()
    if first:
        given = {"url": first.url, "adaptability": first.adaptability, "title": first.title}
        landings.create(copy.partner_id, given, copy.uuid)
