"""Whose things a request of the family is about, and which page of them (contract: coupons, "sellerId")."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from portal.api.fields import Body
from portal.api.loose import FROM_ONE, Id, QueryId, from_one

PAGE = 200  # things a page
_FOLLOWS = "Whose, if it shall be one’s alone: the token’s own id, or that of one of its companies. Left out, it follows from what is named."
_ALL = "Whose alone: the token’s own id, or that of one of its companies. Left out: of all that the token reaches."
_WHOSE = "Whose. A token of a partner with companies has to say it: its own id, or that of one of its companies."


class Seller(Body):
    """Whose."""

    sellerId: QueryId | None = Field(None, description=_WHOSE)


class SellerPage(Seller):
    """Whose, and which page."""

    page: Annotated[int, BeforeValidator(from_one), FROM_ONE] = Field(
        1, description=f"Which page, from 1. A page has {PAGE}."
    )

    @property
    def skipped(self) -> int:
        """How many things stand on the pages before."""
        return (self.page - 1) * PAGE


class OfSeller(Body):
    """Whose the new thing is; it may stand in the body, or in the query."""

    sellerId: Id | None = Field(None, description=_WHOSE)

    def seller_or(self, query: Seller) -> int | None:
        """The seller that is named here, or else there."""
        return query.sellerId if self.sellerId is None else self.sellerId


class AnySeller(Seller):
    """Whose, where it follows from what is named."""

    sellerId: QueryId | None = Field(None, description=_FOLLOWS)


class AnySellerPage(SellerPage):
    """Of whom, or of all, and which page."""

    sellerId: QueryId | None = Field(None, description=_ALL)


class OfAnySeller(OfSeller):
    """Whose the new thing is, where it follows from what is named."""

    sellerId: Id | None = Field(None, description=_FOLLOWS)
