"""The deals that a promoter brought, over all its promotions. What is the merchant's alone is not read here.

A promoter sees the portal's id of a deal, never the shop's order number, the customer or the merchant's comment.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple
from urllib.parse import quote_plus

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.deals.standing import APPROVED, CONDITIONS
from portal.domain.affiliate.deals.words import CREATED, PAID
from portal.domain.identifiers import is_uuid
from portal.domain.key_pages import MOST, Conditions, KeyPage
from portal.domain.patterns import ESCAPE, containing, starting

_ON_THE_WAY = (CREATED, PAID)
_PROMOTIONS = Statement(
    """SELECT m.id, c.partner_id, m.uid FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    WHERE m.promoter_id = ? ORDER BY m.id"""
)
_TIME = Statement(
    "SELECT d.conversion_time FROM deal d JOIN promotion m ON m.id = d.promotion_id WHERE d.id = ? AND m.promoter_id = ?"
)
_CODES = Statement(
    "SELECT k.id FROM promotion m JOIN promo_code k ON k.promotion_id = m.id WHERE m.promoter_id = ? AND k.code = ? LIMIT 50"
)
_CLICK = Statement(
    "SELECT k.id FROM click k JOIN promotion m ON m.id = k.promotion_id WHERE k.key = ? AND m.promoter_id = ?"
)
# Our id begun, or a part of what travelled along with the click: no index has these. (PostgreSQL would answer an EXISTS
# by reading all clicks.)
_FITS = f"""(d.uuid LIKE ? {ESCAPE}
    OR (SELECT LOWER(x.query) FROM click x WHERE x.id = d.click_id) LIKE ? {ESCAPE})"""
LOOKED_THROUGH = 2000  # of the latest deals of each promotion, where no index finds the text
_TOGETHER = 50
# Which index leads to the deals of a promotion; `+` keeps the others out. Few of a merchant's deals are on the way.
_BY_PROMOTION, _BY_MERCHANT, _BY_ID = (
    "d.promotion_id = ?",
    "+d.promotion_id = ? AND d.partner_id = ?",
    "+d.promotion_id = ?",
)


class DealRow(NamedTuple):
    """A line of the list: sums in minor units, times in microseconds."""

    id: int
    uuid: str
    uid: str
    offer_name: str
    catalog_title: str
    merchant: str
    cost: int
    payment_sum: int
    currency: str
    status: str
    is_approved: bool
    is_returned: bool
    conversion_time: int

    @property
    def reported(self) -> datetime:
        """When it was first reported."""
        return clock.from_micros(self.conversion_time)

    @property
    def standing(self) -> str:
        """The status in one word, approval included."""
        return APPROVED if self.is_approved and self.status == PAID else self.status


class _Asked(NamedTuple):
    """The way to the deals, what is asked of them, and what is looked for in the latest of these alone."""

    owned: str
    where: Conditions
    fits: Conditions


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of the promoter's deals: None or empty leaves a question open. `until` is the first moment that is out."""

    status: str | None = None
    uid: str | None = None
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None


def page(promoter_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty deals, newest first, each a DealRow: all, or those before or after the deal with this id."""
    place = after if after is not None else before
    key = None if place is None else (_time_of(promoter_id, place), place)
    promotions = [row[:2] for row in _PROMOTIONS.rows(promoter_id) if chosen.uid in (None, row[2])]
    found = _ids(promotions, _asked(promoter_id, chosen), key, newest_first=after is None)
    ids, there_is_more = sorted(found[:MOST], reverse=True), len(found) > MOST
    newer = there_is_more if after is not None else before is not None
    older = there_is_more if after is None else True
    shown = [deal for _, deal in ids]
    return KeyPage(_read(shown), shown[0] if shown and newer else None, shown[-1] if shown and older else None)


def latest(promoter_id: int, uid: str, most: int = 5) -> list[DealRow]:
    """The latest deals of one promotion."""
    return page(promoter_id, Filter(uid=uid)).rows[:most]


def _ids(promotions: list[tuple], asked: _Asked, key: tuple | None, newest_first: bool) -> list[tuple]:
    """(time, id) of a page of deals and one more. An index orders the deals of each promotion, so each gives its first.

    A promotion comes with its merchant.
    """
    found: list[tuple] = []
    for first in range(0, len(promotions), _TOGETHER):
        some = promotions[first : first + _TOGETHER]
        texts = tuple(asked.where.texts), tuple(asked.fits.texts)
        statement = _first_of_each(len(some), asked.owned, *texts, key is not None, newest_first)
        owns, rest = asked.owned.count("?"), (*asked.where.parameters, *asked.fits.parameters, *(key or ()), MOST + 1)
        found += statement.rows(*(value for one in some for value in (*one[:owns], *rest)))
    return sorted(found, reverse=newest_first)[: MOST + 1]


@cache
def _first_of_each(
    count: int, owned: str, conditions: tuple[str, ...], fits: tuple[str, ...], has_key: bool, newest_first: bool
) -> Statement:
    beyond, order = ("<", "DESC") if newest_first else (">", "ASC")
    place = (f"(d.conversion_time, d.id) {beyond} (?, ?)",) if has_key else ()
    deals, where = "deal d", (owned, *conditions, *place)
    if fits:
        deals = f"""(SELECT d.conversion_time, d.id, d.uuid, d.click_id FROM deal d WHERE {" AND ".join((owned, *conditions))}
            ORDER BY d.conversion_time DESC, d.id DESC LIMIT {LOOKED_THROUGH}) AS d"""
        where = (*fits, *place)
    one = f"""SELECT * FROM (SELECT d.conversion_time, d.id FROM {deals} WHERE {" AND ".join(where)}
        ORDER BY d.conversion_time {order}, d.id {order} LIMIT ?)"""
    return Statement(" UNION ALL ".join(f"{one} AS of_{number}" for number in range(count)))


def _read(ids: list[int]) -> list[DealRow]:
    return [DealRow._make(row) for row in _rows(len(ids)).rows(*ids)] if ids else []


@cache
def _rows(count: int) -> Statement:
    return Statement(
        f"""SELECT d.id, d.uuid, m.uid, d.offer_name, c.title, p.name, d.cost, d.payment_sum, d.currency, d.status,
            d.approved_at IS NOT NULL, d.is_returned, d.conversion_time
        FROM deal d JOIN promotion m ON m.id = d.promotion_id JOIN catalog c ON c.id = d.catalog_id
        JOIN partner p ON p.id = d.partner_id WHERE d.id IN ({", ".join("?" * count)})
        ORDER BY d.conversion_time DESC, d.id DESC"""
    )


def _asked(promoter_id: int, chosen: Filter) -> _Asked:
    asked = _Asked(_BY_MERCHANT if chosen.status in _ON_THE_WAY else _BY_PROMOTION, Conditions(), Conditions())
    if chosen.status:
        asked.where.add(CONDITIONS[chosen.status])
    if chosen.since:
        asked.where.add("d.conversion_time >= ?", clock.to_micros(chosen.since))
    if chosen.until:
        asked.where.add("d.conversion_time < ?", clock.to_micros(chosen.until))
    whole = _whole(promoter_id, chosen.text) if chosen.text else None
    if whole:
        asked.where.add(*whole)
        return asked._replace(owned=_BY_ID)
    if chosen.text:
        asked.fits.add(_FITS, starting(chosen.text), containing(quote_plus(chosen.text)))
    return asked


def _whole(promoter_id: int, text: str) -> tuple | None:
    """Ours of a deal, a promo code of the promoter's, or a click's id: whichever the text is, an index finds its deals."""
    if is_uuid(text):
        return "d.uuid = ?", text.lower()
    codes = [code for (code,) in _CODES.rows(promoter_id, text.upper())]
    if codes:
        return f"d.used_code_id IN ({', '.join('?' * len(codes))})", *codes
    click = _CLICK.row(text, promoter_id)
    return ("d.click_id = ?", *click) if click else None


def _time_of(promoter_id: int, deal: int) -> int:
    row = _TIME.row(deal, promoter_id)
    return row[0] if row else 0
