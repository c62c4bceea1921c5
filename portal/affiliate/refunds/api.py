"""Returning parts of deals over JSON (contract: affiliate, "Partial return after approval")."""

from portal.affiliate import wire
from portal.affiliate.schemas import RefundCreate
from portal.api.fields import Page
from portal.api.idempotency import Reply
from portal.api.paging import paged
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.affiliate.refunds import lists, refunds
from portal.domain.affiliate.refunds.tables import Refund


def index(caller: Credential, deal_id: str, query: Page) -> Reply:
    """What was returned of the deal, newest first."""

    def read(before: int, most: int) -> list[Refund]:
        return lists.page(caller.partner_id, deal_id, before, most)

    return paged(read, query, lambda rows: [wire.refund(row) for row in rows])


def create(caller: Credential, deal_id: str, body: RefundCreate) -> dict:
    """Return a part of an approved deal: the customer got `amount` back.

    The same part of the promoter's reward goes back by a counter-entry, a fixed reward by the share of the cost; what was
    paid out already is taken off the next payout. All parts together give back exactly the whole reward. The deal stays
    Paid and keeps its `cost`. More than is left of the cost is a 400. Before the approval change the deal's `cost`
    instead; to return all of it, cancel it with `is_returned`.
    """
    return wire.refund(refunds.give_back(caller.partner_id, deal_id, body.amount, body.comment))
