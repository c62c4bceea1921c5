"""The pages of the affiliate family's things, and of the catalogs and offers that every family shares."""

from typing import Any

from flask import g, url_for

from portal.domain.affiliate import searches
from portal.domain.affiliate.waits import EARNING, SELLING
from portal.domain.areas import GONE, HERE, Named
from portal.domain.offers.searches import CATALOG, OFFER
from portal.domain.search.sources import Hit
from portal.domain.sentences import say
from portal.web.thing_pages import HitPage, ThingPage


def _landing(hit: Hit) -> str:
    """Its form, or for those who may not edit the list that it stands in."""
    return (
        url_for("landings.edit", code=hit.key) if g.partner.may_edit else url_for("landings.index", short_code=hit.of)
    )


def _kept_landing(key: str, named: Named | None) -> str | None:
    return url_for("landings.edit", code=key) if named and named.stands != GONE else None


def _promotion(key: str, named: Named | None) -> str | None:
    if not named:
        return None
    return url_for("promoters.show", promoter=key) if named.stands == HERE else url_for("promotions.show", uid=key)


def _on_its_side(key: str, named: Named | None, argument: str, here: str, there: str) -> str | None:
    which: dict[str, Any] = {argument: key}
    return url_for(here if named.stands == HERE else there, **which) if named else None


_HITS = {
    CATALOG: HitPage(say("Catalog"), "library", lambda hit: url_for("catalogs.show", short_code=hit.key)),
    OFFER: HitPage(say("Offer"), "tag", lambda hit: url_for("offers.show", uuid=hit.key)),
    searches.LANDING: HitPage(say("Landing"), "link", _landing),
    searches.DEAL: HitPage(say("Deal"), "handshake", lambda hit: url_for("deals.show", uuid=hit.key)),
    searches.PROMOTER: HitPage(say("Promoter"), "users", lambda hit: url_for("promoters.show", promoter=hit.key)),
    searches.CODE: HitPage(say("Promo code"), "ticket-percent", lambda hit: url_for("promoters.show", promoter=hit.of, tab="codes")),
    searches.GROUP: HitPage(say("Group of promoters"), "users", lambda hit: url_for("groups.show", group=hit.key)),
    searches.IMPORT: HitPage(say("Import of deals"), "upload", lambda hit: url_for("deal_imports.show", import_uuid=hit.key)),
    searches.PAYOUT: HitPage(say("Payout"), "banknote", lambda hit: url_for("payouts.show", uuid=hit.key)),
    searches.PROMOTION: HitPage(say("Joined catalog"), "waypoints", lambda hit: url_for("promotions.show", uid=hit.key)),
    searches.OWN_CODE: HitPage(say("Your promo code"), "ticket-percent", lambda hit: url_for("promotions.show", uid=hit.of)),
    searches.OWN_LINK: HitPage(say("Your link"), "link", lambda hit: url_for("promotions.show", uid=hit.of)),
    searches.OWN_DEAL: HitPage(say("Deal that you brought"), "handshake", lambda hit: url_for("promotions.deals.show", uuid=hit.key)),
    searches.OWN_PAYOUT: HitPage(say("Payout to you"), "coins", lambda hit: url_for("rewards.show", uuid=hit.key)),
    searches.REFERENCE: HitPage(say("Payout"), "banknote", lambda hit: url_for("payouts.show", uuid=hit.key)),
    searches.OWN_REFERENCE: HitPage(say("Payout to you"), "coins", lambda hit: url_for("rewards.show", uuid=hit.key)),
}  # fmt: skip
_OF_PROMOTERS = (
    searches.PROMOTION,
    searches.OWN_CODE,
    searches.OWN_LINK,
    searches.OWN_DEAL,
    searches.OWN_PAYOUT,
    searches.OWN_REFERENCE,
)
HITS = {kind: page._replace(area=EARNING if kind in _OF_PROMOTERS else SELLING) for kind, page in _HITS.items()}
THINGS = {
    "catalog": ThingPage(lambda key, named: named and url_for("catalogs.show", short_code=key)),
    "offer": ThingPage(lambda key, named: named and url_for("offers.show", uuid=key)),
    "landing": ThingPage(_kept_landing),
    "promotion": ThingPage(_promotion),
    "promoter group": ThingPage(lambda key, named: named and url_for("groups.show", group=key)),
    "deal": ThingPage(lambda key, named: _on_its_side(key, named, "uuid", "deals.show", "promotions.deals.show")),
    "import": ThingPage(lambda key, named: named and url_for("deal_imports.show", import_uuid=key)),
    "payout": ThingPage(lambda key, named: _on_its_side(key, named, "uuid", "payouts.show", "rewards.show"), say("Payout {name}")),
    "payout details": ThingPage(lambda key, named: url_for("rewards.details.show")),
}  # fmt: skip
