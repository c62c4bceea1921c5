"""Test deals: a partner looks at what a deal is, from a promoter's link to a held reward.

They are made in test mode by the road of every deal, so that no figure, list, payout or mail of the partner's knows of them.
"""

from portal import clock
from portal.database import Statement, transaction
from portal.domain import money
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.catalogs.tables import Landing, PromoterTerms
from portal.domain.affiliate.clicks import keys
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals.reports import Report
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.deals.words import PAID
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.trials import copies, sample_promoter
from portal.domain.errors import Refused
from portal.domain.identifiers import short_code
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog, Offer, OfferPrice

BEGINS = "test-"
_NOTHING_TO_SELL = "The catalog has no active offer to make a test deal of. Add an offer, or activate one."
_IS_TRIAL = Statement(
    """SELECT 1 FROM deal d JOIN promotion m ON m.id = d.promotion_id WHERE d.uuid = :uuid AND d.partner_id = :partner
        AND m.promoter_id = :sample AND d.used_code_id IS NULL"""
)


def make(catalog: Catalog) -> LockedDeal:
    """A test deal of the catalog's first active offer at its first price, in the partner's test mode: a sample promoter's link
    is followed, the customer buys and pays, the reward is held. Its deal_id begins with `test-`.

    Raises Refused without an active offer.
    """
    twin, promoter = partners.twin_of(catalog.partner), sample_promoter.partner()
    if catalog.archived_at:
        raise Refused("The catalog is archived. Restore it first, then make a test deal of it.")
    if _price(catalog) is None:
        raise Refused(_NOTHING_TO_SELL)
    with clock.acting(twin.clock_offset), transaction():
        own = catalog if catalog.partner_id == twin.id else copies.in_test_mode(catalog, twin.id)
        was_published = own.is_published
        # Others in test mode see what is published there; what its merchant keeps to itself is so to nobody but this deal.
        catalogs.change(own, {"is_published": True})
        deal = _report(own, _followed(own, _promotion(own, promoter), twin))
        catalogs.change(own, {"is_published": was_published})
    return deal


def is_one(partner_id: int, uuid: str) -> bool:
    """Whether the partner's deal was made here: the sample promoter brought it."""
    return _IS_TRIAL.value(uuid=uuid, partner=partner_id, sample=sample_promoter.partner().id) is not None


def _price(catalog: Catalog) -> OfferPrice | None:
    active = OfferPrice.select(OfferPrice, Offer).join(Offer).join(PromoterTerms)
    return active.where(Offer.catalog == catalog, Offer.is_active).order_by(Offer.id, OfferPrice.id).first()


def _promotion(catalog: Catalog, promoter: Partner) -> Promotion:
    """The sample promoter sells the catalog, whatever became of it there before."""
    there = Promotion.get_or_none(Promotion.catalog == catalog, Promotion.promoter == promoter)
    return promotions.approve(there or promotions.join(promoter, catalog.short_code))


def _followed(catalog: Catalog, promotion: Promotion, twin: Partner) -> str:
    """A click on the promoter's link; what the shop got with it."""
    landing = Landing.select().where(Landing.catalog == catalog, Landing.removed_at.is_null()).order_by(Landing.id)
    key, at = keys.new(promotion.id, twin.clock_offset)
    Click.create(
        key=key, promotion=promotion, landing=landing.first(), at=clock.from_micros(at), device="Desktop", is_first=True
    )
    return f"myshare={promotion.uid}&click={key}"


def _report(catalog: Catalog, another_data: str) -> LockedDeal:
    price = _price(catalog)
    if price is None:
        raise Refused(_NOTHING_TO_SELL)
    cost, deal_id = money.to_decimal(price.cost, price.currency), f"{BEGINS}{short_code(8)}"
    said = Report(
        PAID, price.offer.name, cost, price.currency, deal_id, catalog.catalog_code, another_data=another_data
    )
    return deals.report(catalog.partner_id, said)
