"""Deals as merchants report them: the first report creates, the next ones with the same parameters move."""

import json
from decimal import Decimal

from portal import clock
from portal.database import savepoint, transaction
from portal.domain.affiliate import codes
from portal.domain.affiliate.attribution import other_codes
from portal.domain.affiliate.attribution.attribution import Attribution, attribute
from portal.domain.affiliate.clicks import clicks
from portal.domain.affiliate.deals import moves, queries, reports, settling
from portal.domain.affiliate.deals.reports import Report
from portal.domain.affiliate.deals.rows import LockedDeal, Narrowed, ShownDeal
from portal.domain.affiliate.deals.words import CANCELED, CREATED, DEAL_STATUSES, PAID
from portal.domain.affiliate.ledger import book
from portal.domain.affiliate.promotions import code_limits
from portal.domain.codes import NOT_LISTED
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.identifiers import new_uuid, typed_uuid
from portal.domain.sentences import say
from portal.domain.typed.texts import mended, other_key, tidy

UNCHANGED = object()
Draft = tuple[
    LockedDeal, Attribution, int
]  # as it will be written, whose it is, and seconds until it is canceled unpaid


def report(partner_id: int, said: Report) -> LockedDeal:
    """Create the deal or move it to the status said. Raises Invalid, or Refused with the steps that failed."""
    cost = reports.checked(said)
    # Terms and attribution are read before the transaction, so that writers do not wait for them; on PostgreSQL reads
    # take no lock inside one either. Whether the deal is new is decided by the insert alone.
    is_known = queries.KNOWN.value(partner=partner_id, deal_id=said.deal_id)
    draft = None if is_known else _draft(partner_id, said, cost)
    if draft and draft[1].other and draft[1].other.settle():
        draft = _draft(partner_id, said, cost)
    with transaction():
        deal = draft and _create(partner_id, said, cost, draft)
        if deal is None:
            # Either known before, or another request created it a moment ago: then its row is there now.
            deal = moves.locked(partner_id, said.deal_id)
            reports.refuse_other_parameters(deal, said, cost)
            moves.move(deal, said.status, said.is_returned)
    return deal


def update(
    partner_id: int, reference: str, status=None, cost: Decimal | None = None, is_returned=None, comment=UNCHANGED
) -> LockedDeal:
    """Move or correct a deal by the merchant's id or ours. Raises NotFound, Invalid, Refused."""
    if status is not None and status not in DEAL_STATUSES:
        raise Invalid("status", say("The status must be Created, Paid or Canceled."), code=NOT_LISTED)
    if comment is not UNCHANGED:
        comment = reports.checked_comment(comment)
    with transaction():
        deal = moves.locked(partner_id, deal_id_of(partner_id, reference))
        if cost is not None:
            moves.change_cost(deal, reports.cost_of(cost, deal.currency))
        if comment is not UNCHANGED:
            moves.change_comment(deal, comment)
        if status == CREATED and deal.status == PAID:
            raise Refused(
                say("A paid deal cannot go back to Created. Cancel it instead."),
                field="status",
                about=moves.about(deal),
                code=codes.DEAL_PAID,
            )
        moves.move(deal, status or deal.status, bool(is_returned))
    return deal


def seen(partner_id: int, deal_id: str) -> LockedDeal | None:
    """The merchant's deal by its own id as it is now, not locked; None when it was never reported."""
    deal = queries.SEEN.row(partner=partner_id, deal_id=deal_id)
    return deal and moves.as_it_stands(deal)


def foreseen(partner_id: int, said: Report, deal: LockedDeal | None) -> str | None:
    """The step that `report` would take now: a status, "Returned", or None. Writes nothing, and raises what it would raise.

    `deal` is what `seen` found.
    """
    cost = reports.checked(said)
    if deal is None:
        _draft(partner_id, said, cost)
        return said.status
    reports.refuse_other_parameters(deal, said, cost)
    return moves.next_step(deal, said.status, said.is_returned)


def changes_cost(deal: LockedDeal, cost: Decimal) -> bool:
    """Whether `update` would set another cost. Raises Invalid, or Refused where it no longer changes."""
    changes = reports.cost_of(cost, deal.currency) != deal.cost
    if changes:
        moves.refuse_fixed_cost(deal)
    return changes


def deal_id_of(partner_id: int, reference: str) -> str:
    """The merchant's id of a deal named by it, or by ours. Raises NotFound."""
    named = tidy(reference)
    if queries.KNOWN.value(partner=partner_id, deal_id=named):
        return named
    uuid = typed_uuid(reference)
    deal_id = queries.DEAL_ID_OF_UUID.value(uuid=uuid, partner=partner_id) if uuid else None
    if deal_id is None:
        raise NotFound(say("deal"))
    return deal_id


def shown(partner_id: int, reference: str) -> ShownDeal:
    """A deal by the merchant's id (looked up first) or ours. Raises NotFound."""
    found = queries.SHOWN.row(partner=partner_id, deal_id=tidy(reference))
    found = found or queries.SHOWN.row(partner=partner_id, deal_id=deal_id_of(partner_id, reference))
    if found is None:
        raise NotFound(say("deal"))
    if moves.is_due(found) and settling.of_shown([found]):
        return shown(partner_id, found.deal_id)
    return _with_discounts(partner_id, [found])[0]


def _with_discounts(partner_id: int, rows: list[ShownDeal]) -> list[ShownDeal]:
    """The same, with the discounts of codes that are no promoter's."""
    unknown = {mended(row.promo_code) for row in rows if row.promo_code and row.percent_discounts is None}
    found = other_codes.discounts(partner_id, unknown) if unknown else {}
    if not found:
        return rows
    discounts = {code: discount.percent for code, discount in found.items()}
    return [
        row._replace(percent_discounts=discounts.get(mended(row.promo_code))) if row.promo_code and row.percent_discounts is None
        else row
        for row in rows
    ]  # fmt: skip


def changed(partner_id: int, after: tuple[int, ...] | None, narrowed: Narrowed, limit: int) -> list[ShownDeal]:
    """The partner's deals in the order of their changes (queries.changed), those that a moment has just decided among them.

    Where these cannot be written they are shown as they are, and come once they are.
    """
    settling.of_partner(partner_id)
    return _with_discounts(partner_id, queries.changed(partner_id, after, narrowed, limit))


def listed(partner_id: int, before: int, narrowed: Narrowed, limit: int) -> list[ShownDeal]:
    """The partner's deals below the id `before` (queries.NEWEST: all), newest first."""
    if narrowed.status not in (None, CREATED):
        settling.of_partner(partner_id)  # What is due does not have the status yet that is asked for.
    rows = queries.listed(partner_id, before, narrowed, limit)
    while any(map(moves.is_due, rows)) and settling.of_shown(rows):
        rows = queries.listed(partner_id, before, narrowed, limit)
    return _with_discounts(partner_id, rows)


def _draft(partner_id: int, said: Report, cost: int) -> Draft:
    """A new deal, all but written."""
    if said.status == CANCELED:
        raise Invalid(
            "status",
            say("A deal that was never reported cannot be canceled. Report it as Created or Paid."),
            code=codes.DEAL_NEVER_REPORTED,
        )
    terms = reports.admitted(partner_id, said)
    whose = attribute(terms, said.another_data, said.promo_code, cost)
    paid_at = clock.micros() if said.status == PAID else None
    earned = paid_at and whose.promotion
    deal = LockedDeal(
        id=0,
        uuid=new_uuid(),
        partner_id=partner_id,
        deal_id=said.deal_id,
        catalog_id=terms.catalog_id,
        offer_id=terms.offer_id,  # type: ignore[arg-type]  # Admitted: its offer is known.
        offer_name=said.offer,
        catalog_code=said.catalog_code,
        status=said.status,
        is_returned=False,
        cost=cost,
        first_cost=cost,
        currency=said.currency,
        promo_code=said.promo_code,
        another_data=said.another_data,
        comment=None,
        promotion_id=whose.promotion,
        payment_sum=moves.reward(cost, whose.reward_percent, whose.fix_remuneration) if earned else 0,
        reward_percent=whose.reward_percent,
        fix_remuneration=whose.fix_remuneration,
        hold_duration=terms.hold_duration,
        paid_at=paid_at,
        approved_at=None,
        promoter_id=whose.promoter,
    )
    return deal, whose, terms.canceled_duration


def _create(partner_id: int, said: Report, cost: int, draft: Draft) -> LockedDeal | None:
    """Keep a new deal; None when another request has just made it."""
    while not _is_whole(draft):
        if draft[0].id is None:
            return None
        # Another deal used the code up, or somebody ended it or handed it on, since it was read: it is read anew.
        draft = _draft(partner_id, said, cost)
    deal, *_ = draft
    facts = ("deal.created", "deal.paid") if deal.paid_at else ("deal.created",)
    log.record_all(deal.partner_id, facts, "deal", deal.uuid)
    if deal.payment_sum:
        book.hold(deal.id, deal.partner_id, deal.earner, deal.currency, deal.payment_sum)
    return deal


def _is_whole(draft: Draft) -> bool:
    """Write the deal, and use the code that it was reported with, in this order, which is that of canceling; whether both was
    possible. If not, nothing is written."""
    deal, whose, canceled_duration = draft
    if whose.code is None and (whose.other is None or whose.other.objection):
        _write(deal, whose, canceled_duration)
        return deal.id is not None
    with savepoint() as made:
        _write(deal, whose, canceled_duration)
        is_whole = deal.id is not None and _takes_code(deal, whose)
        if not is_whole:
            made.rollback()
    return is_whole


def _takes_code(deal: LockedDeal, whose: Attribution) -> bool:
    if whose.code is not None and whose.promotion is not None:
        return code_limits.take(whose.code, whose.promotion)
    return whose.other is None or whose.other.book(deal)


def _write(deal: LockedDeal, whose: Attribution, canceled_duration: int) -> None:
    now = deal.paid_at or clock.micros()
    if whose.early_click:
        whose.click = clicks.write_early(*whose.early_click)
    deal.id = queries.INSERT.value(
        **{column: getattr(deal, column) for column in queries.OF_DRAFT},
        used_code_id=whose.code,
        click_id=whose.click,
        customer=whose.customer,
        attribution=json.dumps(whose.steps),
        is_self_referral=whose.is_self_referral,
        unknown_uid=whose.unknown_uid,
        canceled_duration=canceled_duration,
        conversion_time=now,
        modified_at=now,
        deal_id_key=other_key(deal.deal_id),
        promo_code_key=deal.promo_code and other_key(deal.promo_code),
        due_at=now + (deal.hold_duration if deal.paid_at else canceled_duration) * moves.SECOND,
    )
