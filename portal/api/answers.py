"""What all answers of the family have in common."""

from pydantic import BaseModel, ConfigDict


class AnswerSchema(BaseModel):
    """Base of the answers: every documented key, always; what is not there is null."""

    model_config = ConfigDict(extra="forbid")
