"""The affiliate family: how its API speaks (contract: affiliate), its features and its part of the menu."""

from portal.affiliate import first_steps, waits
from portal.affiliate.catalogs.routes import ROUTES as CATALOGS
from portal.affiliate.categories.routes import ROUTES as CATEGORIES
from portal.affiliate.deal_imports.routes import ROUTES as DEAL_IMPORTS
from portal.affiliate.deals.routes import ROUTES as DEALS
from portal.affiliate.fallback.routes import ROUTES as FALLBACK
from portal.affiliate.groups.routes import ROUTES as GROUPS
from portal.affiliate.landings.routes import ROUTES as LANDINGS
from portal.affiliate.links.routes import ROUTES as LINKS
from portal.affiliate.marketplace.routes import ROUTES as MARKETPLACE
from portal.affiliate.offers import face
from portal.affiliate.offers.routes import ROUTES as OFFERS
from portal.affiliate.payouts.routes import ROUTES as PAYOUTS
from portal.affiliate.promo.routes import ROUTES as PROMO
from portal.affiliate.promoters.routes import ROUTES as PROMOTERS
from portal.affiliate.promotions.routes import ROUTES as PROMOTIONS
from portal.affiliate.refunds.routes import ROUTES as REFUNDS
from portal.affiliate.rewards.routes import ROUTES as REWARDS
from portal.affiliate.shortcuts import LOOKS, OTHER_WORDS, SHORTCUTS
from portal.affiliate.special_rewards.routes import ROUTES as SPECIAL_REWARDS
from portal.affiliate.thing_pages import HITS, THINGS
from portal.affiliate.trials.routes import PAGES as TRIALS
from portal.api.families import Tag, WireFamily
from portal.domain.accounts.roles import MAY_VIEW
from portal.domain.affiliate.catalogs import ties as ties
from portal.domain.affiliate.deals import settling
from portal.domain.affiliate.waits import EARNING as EARNING_AREA
from portal.domain.affiliate.waits import SELLING as SELLING_AREA
from portal.domain.sentences import say
from portal.routing import Area
from portal.web.places import Group, Place

TAGS = {
    "catalogs": Tag(
        "Catalogs",
        "A catalog is a product or a service with the terms that promoters sell it on. Published, with an active offer "
        "and a landing, it stands in the marketplace.",
    ),
    "categories": Tag("Categories", "What catalogs can be about, so that people find them in the marketplace."),
    "offers": Tag("Offers", "What of a catalog is sold, at which prices, and what a promoter earns with it."),
    "landings": Tag("Landings", "Pages of yours where promoters' links lead."),
    "deals": Tag(
        "Deals",
        "Purchases that promoters brought. Created → Paid → approved once the hold has passed; Canceled from any of "
        "them, for good.",
    ),
    "refunds": Tag("Refunds", "Parts of approved deals that went back to customers, each with its part of the reward."),
    "promo": Tag("Promo checks", "Ask before a purchase what a customer's promo code or promoter is good for."),
}

PATH_PARAMETERS = {
    "catalog_id": "The catalog's UUID or its short code, in any case of letters.",
    "offer_id": "The offer's UUID.",
    "landing_id": "The landing's code, in any case of letters.",
    "deal_id": "Your own id of the deal, which is looked up first, or the portal's. "
    "One with a slash in it is found by `GET /api/deal/?deal_id=`.",
}
WIRE = WireFamily("/api", TAGS, PATH_PARAMETERS)
SELLING = Group(
    say("Affiliate"),
    "handshake",
    SELLING_AREA,
    say("Sell through others: promoters find your catalogs, send you customers, and earn a part of what they pay."),
    say(
        "Hidden without it: your catalogs, deals, promoters and payouts. Links and codes go on, and your shop may report deals."
    ),
    ("catalogs.index",),
)
EARNING = Group(
    say("Earn"),
    "coins",
    EARNING_AREA,
    say("Promote what others sell: choose catalogs in the marketplace, pass on your links, and see what you earn."),
    say(
        "Hidden without it: the marketplace, your links and your earnings. Your links go on, and what you earn is kept."
    ),
)
PLACES = (
    Place(say("Catalogs"), "catalogs.index", "library", None, MAY_VIEW, ("/catalogs", "/offers", "/landings")),
    Place(say("Deals"), "deals.index", "handshake", SELLING, MAY_VIEW, ("/deals",)),
    Place(say("Promoters"), "promoters.index", "users", SELLING, MAY_VIEW, ("/promoters",)),
    Place(say("Payouts"), "payouts.index", "banknote", SELLING, MAY_VIEW, ("/payouts",)),
    Place(say("Marketplace"), "marketplace.index", "store", EARNING, MAY_VIEW, ("/marketplace",)),
    Place(say("My links"), "promotions.index", "waypoints", EARNING, MAY_VIEW, ("/promotions",)),
    Place(say("Earnings"), "rewards.index", "coins", EARNING, MAY_VIEW, ("/rewards",)),
)
TABLES = (
    CATALOGS, CATEGORIES, OFFERS, LANDINGS, DEALS, REFUNDS, DEAL_IMPORTS, PROMO, PROMOTERS, GROUPS, SPECIAL_REWARDS, PAYOUTS, REWARDS,
    LINKS, FALLBACK, MARKETPLACE, PROMOTIONS, TRIALS,
)  # fmt: skip
AREA = Area(
    TABLES,
    PLACES,
    WIRE,
    first_steps=first_steps.steps,
    hits=HITS,
    shortcuts=SHORTCUTS,
    other_words=OTHER_WORDS,
    looks=LOOKS,
    things=THINGS,
    waits=waits.of_partner,
    settles=settling.for_partner,
    face=face.face,
)
