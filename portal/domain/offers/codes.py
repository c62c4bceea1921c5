"""Codes of what catalogs and offers refuse."""

from portal.domain.codes import Code

CATALOG_CODE_TAKEN = Code(
    "catalog_code_taken",
    400,
    "You have another catalog with the code “shop”. Choose another code.",
    "Send another `catalog_code`, or change the catalog that has it.",
)
CATALOG_ARCHIVED = Code(
    "catalog_archived",
    400,
    "The catalog is archived. Restore it in the portal, then publish it.",
    "Restore the catalog in the portal first.",
)
CATALOG_UNKNOWN = Code(
    "catalog_unknown",
    400,
    "You have no catalog with this id.",
    "Send the UUID or the short code of a catalog of yours.",
)
CATEGORY_UNKNOWN = Code(
    "category_unknown",
    400,
    "There is no such category. Send a name or a UUID of GET /api/category/, such as Education.",
    "Send one that `GET /api/category/` lists.",
)
OFFER_NAME_TAKEN = Code(
    "offer_name_taken",
    400,
    "The catalog has another offer named “Plan”. Choose another name.",
    "Send another `name`, or change the offer that has it.",
)
PROMO_PERCENTS_CROSSED = Code(
    "promo_percents_crossed",
    400,
    "The smallest promo code discount must not exceed the largest.",
    "Send both bounds, the smaller one as `min_promo_code_percent`.",
)
CURRENCY_TWICE = Code(
    "currency_twice",
    400,
    "There are two prices in USD. Give one a currency.",
    "Leave all but one price of the currency out.",
)
PRICES_MISSING = Code(
    "prices_missing",
    400,
    "Give at least one price, one a currency, and at most 50.",
    "Send at least one price, and at most fifty.",
)
