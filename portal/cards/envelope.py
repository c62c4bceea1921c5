"""What every answer of the cards family is wrapped in, its refusals, and its pages by number (contract: cards, "Envelope")."""

from functools import cache
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model

from portal import clock
from portal.api.errors import ApiError, ErrorShape
from portal.api.fields import Body
from portal.api.loose import FROM_ONE, from_one
from portal.api.paging import Paging
from portal.domain.identifiers import new_uuid

USUAL_PAGE, LARGEST_PAGE = 30, 1000

Item = TypeVar("Item", bound=BaseModel)
Stamp = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]


class Listed(NamedTuple):
    """What a list answers: the things of one page, how many there are in all, and which page it is."""

    items: list
    total: int
    page: int
    per_page: int


def stamp(micros: int | None) -> str | None:
    """A time as this family writes it: whole seconds of UTC, and `+00:00`."""
    return None if micros is None else f"{clock.from_micros(micros).isoformat()[:19]}+00:00"


def wrapped(body: Any, status: int) -> dict:
    """The body in its envelope; of a list with how long it is."""
    head = {"responseId": new_uuid(), "createdAt": stamp(clock.micros()), "code": status}
    if isinstance(body, Listed):
        meta = {"totalItems": body.total, "itemsPerPage": body.per_page, "currentPage": body.page}
        return head | {"meta": meta, "data": body.items}
    return head | {"data": body}


def _refusal(error: ApiError) -> dict:
    told = {"message": error.detail, "error_code": error.code.name, "details": error.errors}
    return wrapped(None, error.status) | {"error": told}


_HEAD = {
    "responseId": {"type": "string", "description": "Unique to this answer."},
    "createdAt": {"type": "string", "format": "date-time", "description": "When it was answered."},
    "code": {"type": "integer", "description": "The HTTP status."},
}
ENVELOPED = ErrorShape(
    "CardsRefusal",
    "application/json",
    {
        "type": "object",
        "description": "A refusal of the cards family, in its envelope.",
        "required": ["responseId", "createdAt", "code", "data", "error"],
        "properties": {
            **_HEAD,
            "data": {"type": "null", "description": "Nothing."},
            "error": {
                "type": "object",
                "description": "What is wrong.",
                "required": ["message", "error_code", "details"],
                "properties": {
                    "message": {"type": "string", "description": "What failed, and how to mend it."},
                    "error_code": {"type": "string", "description": "Its name for programs. It stays the same."},
                    "details": {
                        "type": "array",
                        "description": "The fields that are wrong, where it is about fields.",
                        "items": {
                            "type": "object",
                            "required": ["field", "message", "error_code"],
                            "properties": {
                                "field": {"type": "string", "description": "Its name."},
                                "message": {"type": "string", "description": "What is wrong with it."},
                                "error_code": {"type": "string", "description": "Its name for programs."},
                            },
                        },
                    },
                },
            },
        },
    },
    _refusal,
)


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid")

    responseId: str = Field(description="Unique to this answer.")
    createdAt: Stamp = Field(description="When it was answered.")
    code: int = Field(description="The HTTP status.")


@cache
def _named(model: type[BaseModel], name: str) -> type[BaseModel]:
    """The model under a name that clients made of the description can have; of its own it would be `One_Card_`."""
    return create_model(name, __base__=model)


class One(_Head, Generic[Item]):
    """One thing in its envelope."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"description": "One thing in its envelope."})

    data: Item = Field(description="The thing that was asked for.")

    def __class_getitem__(cls, item):
        return _named(super().__class_getitem__(item), f"{item.__name__}Envelope")


class Meta(BaseModel):
    """How long a list is, and which page of it this is."""

    totalItems: int = Field(description="How many there are in all.")
    itemsPerPage: int = Field(description="How many to a page.")
    currentPage: int = Field(description="Which page this is, from 1.")


class Many(_Head, Generic[Item]):
    """A page of a list in its envelope."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"description": "A page of a list in its envelope."})

    meta: Meta = Field(description="How long the list is.")
    data: list[Item] = Field(description="The things of this page.")

    def __class_getitem__(cls, item):
        return _named(super().__class_getitem__(item), f"{item.__name__}ListEnvelope")


class Page(Body):
    """Which page of a list, and how many things to a page."""

    page: Annotated[int, BeforeValidator(from_one), FROM_ONE] = Field(1, description="Which page, from 1.")
    itemsPerPage: Annotated[int, BeforeValidator(lambda value: min(from_one(value), LARGEST_PAGE)), FROM_ONE] = Field(
        USUAL_PAGE, description=f"How many to a page; more than {LARGEST_PAGE} means {LARGEST_PAGE}."
    )

    @property
    def skipped(self) -> int:
        """How many things stand on the pages before."""
        return (self.page - 1) * self.itemsPerPage

    def of(self, items: list, total: int) -> Listed:
        """This page of a list that is so long."""
        return Listed(items, total, self.page, self.itemsPerPage)


BY_NUMBER = Paging(Page, {})
