"""Listings of the feed, as their partner makes them."""

from decimal import Decimal

from portal.domain.affiliate.catalogs import terms
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.feed.tables import FeedListing
from portal.domain.feed.ties import pools
from portal.domain.identifiers import new_uuid
from portal.domain.offers import catalogs
from portal.domain.offers.offers import Price
from portal.domain.offers.tables import Catalog, Offer

SHOP = "https://shop.example/"


def catalog(party, **given) -> Catalog:
    """A published catalog of the party's."""
    return catalogs.create(
        party.id, {"title": "Shop", "catalog_code": new_uuid(), "reward_percent": Decimal(10)} | given
    )


def offer(party, of: Catalog | None = None, **given) -> Offer:
    """An offer of the party's, in a catalog of its own where none is given."""
    of = of or catalog(party)
    return terms.create(party.id, {"name": new_uuid()} | given, of.short_code, [Price(Decimal(100), "USD")])


def listed(party, of: Catalog | None = None, batch: CouponBatch | None = None, **given) -> tuple[Offer, FeedListing]:
    """An offer that is in the feed."""
    made = offer(party, of)
    return made, pools.put(made, {"leads_to": SHOP} | given, batch and batch.id)


def batch(party, count: int) -> CouponBatch:
    """A batch of so many coupons that was made."""
    made = CouponBatch.create(
        partner=party.id, name="Batch", prefix="F-", length=8, wanted=count, made=count, state="done", settings={},
        made_by="user:1",
    )  # fmt: skip
    rows = [
        {
            "partner": party.id, "name": "Batch", "kind": 2, "code": f"F{made.id}-{number}", "written": f"F{made.id}-{number}",
            "amount_type": "percentage", "amount": 1000, "batch": made.id,
        }
        for number in range(count)
    ]  # fmt: skip
    Coupon.insert_many(rows).execute()
    return made
