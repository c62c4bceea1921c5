"""Bodies of companies, and what a company holds (contract: cards)."""

from pydantic import Field

from portal.api.fields import Body
from portal.api.loose import Id, Loose, Moment
from portal.cards.envelope import Stamp
from portal.cards.schemas import Answer
from portal.domain.cards.companies import periods

_PERIODS = ", ".join(f"`{name}`" for name in periods.PERIODS)
_PERIOD = f"For how long from now: {_PERIODS}. Months are those of the calendar; a trial is {periods.TRIAL_DAYS} days. "
_PERIOD += (
    "What the tariff has no price for is a 422: `month` and `two_months` go by the month’s price, `quarter` by the quarter’s, `year` by "
    "the year’s, `six_months` and `nine_months` by either of the first two."
)


class CompanyCreate(Body):
    """A new sub-account with its first person, who owns it."""

    country: str = Field(description="Where it is: the English name or the ISO 3166 code of two letters.")
    email: str = Field(description="Of its owner, who signs in with it; nobody else may have it.")
    name: str = Field(description="What it is called.")
    password: str = Field(description="Of its owner.")
    phone: Loose = Field(description="Kept as it is written; it must be a number that can be called.")
    tariffId: Id = Field(description="One of your tariffs.")
    tariffPeriod: str = Field(description=_PERIOD)
    userName: str = Field(description="The owner’s first name.")
    userSurname: str = Field(description="The owner’s family name.")
    language: str | None = Field(None, description="Of the owner: `en` or `ru`.")


class CompanyChange(Body):
    """What changes of it."""

    name: str | None = Field(None, description="What it is called.")
    expiresAt: Moment | None = Field(None, description="Until when its tariff lasts; null is without end.")


class TariffChange(Body):
    """Another tariff, from now on."""

    tariffId: Id = Field(description="One of your tariffs.")
    tariffPeriod: str = Field(description=_PERIOD)


class Extra(Answer):
    """The address and time zone of a company."""

    country: str | None = Field(description="The English name.")
    countryCode: str | None = Field(description="The ISO 3166 code of two letters.")
    city: str | None = Field(description="The town.")
    state: str | None = Field(description="The state or region.")
    stateCode: str | None = Field(description="Its code.")
    street: str | None = Field(description="Street and number.")
    postalCode: str | None = Field(description="The postal code.")
    fullAddress: str | None = Field(description="All of it in one line.")
    timezone: str = Field(description="Of its days.")
    website: str | None = Field(description="Its website.")


class Company(Answer):
    """A sub-account."""

    id: int = Field(description="Its id: the `companyId` of its cards.")
    userId: int | None = Field(description="Its owner.")
    tariffId: int = Field(description="Its tariff.")
    status: str = Field(description="`active`, `expired` once its tariff has ended, `disabled` by the operator.")
    name: str = Field(description="What it is called.")
    email: str = Field(description="With which it was made.")
    phone: str = Field(description="As it was written.")
    note: str | None = Field(description="What the reseller noted.")
    apiKey: str | None = Field(
        description="A client token of its own: only in the answer that creates it, and null where its tariff has no "
        "integrations."
    )
    extra: Extra = Field(description="Where it is.")
    expiresAt: Stamp | None = Field(description="Until when its tariff lasts; null is without end.")
    createdAt: Stamp = Field(description="Since when it is there.")
    updatedAt: Stamp = Field(description="When it changed last.")


class DeletedCompany(Answer):
    """What was deleted."""

    id: int = Field(description="Its id.")
