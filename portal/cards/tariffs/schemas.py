"""What a tariff holds, for the description (contract: cards, "Objects")."""

from pydantic import Field

from portal.cards.envelope import Stamp
from portal.cards.schemas import Amount, Answer


class Prices(Answer):
    """What it costs, in its currency; null is not for sale so long."""

    month: Amount | None = Field(description="A month.")
    quarter: Amount | None = Field(description="A quarter.")
    year: Amount | None = Field(description="A year.")


class Limits(Answer):
    """At most so many of each."""

    templates: int = Field(description="Card templates that are not archived.")
    managers: int = Field(description="People of the team beside the owner, those who are invited included.")
    locations: int = Field(description="Open locations.")
    integrations: int = Field(description="Client tokens that work.")


class Options(Answer):
    """What it has beside."""

    push: bool = Field(description="Pushes.")
    autoPush: bool = Field(description="Automatic pushes.")
    customAutoPush: bool = Field(description="Automatic pushes of its own.")
    customFields: bool = Field(description="Custom fields of templates.")
    duplicatesCheck: bool = Field(description="The search for customers who are there twice.")
    phoneCheck: bool = Field(description="The check of phones, which every tariff has: always true.")
    integrations: bool = Field(description="Client tokens at all.")
    referralProgram: bool = Field(description="Rewards for customers who bring others.")
    reports: bool = Field(description="Charts and exports.")
    whiteLabel: bool = Field(description="Cards without the portal’s name.")


class Tariff(Answer):
    """What a reseller's companies may use, and what it costs them."""

    id: int = Field(description="Its id.")
    name: str = Field(description="What the reseller calls it.")
    type: str = Field(description="`paid` or `trial`.")
    country: str | None = Field(
        description="Where it is sold, as an ISO 3166 code of two letters; null is everywhere. To a "
        "company in another country it is not given (422)."
    )
    currency: str = Field(description="Of its prices.")
    prices: Prices = Field(description="What it costs.")
    createdAt: Stamp = Field(description="Since when it is there.")
    updatedAt: Stamp = Field(description="When it changed last.")
    limits: Limits = Field(description="At most so many; reaching one is a 422 that names it.")
    options: Options = Field(description="What it has; using what it lacks is a 422.")
