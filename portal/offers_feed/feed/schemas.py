"""The documented shapes of the offers feed (contract: offers-feed)."""

import re
from typing import Annotated, Any

from pydantic import BaseModel as Answer
from pydantic import BeforeValidator, Field, WithJsonSchema

from portal.api.fields import ABSENT, Body, Cursor, Moment, Text
from portal.api.loose import QueryFlag
from portal.domain.codes import OUT_OF_RANGE
from portal.domain.values import Wrong

LARGEST, USUAL = 500, 200
_DIGITS = re.compile(r"0*([0-9]+)")


def _limit(value) -> int:
    digits = _DIGITS.fullmatch(str(value))
    size = int(digits[1][:9]) if digits else 0
    if size < 1:
        raise Wrong(f"Send a whole number from 1 to {LARGEST}; more than {LARGEST} means {LARGEST}.", OUT_OF_RANGE)
    return min(size, LARGEST)


Limit = Annotated[int, BeforeValidator(_limit), WithJsonSchema({"type": "integer", "minimum": 1})]


class FeedPage(Body):
    """A page of the feed."""

    limit: Limit = Field(USUAL, description=f"How many to a page; more than {LARGEST} means {LARGEST}.")
    cursor: Cursor = Field(None, description="Where the page begins, as the `Link` header of the page before gave it.")


class FeedQuery(FeedPage):
    """What of the feed is asked for."""

    updated_since: Moment | None = Field(
        None,
        description="Only what changed at this time or later, a start or an end included: RFC 3339. Send the `Date` of the "
        "first page of your last reading.",
    )
    include_removed: QueryFlag = Field(
        False, description='With `updated_since`: also `{"id": …, "removed": true}` for what went away.'
    )


class CampaignQuery(FeedQuery):
    """The partner's own feed, or what of it stands in one catalog."""

    campaign_id: str | None = Field(None, description="UUID or short code of a catalog of yours.")


def _told(description: str) -> Any:
    """A key that every offer has, and what is told of as removed has not."""
    return Field(ABSENT, description=description)


class FeedOffer(Answer):
    """An offer as programs show it, with all its keys: what it does not have is null. Of one that went away, where that is asked
    for, there are `id` and `removed` alone."""

    id: str = Field(description="What the offer is known by, in every feed that it stands in.")
    partner: str = _told("The name of the partner whose offer it is.")
    partnerLogo: str | None = _told("The address of the partner’s logo.")
    ageRestricted: bool = _told("Whether it is for adults alone.")
    terms: str | None = _told("What it is bound to.")
    title: str = _told("What it is called.")
    description: str | None = _told("What it is.")
    image: str | None = _told("The address of a picture.")
    squareImage: str | None = _told("The address of a square picture.")
    offerInfoButtonDiscount: str | None = _told("What the button says of the discount.")
    offerInfoButtonDescription: str | None = _told("What stands beside the button.")
    offerDiscountCode: str | None = _told("The code, where everybody has the same and it is shown at once.")
    offerDiscountCodeType: str = _told(
        "How customers get the code: `availableAtClick` and `dynamic` tell it when a click is reported, `copyPaste` here, "
        "`availableAtCheckout` needs none, `uniqodo` leaves it to that service."
    )
    hasMultipleCodes: bool = _told("Whether there is more than one code.")
    removed: bool = _told("True for what went away; absent otherwise.")


class Advertiser(Answer):
    """A partner whose feed may be read."""

    id: int = Field(description="The partner’s number, for `/api/myadvertisers/{partner_id}/offers`.")
    name: str = Field(description="The partner’s name.")
    logo: str | None = Field(description="The address of the partner’s logo.")
    offers: int = Field(description="How many live offers it has in the feed.")


class ClickGiven(Body):
    """Who clicked."""

    member_ref: Text | None = Field(
        None,
        max_length=255,
        description="What your program calls whoever clicked: a code of their own is drawn once for each. Kept as a digest. Of an "
        "offer of your own (or of a company of yours) name a customer by UUID, your id of them, mail address or phone: a deal that comes by the answered "
        "address, or with the code, finds them as `customer=` in `another_data` does.",
    )


class Clicked(Answer):
    """Where the click leads, and the code that it shows."""

    url: str = Field(description="Where the click leads: your own link, of a catalog that you promote.")
    code: str | None = Field(description="The code that customers type, where there is one.")
    earns: Annotated[bool, WithJsonSchema({"type": "boolean", "const": False})] = _told(
        "Only of another partner’s offer whose catalog you do not promote: false, for no sale that comes of it is yours."
    )
