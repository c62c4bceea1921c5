"""Catalogs on the wire."""

from typing import Any

from pydantic import Field

from portal.affiliate.schemas.landings import LandingResponse
from portal.affiliate.schemas.offers import OfferResponse
from portal.api.answers import AnswerSchema, Uuid
from portal.api.fields import A_DURATION, ABSENT, AN_ADDRESS, Body, Flag, Number, Text, Whole, also, between
from portal.domain.offers.words import COUNTRIES, DEVICES, LANGUAGES, MODERATION_TYPES, REWARD_TYPES

_COUNTRY: dict[str, Any] = {"items": {"type": "string", "enum": list(COUNTRIES)}}
_LANGUAGE: dict[str, Any] = {"items": {"type": "string", "enum": list(LANGUAGES)}}
_RATE: dict[str, Any] = {"pattern": r"^(b/d|[0-9]{1,3}\.[0-9])$"}
_BARE_TIME: dict[str, Any] = {"pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}$"}
_TEXTS: dict[str, Any] = {"maxItems": 100, "items": {"type": "string", "maxLength": 2000}}
_TITLE = "What promoters see the catalog as, up to 255 characters"
_CODE = (
    "Your own name for the catalog, which deals are reported with. "
    "Unique among your catalogs, up to 255 printable characters"
)
_PICTURE = "Absolute http(s) address of a picture. The portal fetches it once and answers this address. null removes it"
_MODERATION = (
    "Who is admitted as a promoter: FREE_ENTRY everybody at once, AUTO_MODERATION partners that are confirmed, "
    "MANUAL_MODERATION whom you approve"
)
_HOLD = "How long after payment a deal is approved and its reward becomes due"
_CANCELED = "How long a deal may stay Created before it is canceled by itself"
_WRITTEN = "Written `days hours:minutes:seconds`, such as `30 00:00:00`"
_OLD_DEALS = "Deals keep what was in force when they were reported"
_CODES = "Whether promo codes may be used in this catalog"
_PUBLISHED = (
    "Whether promoters can sell the catalog. With false it leaves the marketplace at once and promoters are told"
)
_LEAST = "Smallest discount that a promo code may give, in percent"
_MOST = "Largest discount that a promo code may give, in percent"
_COUNTRIES = "Countries where the product is sold, ISO 3166-1 alpha-2; WW is everywhere"
_LANGUAGES = "Languages of the product, two letters each"
_COOKIES = "How many days a click counts: a deal of an older click is nobody's"
_REWARD_TYPE = "What promoters are told they are paid for. It changes no sum"
_PERCENT = "What promoters earn of a deal's cost, in percent, where the offer says nothing of its own"


class CatalogChange(Body):
    """The fields of a catalog to set; what is absent or empty stays."""

    title: Text = Field(
        ABSENT, json_schema_extra={"minLength": 1}, max_length=255, description=f"{_TITLE}. Cannot be null."
    )
    catalog_code: Text = Field(
        ABSENT, json_schema_extra={"minLength": 1}, max_length=255, description=f"{_CODE}. Cannot be null."
    )
    description: Text | None = Field(
        None,
        json_schema_extra={"maxLength": 20_000},
        description="Free text for promoters, up to 20,000 characters. null clears.",
    )
    icon: Text | None = Field(None, json_schema_extra=AN_ADDRESS, description=f"{_PICTURE}.")
    preview_image: Text | None = Field(None, json_schema_extra=AN_ADDRESS, description=f"{_PICTURE}.")
    company_logo: Text | None = Field(None, json_schema_extra=AN_ADDRESS, description=f"{_PICTURE}.")
    category: Text | None = Field(
        None,
        description="UUID or name of one of the portal's categories (`GET /api/category/`), such as Education. null clears.",
    )
    reward_type: Text | None = Field(
        None,
        json_schema_extra={"enum": [*REWARD_TYPES, None]},
        description=f"{_REWARD_TYPE}. Default and null: RevShare.",
    )
    reward_percent: Number | None = Field(
        None,
        validation_alias=also("reward_percent", "remuneration_percent"),
        json_schema_extra=between(0.05, 95),
        description=f"{_PERCENT}: 0.05 to 95, at most two decimals. Default and null: none, which is a 400 while an "
        "offer lives on it. Also taken as `remuneration_percent`.",
    )
    moderation_type: Text | None = Field(
        None,
        json_schema_extra={"enum": [*MODERATION_TYPES, None]},
        description=f"{_MODERATION}. Default and null: FREE_ENTRY.",
    )
    hold_duration: Text | None = Field(
        None, json_schema_extra=A_DURATION, description=f"{_HOLD}. {_WRITTEN}. {_OLD_DEALS}. Default and null: 30 days."
    )
    canceled_duration: Text | None = Field(
        None,
        json_schema_extra=A_DURATION,
        description=f"{_CANCELED}. {_WRITTEN}. {_OLD_DEALS}. Default and null: 14 days.",
    )
    is_promocode_allowed: Flag | None = Field(
        None,
        validation_alias=also("is_promocode_allowed", "is_promo"),
        description=f"{_CODES}. Default and null: false. Also taken as `is_promo`.",
    )
    is_published: Flag | None = Field(None, description=f"{_PUBLISHED}. Default and null: true.")
    min_promo_code_percent: Number | None = Field(
        None,
        validation_alias=also("min_promo_code_percent", "min_size_promo_code"),
        json_schema_extra=between(0, 95),
        description=f"{_LEAST}: 0 to 95, not above the largest. Default and null: none. "
        "Also taken as `min_size_promo_code`.",
    )
    max_promo_code_percent: Number | None = Field(
        None,
        validation_alias=also("max_promo_code_percent", "max_size_promo_code"),
        json_schema_extra=between(0, 95),
        description=f"{_MOST}: 0 to 95. Default and null: none, so promoters can make no codes. "
        "Also taken as `max_size_promo_code`.",
    )
    offer_geo: list[Text] | None = Field(
        None, json_schema_extra=_COUNTRY, description=f"{_COUNTRIES}. Default and null: WW alone."
    )
    localizations: list[Text] | None = Field(
        None,
        validation_alias=also("localizations", "localization"),
        json_schema_extra=_LANGUAGE,
        description=f"{_LANGUAGES}. Default and null: an empty list. Also taken as `localization`.",
    )
    devices: Text | None = Field(
        None,
        json_schema_extra={"enum": [*DEVICES, None]},
        description="Devices that the product is for. Default and null: All.",
    )
    cookies_storage_days: Whole | None = Field(
        None, json_schema_extra=between(1, 365), description=f"{_COOKIES}, 1 to 365. Default and null: 30."
    )
    rules: list[Text] | None = Field(
        None,
        json_schema_extra=_TEXTS,
        description="Rules that promoters agree to, at most 100 texts of up to 2000 characters. null is an empty list.",
    )
    text_rule: list[Text] | None = Field(
        None,
        json_schema_extra=_TEXTS,
        description="Rules for promoters' texts, at most 100 of up to 2000 characters. null is an empty list.",
    )
    promo_materials: list[Text] | None = Field(
        None,
        json_schema_extra=_TEXTS,
        description="Texts or addresses of material that promoters may use, at most 100 of up to 2000 characters. null is an empty list.",
    )


class CatalogCreate(CatalogChange):
    """A new catalog."""

    title: Text = Field(json_schema_extra={"minLength": 1}, max_length=255, description=f"{_TITLE}.")
    catalog_code: Text = Field(json_schema_extra={"minLength": 1}, max_length=255, description=f"{_CODE}.")


class _Catalog(AnswerSchema):
    id: Uuid = Field(description="UUID of the catalog.")
    title: str = Field(description="What promoters see the catalog as.")
    catalog_code: str = Field(description="Your own name for the catalog.")
    offers: list[OfferResponse] = Field(description="All its offers, the inactive ones among them.")
    icon: str | None = Field(description="Address of a picture, as it was given.")
    hold_duration: str = Field(json_schema_extra=A_DURATION, description=f"{_HOLD}, as `days hours:minutes:seconds`.")
    canceled_duration: str = Field(
        json_schema_extra=A_DURATION, description=f"{_CANCELED}, as `days hours:minutes:seconds`."
    )
    is_promocode_allowed: bool = Field(description=f"{_CODES}.")
    offer_geo: list[str] = Field(json_schema_extra=_COUNTRY, description=f"{_COUNTRIES}.")
    catalog_id: str = Field(
        description="Short public code, such as HN3W8. Taken wherever a catalog's UUID is, in any case of letters."
    )
    description: str | None = Field(description="Free text for promoters.")
    reward_type: str = Field(json_schema_extra={"enum": [*REWARD_TYPES]}, description=f"{_REWARD_TYPE}.")
    localizations: list[str] = Field(json_schema_extra=_LANGUAGE, description=f"{_LANGUAGES}.")
    devices: str = Field(
        json_schema_extra={"enum": [*DEVICES]}, description="Devices that the product is for: All, Desktop or Mobile."
    )
    cookies_storage_days: int = Field(description=f"{_COOKIES}.")
    moderation_type: str = Field(json_schema_extra={"enum": [*MODERATION_TYPES]}, description=f"{_MODERATION}.")
    max_promo_code_percent: float | None = Field(description=f"{_MOST}; null: promoters can make no codes.")
    min_promo_code_percent: float | None = Field(description=f"{_LEAST}; null: none.")
    is_published: bool = Field(description="Whether promoters can sell the catalog.")


class CatalogCreateResponse(_Catalog):
    """A catalog as creating and changing answer it."""

    category: str | None = Field(description="UUID of its category.")
    business_partner_id: Uuid = Field(description="UUID of the partner that it belongs to.")
    created_at: str = Field(
        json_schema_extra=_BARE_TIME, description="When it was made: UTC, six digits of the second, without a suffix."
    )


class Reward(AnswerSchema):
    """What promoters earn with a catalog."""

    from_: float | None = Field(
        alias="from", description="Lowest reward among the active offers, in percent; null without one paid by percent."
    )
    to: float | None = Field(description="Highest reward among the active offers, in percent.")
    type: str | None = Field(
        json_schema_extra={"enum": [*REWARD_TYPES, None]},
        description="The catalog's reward type; null without active offers.",
    )


class CatalogResponse(_Catalog):
    """A catalog with its offers, landings, rules and figures."""

    approval_rate: str = Field(
        json_schema_extra=_RATE,
        description='Percentage of ended deals that were approved, such as "87.5"; "b/d" while none has ended.',
    )
    reward_percent: float | None = Field(description=f"{_PERCENT}; null: none.")
    company_logo: str | None = Field(description="Address of a picture, as it was given.")
    company_name: str = Field(description="Name of the partner that it belongs to.")
    is_confirmed: bool = Field(description="Whether the operator has confirmed that partner.")
    modified_at: str = Field(
        json_schema_extra=_BARE_TIME,
        description="When it was last changed: UTC, six digits of the second, without a suffix.",
    )
    promo_materials: list[str] = Field(description="Texts or addresses of material that promoters may use.")
    reward: Reward = Field(description="What promoters earn with it.")
    rules: list[str] = Field(description="Rules that promoters agree to.")
    text_rule: list[str] = Field(description="Rules for promoters' texts.")
    category: str | None = Field(description="Name of its category.")
    preview_image: str | None = Field(description="Address of a picture, as it was given.")
    landings: list[LandingResponse] = Field(description="Its landings.")
