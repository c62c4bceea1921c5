"""Special rewards: set and removed by the merchant. A deal keeps the one that it was made under."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from portal import clock
from portal.database import transaction
from portal.domain.accounts.partners import partners
from portal.domain.affiliate import found
from portal.domain.affiliate.catalogs import rewards as catalog_rewards
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.groups.tables import PromoterGroup
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.special_rewards.tables import SpecialReward
from portal.domain.errors import Invalid, Refused
from portal.domain.events import log
from portal.domain.offers.catalog_fields import REWARD_PERCENT
from portal.domain.offers.tables import Catalog, Offer, OfferPrice
from portal.domain.sentences import say
from portal.domain.values import checked

MOST = 100  # of a promoter, and of a group
FIELDS = {"reward_percent": REWARD_PERCENT}


@dataclass(slots=True)
class Given:
    """A percentage, or a sum with its currency; from when (None: now) until when (None: further notice)."""

    percent: Decimal | None = None
    fixed: Decimal | None = None
    currency: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def set_for_promoter(promotion: Promotion, offer: Offer | None, given: Given) -> SpecialReward:
    """What the promoter earns with an offer of the promotion's catalog, or with all of it. Both sides have it in their logs.

    Raises Invalid with what is wrong, Refused when there are too many.
    """
    catalog = promotion.catalog
    taken = _taken(catalog, offer, given)
    with transaction():
        partners.hold(catalog.partner_id)  # The promoter may have promotions in several catalogs.
        whose = {"merchant": catalog.partner_id, "promoter": promotion.promoter_id}
        reward = _keep(whose, taken)
        sides = (catalog.partner_id, promotion.promoter_id)
        log.record_for_both(sides, "promotion.rewarded", "promotion", promotion.uid, _told(reward))
    return reward


def set_for_group(group: PromoterGroup, catalog: Catalog, offer: Offer | None, given: Given) -> SpecialReward:
    """The same for everybody in a group, now and later. Raises NotFound when the group has gone meanwhile."""
    taken = _taken(catalog, offer, given)
    with transaction():
        groups.locked(group)
        reward = _keep({"merchant": group.merchant_id, "group": group.id}, taken)
        log.record(group.merchant_id, "group.rewarded", groups.THING, group.uuid, _told(reward))
    return reward


def remove(reward: SpecialReward) -> None:
    """It counts for no new deal. Repeating it changes nothing."""
    with transaction():
        if not SpecialReward.delete().where(SpecialReward.id == reward.id).execute():
            return
        if reward.group:
            log.record(reward.merchant_id, "group.reward_removed", groups.THING, reward.group.uuid, _told(reward))
            return
        promotion = promotion_of(reward)
        sides = (reward.merchant_id, reward.promoter_id)
        log.record_for_both(sides, "promotion.reward_removed", "promotion", promotion.uid, _told(reward))


def find(merchant_id: int, uuid: str) -> SpecialReward:
    """The merchant's reward by our id. Raises NotFound."""
    return found.of_merchant(SpecialReward, merchant_id, uuid, "reward")


def promotion_of(reward: SpecialReward) -> Promotion:
    """The promotion whose page tells of a promoter's reward."""
    its = Promotion.select().join(Catalog).where(Catalog.partner == reward.merchant_id)
    its = its.where(Promotion.promoter == reward.promoter_id)
    catalog_id = reward.offer.catalog_id if reward.offer else reward.catalog_id
    return its.order_by((Promotion.catalog == catalog_id).desc(), Promotion.id).first()


def _taken(catalog: Catalog, offer: Offer | None, given: Given) -> dict:
    if offer and offer.catalog_id != catalog.id:
        raise Invalid("offer", say("Choose an offer of this catalog."))
    where = {"offer": offer.id} if offer else {"catalog": catalog.id}
    if (given.percent is None) == (given.fixed is None):
        raise Invalid("reward_percent", say("Give a percentage or a fixed sum, and not both."))
    if given.percent is not None:
        reward = checked({"reward_percent": given.percent}, FIELDS)
    else:
        reward = _fixed(catalog, offer, given.fixed, given.currency)
    return where | reward | _while(given)


def _fixed(catalog: Catalog, offer: Offer | None, fixed: Decimal | None, currency: str | None) -> dict:
    """A sum has to be earned by some deal: in a currency that the offer, or one of the catalog's, is priced in."""
    priced = OfferPrice.select(OfferPrice.currency).join(Offer).where(Offer.catalog == catalog).distinct()
    if offer:
        priced = priced.where(Offer.id == offer.id)
    currencies = sorted(price.currency for price in priced)
    if currency not in currencies:
        said = ", ".join(currencies) or say("there is no price yet")
        raise Invalid("currency", say("Choose a currency that it is priced in: {said}.", said=said))
    return {"fix_remuneration": catalog_rewards.fixed(fixed or Decimal(0), currency or ""), "currency": currency}


def _while(given: Given) -> dict:
    now = clock.now()
    starts_at = given.starts_at or now
    if given.ends_at and given.ends_at <= max(starts_at, now):
        raise Invalid("ends_at", say("The end has to be later than the beginning, and than now."))
    return {"starts_at": starts_at, "ends_at": given.ends_at}


def _keep(whose: dict, taken: dict) -> SpecialReward:
    held = SpecialReward.select().filter(**whose)
    if held.count() >= MOST:
        raise Refused(say("There are {most} rewards already. Remove one that is over.", most=MOST))
    return SpecialReward.create(**whose, **taken)


def _told(reward: SpecialReward) -> dict:
    names = ("reward_percent", "fix_remuneration", "currency", "catalog_id", "offer_id")
    return {name: getattr(reward, name) for name in names if getattr(reward, name) is not None}
