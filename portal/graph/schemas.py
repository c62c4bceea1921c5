"""The shapes of the graph."""

from typing import Literal

from pydantic import BaseModel as Answer
from pydantic import Field

from portal.api.fields import LARGEST_PAGE, Body, Cursor, PageSize

DIRECTION = "`from`: where the thing comes from; `to`: where it leads."


class GraphQuery(Body):
    """What of a thing's links is asked for."""

    relation: str | None = Field(None, description="Only the links of this relation, a page of them.")
    after: Cursor = Field(None, description="With `relation`: the `next` of the page before.")
    limit: PageSize = Field(
        25, description=f"How many links of each relation; more than {LARGEST_PAGE} means {LARGEST_PAGE}."
    )


class GraphThing(Answer):
    """A thing: with its `kind` and `id` it is asked for here."""

    kind: str = Field(description="What it is, such as `deal` or `card_operation`.")
    id: str = Field(description="What it is known by: a UUID, a number of a card, a uid, or a number.")
    name: str = Field(description="What people call it.")
    state: str | None = Field(description="How it stands, in a word of its kind.")
    at: str | None = Field(description="When it came to be or happened: RFC 3339, UTC.")
    url: str | None = Field(description="The page of the portal on which people see it.")


class GraphLink(GraphThing):
    """A thing at the other end of a link."""

    relation: str = Field(description="What it is to the thing that was asked for, such as `reward` or `click`.")
    direction: Literal["from", "to"] = Field(description=DIRECTION)


class GraphBy(Answer):
    """How a thing of a chain hangs on another one of it."""

    kind: str = Field(description="The kind of the other one.")
    id: str = Field(description="The id of the other one.")
    relation: str = Field(description="What the thing is to the other one.")
    direction: Literal["from", "to"] = Field(description=DIRECTION)


class GraphStep(GraphThing):
    """A thing of a chain."""

    distance: int = Field(description="How many links it is away from the thing that was asked for.")
    by: GraphBy | None = Field(description="Which thing of the chain it hangs on; null for the one that was asked for.")


class GraphChain(Answer):
    """All that hangs on a thing, the nearest first. What happened once is followed both ways, what stands for long (an offer, a
    customer) only to where it comes from."""

    things: list[GraphStep] = Field(description="The things, each once, the one that was asked for first.")
    is_cut: bool = Field(description="Whether there are more than are told.")


class GraphAnswer(Answer):
    """A thing with its links in both directions."""

    thing: GraphThing = Field(description="The thing that was asked for.")
    links: list[GraphLink] = Field(
        description="What it comes from and what it leads to, by relation, the latest first."
    )
    more: dict[str, int] = Field(
        description="By relation, how many links there are beside those in `links`; 1000 means as many or more."
    )
    next: str | None = Field(description="With `relation`: the `after` of its next page, if there is one.")
    others: list[GraphThing] = Field(description="What else the id may mean, where the kind is `any`.")
    chain: GraphChain | None = Field(description="All that hangs on the thing, where the kind is `any`.")
