"""What all answers of the family have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, WithJsonSchema

Uuid = Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]
Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]


class AnswerSchema(BaseModel):
    """Base of the answers: every documented key, always; what is not there is null."""

    model_config = ConfigDict(extra="forbid")
