"""One story through all families: an offer that promoters sell, members use and the feed lists; deals that a click, a code and a
coupon brought; what they credited, what was paid out for them, which push told of it, and cancellations that undid it."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from portal import clock
from portal.domain.affiliate.catalogs import landings, terms
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import deals, moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.payouts.tables import Payout
from portal.domain.affiliate.promotions.tables import PromoCode
from portal.domain.affiliate.refunds import refunds
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking, reversing
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.pushes.automatic import automatic, occasions
from portal.domain.cards.pushes.automatic.automatic import LEFT
from portal.domain.cards.pushes.tables import AutomaticPush, Push
from portal.domain.cards.templates.tables import TemplateCatalog
from portal.domain.coupons.batches import batches, making
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import ACCESS, Coupon
from portal.domain.coupons.reservations import reserving
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.ties import promoters
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.coupons.uses.tables import CouponUse
from portal.domain.feed.ties import clicks, pools
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.terms import terms as member_terms
from portal.domain.member_offers.uses.tables import OfferUse
from portal.domain.offers import catalogs, offers
from portal.domain.offers.tables import Offer
from tests.contract.promoters import promoted
from tests.support import club_offers, desk, feeding, loyalty
from tests.support.pushes import installed, work

KEY, CODE, SHOWN = "2hYt8QmW4sLr6kXn0vBc1D", "Promo", "SPRING"


@dataclass
class Story:
    """Whose it is, who sells it, and what it has one of by the kind of thing, each by its id in the graph."""

    merchant: object
    promoter: object
    ids: dict[str, str]


def play(merchant, promoter, uid: str = "BDGSYEHVX", key: str = KEY) -> Story:
    """The story, with the party as merchant and the other as promoter."""
    limits = {"min_promo_code_percent": Decimal(0), "max_promo_code_percent": Decimal(20), "is_promocode_allowed": True}
    catalog = catalogs.create(merchant.id, {"title": "Shop", "catalog_code": "shop", **limits})
    given = {"name": "Plan", "reward_percent": Decimal(20), "is_promocode_allowed": True}
    offer = terms.create(merchant.id, given, catalog.uuid, [offers.Price(Decimal(100), "USD")])
    landing = landings.create(merchant.id, {"url": "https://shop.example/"}, catalog.uuid)
    promotion = promoted(catalog.uuid, promoter, uid, CODE)
    Click.create(key=key, promotion=promotion, landing=landing, at=clock.micros())
    rules = {"currency": "USD", "credits_deals": True, "deal_gives": 8}
    template = loyalty.template(merchant, **rules)
    TemplateCatalog.create(template=template, catalog=catalog)
    card = installed(merchant, template)
    coupon = _coupon(merchant, promotion.uid)
    ids = {
        "catalog": catalog.uuid, "offer": offer.uuid, "landing": landing.code, "promotion": promotion.uid, "click": key,
        "promo_code": str(PromoCode.get(PromoCode.promotion == promotion).id), "card_template": template.uuid, "card": card.serial,
        "member": card.member.uuid, "coupon": str(coupon.id),
    }  # fmt: skip
    _tell_when_few_are_left(merchant, template)
    _deals(merchant, promoter, card, uid, key, coupon)
    undone = booking.book(merchant.id, card.serial, Asked("add-stamp", 1))
    reversing.reverse(merchant.id, undone.id, source="portal")
    work()
    ids |= _club_and_feed(merchant, offer, card) | _tickets(merchant, coupon, card)
    return Story(merchant, promoter, ids | _of_deals(merchant))


def begin(world) -> Story:
    """The story of acme and northwind."""
    return play(world.acme, world.northwind)


def _coupon(merchant, uid: str) -> Coupon:
    coupon = desk.coupon(merchant, code=SHOWN)
    desk.assigned(coupon)
    promoters.set_for(merchant.id, coupon.id, uid)
    return coupon


def _tell_when_few_are_left(merchant, template) -> None:
    kept = automatic.save(merchant.id, template.id, LEFT, "{left} left", 2, keeps_quiet=False)
    then = clock.now() - timedelta(days=2)
    AutomaticPush.update(since=then, looked_at=then).where(AutomaticPush.id == kept.id).execute()


def _look() -> None:
    AutomaticPush.update(due_at=0).where(AutomaticPush.is_on).execute()
    while occasions.work_due():
        pass


def _deals(merchant, promoter, card: Card, uid: str, key: str, coupon: Coupon) -> None:
    """By a click, whose reward is paid out; by a code, canceled; by a coupon, returned in part; by a coupon, canceled."""
    named = f"customer={card.member.uuid}"
    _approved(merchant, "by-click", another_data=f"myshare={uid}&click={key}&{named}")
    payouts.run(merchant.id, [(promoter.id, "USD", 2000)])
    _look()
    _approved(merchant, "by-code", promo_code=CODE, another_data=named)
    _approved(merchant, "by-coupon", promo_code=coupon.written)
    refunds.give_back(merchant.id, "by-coupon", Decimal(40))
    _approved(merchant, "by-coupon-2", promo_code=coupon.written)
    for deal_id in ("by-code", "by-coupon-2"):
        deals.update(merchant.id, deal_id, "Canceled")


def _approved(merchant, deal_id: str, **more) -> None:
    deals.report(merchant.id, deals.Report("Paid", "Plan", Decimal(100), "USD", deal_id, "shop", **more))
    Deal.update(due_at=clock.now()).where(Deal.deal_id == deal_id).execute()
    moves.settle_due()


def _of_deals(merchant) -> dict[str, str]:
    deal = Deal.get(Deal.partner == merchant.id, Deal.deal_id == "by-click")
    canceled = Deal.get(Deal.partner == merchant.id, Deal.deal_id == "by-code")
    refunded = Deal.get(Deal.partner == merchant.id, Deal.deal_id == "by-coupon")
    operation = CardOperation.select().where(CardOperation.partner == merchant.id).order_by(CardOperation.id).get()
    return {
        "deal": deal.uuid,
        "reward": deal.uuid,
        "cancellation": canceled.uuid,
        "refund": refunded.refund_set.get().uuid,
        "payout": Payout.get(Payout.merchant == merchant.id).uuid,
        "card_operation": str(operation.id),
        "push": Push.get(Push.partner == merchant.id).uuid,
    }


def _club_and_feed(merchant, offer: Offer, card: Card) -> dict[str, str]:
    """The offer for members, in a collection, and used; in the feed with one code, and another one with codes of a batch."""
    its = member_terms.put(offer, {"active_seconds": 0})
    club_offers.use(merchant, card.member, its)
    collection = collections.make(merchant.id, {"title": "Spring"})
    collections.add(collection, offer.id)
    pools.put(offer, {"leads_to": feeding.SHOP, "code_type": "copyPaste", "code": SHOWN.lower()}, None)
    batch = batches.start(merchant.id, Given("Drawn", ACCESS, ""), "DRAWN-", 6, 2)
    while making.work_due():
        pass
    drawing, _ = feeding.listed(merchant, None, batch, code_type="dynamic")
    clicks.click(merchant.id, False, drawing.uuid, card.member.uuid)
    return {
        "member_offer": offer.uuid,
        "offer_use": OfferUse.get(OfferUse.partner == merchant.id).uuid,
        "collection": str(collection.id),
        "feed_listing": offer.uuid,
        "coupon_batch": batch.uuid,
    }


def _tickets(merchant, coupon: Coupon, card: Card) -> dict[str, str]:
    """The coupon is used on a customer's tickets, and assigned to their event."""
    event = desk.event(merchant, currency="USD")
    level = desk.level(event)
    wanted = [Wanted(level.id, 1)]
    held = reserving.reserve(merchant.id, desk.listing(level).id, wanted, card.member_id).reservation
    holding.use(held.id, [AskedUse(event.id, coupon.code)])
    its_own = desk.coupon(merchant)
    Coupon.update(member=card.member_id).where(Coupon.id == its_own.id).execute()
    assignment = desk.assigned(its_own, event_ids=[event.id])
    return {
        "ticketed_event": str(event.id),
        "reservation": str(held.id),
        "coupon_use": str(CouponUse.get(CouponUse.reservation == held.id).id),
        "coupon_assignment": assignment.uuid,
    }
