"""Bodies and queries of cards (contract: cards, "Endpoints")."""

from typing import Annotated

from pydantic import Field

from portal.api.fields import Body
from portal.api.loose import Answered, Id, Moment, QueryId
from portal.cards import envelope
from portal.domain.cards.cards.field_values import LONGEST


class CardFilter(envelope.Page):
    """Which cards, and which page of them."""

    templateId: QueryId | None = Field(None, description="Cards of this template only.")
    customerId: str | None = Field(None, description="Cards of the customer with this UUID only.")
    customerEmail: str | None = Field(None, description="Cards of the customer with this mail address only.")
    customerPhone: str | None = Field(None, description="Cards of the customer with this phone only, in any notation.")


class GivenField(Body):
    """An answer to a field of the template."""

    id: Id = Field(description="The field's id, as the template tells it.")
    value: Answered | None = Field(
        None,
        max_length=LONGEST,
        description="The answer, at most 1,000 characters; null takes it away, absent and empty leave it. A phone, a mail address, a "
        "day of birth and names are taken as a customer’s are.",
    )


class CardCreate(Body):
    """A new card for a customer."""

    customerId: str = Field(description="The customer's UUID.")
    templateId: Id = Field(description="The template's id.")
    customFields: Annotated[list[GivenField], Field(max_length=100)] | None = Field(
        None,
        description="Answers to the template's fields. Of those that it requires there must be one, or the customer has it: "
        "the name, the phone, the mail address, the day of birth.",
    )


class CardChange(Body):
    """Answers that change."""

    customFields: Annotated[list[GivenField], Field(max_length=100)] | None = Field(
        None, description="Answers that change; fields that are not named stay, and null and absent leave all."
    )


class ExpirationChange(Body):
    """Until when a card is good."""

    expiresAt: Moment | None = Field(description="The moment, or null for no end.")
