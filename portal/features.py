"""The features' tables of routes, gathered. A feature is a folder added here, in pages.NAVIGATION, and nowhere else."""

from portal.account.routes import ROUTES as ACCOUNT
from portal.activity.routes import ROUTES as ACTIVITY
from portal.affiliate.catalogs.routes import ROUTES as CATALOGS
from portal.affiliate.deal_imports.routes import ROUTES as DEAL_IMPORTS
from portal.affiliate.deals.routes import ROUTES as DEALS
from portal.affiliate.landings.routes import ROUTES as LANDINGS
from portal.affiliate.links.routes import ROUTES as LINKS
from portal.affiliate.marketplace.routes import ROUTES as MARKETPLACE
from portal.affiliate.offers.routes import ROUTES as OFFERS
from portal.affiliate.payouts.routes import ROUTES as PAYOUTS
from portal.affiliate.promo.routes import ROUTES as PROMO
from portal.affiliate.promoters.routes import ROUTES as PROMOTERS
from portal.affiliate.promotions.routes import ROUTES as PROMOTIONS
from portal.affiliate.rewards.routes import ROUTES as REWARDS
from portal.developers.routes import ROUTES as DEVELOPERS
from portal.health.routes import ROUTES as HEALTH
from portal.home.routes import ROUTES as HOME
from portal.operator.routes import ROUTES as OPERATOR
from portal.pictures.routes import ROUTES as PICTURES
from portal.reference.routes import ROUTES as REFERENCE
from portal.search.routes import ROUTES as SEARCH

TABLES = [
    HEALTH,
    ACCOUNT,
    ACTIVITY,
    HOME,
    SEARCH,
    CATALOGS,
    OFFERS,
    LANDINGS,
    DEALS,
    DEAL_IMPORTS,
    PROMO,
    PROMOTERS,
    PAYOUTS,
    REWARDS,
    LINKS,
    MARKETPLACE,
    PROMOTIONS,
    DEVELOPERS,
    OPERATOR,
    PICTURES,
    REFERENCE,
]
