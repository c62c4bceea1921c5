"""The deals that a promoter brought, over all its promotions. What is the merchant's alone is not read here.

A promoter sees the portal's id of a deal, never the shop's order number, the customer or the merchant's comment.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import NamedTuple
from urllib.parse import quote_plus

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.deal_lists import promoter_texts
from portal.domain.affiliate.deals.rows import DealRow
from portal.domain.affiliate.deals.standing import CONDITIONS
from portal.domain.affiliate.deals.words import CREATED, PAID
from portal.domain.identifiers import typed_uuid
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import MOST, Conditions, KeyPage
from portal.domain.typed.patterns import ESCAPE, containing, starting
from portal.domain.typed.texts import mended, plain

_ON_THE_WAY = (CREATED, PAID)


class _Promotion(NamedTuple):
    id: int
    merchant_id: int
    uid: str


_PROMOTIONS = Statement(
    """SELECT m.id, c.partner_id AS merchant_id, m.uid FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    WHERE m.promoter_id = :promoter ORDER BY m.id""",
    _Promotion,
)
_TIME = Statement(
    """SELECT d.conversion_time FROM deal d JOIN promotion m ON m.id = d.promotion_id
    WHERE d.id = :id AND m.promoter_id = :promoter"""
)
_CODES = Statement(
    """SELECT k.id FROM promotion m JOIN promo_code k ON k.promotion_id = m.id
    WHERE m.promoter_id = :promoter AND k.code = :code LIMIT 50"""
)
_CLICK = Statement(
    """SELECT k.id FROM click k JOIN promotion m ON m.id = k.promotion_id
    WHERE k.key = :key AND m.promoter_id = :promoter"""
)
_ROWS = Statement(
    """SELECT d.id, d.uuid, NULL AS deal_id, m.uid, d.offer_name, c.title AS catalog_title, p.name AS partner, d.cost,
        d.payment_sum, d.currency, d.status, d.approved_at IS NOT NULL AS is_approved, d.is_returned, d.conversion_time,
        d.modified_at
    FROM deal d JOIN promotion m ON m.id = d.promotion_id JOIN catalog c ON c.id = d.catalog_id
    JOIN partner p ON p.id = d.partner_id WHERE d.id IN :ids ORDER BY d.conversion_time DESC, d.id DESC""",
    DealRow,
)
# Our id begun, an offer, or a part of what travelled along with the click: no index has these. (PostgreSQL would answer an
# EXISTS by reading all clicks.)
_FITS = f"""(d.uuid LIKE :beginning {ESCAPE} OR d.offer_id IN :offers
    OR (SELECT LOWER(x.query) FROM click x WHERE x.id = d.click_id) LIKE :part {ESCAPE})"""
LOOKED_THROUGH = 2000  # of the latest deals of each promotion, where no index finds the text
_TOGETHER = 50
# Which index leads to the deals of a promotion; `+` keeps the others out. Few of a merchant's deals are on the way.
_BY_PROMOTION = "d.promotion_id = :promotion_{0}"
_BY_MERCHANT = "+d.promotion_id = :promotion_{0} AND d.partner_id = :merchant_{0}"
_BY_ID = "+d.promotion_id = :promotion_{0}"


class _Found(NamedTuple):
    conversion_time: int
    id: int


class _Asked(NamedTuple):
    """The way to the deals, what is asked of them, and what is looked for in the latest of these alone."""

    owned: str
    where: Conditions
    fits: Conditions


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of the promoter's deals: None or empty leaves a question open. `until` is the first moment that is out, `merchant`
    whose deals they are."""

    status: str | None = None
    uid: str | None = None
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    merchant: int | None = None


def page(promoter_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty deals, newest first, each a DealRow: all, or those before or after the deal with this id."""
    found = ids(promoter_id, chosen, before, after)
    return replace(found, rows=_ROWS.rows(ids=found.rows) if found.rows else [])


def ids(promoter_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """The ids of these deals alone."""
    place = after if after is not None else before
    key = None if place is None else (_time_of(promoter_id, place), place)
    asked = [
        one
        for one in _PROMOTIONS.rows(promoter=promoter_id)
        if chosen.uid in (None, one.uid) and chosen.merchant in (None, one.merchant_id)
    ]
    found = [
        deal
        for some, way in _ways(promoter_id, chosen, asked)
        for deal in _first(some, way, key, newest_first=after is None)
    ]
    found = sorted(found, reverse=after is None)[: MOST + 1]
    turned = key_pages.turned([(deal.id,) for deal in found], before, after)
    return replace(turned, rows=[deal for (deal,) in turned.rows])


def latest(promoter_id: int, uid: str, most: int = 5) -> list[DealRow]:
    """The latest deals of one promotion."""
    return page(promoter_id, Filter(uid=uid)).rows[:most]


def _first(promotions: list[_Promotion], asked: _Asked, key: tuple | None, newest_first: bool) -> list[_Found]:
    """The deals of a page and one more. An index orders the deals of each promotion, so each gives its first."""
    given = asked.where.given | asked.fits.given | {"most": MOST + 1}
    if key:
        given |= dict(zip(("time", "id"), key, strict=True))
    found: list[_Found] = []
    for first in range(0, len(promotions), _TOGETHER):
        some = promotions[first : first + _TOGETHER]
        texts = tuple(asked.where.texts), tuple(asked.fits.texts)
        statement = _first_of_each(len(some), asked.owned, *texts, key is not None, newest_first)
        found += statement.rows(**given, **_numbered(some))
    return found


def _numbered(promotions: list[_Promotion]) -> dict[str, int]:
    given = {f"promotion_{number}": one.id for number, one in enumerate(promotions)}
    return given | {f"merchant_{number}": one.merchant_id for number, one in enumerate(promotions)}


@cache
def _first_of_each(
    count: int, owned: str, conditions: tuple[str, ...], fits: tuple[str, ...], has_key: bool, newest_first: bool
) -> Statement[_Found]:
    beyond, order = ("<", "DESC") if newest_first else (">", "ASC")
    place = (f"(d.conversion_time, d.id) {beyond} (:time, :id)",) if has_key else ()

    def one(number: int) -> str:
        deals, where = "deal d", (owned.format(number), *conditions)
        if fits:
            deals = f"""(SELECT d.conversion_time, d.id, d.uuid, d.click_id, d.offer_id FROM deal d WHERE {" AND ".join(where)}
                ORDER BY d.conversion_time DESC, d.id DESC LIMIT {LOOKED_THROUGH}) AS d"""
            where = fits
        return f"""SELECT * FROM (SELECT d.conversion_time, d.id FROM {deals} WHERE {" AND ".join((*where, *place))}
            ORDER BY d.conversion_time {order}, d.id {order} LIMIT :most) AS of_{number}"""

    return Statement(" UNION ALL ".join(map(one, range(count))), _Found)


def _ways(promoter_id: int, chosen: Filter, promotions: list[_Promotion]) -> list[tuple[list[_Promotion], _Asked]]:
    """How the deals of these promotions are found: all of those whose catalog or merchant is called as the text, and of the
    others those that fit it."""
    asked = _asked(chosen)
    if not chosen.text:
        return [(promotions, asked)]
    if whole := _whole(promoter_id, chosen.text):
        asked.where.add(whole[0], **whole[1])
        return [(promotions, asked._replace(owned=_BY_ID))]
    named = promoter_texts.named(promoter_id, chosen.text)
    fits = Conditions()
    part = containing(quote_plus(chosen.text))
    fits.add(_FITS, beginning=starting(plain(chosen.text)), part=part, offers=named.offers)
    others = [one for one in promotions if one.id not in named.promotions]
    return [([one for one in promotions if one.id in named.promotions], asked), (others, asked._replace(fits=fits))]


def _asked(chosen: Filter) -> _Asked:
    asked = _Asked(_BY_MERCHANT if chosen.status in _ON_THE_WAY else _BY_PROMOTION, Conditions(), Conditions())
    if chosen.status:
        asked.where.add(CONDITIONS[chosen.status])
    if chosen.since:
        asked.where.add("d.conversion_time >= :since", since=clock.to_micros(chosen.since))
    if chosen.until:
        asked.where.add("d.conversion_time < :until", until=clock.to_micros(chosen.until))
    return asked


def _whole(promoter_id: int, text: str) -> tuple[str, dict] | None:
    """Ours of a deal, a promo code of the promoter's, or a click's id: whichever the text is, an index finds its deals."""
    if uuid := typed_uuid(text):
        return "d.uuid = :uuid", {"uuid": uuid}
    if codes := _CODES.values(promoter=promoter_id, code=mended(text)):
        return "d.used_code_id IN :codes", {"codes": codes}
    click = _CLICK.value(key=plain(text), promoter=promoter_id)
    return ("d.click_id = :click", {"click": click}) if click else None


def _time_of(promoter_id: int, deal: int) -> int:
    return _TIME.value(id=deal, promoter=promoter_id) or 0
