"""The offers that a member or a guest sees (contract: member-offers, "Endpoints")."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from portal.database import Statement
from portal.domain.lists import key_pages
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.missing import OfferMissing
from portal.domain.member_offers.rows import COLUMNS, IS_OVER, OF_MEMBER, VISIBLE, OfferRow
from portal.domain.member_offers.uses import cases, checks
from portal.domain.member_offers.uses.cases import Case
from portal.domain.typed import patterns
from portal.domain.typed.texts import compared

LARGEST_PAGE = 100
_STEP = 4
_SELECT, _COUNT = f"SELECT {COLUMNS} {OF_MEMBER}", f"SELECT COUNT(*) {OF_MEMBER}"
_USUAL_ORDER = "ORDER BY t.created_at DESC, o.id"
_ONE = Statement(
    f"{_SELECT} WHERE o.id = :offer AND t.scope IN :scopes AND {' AND '.join(VISIBLE)}",
    row=OfferRow,
)


_AS_IT_IS = Statement(f"{_SELECT} WHERE o.id = :offer AND t.partner_id = :partner", row=OfferRow)


class _Place(NamedTuple):
    terms_id: int
    position: int


_PLACES = Statement("SELECT terms_id, position FROM collection_offer WHERE collection_id = :collection", row=_Place)


# From the labels to the offers: of ten thousand offers each would be asked for each of hundreds of names.
_LABELLED = """t.id IN (SELECT l.terms_id FROM offer_label l
    WHERE l.partner_id = :partner AND l.kind = '{0}' AND l.name_key IN :{0}s)"""
_SEARCHED = f"""(ALIKE(o.name) LIKE :search {patterns.ESCAPE}
    OR ALIKE(COALESCE(o.description, '')) LIKE :search {patterns.ESCAPE})"""

_ANY = Statement(
    """SELECT EXISTS (SELECT 1 FROM member_terms t JOIN offer o ON o.id = t.offer_id
    WHERE t.partner_id = :partner AND t.is_shown AND o.is_active)"""
)


class Key(NamedTuple):
    """What a list is ordered by."""

    name: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which offers of a scope are wanted, in which order, and which of them. None and empty lists filter nothing."""

    scope: str
    page: int = 1
    per_page: int = LARGEST_PAGE
    order: tuple[Key, ...] = ()
    ids: Sequence[int] = ()
    collections: Sequence[int] = ()
    stores: Sequence[str] = ()
    tags: Sequence[str] = ()
    type: str | None = None
    search: str | None = None
    usable: bool | None = None
    liked: bool | None = None
    is_lasting: bool = False  # without those that have ended

    @property
    def skipped(self) -> int:
        """How many stand on the pages before."""
        return (self.page - 1) * self.per_page


class Found(NamedTuple):
    """A page of offers, and how many there are in all where that was asked for."""

    cases: list[Case]
    total: int | None


def one(asking: Asking, offer_id: int, scopes: Sequence[str]) -> Case:
    """The offer, as whoever asks sees it. Raises OfferMissing, also for an offer of none of the scopes."""
    row = _ONE.row(**_given(asking), offer=offer_id, scopes=list(scopes))
    if row is None:
        raise OfferMissing(offer_id)
    return cases.of(asking, [row])[0]


def as_it_is(asking: Asking, offer_id: int) -> Case:
    """The offer for whoever made it, hidden or not. Raises OfferMissing."""
    row = _AS_IT_IS.row(offer=offer_id, partner=asking.partner_id, member=asking.member_id or 0)
    if row is None:
        raise OfferMissing(offer_id)
    return cases.of(asking, [row])[0]


def has_any(partner_id: int) -> bool:
    """Whether the partner's club shows an offer to anybody."""
    return bool(_ANY.value(partner=partner_id))


def visible(asking: Asking, wanted: Wanted, with_total: bool = False) -> Found:
    """A page of the offers. What only a rule can tell, such as whether one can be used, is asked of all that are found."""
    texts, given = _conditions(asking, wanted)
    if wanted.order or wanted.usable is not None:
        return _told_apart(asking, wanted, key_pages.statement(_SELECT, texts, "", OfferRow).rows(**given))
    page = key_pages.statement(_SELECT, texts, f"{_USUAL_ORDER} LIMIT :most OFFSET :skipped", OfferRow)
    rows = page.rows(**given, most=wanted.per_page, skipped=wanted.skipped)
    total = key_pages.statement(_COUNT, texts, "").value(**given) if with_total else None
    return Found(cases.of(asking, rows), total)


def _told_apart(asking: Asking, wanted: Wanted, rows: list[OfferRow]) -> Found:
    found = cases.of(asking, rows)
    if wanted.usable is not None:
        found = [case for case in found if checks.is_usable(case) == wanted.usable]
    _put_in_order(found, wanted)
    return Found(found[wanted.skipped : wanted.skipped + wanted.per_page], len(found))


def _put_in_order(found: list[Case], wanted: Wanted) -> None:
    """By the last key first: what sorts leaves equals as they stood. As PostgreSQL does, what is null comes after all others."""
    positions: dict[int, int] = {}
    if any(key.name == "collection_position" for key in wanted.order):
        positions = dict(_PLACES.rows(collection=wanted.collections[0]))
    found.sort(key=lambda case: case.row.offer_id)
    for key in reversed(wanted.order or (Key("created_at", is_descending=True),)):
        found.sort(key=partial(_sorted_by, key.name, positions), reverse=key.is_descending)


def _sorted_by(name: str, positions: dict[int, int], case: Case) -> tuple[bool, Any]:
    row = case.row
    value: Any
    if name == "name":
        value = row.name_key
    elif name == "usable":
        value = checks.is_usable(case)
    elif name == "uses_left":
        value = case.uses_left
    elif name == "liked":
        value = row.liked_at is not None
    elif name == "collection_position":
        value = positions.get(row.terms_id)
    else:
        value = getattr(row, name)
    return value is None, 0 if value is None else value


def _filled_up(values: Sequence[Any]) -> list[Any]:
    """The values, some of them again: of a statement with four lists each size would be kept for ever."""
    size = 1
    while size < len(values):
        size *= _STEP
    return [*values, *(values[-1],) * (size - len(values))]


def _given(asking: Asking) -> dict[str, Any]:
    return {"partner": asking.partner_id, "member": asking.member_id or 0, "segments": asking.segments}


def _conditions(asking: Asking, wanted: Wanted) -> tuple[tuple[str, ...], dict[str, Any]]:
    texts, given = [*VISIBLE, "t.scope = :scope"], {**_given(asking), "scope": wanted.scope}
    if wanted.ids:
        texts.append("o.id IN :ids")
        given["ids"] = _filled_up(wanted.ids)
    if wanted.collections:
        texts.append("t.id IN (SELECT l.terms_id FROM collection_offer l WHERE l.collection_id IN :collections)")
        given["collections"] = _filled_up(wanted.collections)
    if wanted.stores:
        texts.append(_LABELLED.format("store"))
        given["stores"] = _filled_up([compared(name) for name in wanted.stores])
    if wanted.tags:
        texts.append(_LABELLED.format("tag"))
        given["tags"] = _filled_up([compared(name) for name in wanted.tags])
    if wanted.type is not None:
        texts.append("t.type = :type")
        given["type"] = wanted.type
    if wanted.search:
        texts.append(_SEARCHED)
        given["search"] = patterns.containing(wanted.search)
    if wanted.is_lasting:
        texts.append(f"NOT {IS_OVER}")
        given["now"] = asking.now
    if wanted.liked is not None:
        texts.append(f"p.liked_at IS {'NOT ' if wanted.liked else ''}NULL")
    return tuple(texts), given
