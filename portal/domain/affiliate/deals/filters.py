"""Which of a merchant's deals: the filters of the list, of its totals, its export and of canceling many at once."""

from dataclasses import dataclass
from datetime import datetime

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.deals.standing import APPROVED as APPROVED
from portal.domain.affiliate.deals.standing import CONDITIONS
from portal.domain.affiliate.payouts import paid_out
from portal.domain.identifiers import is_uuid, normal_code
from portal.domain.key_pages import Conditions

NOBODYS, SELF_REFERRALS = "nobody", "self-referral"

_CATALOG = "d.catalog_id = (SELECT id FROM catalog WHERE id = ? AND partner_id = ?)"
_OFFER = "d.offer_id = (SELECT id FROM offer WHERE id = ? AND partner_id = ?)"
_PROMOTION = """d.promotion_id = (SELECT m.id FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    WHERE m.id = ? AND c.partner_id = ?)"""
# Each has an index of one partner's; where another way leads to the deals, the index of all nobody's deals stays out.
_ONLY = {NOBODYS: "d.promotion_id IS NULL", SELF_REFERRALS: "d.is_self_referral"}
_OF_THESE = {NOBODYS: "+d.promotion_id IS NULL", SELF_REFERRALS: "d.is_self_referral"}
_UID = Statement(
    "SELECT m.id FROM promotion m JOIN catalog c ON c.id = m.catalog_id WHERE m.uid = ? AND c.partner_id = ?"
)
_CODE = Statement("SELECT id FROM promo_code WHERE merchant_id = ? AND code = ?")
_CLICK = Statement(
    """SELECT k.id FROM click k JOIN promotion m ON m.id = k.promotion_id JOIN catalog c ON c.id = m.catalog_id
    WHERE k.key = ? AND c.partner_id = ?"""
)
_DEAL_ID = Statement("SELECT id FROM deal WHERE partner_id = ? AND deal_id = ?")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of the merchant's deals: None or empty leaves a question open. `until` is the first moment that is out.

    `catalog`, `offer` and `promotion` are ids; `only` is NOBODYS, SELF_REFERRALS or a word of `paid_out`.
    """

    status: str | None = None
    catalog: int | None = None
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    currency: str | None = None
    offer: int | None = None
    promotion: int | None = None
    only: str | None = None


def where_of(partner_id: int, chosen: Filter) -> Conditions:
    """The conditions on `deal d`."""
    where = Conditions()
    _whose(where, partner_id, chosen)
    if chosen.status:
        where.add(CONDITIONS[chosen.status])
    if chosen.since:
        where.add("d.conversion_time >= ?", clock.to_micros(chosen.since))
    if chosen.until:
        where.add("d.conversion_time < ?", clock.to_micros(chosen.until))
    if chosen.currency:
        where.add("d.currency = ?", chosen.currency)
    return where


def _whose(where: Conditions, partner_id: int, chosen: Filter) -> None:
    """One way to the deals, the narrowest, so that its index is taken; a plus keeps the other ways' indexes out."""
    ways = [_matching(partner_id, chosen.text)] if chosen.text else _few(partner_id, chosen.only)
    named = ((_PROMOTION, chosen.promotion), (_OFFER, chosen.offer), (_CATALOG, chosen.catalog))
    ways += [(text, value, partner_id) for text, value in named if value is not None]
    where.add(*(ways[0] if ways else ("d.partner_id = ?", partner_id)))
    for text, *parameters in ways[1:]:
        where.add(f"+{text}", *parameters)
    if chosen.only in paid_out.WORDS:
        paid_out.narrow(where, partner_id, chosen.only)
    elif chosen.only:
        where.add((_OF_THESE if ways else _ONLY)[chosen.only])


def _few(partner_id: int, only: str | None) -> list[tuple]:
    return [paid_out.way(partner_id, only)] if only and paid_out.are_few(partner_id, only) else []


def _matching(partner_id: int, text: str) -> tuple:
    """A deal's id or ours, a promoter's uid or code, a click's: whichever of them the text is, an index finds its deals."""
    if _DEAL_ID.row(partner_id, text):
        return "d.partner_id = ? AND d.deal_id = ?", partner_id, text
    if is_uuid(text):
        return "d.partner_id = ? AND d.uuid = ?", partner_id, text.lower()
    code = normal_code(text)
    promotion = _UID.row(code, partner_id) if code else None
    if promotion:
        return "d.promotion_id = ?", promotion[0]
    used = _CODE.row(partner_id, text.upper())
    if used:
        return "d.used_code_id = ?", used[0]
    click = _CLICK.row(text, partner_id)
    if click:
        return "d.click_id = ?", click[0]
    return "d.partner_id = ? AND d.deal_id = ?", partner_id, text
