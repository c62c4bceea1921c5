"""What somebody types into the search of a merchant's deals, as ways to the deals: each a condition with an index in the order
of the list.

An id or a code that is somebody's is taken for it. Else the words are looked for in the names that stand in the rows, of
offers, promoters and catalogs, which are few, and as the beginning of a deal's id.
"""

from dataclasses import dataclass, field
from itertools import islice, product
from typing import NamedTuple

from portal.database import Statement
from portal.domain.identifiers import normal_code, typed_uuid
from portal.domain.typed import words
from portal.domain.typed.patterns import ESCAPE, as_it_is
from portal.domain.typed.texts import mended, plain, tidy, visible
from portal.letters import alike

MOST = 12  # of each kind; a name that more have is asked for in more words
_LOOKED_THROUGH = 500
_NUMBERS = (1, 4, MOST)  # What is built for each is kept: places that stay empty lead nowhere and cost next to nothing.
_NOTHING = 0  # An id that no row has.

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


class _Named(NamedTuple):
    id: int
    catalog_id: int
    name: str


# Those that have any of the words, first those that have all; whether all are there is seen in what a row has together.
_OFFERS, _PROMOTIONS, _CATALOGS = (
    {
        count: Statement(
            f"""{select} WHERE {of}.partner_id = :partner AND {words.any_of(names, count)}
            ORDER BY CASE WHEN {words.held(names, (), count)} THEN 0 ELSE 1 END, 1 DESC LIMIT {_LOOKED_THROUGH}""",
            _Named,
        )
        for count in range(1, words.MOST + 1)
    }
    for select, of, names in (
        ("SELECT o.id, o.catalog_id, o.name FROM offer o", "o", ("o.name",)),
        (
            """SELECT m.id, m.catalog_id, p.name || ' ' || m.uid AS name FROM catalog c
            JOIN promotion m ON m.catalog_id = c.id JOIN partner p ON p.id = m.promoter_id""",
            "c", ("p.name", "m.uid"),
        ),
        (
            "SELECT c.id, c.id AS catalog_id, c.title || ' ' || c.catalog_code AS name FROM catalog c",
            "c", ("c.title", "c.catalog_code"),
        ),
    )
)  # fmt: skip
# The ids that begin with the text, by number: so PostgreSQL goes to these deals, and does not compare them with all there are.
_MOST_BEGUN = 1000
_SIZES = (1, 10, 100, _MOST_BEGUN, 2 * _MOST_BEGUN)
_BEGUN = Statement(
    " UNION ALL ".join(
        f"""SELECT id FROM (SELECT id, {column} AS named FROM deal WHERE partner_id = :partner AND {column} >= :key
        ORDER BY {column} LIMIT {_MOST_BEGUN}) of_{column} WHERE named LIKE :key_begins {ESCAPE}"""
        for column in ("deal_id", "deal_id_key")
    )
)
_ALWAYS = (
    "d.id IN :begun",
    "d.partner_id = :partner AND d.customer = :customer",
    "d.used_code_id = :used_code",
)


class _Fitting(NamedTuple):
    offers: list[int]
    promotions: list[int]
    catalogs: list[int]
    pairs: list[tuple[int, int]]  # of an offer and a promotion


@dataclass(frozen=True, slots=True)
class Ways:
    """Conditions on `deal d`, of which a deal meets one at least, and what they name besides the `:partner`; `is_cut` when more
    names fit than are looked for."""

    conditions: tuple[str, ...]
    given: dict = field(default_factory=dict)
    is_cut: bool = False


def ways(partner_id: int, text: str) -> Ways:
    """The ways to the merchant's deals that the text is looked for by."""
    return _exact(partner_id, text) or _by_words(partner_id, text)


def _exact(partner_id: int, text: str) -> Ways | None:
    """A deal's id or ours, a promoter's uid, a click's: whichever of them the text is, an index finds its deals."""
    if ids := _OF_KEY.values(partner=partner_id, key=mended(text)):
        return _these(ids)
    if uuid := typed_uuid(text):
        return Ways(("d.partner_id = :partner AND d.uuid = :uuid",), {"uuid": uuid})
    code = normal_code(text)
    if promotion := code and _UID.value(uid=code, partner=partner_id):
        return Ways(("d.promotion_id = :its_promotion",), {"its_promotion": promotion})
    if click := _CLICK.value(key=plain(text), partner=partner_id):
        return Ways(("d.click_id = :click",), {"click": click})
    return None


def _these(ids: list[int]) -> Ways:
    """Found by their numbers, whatever the order of the list: of one there is nothing to sort."""
    if len(ids) == 1:
        return Ways(("d.partner_id = :partner AND d.id = :its_id",), {"its_id": ids[0]})
    return Ways(("+d.partner_id = :partner AND d.id IN :ids",), {"ids": ids})


def _by_words(partner_id: int, text: str) -> Ways:
    typed = words.patterns(text)
    offers, promotions, catalogs = (
        kind[len(typed)].rows(partner=partner_id, **typed) for kind in (_OFFERS, _PROMOTIONS, _CATALOGS)
    )
    found = _fitting(visible(text).split()[: words.MOST], offers, promotions, catalogs)
    most = max(len(found.offers), len(found.promotions), len(found.catalogs), len(found.pairs))
    key = mended(text)
    number = _size(min(most, MOST), _NUMBERS)
    begun = _BEGUN.values(partner=partner_id, key=key, key_begins=as_it_is(key))
    used_code = _CODE.value(partner=partner_id, code=key) or _NOTHING
    given = {"begun": _filled_up(begun, _size(len(begun), _SIZES)), "customer": tidy(text), "used_code": used_code}
    is_cut = most > MOST or len(begun) >= _MOST_BEGUN
    named = (way for place in range(number) for way in _named(place))
    return Ways((*_ALWAYS, *named), given | _placed(found, number), is_cut)


def _size(least: int, sizes: tuple[int, ...]) -> int:
    """One of few sizes, for a list of another size is another statement."""
    return next(size for size in sizes if size >= least)


def _filled_up(ids: list[int], size: int) -> list[int]:
    return ids[:size] + [_NOTHING] * (size - len(ids))


def _placed(found: _Fitting, number: int) -> dict[str, int]:
    """What the conditions of so many places name."""
    kinds = {
        "offer": found.offers,
        "promotion": found.promotions,
        "catalog": found.catalogs,
        "its_offer": [offer for offer, _ in found.pairs],
        "its_promoter": [promotion for _, promotion in found.pairs],
    }
    return {
        f"{name}_{place}": value for name, ids in kinds.items() for place, value in enumerate(_filled_up(ids, number))
    }


def _named(place: int) -> tuple[str, ...]:
    return (
        f"d.offer_id = :offer_{place}",
        f"d.promotion_id = :promotion_{place}",
        f"d.catalog_id = :catalog_{place}",
        f"d.promotion_id = :its_promoter_{place} AND +d.offer_id = :its_offer_{place}",
    )


def _fitting(typed: list[str], offers: list[_Named], promotions: list[_Named], catalogs: list[_Named]) -> _Fitting:
    """Those whose deals have every word."""
    sought = frozenset(map(alike, typed))
    of_catalog = {one.id: _in(sought, one.name) for one in catalogs}
    whole = [one for one, has in of_catalog.items() if has == sought]

    def had(some: list[_Named]) -> list[tuple[_Named, frozenset[str]]]:
        others = [one for one in some if one.catalog_id not in whole]
        return [(one, _in(sought, one.name) | of_catalog.get(one.catalog_id, frozenset())) for one in others]

    sold, sellers = had(offers), had(promotions)
    pairs = (
        (offer.id, seller.id)
        for (offer, has), (seller, too) in product(sold, sellers)
        if offer.catalog_id == seller.catalog_id and has | too == sought and sought not in (has, too)
    )
    of_offers, of_sellers = ([one.id for one, has in some if has == sought] for some in (sold, sellers))
    return _Fitting(of_offers, of_sellers, whole, list(islice(pairs, MOST + 1)))


def _in(sought: frozenset[str], name: str) -> frozenset[str]:
    written = alike(name)
    return frozenset(word for word in sought if word in written)
