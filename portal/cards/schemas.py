"""What the things of the cards family hold, for the description (contract: cards, "Objects")."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from portal.api.answers import Uuid
from portal.cards.envelope import Stamp
from portal.domain.cards.operations.events import EVENTS
from portal.domain.cards.words import API, COUNTER, PERIODS, PORTAL, SYSTEM, WIRE_WORDS

_EVENTS = ", ".join(f"{number} {label}" for number, label in EVENTS.items())
A_SERIAL = {"type": "string", "pattern": "^[0-9]{6}-[0-9]{3}-[0-9]{3}$"}
Serial = Annotated[str, WithJsonSchema(A_SERIAL)]


def words(*listed: str) -> WithJsonSchema:
    """One of the listed words, for the description."""
    return WithJsonSchema({"type": "string", "enum": list(listed)})


CardType = Annotated[str, words(*WIRE_WORDS)]
Source = Annotated[str, words(API, PORTAL, COUNTER, SYSTEM)]
Period = Annotated[str, words(*PERIODS)]
FieldKind = Annotated[
    str, words("phone", "email", "FName", "SName", "DateOfBirth", "text", "number", "date", "boolean")
]
TierKind = Annotated[int, WithJsonSchema({"type": "integer", "enum": [0, 1, 2]})]
Amount = Annotated[float | int, WithJsonSchema({"type": "number"})]
Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]


class Answer(BaseModel):
    """Every documented key, always; what is not there is null."""

    model_config = ConfigDict(extra="forbid")


class Segment(Answer):
    """A group of customers that this one is in."""

    id: int = Field(description="Its id.")
    type: Annotated[str, words("manual", "rule")] = Field(
        description="Whom somebody put into it, or whoever fits a rule."
    )
    name: str = Field(description="What the company calls it.")


class Customer(Answer):
    """A person at one company."""

    id: Uuid = Field(description="The customer’s UUID.")
    phone: str | None = Field(description="As it was written; compared as E.164.")
    email: str | None = Field(description="In lower case; unique within the company.")
    gender: int | None = Field(description="0 unknown, 1 male, 2 female.")
    dateOfBirth: Day | None = Field(description="The day, as year-month-day.")
    surname: str | None = Field(description="The family name.")
    firstName: str = Field(description="The first name.")
    externalUserId: str | None = Field(description="The id in the company’s own system; unique within the company.")
    segments: list[Segment] = Field(description="The groups that the customer is in.")
    createdAt: Stamp = Field(description="Since when it is there.")
    updatedAt: Stamp = Field(description="When it changed last.")


class CustomField(Answer):
    """What the template asks for, and what was answered."""

    id: int = Field(description="The field’s id.")
    name: str = Field(description="What the template calls it.")
    type: FieldKind = Field(description="phone, email, FName, SName, DateOfBirth, text, number, date or boolean.")
    order: int = Field(description="Its place among the fields.")
    value: str | None = Field(description="The answer; null while there is none.")
    required: bool = Field(description="Whether a card needs an answer.")
    unique: bool = Field(description="Whether two cards may not have the same answer.")


class RewardTier(Answer):
    """What points are exchanged for."""

    id: int = Field(description="The tier’s id.")
    name: str = Field(description="What is given.")
    type: TierKind = Field(description="0 custom, 1 amount, 2 percent.")
    value: Amount = Field(description="How much: money, or a percentage.")
    threshold: int = Field(description="The points that it costs.")
    usageLimit: int | None = Field(description="How many times it is given, all cards together.")
    valueLimit: Amount | None = Field(description="The most that a percentage is worth.")


class MembershipTier(Answer):
    """A level of a membership."""

    id: int = Field(description="The level’s id.")
    name: str = Field(description="What the level is called.")
    visits: int | None = Field(description="Visits in a period; null where there is no limit.")


class CustomerSubscription(Answer):
    """The present period of a membership."""

    period: Period = Field(description="day, week, month or year.")
    expiresAt: Stamp = Field(description="When it begins anew.")


class Balance(Answer):
    """What is on a card; null where its type counts no such thing."""

    currentNumberOfUses: int | None = Field(description="Stamps towards the next reward.")
    numberStampsTotal: int | None = Field(description="Stamps that make a reward.")
    numberRewardsUnused: int | None = Field(description="Rewards that were not taken yet.")
    balance: Amount | None = Field(description="Visits left, or money on a certificate.")
    bonusBalance: Amount | None = Field(description="Bonus money, points or scores.")
    discountPercentage: Amount | None = Field(description="What the points of a discount card give.")
    discountAmount: Amount | None = Field(description="Always null: discounts are percentages.")
    stampsBeforeReward: int | None = Field(description="Stamps that the next reward needs.")


class DirectInstallLink(Answer):
    """The card's page by the kind of phone; null where the company has no certificates of that wallet."""

    universal: str = Field(description="For every phone.")
    apple: str | None = Field(description="For the wallet of Apple’s phones.")
    google: str | None = Field(description="For the wallet of Android phones.")
    pwa: str | None = Field(description="For the home screen.")


class Card(Answer):
    """A customer's loyalty card."""

    id: Serial = Field(description="The card’s number.")
    companyId: int = Field(description="Whose card it is.")
    templateId: int = Field(description="What it is a card of.")
    customerId: Uuid = Field(description="The holder’s UUID.")
    type: CardType = Field(
        description="stamp, cashback, subscription, coupon, discount, certificate, membership or reward."
    )
    status: Annotated[str, words("not_installed", "installed", "deleted")] = Field(
        description="not_installed, installed or deleted."
    )
    device: str | None = Field(description="What it was installed on: apple, google or pwa.")
    customFields: list[CustomField] = Field(description="The template’s fields with their answers.")
    availableRewardTiers: list[RewardTier] = Field(description="Tiers that the points reach.")
    membershipTier: MembershipTier | None = Field(description="The level of a membership card.")
    customerSubscription: CustomerSubscription | None = Field(description="The present period of a membership card.")
    customer: Customer = Field(description="The holder.")
    balance: Balance = Field(description="What is on it.")
    installLink: str = Field(description="The card's own page. Whoever has the link sees the card.")
    shareLink: str = Field(description="Where a friend gets a card, so that both are rewarded.")
    qrLink: str = Field(description="A picture of the QR code of its page.")
    directInstallLink: DirectInstallLink = Field(description="Its page by the kind of phone.")
    couponRedeemed: bool | None = Field(description="Whether a coupon was used; null on other types.")
    firstVisitDiscount: Amount | None = Field(description="The percentage off the first purchase.")
    utmSource: str | None = Field(description="Where the holder came from.")
    expiresAt: Stamp | None = Field(description="Until when it is good; null is for good.")
    createdAt: Stamp = Field(description="When it was issued.")
    updatedAt: Stamp = Field(description="When it changed last.")
    countVisits: int | None = Field(description="Null in lists, as all that follow.")
    totalRewardsEarned: int | None = Field(
        description="Rewards that were earned: by stamps, or with points that were exchanged for one."
    )
    totalRewardsRedeemed: int | None = Field(description="Rewards that were taken.")
    totalStampsEarnedByReferral: int | None = Field(description="Stamps for friends who came.")
    totalPointsEarnedByReferral: int | None = Field(description="Points for friends who came.")
    lastStampEarnedAt: Stamp | None = Field(description="When the last stamp came.")
    lastRewardEarnedAt: Stamp | None = Field(
        description="When the last reward was earned; of points, when one was received."
    )
    lastRewardRedeemedAt: Stamp | None = Field(description="When the last reward was taken.")


class Operation(Answer):
    """Something that happened to a card."""

    id: int = Field(description="The operation’s id.")
    companyId: int = Field(description="Whose card it was.")
    templateId: int = Field(description="The template of the card.")
    customerId: Uuid = Field(description="The holder’s UUID.")
    customer: Customer = Field(description="The holder.")
    cardId: Serial = Field(description="The number of the card.")
    cardDevice: str | None = Field(description="What the card is installed on.")
    eventId: int = Field(description=f"What happened: {_EVENTS}.")
    managerId: int | None = Field(description="Who did it, where it was somebody of the team.")
    locationId: int | None = Field(description="Where it happened.")
    amount: Amount = Field(description="Of the field that it is about; below zero when it took away.")
    purchaseSum: Amount | None = Field(
        description="What was paid, where it was told; of what was taken back or undone what it was of. Never below zero: "
        "the sign is that of `amount`."
    )
    balance: Amount = Field(description="Of that field, after it.")
    source: Source = Field(description="api, portal, counter or system.")
    comment: str | None = Field(description="What was written to it.")
    createdAt: Stamp = Field(description="When it happened.")
    updatedAt: Stamp = Field(description="The same: operations never change.")


class Deleted(Answer):
    """What was deleted."""

    id: str | int = Field(description="What was deleted.")
