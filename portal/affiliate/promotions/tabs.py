"""What the tabs of a joined catalog's page show, each read when it is looked at."""

from flask import g, url_for

from portal.affiliate import catalog_terms
from portal.affiliate import sentences as said
from portal.affiliate.promotions import links, sentences
from portal.affiliate.promotions.forms import OwnLinkForm
from portal.domain.affiliate.attribution import other_codes
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs import marketplace
from portal.domain.affiliate.catalogs.queries import ShownLanding
from portal.domain.affiliate.deal_lists import promoter_lists
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.affiliate.links import fallback, own_links
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import lists as promotion_lists
from portal.domain.affiliate.promotions.promotions import APPROVED, ENDED
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.sentences import say
from portal.web import charts
from portal.web.charts import Series

LINKS, RESULTS, TERMS = "links", "results", "terms"
LABELS = {LINKS: say("Links and codes"), RESULTS: say("Clicks and deals"), TERMS: say("Terms and rules")}
_LATEST = 8


def of(promotion: Promotion) -> list[str]:
    """The tabs that there are, the first of which is shown by itself: who waits, or was refused, has the terms alone."""
    return list(SHOWN) if promotion.state in (APPROVED, ENDED) else [TERMS]


def place(promotion: Promotion, name: str = LINKS) -> str:
    """The address of a tab; links and codes are the page itself."""
    return url_for("promotions.show", uid=promotion.uid, tab=None if name == LINKS else name)


def for_links(promotion: Promotion, landings: list[ShownLanding]) -> dict:
    """The link to be copied, one for each landing, those with names of their own, and the promo codes."""
    return {
        "landings": landings,
        "addresses": {landing.code: links.address(promotion, landing.code) for landing in landings},
        "made": links.made(promotion, landings),
        "naming": OwnLinkForm(formdata=None),
        "named_links": [(link, links.of_slug(link.written.lower())) for link in own_links.of(promotion)],
        "removing": sentences.removing_link(fallback.of(promotion.catalog.partner_id)),
        **codes(promotion),
        **figures(promotion),
    }


def codes(promotion: Promotion) -> dict:
    """The codes, and why none of them brings a deal."""
    return {
        "codes": promo_codes.of(promotion),
        "other_codes": other_codes.of_promotion(promotion.id),
        "codes_lack": said.codes_lack(catalog_lists.offers_of(promotion.catalog)),
    }


def for_results(promotion: Promotion, landings: list[ShownLanding]) -> dict:
    """Each of the last thirty days, and the latest clicks and deals."""
    days = promotion_figures.days([promotion.id], g.partner.time_zone)
    series = [Series(say("Deals"), [day.deals for day in days]), Series(say("Clicks"), [day.clicks for day in days])]
    return {
        "daily": charts.line(say("Deals and clicks per day"), [day.day for day in days], series),
        "latest_clicks": promotion_lists.clicks(promotion.id).rows[:_LATEST],
        "latest_deals": promoter_lists.latest(g.partner.id, promotion.uid),
        "leads_somewhere": bool(landings),
        **figures(promotion),
    }


def for_terms(promotion: Promotion, landings: list[ShownLanding]) -> dict:
    """What a sale earns, and what the merchant asks."""
    return {"terms": catalog_terms, **catalog_terms.shown(marketplace.listing(g.partner.row, promotion.catalog))}


def figures(promotion: Promotion) -> dict:
    """What it brought in the last thirty days, and where its rewards stand."""
    since = promotion_figures.begins(g.partner.time_zone)
    clicks, visitors, deals = promotion_figures.counts([promotion.id], since)[promotion.id]
    return {
        "clicks": clicks,
        "visitors": said.visitors(visitors),
        "deals": deals,
        "conversion": deals * 100 / clicks if clicks else None,
        "earned": promotion_figures.earned(g.partner.id, [promotion.id], promotion.catalog.partner_id),
    }


SHOWN = {LINKS: for_links, RESULTS: for_results, TERMS: for_terms}
