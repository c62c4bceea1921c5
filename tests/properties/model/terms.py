"""What deals are made under, and what is said of them."""

from dataclasses import dataclass

SECOND = 1_000_000
DAY = 86_400 * SECOND
DONE, REFUSED, MISSING = "done", "refused", "missing"


class Refusal(Exception):
    """The contract has the call refused: nothing changes."""


@dataclass
class Catalog:
    code: str
    percent: int = 500
    hold: int = 172_800
    wait: int = 86_400
    published: bool = True
    codes: bool = True
    cookie_days: int = 30


@dataclass
class Offer:
    name: str
    catalog: str
    currencies: tuple
    percent: int | None = None
    fixed: int | None = None
    active: bool = True
    codes: bool = True


@dataclass
class Link:
    """A promoter in a catalog of a merchant's."""

    merchant: str
    catalog: str
    promoter: int
    state: str = "approved"


@dataclass
class Special:
    """A reward for one promoter, or (None) for those in the group; on an offer, or (None) on all of a catalog."""

    promoter: int | None
    offer: str | None
    catalog: str | None
    percent: int | None = None
    fixed: int | None = None
    currency: str | None = None


@dataclass
class Code:
    uid: str
    ended: bool = False
    limit: int | None = None


@dataclass
class Payout:
    """What a promoter was paid in one currency, by deal."""

    promoter: int
    currency: str
    amount: int
    items: dict
    at: int
    taken_back: bool = False
    name: str = ""


@dataclass
class Said:
    """A report; the cost in minor units."""

    deal_id: str
    status: str
    offer: str
    catalog: str
    cost: int
    currency: str
    is_returned: bool = False
    promo_code: str | None = None
    another_data: str | None = None
