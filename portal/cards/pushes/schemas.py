"""The body of a push, and pushes as they are answered (contract: cards, "Endpoints", "Objects")."""

from typing import Annotated

from pydantic import Field

from portal.api.answers import Uuid
from portal.api.fields import Body, Text
from portal.api.loose import Id, Moment
from portal.cards.envelope import Stamp
from portal.cards.schemas import Answer, Serial, words
from portal.domain.cards.pushes.pushes import LONGEST


class PushCreate(Body):
    """A message to the holders of cards."""

    message: Text = Field(
        json_schema_extra={"minLength": 1},
        max_length=LONGEST,
        description="What they read. The inbox of a card has it whole; on a phone it is cut at a word where it is too long for a "
        "push.",
    )
    templateId: Id = Field(description="It goes to every installed card of this template.")
    cardId: str | None = Field(
        None,
        description="To the card with this number only, in any notation. It must be of the template; while it is not installed it gets nothing.",
    )
    scheduledAt: Moment | None = Field(
        None, description="When it is sent, to the minute. Default, and where it has passed: now."
    )


class Push(Answer):
    """A message to the holders of cards, and how far it came."""

    id: Uuid = Field(description="The push’s UUID.")
    templateId: int = Field(description="Of which template its cards are.")
    cardId: Serial | None = Field(description="The number of the card, if it goes to one.")
    type: Annotated[str, words("manual", "auto")] = Field(
        description="manual: somebody wrote it; auto: it was sent by itself."
    )
    status: Annotated[str, words("scheduled", "sending", "sent", "cancelled", "failed")] = Field(
        description="scheduled, sending, sent, cancelled or failed: nobody got it."
    )
    message: str = Field(description="What they read; empty where it was to somebody who was erased.")
    sentAmount: int = Field(description="How many got it so far: on a phone, or in the inbox of the card.")
    deliveredAmount: int = Field(description="How many were shown it so far, by a phone or the opened inbox.")
    scheduledAt: Stamp | None = Field(description="When it was to be sent; null is at once.")
    createdAt: Stamp = Field(description="Since when it is there.")
