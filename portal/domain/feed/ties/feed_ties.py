"""What changes in offers, catalogs and partners, and shows in the feed: `family.py` and the worker's drains import it, so that every
process has it."""

from portal.database import Statement
from portal.domain.accounts.partners import profile
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.ties import sales
from portal.domain.feed import state
from portal.domain.feed.ties import of_customers as of_customers
from portal.domain.feed.ties import persons as persons
from portal.domain.feed.ties import pools
from portal.domain.offers import catalogs, offers
from portal.domain.offers.tables import Catalog, Offer

_OF_OFFER = Statement("UPDATE feed_listing SET changed_at = NULL WHERE offer_id = :offer AND removed_at IS NULL")
_OF_CATALOG = Statement(
    """UPDATE feed_listing SET changed_at = NULL
    WHERE removed_at IS NULL AND offer_id IN (SELECT id FROM offer WHERE catalog_id = :catalog)"""
)
_OF_PARTNER = Statement("UPDATE feed_listing SET changed_at = NULL WHERE partner_id = :partner AND removed_at IS NULL")
_LEFT = Statement(
    """INSERT INTO feed_departure (partner_id, listing_id, catalog_id) SELECT l.partner_id, l.id, :catalog FROM feed_listing l
    WHERE l.offer_id = :offer ON CONFLICT (listing_id, catalog_id) DO UPDATE SET changed_at = NULL"""
)
_CAME_BACK = Statement(
    """DELETE FROM feed_departure WHERE catalog_id = :catalog AND listing_id IN (SELECT id FROM feed_listing WHERE offer_id = :offer)"""
)


def _offer_moved(offer: Offer, catalog: Catalog | None) -> None:
    """What is removed since is told of in both catalogs, too: a program may have missed it."""
    if catalog is not None:
        _CAME_BACK.run(offer=offer.id, catalog=catalog.id)
    if offer.catalog_id is not None and _LEFT.run(offer=offer.id, catalog=offer.catalog_id):
        state.touched(offer.partner_id)


def _offer_changed(offer: Offer) -> None:
    if _OF_OFFER.run(offer=offer.id):
        state.touched(offer.partner_id)


def _catalog_changed(catalog: Catalog) -> None:
    if _OF_CATALOG.run(catalog=catalog.id):
        state.touched(catalog.partner_id)


def _partner_changed(partner: Partner) -> None:
    its_own = (Partner.id == partner.id) | (Partner.live_partner == partner.id)
    for one in Partner.select(Partner.id).where(its_own):
        if _OF_PARTNER.run(partner=one.id):
            state.touched(one.id)


offers.when_moved.append(_offer_moved)
offers.when_changed.append(_offer_changed)
catalogs.when_shown_otherwise.append(_catalog_changed)
profile.when_changed.append(_partner_changed)
sales.drawn_elsewhere.append(pools.drawn_for)
