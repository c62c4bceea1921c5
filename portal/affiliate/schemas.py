"""The affiliate family's bodies and answers (contract: affiliate; seed: affiliate.txt, "Schemas")."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from portal.api.fields import Body, Flag, Moment, Number, Page, Text, Whole, also
from portal.domain.affiliate.words import ADAPTABILITIES, COUNTRIES, DEVICES, LANGUAGES, MODERATION_TYPES, REWARD_TYPES

_COUNTRY = {"items": {"type": "string", "enum": list(COUNTRIES)}}
_LANGUAGE = {"items": {"type": "string", "enum": list(LANGUAGES)}}
_DURATION = "Days Hours:Minutes:Seconds, such as 30 00:00:00"


class CatalogChange(Body):
    """Fields of a catalog to set."""

    title: Text | None = Field(None, max_length=255)
    catalog_code: Text | None = Field(None, max_length=255)
    description: Text | None = None
    icon: Text | None = None
    preview_image: Text | None = None
    company_logo: Text | None = None
    category: Text | None = Field(None, description="The UUID or the name of a category")
    reward_type: Text | None = Field(None, json_schema_extra={"enum": [*REWARD_TYPES, None]})
    reward_percent: Number | None = Field(None, validation_alias=also("reward_percent", "remuneration_percent"))
    moderation_type: Text | None = Field(None, json_schema_extra={"enum": [*MODERATION_TYPES, None]})
    hold_duration: Text | None = Field(None, description=_DURATION)
    canceled_duration: Text | None = Field(None, description=_DURATION)
    is_promocode_allowed: Flag | None = Field(None, validation_alias=also("is_promocode_allowed", "is_promo"))
    is_published: Flag | None = None
    min_promo_code_percent: Number | None = Field(
        None, validation_alias=also("min_promo_code_percent", "min_size_promo_code")
    )
    max_promo_code_percent: Number | None = Field(
        None, validation_alias=also("max_promo_code_percent", "max_size_promo_code")
    )
    offer_geo: list[Text] | None = Field(None, json_schema_extra=_COUNTRY)
    localizations: list[Text] | None = Field(
        None, validation_alias=also("localizations", "localization"), json_schema_extra=_LANGUAGE
    )
    devices: Text | None = Field(None, json_schema_extra={"enum": [*DEVICES, None]})
    cookies_storage_days: Whole | None = None
    rules: list[Text] | None = None
    text_rule: list[Text] | None = None
    promo_materials: list[Text] | None = None


class CatalogCreate(CatalogChange):
    """A new catalog."""

    title: Text = Field(max_length=255)
    catalog_code: Text = Field(max_length=255)


class PriceGiven(Body):
    """A price in one currency."""

    cost: Number
    currency: Text


class OfferChange(Body):
    """Fields of an offer to set. Setting one kind of reward clears the other."""

    name: Text | None = Field(None, max_length=255)
    catalog_id: Text | None = Field(None, description="The catalog's UUID or short code")
    description: Text | None = None
    is_active: Flag | None = None
    is_promocode_allowed: Flag | None = Field(None, validation_alias=also("is_promocode_allowed", "is_promo"))
    prices: list[PriceGiven] | None = None
    reward_percent: Number | None = Field(None, validation_alias=also("reward_percent", "remuneration_percent"))
    fix_remuneration: Number | None = None
    disable: Flag | None = Field(None, description="The older name of is_active, inverted")

    @model_validator(mode="after")
    def _disabled_is_not_active(self):
        if self.disable is not None and "is_active" not in self.model_fields_set:
            self.is_active = not self.disable
        return self


class OfferCreate(OfferChange):
    """A new offer."""

    name: Text = Field(max_length=255)
    catalog_id: Text
    prices: list[PriceGiven]


class LandingChange(Body):
    """Fields of a landing to set."""

    url: Text | None = None
    adaptability: Text | None = Field(None, json_schema_extra={"enum": [*ADAPTABILITIES, None]})
    title: Text | None = Field(None, max_length=255)
    catalog_id: Text | None = Field(None, description="The catalog's UUID or short code")
    image_url: Text | None = Field(None, validation_alias=also("image_url", "image"))


class LandingCreate(LandingChange):
    """A new landing."""

    url: Text
    catalog_id: Text


class DealCreate(Body):
    """A deal as the merchant reports it; the same one again with another status moves it."""

    status: Text = Field(json_schema_extra={"enum": ["Created", "Paid", "Canceled"]})
    offer: Text
    cost: Number
    currency: Text
    deal_id: Text
    catalog_code: Text
    is_returned: Flag | None = None
    promo_code: Text | None = None
    another_data: Text | None = None


class DealUpdate(Body):
    """What to change of a deal."""

    status: Text | None = Field(None, json_schema_extra={"enum": ["Created", "Paid", "Canceled", None]})
    cost: Number | None = None
    is_returned: Flag | None = None
    comment: Text | None = Field(None, max_length=2000)


class OfCatalog(Page):
    """A list of what belongs to one catalog, or to any."""

    catalog_id: str | None = None


class DealFilter(Page):
    """Which deals to list."""

    status: Literal["Created", "Paid", "Canceled"] | None = None
    catalog_code: str | None = None
    deal_id: str | None = None
    created_since: Moment | None = None


class PromoCheck(Body):
    """A promo code to check."""

    code: str
    catalog_id: str | None = None


class UidCheck(Body):
    """A promoter's uid to check."""

    code: str


class Answer(BaseModel):
    """Base of the answers: every documented key, always."""

    model_config = ConfigDict(extra="forbid")


class Price(Answer):
    cost: float
    currency: str


class OfferResponse(Answer):
    id: str
    name: str
    catalog_id: str
    is_promocode_allowed: bool
    is_active: bool
    fix_remuneration: float | None
    reward_percent: float | None
    prices: list[Price]
    description: str | None


class LandingResponse(Answer):
    id: str
    url: str
    modified_at: str
    adaptability: str
    title: str | None
    catalog_id: str
    image_url: str | None


class CatalogCreateResponse(Answer):
    id: str
    title: str
    catalog_code: str
    offers: list[OfferResponse]
    icon: str | None
    hold_duration: str
    canceled_duration: str
    is_promocode_allowed: bool
    category: str | None
    business_partner_id: str
    offer_geo: list[str]
    catalog_id: str
    description: str | None
    reward_type: str
    localizations: list[str]
    devices: str
    cookies_storage_days: int
    moderation_type: str
    max_promo_code_percent: float | None
    min_promo_code_percent: float | None
    is_published: bool
    created_at: str


class Reward(Answer):
    from_: float | None = Field(alias="from")
    to: float | None
    type: str | None


class CatalogResponse(Answer):
    id: str
    title: str
    approval_rate: str
    catalog_code: str
    offers: list[OfferResponse]
    reward_percent: float | None
    icon: str | None
    hold_duration: str
    canceled_duration: str
    company_logo: str | None
    company_name: str
    is_confirmed: bool
    modified_at: str
    promo_materials: list[str]
    reward: Reward
    rules: list[str]
    text_rule: list[str]
    is_promocode_allowed: bool
    is_published: bool
    category: str | None
    offer_geo: list[str]
    catalog_id: str
    preview_image: str | None
    description: str | None
    reward_type: str
    max_promo_code_percent: float | None
    min_promo_code_percent: float | None
    moderation_type: str
    landings: list[LandingResponse]
    localizations: list[str]
    devices: str
    cookies_storage_days: int


class DealCreateResponse(Answer):
    another_data: str | None
    cost: float
    is_returned: bool
    promo_code: str | None
    currency: str
    status: str
    offer: str
    deal_id: str


class CatalogForDeal(Answer):
    title: str
    catalog_code: str


class OfferForDeal(Answer):
    name: str
    catalog: CatalogForDeal


class PromoCodeForDeal(Answer):
    code: str
    percent_discounts: float | None


class DealResponse(Answer):
    offer: OfferForDeal
    cost: float
    payment_sum: float
    is_returned: bool
    conversion_time: str
    promo: PromoCodeForDeal | None
    currency: str
    status: str
    id: str
    deal_id: str
    modified_at: str
    paid_at: str | None
    approved_at: str | None
    canceled_at: str | None


class DealUpdateResponse(Answer):
    status: str
    cost: float
    is_returned: bool
    comment: str | None


class Discount(Answer):
    percent_discounts: float
