"""Where a promoter's link leads: a landing, or any page of the shop (contract: affiliate, "Behind the endpoints")."""

from typing import NamedTuple
from urllib.parse import urlencode

from portal.database import Statement
from portal.domain.affiliate.links import shop_pages
from portal.domain.affiliate.links.slugs import normal_slug
from portal.domain.errors import NotFound
from portal.domain.identifiers import normal_code
from portal.domain.sentences import say


class Target(NamedTuple):
    """A promotion whose links work now, and where one of them leads; no landing where it is another page."""

    promotion_id: int
    landing_id: int | None
    url: str
    uid: str
    clock_offset: int
    merchant_id: int


class _Own(NamedTuple):
    uid: str
    landing: str | None
    page: str | None
    subid: str | None


_TARGET = """SELECT m.id AS promotion_id, l.id AS landing_id, l.url, m.uid, p.clock_offset, p.id AS merchant_id
    FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    JOIN partner p ON p.id = c.partner_id JOIN landing l ON l.catalog_id = c.id
    WHERE m.uid = :uid AND m.state = 'approved' AND c.is_published AND l.removed_at IS NULL"""
_FITTING = Statement(
    f"{_TARGET} ORDER BY CASE WHEN l.adaptability IN ('All', :device) THEN 0 ELSE 1 END, l.id LIMIT 1", Target
)
_NAMED = Statement(f"{_TARGET} AND l.code = :landing", Target)
_WAS_ONE = Statement(
    """SELECT 1 FROM promotion m JOIN landing l ON l.catalog_id = m.catalog_id
    WHERE m.uid = :uid AND l.code = :landing AND l.removed_at IS NOT NULL"""
)
_OWN = Statement(
    """SELECT m.uid, l.code AS landing, o.page, o.subid FROM own_link o JOIN promotion m ON m.id = o.promotion_id
    LEFT JOIN landing l ON l.id = o.landing_id WHERE o.slug = :slug AND o.removed_at IS NULL""",
    _Own,
)
_SHOP = Statement(
    """SELECT l.url FROM catalog c JOIN landing l ON l.catalog_id = c.id
    WHERE c.partner_id = :merchant AND l.removed_at IS NULL ORDER BY l.id"""
)


def of(name: str, landing_code: str | None, query: str, device: str) -> tuple[Target, str]:
    """The link's target, and what of its query is not the portal's. Raises NotFound.

    Without a landing named, and where the named one was removed, it is the oldest that fits the device, or the oldest of
    all. `to=` names another page of the shop; one that is not leads to the landing. A link of an unpublished catalog, or
    of a promoter who is not approved, leads nowhere.
    """
    if landing_code:
        return _known(_of_uid(name, landing_code, device)), query
    page, query = shop_pages.asked_for(query)
    target = _of_uid(name, None, device)
    if target is None:
        own = _OWN.row(slug=normal_slug(name))
        target = own and (_of_uid(own.uid, own.landing, device) or _of_uid(own.uid, None, device))
        page, query = own and (page or own.page), _with_subid(query, own and own.subid)
    target = _known(target)
    return _leading_to(target, page) if page else target, query


def shop_of(merchant_id: int) -> list[str]:
    """The addresses of the merchant's landings, oldest first: the hosts that links may lead to."""
    return _SHOP.values(merchant=merchant_id)


def _of_uid(uid: str, landing_code: str | None, device: str) -> Target | None:
    code, named = normal_code(uid), landing_code and normal_code(landing_code)
    if not code or (landing_code and not named):
        return None
    target = _NAMED.row(uid=code, landing=named) if named else None
    if target is None and (not named or _WAS_ONE.value(uid=code, landing=named)):
        target = _FITTING.row(uid=code, device=device)
    return target


def _known(target: Target | None) -> Target:
    if target is None:
        raise NotFound(say("link"))
    return target


def _leading_to(target: Target, page: str) -> Target:
    url = shop_pages.under([target.url, *shop_of(target.merchant_id)], page)
    return target._replace(url=url, landing_id=None) if url else target


def _with_subid(query: str, subid: str | None) -> str:
    return "&".join(filter(None, (subid and urlencode({"subid": subid}), query)))
