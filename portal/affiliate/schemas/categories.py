"""Categories on the wire."""

from pydantic import Field

from portal.api.answers import AnswerSchema, Uuid


class CategoryResponse(AnswerSchema):
    """What a catalog can be about."""

    id: Uuid = Field(description="UUID of the category. A catalog's `category` takes it, and the name as well.")
    name: str = Field(description="Its name, which a catalog answers as its `category`.")
