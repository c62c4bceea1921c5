"""What was returned of a deal."""

from typing import NamedTuple

from peewee import fn

from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.refunds.tables import Refund

MOST = 50


class Sums(NamedTuple):
    """What was returned of a deal in all, and taken back of its reward, in minor units."""

    amount: int
    taken_back: int


def sums_of(deal_id: int) -> Sums:
    """Of a deal by its number."""
    sums = fn.COALESCE(fn.SUM(Refund.amount), 0), fn.COALESCE(fn.SUM(Refund.taken_back), 0)
    return Sums(*map(int, Refund.select(*sums).where(Refund.deal == deal_id).scalar(as_tuple=True)))


def latest(deal_id: int, most: int = MOST) -> list[Refund]:
    """The refunds of a deal by its number, newest first."""
    return list(Refund.select().where(Refund.deal == deal_id).order_by(Refund.id.desc()).limit(most))


def page(partner_id: int, reference: str, before: int, most: int) -> list[Refund]:
    """The refunds of the merchant's deal below the number `before`, newest first. Raises NotFound for the deal."""
    deal_id = deals.deal_id_of(partner_id, reference)
    of_deal = Refund.select(Refund, Deal).join(Deal).where(Deal.partner == partner_id, Deal.deal_id == deal_id)
    return list(of_deal.where(Refund.id < before).order_by(Refund.id.desc()).limit(most))
