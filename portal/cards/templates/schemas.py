"""Bodies and answers of templates and their tiers (contract: cards, "Endpoints", "Objects")."""

from typing import Any

from pydantic import Field

from portal.api.fields import Body, Number, Text
from portal.api.loose import Whole
from portal.cards.envelope import Stamp
from portal.cards.schemas import Answer, CustomField, MembershipTier, RewardTier
from portal.domain.cards.templates.settings import LARGEST

_A_COUNT: dict[str, Any] = {"minimum": 1, "maximum": LARGEST}


class Template(Answer):
    """What the cards of one kind are."""

    id: int = Field(description="The template’s id.")
    companyId: int = Field(description="Whose template it is.")
    name: str = Field(description="What its cards are called.")
    type: int = Field(
        description="0 stamp, 1 cashback, 2 multipass, 3 coupon, 4 discount, 5 gift, 6 membership, 7 reward."
    )
    customFields: list[CustomField] = Field(description="What it asks of whoever gets a card; `value` is null here.")
    membershipTiers: list[MembershipTier] = Field(description="The levels of a membership; empty for other types.")
    rewardTiers: list[RewardTier] = Field(description="What points are exchanged for; empty for other types.")
    installLink: str = Field(description="Where people get a card of it.")
    qrLink: str = Field(description="A picture of the QR code of that address.")
    createdAt: Stamp = Field(description="Since when it is there.")
    updatedAt: Stamp = Field(description="When it changed last, its fields and tiers included.")


class RewardTierCreate(Body):
    """A new reward tier of a template of type 7."""

    name: Text = Field(json_schema_extra={"minLength": 1}, max_length=120, description="What is given.")
    type: Whole = Field(description="0 custom: what the name says; 1 amount: a sum off; 2 percent: a percentage off.")
    value: Number = Field(
        json_schema_extra={"minimum": 0, "maximum": LARGEST},
        description="How much: money, or a percentage of at most 100; at most two decimals. Over zero, unless it is custom.",
    )
    threshold: Number = Field(
        json_schema_extra=_A_COUNT,
        description="The points that it costs, a whole number from 1: what costs nothing could be received without an end.",
    )
    usageLimit: Number | None = Field(
        None,
        json_schema_extra=_A_COUNT,
        description="How many times it is given, all cards together, a whole number. Default: no limit.",
    )
    valueLimit: Number | None = Field(
        None,
        json_schema_extra={"exclusiveMinimum": 0, "maximum": LARGEST},
        description="The most that a percentage is worth, with at most two decimals. Of type 2 alone.",
    )
