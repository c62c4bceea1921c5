"""Deals over JSON (contract: affiliate)."""

from portal import clock
from portal.affiliate import wire
from portal.affiliate.schemas import DealCreate, DealFilter, DealUpdate
from portal.api.idempotency import Answer
from portal.api.paging import paged
from portal.domain.accounts.tokens import Credential
from portal.domain.affiliate import deals
from portal.domain.affiliate.deal_queries import LockedDeal, deal_page
from portal.domain.money import to_wire

_ID = 17


def index(caller: Credential, query: DealFilter) -> Answer:
    """The partner's deals, newest first, by status, catalog, the merchant's id and the time of the first report."""
    since = clock.to_micros(query.created_since) if query.created_since else None
    filters = (query.status, query.catalog_code, query.deal_id, since)
    read = deal_page(*(value is not None for value in filters)).rows
    narrowed = tuple(value for value in filters if value is not None)
    return paged(read, (caller.partner_id,), narrowed, query, lambda rows: [wire.deal(row) for row in rows], key=_ID)


def report(caller: Credential, body: DealCreate) -> dict:
    """Create the deal, or move the one with this `deal_id` to the status sent."""
    said = deals.Report(
        body.status, body.offer, body.cost, body.currency, body.deal_id, body.catalog_code,
        bool(body.is_returned), body.promo_code, body.another_data,
    )  # fmt: skip
    deal = deals.report(caller.partner_id, said)
    return {
        "another_data": deal.another_data,
        "cost": to_wire(deal.cost, deal.currency),
        "is_returned": bool(deal.is_returned),
        "promo_code": deal.promo_code,
        "currency": deal.currency,
        "status": deal.status,
        "offer": deal.offer_name,
        "deal_id": deal.deal_id,
    }


def show(caller: Credential, deal_id: str) -> dict:
    """One deal, by the merchant's id (looked up first) or the system's."""
    return wire.deal(deals.shown(caller.partner_id, deal_id))


def change(caller: Credential, deal_id: str, body: DealUpdate) -> dict:
    """Move the deal, or set its cost (until approval) or its comment."""
    comment = body.comment if "comment" in body.model_fields_set else deals.UNCHANGED
    return _updated(deals.update(caller.partner_id, deal_id, body.status, body.cost, body.is_returned, comment))


def _updated(deal: LockedDeal) -> dict:
    return {
        "status": deal.status,
        "cost": to_wire(deal.cost, deal.currency),
        "is_returned": bool(deal.is_returned),
        "comment": deal.comment,
    }
