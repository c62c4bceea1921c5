"""Test deals: a partner looks at what a deal is, from a promoter's link to a held reward.

They are made in test mode by the road of every deal, so that no figure, list, payout or mail of the partner's knows of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from portal import clock
from portal.database import Statement, transaction
from portal.domain import money
from portal.domain.accounts.partners import partners
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
from portal.domain.sentences import say

BEGINS = "test-"
_NOTHING_TO_SELL = say("The catalog has no active offer to make a test deal of. Add an offer, or activate one.")
_IS_TRIAL = Statement(
    """SELECT 1 FROM deal d JOIN promotion m ON m.id = d.promotion_id JOIN partner q ON q.id = m.promoter_id
    WHERE d.uuid = :uuid AND d.partner_id = :partner AND q.slug = :sample AND d.used_code_id IS NULL"""
)


def make(catalog: Catalog) -> LockedDeal:
    """A test deal of the catalog's first active offer at its first price, in the partner's test mode: a sample promoter's link
    is followed, the customer buys and pays, the reward is held. Its deal_id begins with `test-`.

    Raises Refused without an active offer.
    """
    if catalog.archived_at:
        raise Refused(say("The catalog is archived. Restore it first, then make a test deal of it."))
    if _price(catalog) is None:
        raise Refused(_NOTHING_TO_SELL)
    with _sold_in_test_mode(catalog) as promotion:
        return _report(promotion.catalog, _followed(promotion))


def prepare(catalog: Catalog) -> None:
    """The catalog stands in its merchant's test mode, and the sample promoter sells it there."""
    with _sold_in_test_mode(catalog):
        pass


def is_one(partner_id: int, uuid: str) -> bool:
    """Whether the partner's deal was made here: the sample promoter brought it."""
    return _IS_TRIAL.value(uuid=uuid, partner=partner_id, sample=sample_promoter.SLUG) is not None


@contextmanager
def _sold_in_test_mode(catalog: Catalog) -> Iterator[Promotion]:
    """In a transaction, by the clock of test mode: the sample promoter's promotion of the catalog as it stands there.

    Others in test mode see what is published there, so that what its merchant keeps to itself is published within only."""
    twin, promoter = partners.twin_of(catalog.partner), sample_promoter.partner()
    with clock.acting(twin.clock_offset), transaction():
        partners.hold(twin.id)  # Two at once would make the copy twice, or the promotion.
        own = catalog if catalog.partner_id == twin.id else copies.in_test_mode(catalog, twin.id)
        was_published = own.is_published
        catalogs.change(own, {"is_published": True})
        there = Promotion.get_or_none(Promotion.catalog == own, Promotion.promoter == promoter)
        yield promotions.approve(there or promotions.join(promoter, own.short_code))
        catalogs.change(own, {"is_published": was_published})


def _price(catalog: Catalog) -> OfferPrice | None:
    active = OfferPrice.select(OfferPrice, Offer).join(Offer).join(PromoterTerms)
    return active.where(Offer.catalog == catalog, Offer.is_active).order_by(Offer.id, OfferPrice.id).first()


def _followed(promotion: Promotion) -> str:
    """A click on the promoter's link; what the shop got with it."""
    its_own = (Landing.catalog == promotion.catalog_id) & Landing.removed_at.is_null()
    landing = Landing.select().where(its_own).order_by(Landing.id)
    key, at = keys.new(promotion.id, promotion.catalog.partner.clock_offset)
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
