"""Which of a merchant's deals: the filters of the list, of its totals, its export and of canceling many at once."""

from dataclasses import dataclass
from datetime import datetime

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.deals.standing import APPROVED as APPROVED
from portal.domain.affiliate.deals.standing import CONDITIONS
from portal.domain.affiliate.deals.words import NAMES_NOBODY
from portal.domain.affiliate.payouts import paid_out
from portal.domain.identifiers import normal_code, typed_uuid
from portal.domain.key_pages import Conditions
from portal.domain.typed.texts import mended, plain

Way = tuple[str, dict]  # a condition that an index serves, and what it names besides the partner
NOBODYS, SELF_REFERRALS, UNKNOWN_UIDS = "nobody", "self-referral", "unknown-uid"

_CATALOG = "d.catalog_id = (SELECT id FROM catalog WHERE id = :catalog AND partner_id = :partner)"
_OFFER = "d.offer_id = (SELECT id FROM offer WHERE id = :offer AND partner_id = :partner)"
_PROMOTION = """d.promotion_id = (SELECT m.id FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    WHERE m.id = :promotion AND c.partner_id = :partner)"""
# Each has an index of one partner's; where another way leads to the deals, the index of all nobody's deals stays out.
_ONLY = {NOBODYS: "d.promotion_id IS NULL", SELF_REFERRALS: "d.is_self_referral", UNKNOWN_UIDS: NAMES_NOBODY}
_OF_THESE = {**_ONLY, NOBODYS: "+d.promotion_id IS NULL"}
_UID = Statement(
    """SELECT m.id FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    WHERE m.uid = :uid AND c.partner_id = :partner"""
)
_CODE = Statement("SELECT id FROM promo_code WHERE merchant_id = :partner AND code = :code")
# A deal's own id, as people type it; several may be meant. Two indexes, each asked by itself, whatever the planner thinks of
# an OR.
_OF_KEY = Statement(
    """SELECT id FROM deal WHERE partner_id = :partner AND deal_id = :key
    UNION ALL SELECT id FROM deal WHERE partner_id = :partner AND deal_id_key = :key LIMIT 1000"""
)
_CLICK = Statement(
    """SELECT k.id FROM click k JOIN promotion m ON m.id = k.promotion_id JOIN catalog c ON c.id = m.catalog_id
    WHERE k.key = :key AND c.partner_id = :partner"""
)


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
    ways = [_matching(partner_id, chosen.text)] if chosen.text else _few(partner_id, chosen.only)
    named = ((_PROMOTION, "promotion"), (_OFFER, "offer"), (_CATALOG, "catalog"))
    ways += [(text, {name: getattr(chosen, name)}) for text, name in named if getattr(chosen, name) is not None]
    first, *others = ways or [("d.partner_id = :partner", {})]
    where.add(first[0], partner=partner_id, **first[1])
    for text, given in others:
        where.add(f"+{text}", **given)
    if chosen.only in paid_out.WORDS:
        paid_out.narrow(where, partner_id, chosen.only)
    elif chosen.only:
        where.add((_OF_THESE if ways else _ONLY)[chosen.only])


def _few(partner_id: int, only: str | None) -> list[Way]:
    return [(paid_out.way(only), {})] if only and paid_out.are_few(partner_id, only) else []


def _matching(partner_id: int, text: str) -> Way:
    """A deal's id or ours, a promoter's uid or code, a click's: whichever of them the text is, an index finds its deals."""
    if ids := _OF_KEY.values(partner=partner_id, key=mended(text)):
        return _these(ids)
    if uuid := typed_uuid(text):
        return "d.partner_id = :partner AND d.uuid = :uuid", {"uuid": uuid}
    code = normal_code(text)
    if promotion := code and _UID.value(uid=code, partner=partner_id):
        return "d.promotion_id = :its_promotion", {"its_promotion": promotion}
    if used := _CODE.value(partner=partner_id, code=mended(text)):
        return "d.used_code_id = :used_code", {"used_code": used}
    if click := _CLICK.value(key=plain(text), partner=partner_id):
        return "d.click_id = :click", {"click": click}
    return _these([0])


def _these(ids: list[int]) -> Way:
    """Found by their numbers, whatever the order of the list: of one there is nothing to sort."""
    if len(ids) == 1:
        return "d.partner_id = :partner AND d.id = :its_id", {"its_id": ids[0]}
    return "+d.partner_id = :partner AND d.id IN :ids", {"ids": ids}
