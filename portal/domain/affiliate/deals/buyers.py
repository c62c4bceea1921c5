"""Who made a deal, where its merchant knows them."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.members import finding, names


class Buyer(NamedTuple):
    """A customer of the merchant's."""

    uuid: str
    first_name: str
    surname: str | None

    @property
    def name(self) -> str:
        """What they are called."""
        return names.full(self.first_name, self.surname)


_BUYER = Statement("SELECT uuid, first_name, surname FROM member WHERE id = :member", Buyer)


def of(partner_id: int, customer: str | None) -> Buyer | None:
    """The merchant's customer whom a deal names, by whatever the shop calls them."""
    member = finding.named(partner_id, customer)
    return _BUYER.row(member=member) if member else None
