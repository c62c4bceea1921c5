"""What a catalog in the marketplace says to who looks at it: whole sentences with named parameters."""

from portal.domain.affiliate.catalogs import rewards
from portal.domain.affiliate.catalogs.lists import OfferLine
from portal.domain.affiliate.promotions.promotions import ENDED, REFUSED
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.special_rewards.lists import Own
from portal.domain.offers.tables import Catalog
from portal.web.formats import duration, money, number, share
from portal.web.plurals import counted

_EVERY_DEVICE = "All"


def waiting(waits_for_operator: bool, merchant: str, promoter: str) -> str:
    """Whom an application waits for."""
    if waits_for_operator:
        return f"You are admitted once the operator of this portal has confirmed {promoter}."
    return f"Your application waits for {merchant} to decide."


def put_out(promotion: Promotion, merchant: str) -> str:
    """What the merchant did to the promotion; its reason follows, where it gave one."""
    if promotion.state == REFUSED:
        return f"{merchant} refused your application:" if promotion.reason else f"{merchant} refused your application."
    return f"{merchant} ended your promotion:" if promotion.reason else f"{merchant} ended your promotion."


def admission(admits_at_once: bool, waits_for_operator: bool, merchant: str, promoter: str) -> str:
    """Who decides about an application."""
    if admits_at_once:
        return "Everybody is admitted at once, and gets links right away."
    if waits_for_operator:
        return f"Confirmed partners are admitted at once; {promoter} is, as soon as the operator has confirmed it."
    return f"{merchant} looks at each application and decides."


def join(admits_at_once: bool, state: str | None) -> str:
    """What the button does, for who has never joined or has left."""
    if not admits_at_once:
        return "Apply"
    return "Join again" if state == ENDED else "Join"


def ended_deals(catalog: Catalog) -> str:
    """Of how many deals the share of approved ones is told."""
    ended = catalog.approved_deals + catalog.canceled_deals
    return f"of {number(ended)}" if ended else "no deal has ended yet"


def hold(catalog: Catalog) -> str:
    """When a reward is due."""
    if not catalog.hold_duration:
        return "None: a reward is due as soon as the customer paid."
    return (
        f"A reward is pending for {duration(catalog.hold_duration)} after the customer paid, "
        "and lost if the order is canceled meanwhile. Then it is due."
    )


def unpaid_orders(catalog: Catalog) -> str:
    """What becomes of orders that nobody pays."""
    return f"Canceled by themselves after {duration(catalog.canceled_duration)}."


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
        return "None can be made."
    return f"You make your own, with {share(least)} to {share(most)} off."


def devices(catalog: Catalog) -> str:
    """On what it is sold."""
    return "All" if catalog.devices == _EVERY_DEVICE else f"{catalog.devices} only"


def earned(offer: OfferLine, catalog: Catalog, own: list[Own]) -> tuple[str, str | None]:
    """What a sale of the offer earns who looks at it, and what it would be without the reward that was set for that promoter."""
    percent = rewards.percent_of(offer.reward_percent, offer.fix_remuneration, catalog.reward_percent)
    usual = share(percent) if offer.fix_remuneration is None else money(offer.fix_remuneration, offer.prices[0][0])
    if not own:
        return usual, None
    said = [_own(one) for one in own]
    if len(own) < len(offer.prices):
        said.append(usual)
    return " or ".join(dict.fromkeys(said)), f"set for you, instead of {usual}"


def _own(one: Own) -> str:
    return share(one.reward_percent) if one.currency is None else money(one.fix_remuneration, one.currency)
