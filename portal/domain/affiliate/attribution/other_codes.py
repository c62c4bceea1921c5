"""Codes that are no promoter's promo codes, such as a coupon's: who knows of some fills the list of kinds, from a named file of
its own (contract: affiliate, "Coupons")."""

from collections.abc import Callable, Collection
from typing import NamedTuple, Protocol

from portal.domain.affiliate.deals.rows import LockedDeal


class Sale(NamedTuple):
    """What a merchant says of a sale: the code as it was reported, what was paid (minor units), and the pairs of `another_data`."""

    partner_id: int
    code: str
    cost: int
    currency: str
    pairs: dict[str, str]
    customer: str | None


class OtherCode(Protocol):
    """A code that a sale was made with. `named` says what it is. `objection` says why it cannot be used and what would mend it;
    else `customer` is whose it is, if somebody's, `promotion_id` whose the deal is where no link says otherwise, and
    `reward_percent` what is earned then (hundredths; None: as usual)."""

    named: str
    objection: tuple[str, str] | None
    customer: str | None
    promotion_id: int | None
    reward_percent: int | None

    def settle(self) -> bool:
        """Outside a transaction: free what others hold of it though their time is over; whether there was anything."""

    def book(self, deal: LockedDeal) -> bool:
        """In the transaction of the deal, which is written: use it; whether it still could be used."""


class Discount(NamedTuple):
    """What a code takes off, in hundredths of a percent; None for a fixed amount."""

    percent: int | None


class OwnCode(NamedTuple):
    """A code that names a promoter, as that one sees it: what it gives, in a sentence, and what it earns where that is another
    reward than usual, in hundredths of a percent."""

    code: str
    gives: str
    reward_percent: int | None
    is_ended: bool


class Kind(NamedTuple):
    """Codes of a kind: one that a sale was made with, the discounts of several of a partner's by their code, that of one which can
    be used now, and those that name a promoter in a promotion. `checked` raises `checks.Unusable`; None is no code of this kind."""

    of_sale: Callable[[Sale], OtherCode | None]
    discounts: Callable[[int, Collection[str]], dict[str, Discount]]
    checked: Callable[[int, str], Discount | None]
    of_promotion: Callable[[int], list[OwnCode]]


kinds: list[Kind] = []


def of_sale(sale: Sale) -> OtherCode | None:
    """The code of a sale, if it is of one of the kinds."""
    return next(filter(None, (kind.of_sale(sale) for kind in kinds)), None)


def checked(partner_id: int, code: str) -> Discount | None:
    """What a code of the partner's takes off now, None for none of these kinds. Raises `checks.Unusable`."""
    return next(filter(None, (kind.checked(partner_id, code) for kind in kinds)), None)


def discounts(partner_id: int, codes: Collection[str]) -> dict[str, Discount]:
    """What codes of the partner's take off, usable or not; those of no kind are left out."""
    return {code: found for kind in kinds for code, found in kind.discounts(partner_id, codes).items()}


def of_promotion(promotion_id: int) -> list[OwnCode]:
    """The codes that name the promoter in this promotion, the newest of each kind first."""
    return [code for kind in kinds for code in kind.of_promotion(promotion_id)]
