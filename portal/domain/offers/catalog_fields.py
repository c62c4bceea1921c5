"""Every field of a catalog that can be set, and what it takes (contract: affiliate, "What is settled")."""

from peewee import fn

from portal.domain import values
from portal.domain.identifiers import typed_uuid
from portal.domain.offers import codes
from portal.domain.offers.tables import Category
from portal.domain.offers.words import COUNTRIES, DEVICES, EVERYWHERE, LANGUAGES, MODERATION_TYPES, REWARD_TYPES
from portal.domain.sentences import say
from portal.domain.typed.texts import compared
from portal.domain.values import Wrong

_LEAST_PROMO, _MOST_PROMO = "0", "95"
REWARD_PERCENT = values.percent("0.05", "95")  # of a deal's cost


def _category(value) -> Category | None:
    if value is None or isinstance(value, Category):
        return value
    uuid = typed_uuid(value)
    found = Category.get_or_none(Category.uuid == uuid if uuid else fn.LOWER(Category.name) == compared(value))
    if found is None:
        raise Wrong(
            say("There is no such category. Send a name or a UUID of GET /api/category/, such as Education."),
            codes.CATEGORY_UNKNOWN,
        )
    return found


FIELDS = {
    "title": values.name(255),
    "catalog_code": values.name(255),
    "description": values.optional_text(20_000),
    "icon": values.url,
    "preview_image": values.url,
    "company_logo": values.url,
    "category": _category,
    "reward_type": values.one_of(REWARD_TYPES, "RevShare"),
    "reward_percent": REWARD_PERCENT,
    "moderation_type": values.one_of(MODERATION_TYPES, "FREE_ENTRY"),
    "hold_duration": values.duration(30 * 86_400),
    "canceled_duration": values.duration(14 * 86_400),
    "is_promocode_allowed": values.flag(False),
    "is_published": values.flag(True),
    "min_promo_code_percent": values.percent(_LEAST_PROMO, _MOST_PROMO),
    "max_promo_code_percent": values.percent(_LEAST_PROMO, _MOST_PROMO),
    "offer_geo": values.some_of(COUNTRIES, [EVERYWHERE]),
    "localizations": values.some_of(LANGUAGES, []),
    "devices": values.one_of(DEVICES, "All"),
    "cookies_storage_days": values.whole_number(1, 365, 30),
    "rules": values.texts(100, 2000),
    "text_rule": values.texts(100, 2000),
    "promo_materials": values.texts(100, 2000),
}
PICTURES = ("icon", "preview_image", "company_logo")
