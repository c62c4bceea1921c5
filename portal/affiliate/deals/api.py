"""Deals over JSON (contract: affiliate)."""

from portal import clock
from portal.affiliate import wire
from portal.affiliate.schemas import DealCreate, DealFilter, DealUpdate
from portal.api.idempotency import Reply
from portal.api.paging import paged, paged_by_change
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals.rows import LockedDeal, Narrowed, ShownDeal
from portal.domain.money import to_wire


def index(caller: Credential, query: DealFilter) -> Reply:
    """The partner's deals, newest first. Filters narrow the list together.

    To keep a copy up to date ask with `modified_since`, and follow the `Link` to the end. Begin the next time a minute
    before you began this time: a change that was being written meanwhile is then among those, and a deal that comes twice
    is the same. A new title or code of a catalog changes none of its deals.
    """
    since, modified = (
        None if moment is None else clock.to_micros(moment) for moment in (query.created_since, query.modified_since)
    )
    narrowed = Narrowed(query.status, query.catalog_code, query.deal_id, since, modified)

    def read_changed(after: tuple[int, ...] | None, most: int) -> list[ShownDeal]:
        return deals.changed(caller.partner_id, after, narrowed, most)

    if modified is not None:
        return paged_by_change(read_changed, query, lambda rows: [wire.deal(row) for row in rows])

    def read(before: int, most: int) -> list[ShownDeal]:
        return deals.listed(caller.partner_id, before, narrowed, most)

    return paged(read, query, lambda rows: [wire.deal(row) for row in rows])


def report(caller: Credential, body: DealCreate) -> dict:
    """Report a deal: the first report of a `deal_id` creates it, later ones move its status.

    Send Created when the customer goes to pay and Paid once paid, or Paid from the start. To move the deal, send the same
    parameters with another status; parameters that differ from the first report are a 400 that names them (`cost` may be
    the present or the first one). An identical repeat, and a late Created to a Paid deal, change nothing and answer the
    present status. A Canceled deal stays Canceled.

    Whose deal it is, is settled by the first report: the promoter that `myshare`, `uid` or `ref` in `another_data` names,
    in this order, else the owner of `promo_code`. A promoter who is not approved, a catalog that is not published, an
    inactive offer, a code where codes are not allowed, or a click older than the catalog's `cookies_storage_days` does
    not count. A deal that is nobody's is recorded all the same, without a reward; the portal shows why.

    The reward is worked out when the deal is Paid, and held. Once the catalog's `hold_duration` has passed the deal is
    approved and the reward is due. A deal still Created after `canceled_duration` is canceled by itself.
    """
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
    """One deal, by your own id of it (looked up first) or by the portal's.

    An approved deal is still Paid; `approved_at` tells it apart.
    """
    return wire.deal(deals.shown(caller.partner_id, deal_id))


def change(caller: Credential, deal_id: str, body: DealUpdate) -> dict:
    """Move the deal, or set its cost or comment.

    Created may become Paid or Canceled, Paid may become Canceled, and Canceled is final. Paid never goes back to Created:
    that is a 400. `cost` can change until the deal is approved, and a held reward is reworked. Canceling takes the reward
    back, an approved one too. `is_returned` counts together with Canceled or after it; with another status it is not
    applied, and answered as false.
    """
    comment = body.comment if "comment" in body.model_fields_set else deals.UNCHANGED
    return _updated(deals.update(caller.partner_id, deal_id, body.status, body.cost, body.is_returned, comment))


def _updated(deal: LockedDeal) -> dict:
    return {
        "status": deal.status,
        "cost": to_wire(deal.cost, deal.currency),
        "is_returned": bool(deal.is_returned),
        "comment": deal.comment,
    }
