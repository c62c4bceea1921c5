"""Deals on the wire."""

from typing import Literal

from pydantic import Field

from portal.api import answers
from portal.api.answers import AnswerSchema, Uuid
from portal.api.fields import A_CURRENCY, A_SUM, SUMS, Body, Flag, Moment, Number, Page, Text
from portal.domain.affiliate.deals.words import DEAL_STATUSES

DealStatus = Literal["Created", "Paid", "Canceled"]
_CURRENCY = "ISO 4217 code of the currency"
_COST = "What the customer pays, in units of the currency"
_RETURNED = "Whether the customer's money went back"
_MERCHANTS_ID = "Your own id of the deal"


class DealFilter(Page):
    """Which deals to list; a filter that is absent or empty lets all through."""

    status: DealStatus | None = Field(None, description="Deals with this status.")
    catalog_code: str | None = Field(None, description="Deals of the catalog with this code.")
    deal_id: str | None = Field(None, description="The deal with this id of yours, also one with a slash in it.")
    created_since: Moment | None = Field(
        None, description="Deals first reported at this time or later: RFC 3339, UTC where it names no zone."
    )
    modified_since: Moment | None = Field(
        None,
        description="Deals that changed at this time or later, by what is shown of them here, also by a moment that "
        "canceled or approved them. They come in the order of their changes, the longest unchanged first: one that changes "
        "while you go from page to page comes once more at the end. RFC 3339, UTC where it names no zone.",
    )


class DealCreate(Body):
    """A deal as the merchant reports it; the same one again with another status moves it."""

    status: Text = Field(
        json_schema_extra={"enum": list(DEAL_STATUSES)},
        description="Created when the customer goes to pay, Paid once paid. Canceled only for a deal reported before.",
    )
    offer: Text = Field(description="Name of an offer in the catalog. The deal keeps the name it was reported with.")
    cost: Number = Field(
        json_schema_extra=A_SUM,
        description=f"{_COST}: zero or more, {SUMS}. May differ from the offer's price.",
    )
    currency: Text = Field(json_schema_extra=A_CURRENCY, description=f"{_CURRENCY}; the offer must have a price in it.")
    deal_id: Text = Field(
        json_schema_extra={"minLength": 1, "maxLength": 255},
        description=f"{_MERCHANTS_ID}, 1 to 255 printable characters, unique among your deals.",
    )
    catalog_code: Text = Field(description="The `catalog_code` of one of your catalogs.")
    is_returned: Flag | None = Field(
        None, description=f"{_RETURNED}. Takes effect together with Canceled only. Default: false."
    )
    promo_code: Text | None = Field(
        None,
        json_schema_extra={"maxLength": 255},
        description="Promo code that the customer used, in any case of letters, up to 255 characters. A coupon of the coupon desk "
        "is used once by the deal, and given back when it is canceled; one that cannot be used brings nobody a reward.",
    )
    another_data: Text | None = Field(
        None,
        json_schema_extra={"maxLength": 4000},
        description="The query string that the customer came with, such as `myshare=BDGSYEHVX&subid=Product1`, or the "
        "whole address, path or fragment, up to 4000 characters. `myshare`, `uid` or `ref` names the promoter, `click` the "
        "click, `customer` the customer, by the mail address, your own id or a member's: a promoter's own purchase is marked; `reservation` names the reservation "
        "whose use of the coupon the deal's is; of a repeated name the last value counts. Everything else is kept as it is.",
    )


class DealUpdate(Body):
    """What to change of a deal; what is absent or empty stays."""

    status: Text | None = Field(
        None, json_schema_extra={"enum": [*DEAL_STATUSES, None]}, description="Paid or Canceled. null leaves it."
    )
    cost: Number | None = Field(
        None,
        json_schema_extra=A_SUM,
        description=f"{_COST}: zero or more, {SUMS}. Until the deal is approved; the reward is worked out anew. null leaves it.",
    )
    is_returned: Flag | None = Field(
        None, description=f"{_RETURNED}. Together with Canceled or after it; never taken back."
    )
    comment: Text | None = Field(None, max_length=2000, description="A note of yours. null clears.")


class DealCreateResponse(AnswerSchema):
    """A deal as it was reported, with the status that it has now."""

    another_data: str | None = Field(description="The query string that the customer came with.")
    cost: float = Field(description=f"{_COST}; the present one where it was changed.")
    is_returned: bool = Field(description=f"{_RETURNED}.")
    promo_code: str | None = Field(description="Promo code as it was reported.")
    currency: str = Field(json_schema_extra=A_CURRENCY, description=f"{_CURRENCY}.")
    status: DealStatus = Field(description="The present status, which a late report may not have changed.")
    offer: str = Field(description="Name of the offer that the deal was first reported with.")
    deal_id: str = Field(description=f"{_MERCHANTS_ID}.")


class CatalogForDeal(AnswerSchema):
    """The catalog of a deal."""

    title: str = Field(description="Its title.")
    catalog_code: str = Field(description="Your own name for it.")


class OfferForDeal(AnswerSchema):
    """The offer of a deal."""

    name: str = Field(description="Its name when the deal was first reported.")
    catalog: CatalogForDeal = Field(description="Its catalog.")


class PromoCodeForDeal(AnswerSchema):
    """The promo code of a deal."""

    code: str = Field(description="The code as it was reported.")
    percent_discounts: float | None = Field(
        description="Its discount in percent; null for a code that is not known, and for a coupon of a fixed amount."
    )


class DealResponse(AnswerSchema):
    """A deal. Its times are UTC, whole seconds, with Z, and null until they come."""

    offer: OfferForDeal = Field(description="What was sold.")
    cost: float = Field(description=f"{_COST}.")
    payment_sum: float = Field(
        description="The promoter's reward in the deal's currency, rounded half-even: 0 until the deal is Paid, once "
        "it is Canceled, and without a promoter."
    )
    is_returned: bool = Field(description=f"{_RETURNED}.")
    conversion_time: answers.Moment = Field(description="When the deal was first reported.")
    promo: PromoCodeForDeal | None = Field(description="The promo code that it was reported with.")
    currency: str = Field(json_schema_extra=A_CURRENCY, description=f"{_CURRENCY}.")
    status: DealStatus = Field(description="Created, Paid or Canceled. An approved deal stays Paid.")
    id: Uuid = Field(description="The portal's id of the deal, a UUID.")
    deal_id: str = Field(description=f"{_MERCHANTS_ID}.")
    modified_at: answers.Moment = Field(description="When it last changed.")
    paid_at: answers.Moment | None = Field(description="When it was paid.")
    approved_at: answers.Moment | None = Field(description="When its hold had passed and its reward became due.")
    canceled_at: answers.Moment | None = Field(description="When it was canceled, or the moment that canceled it.")


class DealUpdateResponse(AnswerSchema):
    """What of a deal can be changed, as it is now."""

    status: DealStatus = Field(description="Created, Paid or Canceled.")
    cost: float = Field(description=f"{_COST}.")
    is_returned: bool = Field(description=f"{_RETURNED}.")
    comment: str | None = Field(description="A note of yours.")
