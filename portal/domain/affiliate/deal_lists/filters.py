"""Which of a merchant's deals: the filters of the list, of its totals, its export and of canceling many at once."""

from dataclasses import dataclass
from datetime import datetime

from portal import clock
from portal.domain.affiliate.deal_lists import texts
from portal.domain.affiliate.deals.standing import APPROVED as APPROVED
from portal.domain.affiliate.deals.standing import CONDITIONS
from portal.domain.affiliate.deals.words import NAMES_NOBODY
from portal.domain.affiliate.payouts import paid_out
from portal.domain.lists.key_pages import Conditions

Way = tuple[str, dict]  # a condition that an index serves, and what it names besides the partner
NOBODYS, SELF_REFERRALS, UNKNOWN_UIDS = "nobody", "self-referral", "unknown-uid"

_CATALOG = "d.catalog_id = (SELECT id FROM catalog WHERE id = :catalog AND partner_id = :partner)"
_OFFER = "d.offer_id = (SELECT id FROM offer WHERE id = :offer AND partner_id = :partner)"
_PROMOTION = """d.promotion_id = (SELECT m.id FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    WHERE m.id = :promotion AND c.partner_id = :partner)"""
# Each has an index of one partner's; where another way leads to the deals, the index of all nobody's deals stays out.
_ONLY = {NOBODYS: "d.promotion_id IS NULL", SELF_REFERRALS: "d.is_self_referral", UNKNOWN_UIDS: NAMES_NOBODY}
_OF_THESE = {**_ONLY, NOBODYS: "+d.promotion_id IS NULL"}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of the merchant's deals: None or empty leaves a question open. `until` is the first moment that is out.

    `catalog`, `offer` and `promotion` are ids; `only` is NOBODYS, SELF_REFERRALS, UNKNOWN_UIDS or a word of `paid_out`.
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
        where.add("d.conversion_time >= :since", since=clock.to_micros(chosen.since))
    if chosen.until:
        where.add("d.conversion_time < :until", until=clock.to_micros(chosen.until))
    if chosen.currency:
        where.add("d.currency = :currency", currency=chosen.currency)
    return where


def _whose(where: Conditions, partner_id: int, chosen: Filter) -> None:
    """One way to the deals, the narrowest, so that its index is taken; a plus keeps the other ways' indexes out."""
    ways = _few(partner_id, chosen.only) if not chosen.text else []
    named = ((_PROMOTION, "promotion"), (_OFFER, "offer"), (_CATALOG, "catalog"))
    ways += [(text, {name: getattr(chosen, name)}) for text, name in named if getattr(chosen, name) is not None]
    is_narrow = bool(ways or chosen.text)
    if chosen.text:
        _look_for(where, partner_id, chosen.text)
    else:
        text, given = ways.pop(0) if ways else ("d.partner_id = :partner", {})
        where.add(text, partner=partner_id, **given)
    for text, given in ways:
        where.add(f"+{text}", **given)
    if chosen.only in paid_out.WORDS:
        paid_out.narrow(where, partner_id, chosen.only)
    elif chosen.only:
        where.add((_OF_THESE if is_narrow else _ONLY)[chosen.only])


def _look_for(where: Conditions, partner_id: int, text: str) -> None:
    found = texts.ways(partner_id, text)
    where.given |= {"partner": partner_id, **found.given}
    where.is_cut = found.is_cut
    if len(found.conditions) == 1:
        where.add(found.conditions[0])
    else:
        # Not in each way: PostgreSQL knows nothing of how many a plus leaves, and would sort what its index has in order.
        where.table, where.ways, where.whose = "deal d", found.conditions, "+d.partner_id = :partner"


def _few(partner_id: int, only: str | None) -> list[Way]:
    return [(paid_out.way(only), {})] if only and paid_out.are_few(partner_id, only) else []
