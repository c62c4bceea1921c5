"""Types of events about catalogs and offers: the sentence a timeline shows, and the kind to filter by."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "catalog.created": say("Catalog created"),
    "catalog.changed": say("Catalog changed"),
    "catalog.published": say("Catalog published"),
    "catalog.unpublished": say("Catalog unpublished"),
    "catalog.archived": say("Catalog archived"),
    "catalog.restored": say("Catalog restored from the archive"),
    "offer.created": say("Offer created"),
    "offer.changed": say("Offer changed"),
}
KINDS = {"catalogs": FactKind(say("Catalogs, offers and landings"), ("catalog.", "offer.", "landing."))}
FIELDS = {
    "title": say("Title"),
    "catalog_code": say("Catalog code"),
    "description": say("Description"),
    "images": say("Pictures"),
    "category": say("Category"),
    "icon": say("Icon"),
    "preview_image": say("Preview image"),
    "company_logo": say("Company logo"),
    "reward_type": say("Reward type"),
    "reward_percent": say("Reward"),
    "moderation_type": say("Who may promote it"),
    "hold_duration": say("Hold"),
    "canceled_duration": say("Time until canceled"),
    "is_promocode_allowed": say("Promo codes"),
    "is_published": say("Whether it is published"),
    "min_promo_code_percent": say("Smallest discount"),
    "max_promo_code_percent": say("Largest discount"),
    "offer_geo": say("Countries"),
    "localizations": say("Languages"),
    "devices": say("Devices"),
    "cookies_storage_days": say("How long a click counts"),
    "rules": say("Rules"),
    "text_rule": say("Rules for texts"),
    "promo_materials": say("Promo materials"),
    "is_active": say("Whether it is active"),
}
