"""Bodies of operations, and the query of their list (contract: cards, "Endpoints")."""

from typing import Any

from pydantic import Field

from portal.api.fields import A_SUM, Body, Number, also
from portal.api.loose import LARGEST_QUANTITY, Day, Id, Loose, Quantity, QueryId
from portal.cards import envelope

_A_QUANTITY: dict[str, Any] = {"exclusiveMinimum": 0, "maximum": LARGEST_QUANTITY}


class OperationFilter(envelope.Page):
    """Which operations, and which page of them."""

    cardId: str | None = Field(None, description="Of the card with this number only, in any notation.")
    customerId: str | None = Field(
        None, description="Of the customer with this UUID only, also of one who was erased or merged."
    )
    templateId: QueryId | None = Field(None, description="Of cards of this template only.")
    startDate: Day | None = Field(
        None, description="From this day on, as year-month-day in the company’s time zone.", examples=["2026-01-01"]
    )
    endDate: Day | None = Field(None, description="Up to this day, which is in.", examples=["2026-01-31"])


class Noted(Body):
    """What every operation may be told besides."""

    comment: Loose | None = Field(
        None, description="What is written to it; at most 1,000 characters.", json_schema_extra={"maxLength": 1000}
    )
    purchaseSum: Number | None = Field(
        None, description="What was paid, in the template’s currency.", json_schema_extra=A_SUM
    )


class StampsChange(Noted):
    """How many stamps."""

    stamps: Quantity = Field(description="A whole number from 1.")


class RewardsChange(Noted):
    """How many rewards."""

    rewards: Quantity = Field(description="A whole number from 1.")


class ScoresChange(Noted):
    """How many scores."""

    scores: Quantity = Field(description="A whole number from 1.")


class VisitsChange(Noted):
    """How many visits."""

    visits: Quantity = Field(description="A whole number from 1.")


class PointsChange(Noted):
    """How many points; how much money on a card that counts it."""

    points: Number = Field(
        description="Over zero: points of a discount card with at most two decimals; money of a cashback card or a certificate "
        "with at most those of its currency.",
        json_schema_extra=_A_QUANTITY,
    )


class AmountChange(Noted):
    """How much was paid."""

    amount: Number = Field(
        description="Over zero, in the template’s currency, with at most its decimals.", json_schema_extra=_A_QUANTITY
    )


class RewardReceipt(Noted):
    """Which reward."""

    id: Id | None = Field(
        None,
        description="The reward tier’s id, also taken as `body_id`; without it the only one that the points reach.",
        validation_alias=also("id", "body_id"),
    )


class TierChange(Body):
    """Which level, and how long its periods are."""

    tierId: Id = Field(description="The membership tier’s id, as the template tells it.")
    period: Loose = Field(
        description="How long a period is, at whose start the visits are all there again.",
        json_schema_extra={"enum": ["day", "week", "month", "year"]},
    )
