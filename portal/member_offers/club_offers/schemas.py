"""What is asked of offers, and what they look like (contract: member-offers, "Endpoints", "Offer model")."""

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from portal.api.answers import AnswerSchema, Moment
from portal.api.fields import ABSENT, Body, Text
from portal.api.loose import FROM_ONE, QueryFlag, QueryId, from_one
from portal.domain.codes import NOT_LISTED
from portal.domain.member_offers.listing import LARGEST_PAGE, Key
from portal.domain.member_offers.words import SCOPES, STANDARD, TIMESPANS, TYPES
from portal.domain.values import Wrong

_ORDER = re.compile(r"\s*([a-z_]+)(?:\s+(asc|desc))?\s*", re.IGNORECASE)
_MOST_KEYS = 10


def _one_of(words: Any):
    def check(value: Any) -> str:
        if value not in words:
            raise Wrong(f"Send one of {', '.join(words)}.", NOT_LISTED)
        return value

    return check


def _order(value: Any) -> tuple[Key, ...]:
    keys = [_ORDER.fullmatch(part) for part in str(value).split(",")]
    if len(keys) > _MOST_KEYS or not all(keys):
        raise Wrong("Write it like SQL: usable ASC, created_at DESC.")
    return tuple(Key(key[1].lower(), (key[2] or "").lower() == "desc") for key in keys if key)


Scope = Annotated[str, BeforeValidator(_one_of(SCOPES)), WithJsonSchema({"type": "string", "enum": list(SCOPES)})]
_Type = Annotated[str, BeforeValidator(_one_of(TYPES)), WithJsonSchema({"type": "string", "enum": list(TYPES)})]
_Order = Annotated[tuple[Key, ...], BeforeValidator(_order), WithJsonSchema({"type": "string"})]
_PageNumber = Annotated[int, BeforeValidator(from_one), FROM_ONE]
_PageSize = Annotated[int, BeforeValidator(lambda value: min(from_one(value), LARGEST_PAGE)), FROM_ONE]


class OfferAsked(Body):
    """Which scope the offer must have."""

    scope: Scope | None = Field(None, description="Its scope, where it must be a certain one.")


class MetaAsked(Body):
    """Of which scope."""

    scope: Scope = Field(STANDARD, description="The scope of the offers.")


class OffersAsked(MetaAsked):
    """Which offers, in which order, and which page of them."""

    SEVERAL: ClassVar = ("collection_ids", "stores", "ids", "tags")

    per_page: _PageSize = Field(
        LARGEST_PAGE, description=f"How many to a page; more than {LARGEST_PAGE} means {LARGEST_PAGE}."
    )
    page_no: _PageNumber = Field(1, description="Which page, from 1.")
    include_pagination_info: QueryFlag = Field(False, description="Whether `pagination_info` is wanted.")
    order_by: _Order | None = Field(
        None,
        description="Keys, each with ASC or DESC: name, usable_since, usable_until, created_at; with a member also usable, "
        "uses_left, liked; with one collection also collection_position. The usual one is `created_at DESC`.",
        examples=["usable ASC, created_at DESC"],
    )
    collection_ids: list[QueryId] = Field(
        [], description="Those in one of these collections; also as `collection_ids[]`."
    )
    stores: list[str] = Field([], description="Those of one of these stores; also as `stores[]`.")
    ids: list[QueryId] = Field([], description="Those with one of these ids; also as `ids[]`.")
    type: _Type | None = Field(None, description="Those of this type.")
    tags: list[str] = Field([], description="Those with one of these tags; also as `tags[]`.")
    search: Text | None = Field(None, description="Those with this text in their name or description.")
    usable: QueryFlag | None = Field(None, description="Those that the member can use now, or cannot.")
    liked: QueryFlag | None = Field(None, description="Those that the member likes, or does not.")


class Image(AnswerSchema):
    """A picture of an offer."""

    url: str = Field(description="Where it is.")


class ReadMore(AnswerSchema):
    """What there is to read beside an offer."""

    button_title: str | None = Field(description="What the button says.")
    url: str | None = Field(description="Where it leads.")
    title: str | None = Field(description="The title of the text.")
    text: str | None = Field(description="The text.")


class ActivationTexts(AnswerSchema):
    """What is said when the offer is used."""

    modal: str | None = Field(description="What the question says.")
    button: str | None = Field(description="What the button says.")
    description: str | None = Field(description="What is said besides.")


class Display(AnswerSchema):
    """What the offer says beside its description."""

    read_more: ReadMore | None = Field(description="More to read.")
    activation_texts: ActivationTexts | None = Field(description="The texts of its use.")


class Period(AnswerSchema):
    """How often it may be used within a calendar period of the club's time zone."""

    timespan: Annotated[str, WithJsonSchema({"type": "string", "enum": list(TIMESPANS)})] = Field(
        description="Which; weeks begin on Monday."
    )
    max_uses: int = Field(description="How often a member may use it within one.")
    uses_left: int | None = Field(description="How often still; null for a guest.")


class OfferUsage(AnswerSchema):
    """How often the offer may be used."""

    usable: bool = Field(description="Whether a use now would succeed, a code of the counter aside. False for a guest.")
    max_uses: int | None = Field(description="How often a member may use it; null where that is not limited.")
    uses_left: int | None = Field(
        description="How often still: the least of the member’s and of all members’ remainder. Null where neither is limited, "
        "and for a guest."
    )
    active_until: Moment | None = Field(description="The end of the last use; null where there is none.")
    period: Period | None = Field(description="The limit within a period.")


class Offer(AnswerSchema):
    """An offer, as the member sees it."""

    id: int = Field(description="Its id.")
    name: str | None = Field(description="Its name.")
    description: str | None = Field(description="What it is.")
    type: Annotated[str, WithJsonSchema({"type": "string", "enum": list(TYPES)})] = Field(
        description="REGULAR; EXCLUSIVE: usable when granted; BIRTHDAY: in the seven days from the member’s birthday; WELCOME: "
        "within 30 days of joining."
    )
    external_url: str | None = Field(description="Where it leads.")
    usable_since: Moment | None = Field(description="Since when it may be used.")
    usable_until: Moment | None = Field(description="Until when it may be used.")
    usage_authorization_token_required: bool = Field(description="Whether a use needs a code of the counter.")
    collection_ids: list[int] = Field(description="The collections that it is in.")
    stores: list[str] = Field(description="The stores that it is for.")
    images: list[Image] = Field(description="Its pictures.")
    display: Display = Field(description="What it says besides.")
    liked: bool = Field(description="Whether the member likes it.")
    usage: OfferUsage = Field(description="How often it may be used.")
    extras: dict[str, Any] = Field(description="Whatever the club adds.")


class OneOffer(AnswerSchema):
    """An offer."""

    offer: Offer = Field(description="The offer.")


class PaginationInfo(AnswerSchema):
    """How long the list is, and which page of it this is."""

    total_count: int = Field(description="How many offers there are.")
    per_page: int = Field(description="How many to a page.")
    total_pages: int = Field(description="How many pages there are; 0 where there is no offer.")
    current_page: int = Field(description="Which this is.")
    next_page: int | None = Field(description="The next one; null on the last.")
    prev_page: int | None = Field(description="The one before; null on the first.")
    is_first_page: bool = Field(description="Whether it is the first.")
    is_last_page: bool = Field(description="Whether it is the last.")
    is_out_of_range: bool = Field(description="Whether it is beyond the last.")


class Offers(AnswerSchema):
    """A page of offers."""

    offers: list[Offer] = Field(description="The offers.")
    pagination_info: PaginationInfo = Field(ABSENT, description="Only where it was asked for.")


class File(AnswerSchema):
    """A picture of a collection in one size."""

    url: str = Field(description="Where it is.")
    width: int = Field(description="Pixels.")
    height: int = Field(description="Pixels.")
    kind: str = Field(description="What it is for.")
    size_type: Literal["original", "base", "thumbnail"] = Field(description="Which size.")


class Collection(AnswerSchema):
    """Offers in an order of their own."""

    id: int = Field(description="Its id.")
    title: str | None = Field(description="Its title.")
    description: str | None = Field(description="What it is.")
    offers_order: list[int] = Field(description="The ids of its offers in their order.")
    files: list[File] = Field(description="Its pictures.")


class OffersMeta(AnswerSchema):
    """What the offers of a scope are sorted by."""

    tags: list[str] = Field(description="Their tags.")
    stores: list[str] = Field(description="Their stores.")
    collections: list[Collection] = Field(description="The collections of the club.")
    activated_seconds_time: int = Field(
        description="For how many seconds a use is active, unless an offer says otherwise."
    )
