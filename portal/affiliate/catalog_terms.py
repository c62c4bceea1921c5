"""On what terms a catalog is sold, as who may join it and who has joined it read them: whole sentences, and what a page needs."""

from collections.abc import Iterable

from portal.domain.affiliate.catalogs import approval, rewards
from portal.domain.affiliate.catalogs.lists import OfferLine
from portal.domain.affiliate.catalogs.marketplace import CatalogReward, Listing, Reward
from portal.domain.affiliate.special_rewards.lists import Own
from portal.domain.offers.names import COUNTRY_NAMES, LANGUAGE_NAMES
from portal.domain.offers.tables import Catalog
from portal.domain.pictures import album
from portal.domain.sentences import counted, either, say
from portal.web.formats import NOTHING, duration, money, share

_EVERY_DEVICE = "All"


def shown(listing: Listing) -> dict:
    """What the templates of the terms are drawn from, beside the catalog and these sentences."""
    catalog = listing.catalog
    named = [catalog.preview_image, catalog.company_logo, catalog.icon, *(row.image_url for row in listing.landings)]
    return {
        "listing": listing,
        "approval": approval.rate(catalog.approved_deals, catalog.canceled_deals),
        "pictures": album.keys_of(catalog.partner_id, named),
        "places": [COUNTRY_NAMES.get(code, code) for code in catalog.offer_geo],
        "languages": [LANGUAGE_NAMES.get(code, code) for code in catalog.localizations],
    }


def ended_deals(catalog: Catalog) -> str:
    """Of how many deals the share of approved ones is told."""
    ended = catalog.approved_deals + catalog.canceled_deals
    return (
        counted(ended, "of 1 deal that ended", "of {number} deals that ended")
        if ended
        else say("no deal has ended yet")
    )


def hold(catalog: Catalog) -> str:
    """When a reward is due."""
    if not catalog.hold_duration:
        return say("None: a reward is due as soon as the customer paid.")
    return say(
        "A reward is held for {time} after the customer paid, and lost if the order is canceled meanwhile. Then it is due.",
        time=duration(catalog.hold_duration),
    )


def unpaid_orders(catalog: Catalog) -> str:
    """What becomes of orders that nobody pays."""
    return say("Canceled by themselves after {time}.", time=duration(catalog.canceled_duration))


def clicks(catalog: Catalog) -> str:
    """How long a click counts."""
    return counted(
        catalog.cookies_storage_days,
        "An order is yours when your link was followed at most 1 day before it.",
        "An order is yours when your link was followed at most {number} days before it.",
    )


def promo_codes(catalog: Catalog) -> str:
    """What a promoter's codes may take off."""
    least, most = catalog.min_promo_code_percent, catalog.max_promo_code_percent
    if not catalog.is_promocode_allowed or least is None or most is None:
        return say("None can be made.")
    return say("You make your own, with {least} to {most} off.", least=share(least), most=share(most))


def devices(catalog: Catalog) -> str:
    """On what it is sold."""
    return say("All") if catalog.devices == _EVERY_DEVICE else say("{device} only", device=catalog.devices)


def earned(offer: OfferLine, catalog: Catalog, own: list[Own]) -> tuple[str, str | None]:
    """What a sale of the offer earns who looks at it, and what it would be without the reward that was set for that promoter."""
    percent = rewards.percent_of(offer.reward_percent, offer.fix_remuneration, catalog.reward_percent)
    usual = share(percent) if offer.fix_remuneration is None else money(offer.fix_remuneration, offer.prices[0][0])
    if not own:
        return usual, None
    said = [_own(one) for one in own]
    if len(own) < len(offer.prices):
        said.append(usual)
    return either(dict.fromkeys(said)), say("set for you, instead of {usual}", usual=usual)


def earns(each: Iterable[Reward | CatalogReward]) -> str:
    """What a sale of a catalog earns: a range of percentages, fixed sums in each currency."""
    return either([_range(reward) for reward in each] or [NOTHING])


def _range(reward: Reward | CatalogReward) -> str:
    lowest, highest = (
        share(sum_) if reward.currency is None else money(sum_, reward.currency)
        for sum_ in (reward.lowest, reward.highest)
    )
    return lowest if lowest == highest else say("{lowest} to {highest}", lowest=lowest, highest=highest)


def _own(one: Own) -> str:
    return share(one.reward_percent) if one.currency is None else money(one.fix_remuneration, one.currency)
