"""Deals as merchants report them: the first report creates, the next ones with the same parameters move."""

import json
from dataclasses import dataclass
from decimal import Decimal

from portal import clock
from portal.database import Statement, transaction
from portal.domain import money
from portal.domain.affiliate.clicks import clicks
from portal.domain.affiliate.deals import moves, queries
from portal.domain.affiliate.deals.attribution import Attribution, Terms, attribute
from portal.domain.affiliate.deals.queries import LockedDeal
from portal.domain.affiliate.deals.words import CANCELED, CREATED, DEAL_STATUSES, PAID
from portal.domain.affiliate.ledger import book
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.identifiers import is_uuid, new_uuid
from portal.domain.steps import Steps
from portal.domain.values import Wrong, printable_text

CATALOG, OFFER, CURRENCY = "catalog known", "offer known", "currency priced"
UNCHANGED_SINCE = "same parameters as before"
LONGEST_DATA, LONGEST_COMMENT = 4000, 2000
UNCHANGED = object()
_deal_id = printable_text(255)
_OFFER_NAME = Statement("SELECT name FROM offer WHERE id = ?")
_CATALOG_CODE = Statement("SELECT catalog_code FROM catalog WHERE id = ?")


@dataclass(slots=True)
class Report:
    """What a merchant says of a deal. `cost` is in units of the currency."""

    status: str
    offer: str
    cost: Decimal
    currency: str
    deal_id: str
    catalog_code: str
    is_returned: bool = False
    promo_code: str | None = None
    another_data: str | None = None


def report(partner_id: int, said: Report) -> LockedDeal:
    """Create the deal or move it to the status said. Raises Invalid, or Refused with the steps that failed."""
    cost = _checked(said)
    # Terms and attribution are read before the transaction, so that writers do not wait for them; on PostgreSQL reads
    # take no lock inside one either. Whether the deal is new is decided by the insert alone.
    draft = None if queries.KNOWN.row(partner_id, said.deal_id) else _draft(partner_id, said, cost)
    with transaction():
        deal = draft and _keep(*draft)
        if deal is None:
            # Either known before, or another request created it a moment ago: then its row is there now.
            deal = moves.locked(partner_id, said.deal_id)
            _refuse_other_parameters(deal, said, cost)
            moves.move(deal, said.status, said.is_returned)
    return deal


def update(
    partner_id: int, reference: str, status=None, cost: Decimal | None = None, is_returned=None, comment=UNCHANGED
) -> LockedDeal:
    """Move or correct a deal by the merchant's id or ours. Raises NotFound, Invalid, Refused."""
    if status is not None and status not in DEAL_STATUSES:
        raise Invalid("status", "The status must be Created, Paid or Canceled.")
    if comment is not UNCHANGED:
        refuse_long_comment(comment)
    with transaction():
        deal = moves.locked(partner_id, deal_id_of(partner_id, reference))
        if cost is not None:
            moves.change_cost(deal, _cost(cost, deal.currency))
        if comment is not UNCHANGED:
            moves.change_comment(deal, comment)
        if status == CREATED and deal.status == PAID:
            raise Refused(
                "A paid deal cannot go back to Created. Cancel it instead.", field="status", about=moves.about(deal)
            )
        moves.move(deal, status or deal.status, bool(is_returned))
    return deal


def seen(partner_id: int, deal_id: str) -> LockedDeal | None:
    """The merchant's deal by its own id as it is now, not locked; None when it was never reported."""
    row = queries.SEEN.row(partner_id, deal_id)
    return row and LockedDeal(*row)


def foreseen(partner_id: int, said: Report, deal: LockedDeal | None) -> str | None:
    """The step that `report` would take now: a status, "Returned", or None. Writes nothing, and raises what it would raise.

    `deal` is what `seen` found.
    """
    cost = _checked(said)
    if deal is None:
        _draft(partner_id, said, cost)
        return said.status
    _refuse_other_parameters(deal, said, cost)
    return moves.next_step(deal, said.status, said.is_returned)


def changes_cost(deal: LockedDeal, cost: Decimal) -> bool:
    """Whether `update` would set another cost. Raises Invalid, or Refused where it no longer changes."""
    changes = _cost(cost, deal.currency) != deal.cost
    if changes:
        moves.refuse_fixed_cost(deal)
    return changes


def refuse_long_comment(comment: str | None) -> None:
    """Raises Invalid for a comment that is too long to be kept."""
    if len(comment or "") > LONGEST_COMMENT:
        raise Invalid("comment", f"Give at most {LONGEST_COMMENT} characters.")


def deal_id_of(partner_id: int, reference: str) -> str:
    """The merchant's id of a deal named by it, or by ours. Raises NotFound."""
    if queries.SHOWN.row(partner_id, reference):
        return reference
    row = queries.DEAL_ID_OF_UUID.row(reference.lower(), partner_id) if is_uuid(reference) else None
    if row is None:
        raise NotFound("deal")
    return row[0]


def shown(partner_id: int, reference: str) -> tuple:
    """The row of `deal_queries.SHOWN` of a deal, by the merchant's id (looked up first) or ours. Raises NotFound."""
    row = queries.SHOWN.row(partner_id, reference)
    return row or queries.SHOWN.row(partner_id, deal_id_of(partner_id, reference))


def _checked(said: Report) -> int:
    errors = []
    try:
        said.deal_id = _deal_id(said.deal_id)
    except Wrong as wrong:
        errors.append(("deal_id", str(wrong)))
    if said.status not in DEAL_STATUSES:
        errors.append(("status", "The status must be Created or Paid."))
    # Offers and catalogs keep their names without spaces around them, so a report that repeats what was sent finds them.
    said.offer, said.catalog_code = said.offer.strip(), said.catalog_code.strip()
    said.promo_code, said.another_data = (said.promo_code or "").strip() or None, said.another_data or None
    if len(said.another_data or "") > LONGEST_DATA:
        errors.append(("another_data", f"Give at most {LONGEST_DATA} characters."))
    if len(said.promo_code or "") > 255:
        errors.append(("promo_code", "Give at most 255 characters."))
    try:
        cost = _cost(said.cost, said.currency)
    except Invalid as error:
        errors += error.errors
    if errors:
        raise Invalid(*errors[0], errors)
    return cost


def _cost(cost: Decimal, currency: str) -> int:
    minor = money.to_minor(cost, currency)
    if minor < 0:
        raise Invalid("cost", "The cost cannot be below zero.")
    return minor


def _draft(partner_id: int, said: Report, cost: int) -> tuple[LockedDeal, Attribution, int]:
    """A new deal as it will be written, whose it is, and when it is canceled unless it is paid."""
    if said.status == CANCELED:
        raise Invalid("status", "A deal that was never reported cannot be canceled. Report it as Created or Paid.")
    found = _admitted(partner_id, said)
    terms = Terms(partner_id, found[0], found[1], found[2], found[3], found[8], found[9])
    whose = attribute(terms, said.another_data, said.promo_code)
    percent, fixed = found[10], found[11]
    if percent is None and fixed is None:
        percent = found[6]
    paid_at = clock.micros() if said.status == PAID else None
    deal = LockedDeal(
        0, new_uuid(), partner_id, said.deal_id, found[0], found[7], said.offer, said.catalog_code, said.status, False, cost, cost,
        said.currency, said.promo_code, said.another_data, None, whose.promotion,
        moves.reward(cost, percent, fixed) if paid_at and whose.promotion else 0, percent, fixed, found[4],
        paid_at, None, whose.promoter,
    )  # fmt: skip
    return deal, whose, found[5]


def _keep(deal: LockedDeal, whose: Attribution, canceled_duration: int) -> LockedDeal | None:
    """Write a new deal; None when another request has just made it."""
    now = deal.paid_at or clock.micros()
    if whose.early_click:
        whose.click = clicks.write_early(*whose.early_click)
    due_at = now + (deal.hold_duration if deal.paid_at else canceled_duration) * moves.SECOND
    row = queries.INSERT.row(
        deal.uuid, deal.partner_id, deal.deal_id, deal.catalog_id, deal.offer_id, deal.offer_name, deal.catalog_code, deal.status, False,
        deal.cost, deal.cost, deal.currency, deal.promo_code, deal.another_data, whose.promotion, whose.code, whose.click,
        whose.customer, json.dumps(whose.steps), whose.is_self_referral, deal.reward_percent, deal.fix_remuneration, deal.hold_duration,
        canceled_duration, deal.payment_sum, now, deal.paid_at, now, due_at,
    )  # fmt: skip
    if row is None:
        return None
    deal.id = row[0]
    log.record_all(
        deal.partner_id, ("deal.created", "deal.paid") if deal.paid_at else ("deal.created",), "deal", deal.uuid
    )
    if deal.payment_sum:
        book.hold(deal.id, deal.partner_id, whose.promoter, deal.currency, deal.payment_sum)
    return deal


def _admitted(partner_id: int, said: Report) -> tuple:
    """The terms of the catalog and the offer. Raises Refused with the first step that fails."""
    steps = Steps(CATALOG, OFFER, CURRENCY)
    found = queries.TERMS.row(said.offer, said.currency, partner_id, said.catalog_code)
    if found is None:
        steps.failed(
            CATALOG,
            f"no catalog has the code “{said.catalog_code[:80]}”",
            "Send the catalog_code of one of your catalogs.",
        )
        raise _refused("catalog_code", partner_id, said, steps)
    if found[7] is None or found[9] is None:
        steps.passed(CATALOG)
        steps.failed(
            OFFER,
            f"the catalog has no offer named “{said.offer[:80]}”",
            "Send the offer's name as it is written in the catalog.",
        )
        raise _refused("offer", partner_id, said, steps)
    if found[12] is None:
        steps.passed(CATALOG)
        steps.passed(OFFER)
        priced = ", ".join(code for (code,) in queries.CURRENCIES.rows(found[7]))
        steps.failed(CURRENCY, f"the offer has no price in {said.currency}", f"Send one of its currencies: {priced}.")
        raise _refused("currency", partner_id, said, steps)
    return found


def _refused(field: str, partner_id: int, said: Report, steps: Steps) -> Refused:
    listed = steps.as_list()
    failed = next(step for step in listed if step["outcome"] == "failed")
    sentence = f"{failed['detail'][0].upper()}{failed['detail'][1:]}. {failed['fix']}"
    return Refused(sentence, field=field, steps=listed, about=(partner_id, "deal", said.deal_id[:64]))


def _refuse_other_parameters(deal: LockedDeal, said: Report, cost: int) -> None:
    """Only the status may differ from the first report (contract: affiliate, "POST is create-or-move")."""
    same = {
        "offer": said.offer == deal.offer_name or (said.offer,) == _OFFER_NAME.row(deal.offer_id),
        "catalog_code": said.catalog_code == deal.catalog_code
        or (said.catalog_code,) == _CATALOG_CODE.row(deal.catalog_id),
        "cost": cost in (deal.cost, deal.first_cost),
        "currency": said.currency == deal.currency,
        "promo_code": (said.promo_code or "").casefold() == (deal.promo_code or "").casefold(),
        "another_data": said.another_data == deal.another_data,
    }
    differing = [name for name, equal in same.items() if not equal]
    if differing:
        names = ", ".join(differing)
        sentence = f"The deal “{deal.deal_id[:80]}” exists with other parameters: {names}. Send the same ones, or another deal_id."
        error = Invalid(
            differing[0], sentence, [(name, "Differs from the first report of this deal.") for name in differing]
        )
        steps = Steps(UNCHANGED_SINCE)
        steps.failed(
            UNCHANGED_SINCE, f"{names} differ from the first report", "Send the same parameters, or another deal_id."
        )
        error.about, error.steps = moves.about(deal), steps.as_list()
        raise error
