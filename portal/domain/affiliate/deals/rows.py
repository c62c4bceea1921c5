"""A deal as it is read for one purpose or another, and what a new one is made under."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.domain.affiliate.deals.standing import Standing, standing

# When something becomes due of a partner's. Asked whether any is due, PostgreSQL reads all deals: it takes a third of them to be.
FIRST_DUE = "(SELECT MIN(f.due_at) FROM deal f WHERE f.partner_id = {} AND f.due_at IS NOT NULL)"


class Terms(NamedTuple):
    """What a deal is made under: the catalog, and of the offer what is there, as they stand now. Durations are seconds,
    the percentage hundredths, the fixed sum minor units; `price` is None where the currency is not priced."""

    merchant_id: int
    catalog_id: int
    is_published: bool
    catalog_allows_codes: bool
    cookies_storage_days: int
    hold_duration: int
    canceled_duration: int
    offer_id: int | None
    offer_is_active: bool | None
    offer_allows_codes: bool | None
    reward_percent: int | None
    fix_remuneration: int | None
    is_catalogs_reward: bool
    currency: str
    price: int | None


@dataclass(slots=True)
class LockedDeal(Standing):
    """A deal inside the transaction that changes it, its row locked where the engine has row locks."""

    id: int
    uuid: str
    partner_id: int
    deal_id: str
    catalog_id: int
    offer_id: int
    offer_name: str
    catalog_code: str | None
    status: str
    is_returned: bool
    cost: int
    first_cost: int
    currency: str
    promo_code: str | None
    another_data: str | None
    comment: str | None
    promotion_id: int | None
    payment_sum: int
    reward_percent: int | None
    fix_remuneration: int | None
    hold_duration: int
    paid_at: int | None
    approved_at: int | None
    promoter_id: int | None
    due_at: int | None = None

    @property
    def earner(self) -> int:
        """The promoter of a deal that earns something: nobody's earns nothing."""
        if self.promoter_id is None:
            raise ValueError(f"The deal {self.id} is nobody's.")
        return self.promoter_id


class Due(NamedTuple):
    """A deal that something is due for."""

    id: int
    status: str


class PartnerWithDue(NamedTuple):
    """A partner some of whose deals are due, and how many seconds its clock is ahead."""

    id: int
    clock_offset: int


class DealRow(NamedTuple):
    """A line of either side's list: sums in minor units, times in microseconds. The merchant's tells its own number and the
    promoter, the promoter's tells the uid and the merchant."""

    id: int
    uuid: str
    deal_id: str | None
    uid: str | None
    offer_name: str
    catalog_title: str
    partner: str | None
    cost: int
    payment_sum: int
    currency: str
    status: str
    is_approved: bool
    is_returned: bool
    conversion_time: int
    modified_at: int

    @property
    def reported(self) -> datetime:
        """When it was first reported."""
        return clock.from_micros(self.conversion_time)

    @property
    def standing(self) -> str:
        """The status in one word, approval included."""
        return standing(self.status, self.is_approved)


class ShownDeal(NamedTuple):
    """A deal as the API shows it: sums in minor units, times in microseconds, the discount in hundredths of a percent."""

    id: int
    uuid: str
    deal_id: str
    offer_name: str
    catalog_title: str
    catalog_code: str
    cost: int
    payment_sum: int
    is_returned: bool
    conversion_time: int
    promo_code: str | None
    percent_discounts: int | None
    currency: str
    status: str
    modified_at: int
    paid_at: int | None
    approved_at: int | None
    canceled_at: int | None
    due_at: int | None


class Narrowed(NamedTuple):
    """What the list is narrowed to; None leaves one open. `since` and `modified` are in microseconds."""

    status: str | None = None
    catalog_code: str | None = None
    deal_id: str | None = None
    since: int | None = None
    modified: int | None = None
