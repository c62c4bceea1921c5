"""The documented shapes of the offers feed (contract: offers-feed)."""

import re
from typing import Annotated

from pydantic import BaseModel as Answer
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from portal.api.fields import ABSENT, Body, Cursor, Moment, Text
from portal.domain.codes import OUT_OF_RANGE
from portal.domain.values import Wrong

LARGEST, USUAL = 500, 200
_DIGITS = re.compile(r"[0-9]{1,18}")


def _limit(value) -> int:
    if not _DIGITS.fullmatch(str(value)) or int(value) < 1:
        raise Wrong("Send a whole number of at least 1.", OUT_OF_RANGE)
    return min(int(value), LARGEST)


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
    include_removed: bool = Field(
        False, description='With `updated_since`: also `{"id": …, "removed": true}` for what went away.'
    )


class CampaignQuery(FeedQuery):
    """The partner's own feed, or what of it stands in one catalog."""

    campaign_id: str | None = Field(None, description="UUID or short code of a catalog of yours.")


class FeedOffer(Answer):
    """An offer as programs show it. What it does not have is null."""

    model_config = ConfigDict(extra="allow")

    id: str
    partner: str = ABSENT
    partnerLogo: str | None = ABSENT
    ageRestricted: bool = ABSENT
    terms: str | None = ABSENT
    title: str = ABSENT
    description: str | None = ABSENT
    image: str | None = ABSENT
    squareImage: str | None = ABSENT
    offerInfoButtonDiscount: str | None = ABSENT
    offerInfoButtonDescription: str | None = ABSENT
    offerDiscountCode: str | None = ABSENT
    offerDiscountCodeType: str = ABSENT
    hasMultipleCodes: bool = ABSENT


class Advertiser(Answer):
    """A partner whose feed may be read."""

    id: int
    name: str
    logo: str | None
    offers: int


class ClickGiven(Body):
    """Who clicked."""

    member_ref: Text | None = Field(
        None,
        max_length=255,
        description="What your program calls whoever clicked: a code of their own is drawn once for each. Kept as a digest.",
    )


class Clicked(Answer):
    """Where the click leads, and the code that it shows."""

    url: str
    code: str | None
