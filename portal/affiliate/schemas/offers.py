"""Offers on the wire."""

from typing import Any

from pydantic import Field, model_validator

from portal.api.answers import AnswerSchema, Uuid
from portal.api.fields import A_CURRENCY, A_SUM, ABSENT, SUMS, Body, Flag, Number, Page, Text, also, between
from portal.domain.offers.offers import MOST_PRICES

_NAME = "What deals name the offer by. Unique within the catalog, up to 255 characters"
_PRICES = f"At least one price, one a currency, at most {MOST_PRICES}"
_FEW: dict[str, Any] = {"minItems": 1, "maxItems": MOST_PRICES}
_ACTIVE = "Whether the offer can be sold: deals of an inactive one have no promoter"
_CODES = "Whether promo codes may be used for this offer; the catalog must allow them as well"
_REFERENCE = "The catalog's UUID or its short code"


class OfCatalog(Page):
    """A list of what belongs to one catalog, or to any."""

    catalog_id: str | None = Field(None, description="UUID or short code of a catalog of yours: only what is in it.")


class PriceGiven(Body):
    """A price in one currency."""

    cost: Number = Field(
        json_schema_extra=A_SUM,
        description=f"Zero or more, in units of the currency, with {SUMS}.",
    )
    currency: Text = Field(json_schema_extra=A_CURRENCY, description="ISO 4217 code, such as USD.")


class OfferChange(Body):
    """The fields of an offer to set; what is absent or empty stays. Setting one kind of reward clears the other."""

    name: Text = Field(
        ABSENT, json_schema_extra={"minLength": 1}, max_length=255, description=f"{_NAME}. Cannot be null."
    )
    catalog_id: Text | None = Field(None, description=f"{_REFERENCE}; moves the offer there. null leaves it.")
    description: Text | None = Field(
        None,
        json_schema_extra={"maxLength": 20_000},
        description="Free text for promoters, up to 20,000 characters. null clears.",
    )
    is_active: Flag | None = Field(None, description=f"{_ACTIVE}. Default and null: true.")
    is_promocode_allowed: Flag | None = Field(
        None,
        validation_alias=also("is_promocode_allowed", "is_promo"),
        description=f"{_CODES}. Default and null: false. Also taken as `is_promo`.",
    )
    prices: list[PriceGiven] = Field(
        ABSENT,
        json_schema_extra=_FEW,
        description=f"{_PRICES}; they replace those that were there. Cannot be null.",
    )
    reward_percent: Number | None = Field(
        None,
        validation_alias=also("reward_percent", "remuneration_percent"),
        json_schema_extra=between(0.05, 95),
        description="What the promoter earns of a deal's cost, in percent: 0.05 to 95, at most two decimals. Not "
        "together with `fix_remuneration`; with neither, the catalog's serves. Also taken as `remuneration_percent`.",
    )
    fix_remuneration: Number | None = Field(
        None,
        json_schema_extra=A_SUM,
        description="What the promoter earns of a deal, whatever it costs: a sum in the currency of the price, so the "
        f"offer may have one price only, with {SUMS}. Not together with `reward_percent`.",
    )
    disable: Flag | None = Field(
        None, description="The older name of `is_active`, inverted; heeded where that one is absent."
    )

    @model_validator(mode="after")
    def _disabled_is_not_active(self):
        if self.disable is not None and "is_active" not in self.model_fields_set:
            self.is_active = not self.disable
        return self


class OfferCreate(OfferChange):
    """A new offer."""

    name: Text = Field(json_schema_extra={"minLength": 1}, max_length=255, description=f"{_NAME}.")
    catalog_id: Text = Field(description=f"{_REFERENCE}.")
    prices: list[PriceGiven] = Field(json_schema_extra=_FEW, description=f"{_PRICES}.")


class Price(AnswerSchema):
    """A price in one currency."""

    cost: float = Field(description="In units of the currency.")
    currency: str = Field(json_schema_extra=A_CURRENCY, description="ISO 4217 code.")


class OfferResponse(AnswerSchema):
    """An offer."""

    id: Uuid = Field(description="UUID of the offer.")
    name: str = Field(description="What deals name the offer by.")
    catalog_id: Uuid = Field(description="UUID of its catalog.")
    is_promocode_allowed: bool = Field(description=f"{_CODES}.")
    is_active: bool = Field(description=f"{_ACTIVE}.")
    fix_remuneration: float | None = Field(
        description="Fixed reward in the currency of the price; null where the reward is a percentage."
    )
    reward_percent: float | None = Field(
        description="Reward in percent of the cost; null where it is fixed, or the catalog's."
    )
    prices: list[Price] = Field(description="One a currency.")
    description: str | None = Field(description="Free text for promoters.")
