"""What of the demo's offers stands in the feed: a listing with each kind of code, one that begins next month, and some clicks."""

from datetime import timedelta

from portal import clock
from portal.demo.cast import DAY, DAYS
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.feed.ties import clicks, pools
from portal.domain.offers.tables import Offer

SHOP = "https://shop.acme.example/"
_LISTED = (
    {
        "code_type": "copyPaste",
        "code": "TRAIL20",
        "button_discount": "20%",
        "button_description": "Copy the code and shop",
    },
    {"code_type": "availableAtClick", "code": "SECRET15", "button_discount": "15%", "terms": "Once a customer."},
    {"code_type": "availableAtCheckout", "button_description": "The price is already reduced"},
    {"code_type": "dynamic", "button_discount": "10%", "button_description": "Your own code"},
)


def live_through(partners: dict[str, Partner], public_url: str) -> None:
    """List acme's first offers, and let its own app and northwind's report clicks on them."""
    acme, northwind = partners["acme"], partners["northwind"]
    offers = list(Offer.select().where(Offer.partner == acme.id, Offer.is_active).order_by(Offer.id).limit(5))
    batch = CouponBatch.select().where(CouponBatch.partner == acme.id).order_by(CouponBatch.id).first()
    with clock.acting(-DAYS // 2 * DAY):
        for offer, given in zip(offers, _LISTED, strict=False):
            pools.put(offer, {"leads_to": SHOP, **given}, batch and batch.id)
    if len(offers) > len(_LISTED):
        pools.put(offers[-1], {"leads_to": SHOP, "starts_at": clock.now() + timedelta(days=30)}, None)
    for number, offer in enumerate(offers[: len(_LISTED)]):
        for visitor in range(9 - 2 * number):
            clicks.click(acme.id, False, offer.uuid, f"app-{visitor}")
    for visitor in range(4):
        clicks.click(northwind.id, False, offers[0].uuid, f"radio-{visitor}")
