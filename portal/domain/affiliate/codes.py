"""Codes of what the affiliate family refuses."""

from portal.domain.codes import Code

REWARD_MISSING = Code(
    "reward_missing",
    400,
    "Give a reward percentage or a fixed sum; the catalog has none to fall back on.",
    "Send `reward_percent` or `fix_remuneration`, or give the catalog a `reward_percent`.",
)
REWARD_TWICE = Code(
    "reward_twice", 400, "Give either a reward percentage or a fixed sum, not both.", "Send one of them only."
)
REWARD_NEEDS_ONE_PRICE = Code(
    "reward_needs_one_price",
    400,
    "A fixed reward is in the currency of the price, so the offer can have one price only.",
    "Send one price, or `reward_percent` in place of the fixed sum.",
)
REWARD_CURRENCY_CHANGED = Code(
    "reward_currency_changed",
    400,
    "The price has another currency now: give the fixed reward in it as well.",
    "Send `fix_remuneration` together with the new price.",
)
REWARD_IN_USE = Code(
    "reward_in_use",
    400,
    "The offer “Plan” has no reward of its own and relies on this one. Give it one first.",
    "Give the catalog's offers rewards of their own, then clear the catalog's.",
)
CATALOG_CODE_UNKNOWN = Code(
    "catalog_code_unknown",
    400,
    "No catalog has the code “none”. Send the catalog_code of one of your catalogs.",
    "Send the `catalog_code` of one of your catalogs.",
)
OFFER_UNKNOWN = Code(
    "offer_unknown",
    400,
    "The catalog has no offer named “None”. Send the offer’s name as it is written in the catalog.",
    "Send the offer's `name` as it is written in the catalog.",
)
CURRENCY_NOT_PRICED = Code(
    "currency_not_priced",
    400,
    "The offer has no price in RUB. Send one of its currencies: USD.",
    "Send a currency of the offer's prices, or give the offer a price in this one.",
)
DEAL_NEVER_REPORTED = Code(
    "deal_never_reported",
    400,
    "A deal that was never reported cannot be canceled. Report it as Created or Paid.",
    "Check the `deal_id`; a new deal begins as Created or Paid.",
)
DEAL_DIFFERS = Code(
    "deal_differs",
    400,
    "The deal “order-1” exists with other parameters: cost. Send the same ones, or another deal_id.",
    "Send what was reported first, or another `deal_id`.",
)
DEAL_PAID = Code(
    "deal_paid", 400, "A paid deal cannot go back to Created. Cancel it instead.", "Cancel it, or leave it as it is."
)
DEAL_CANCELED = Code(
    "deal_canceled",
    400,
    "This deal is canceled, and that is final. Report a new deal with another deal_id.",
    "Report a new deal under another `deal_id`.",
)
DEAL_APPROVED = Code(
    "deal_approved",
    400,
    "This deal is approved: its cost can no longer change. Cancel it instead.",
    "Return a part of it with `POST /api/deal/{deal_id}/refunds/`, or cancel it.",
)
REFUND_NOT_TAKEN = Code(
    "refund_not_taken",
    400,
    "This deal is not approved yet. Change its cost to what the customer keeps; the reward follows.",
    "Before the approval change the deal's `cost`; after it give back at most what is left.",
)
PROMO_CODE_UNKNOWN = Code(
    "promo_code_unknown",
    404,
    "No promoter of yours has this code. Check its spelling with the customer.",
    "Check the spelling, and that the token is of the partner whose catalogs are asked.",
)
PROMO_CODE_OF_ANOTHER_CATALOG = Code(
    "promo_code_of_another_catalog",
    404,
    "This code belongs to another catalog. Ask with the catalog_id it was made for.",
    "Send the `catalog_id` that the code was made for, or none.",
)
PROMO_CODE_UNPUBLISHED = Code(
    "promo_code_unpublished",
    404,
    "The catalog of this code is not published. Publish the catalog.",
    "Publish the catalog with `is_published`.",
)
PROMO_CODES_NOT_ALLOWED = Code(
    "promo_codes_not_allowed",
    404,
    "The catalog does not allow promo codes. Allow promo codes in the catalog.",
    "Set the catalog's `is_promocode_allowed`.",
)
PROMOTER_NOT_APPROVED = Code(
    "promoter_not_approved",
    404,
    "The promoter of this code is not approved. Approve the promoter.",
    "Approve the promoter in the portal.",
)
PROMO_CODE_ENDED = Code(
    "promo_code_ended",
    404,
    "This code was ended. Ask the promoter for the present one.",
    "Ask the promoter for the code that is in force.",
)
PROMO_CODE_EXPIRED = Code(
    "promo_code_expired",
    404,
    "This code has expired. Give it a later end, or ask the promoter for the present one.",
    "Give the code a later end in the portal, or ask the promoter for the one that is in force.",
)
PROMO_CODE_USED_UP = Code(
    "promo_code_used_up",
    404,
    "All uses of this code are taken. Raise its limit, or ask the promoter for another one.",
    "Raise the code's limit in the portal, or ask the promoter for another one.",
)
COUPON_NOT_USABLE = Code(
    "coupon_not_usable",
    404,
    "The coupon is switched off. Switch it on again.",
    "Look at the coupon in the portal, or ask with another code.",
)
