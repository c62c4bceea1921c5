"""A promoter's links under names of its own: made, listed, removed."""

from typing import NamedTuple

from peewee import JOIN

from portal import clock
from portal.database import Statement, transaction
from portal.domain.affiliate.catalogs import landings
from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.clicks import targets
from portal.domain.affiliate.links import shop_pages
from portal.domain.affiliate.links.slugs import checked_slug, normal_slug
from portal.domain.affiliate.links.tables import OwnLink
from portal.domain.affiliate.promotions.promotions import APPROVED
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked, optional_text

MOST, MOST_KEPT = 200, 1000  # at a time; with those that were removed, which nobody else may have
LONGEST_SUBID = 200
_LOCK = Statement("SELECT state FROM promotion WHERE id = :promotion", lock="FOR UPDATE")
# Who removed a name may have it again; whoever else asks for it is told that it is taken.
_KEEP = Statement(
    """INSERT INTO own_link (slug, written, promotion_id, landing_id, page, subid, created_at)
    VALUES (:slug, :written, :promotion, :landing, :page, :subid, :now)
    ON CONFLICT (slug) DO UPDATE SET written = excluded.written, landing_id = excluded.landing_id, page = excluded.page,
        subid = excluded.subid, created_at = excluded.created_at, removed_at = NULL
    WHERE own_link.promotion_id = excluded.promotion_id AND own_link.removed_at IS NOT NULL RETURNING id"""
)


class Wanted(NamedTuple):
    """What a link is to be called and where it leads: a landing by its code, else a page of the shop, else what fits."""

    slug: str
    landing: str | None = None
    page: str | None = None
    subid: str | None = None


def create(promotion: Promotion, wanted: Wanted) -> OwnLink:
    """Name a link. Raises Invalid for a name that is taken or cannot be had, or a page that is not the shop's; Refused
    while the promoter is not approved, or has too many."""
    taken = checked(
        {"slug": wanted.slug, "page": wanted.page, "subid": wanted.subid},
        {"slug": checked_slug, "page": lambda page: page_of(promotion, page), "subid": optional_text(LONGEST_SUBID)},
    )
    landing = landings.find(promotion.catalog.partner_id, wanted.landing) if wanted.landing else None
    if landing and landing.catalog_id != promotion.catalog_id:
        raise NotFound(say("landing"))
    with transaction():
        if _LOCK.value(promotion=promotion.id) != APPROVED:
            raise Refused(say("Only an approved promoter’s links lead anywhere. Join the catalog first."))
        if len(of(promotion)) >= MOST:
            raise Refused(say("{most} links of this promotion have names. Remove one that is not used.", most=MOST))
        if _others_kept(promotion, taken["slug"]) >= MOST_KEPT:
            raise Refused(
                say("This promotion has had {most_kept} names. Take one again that you removed.", most_kept=MOST_KEPT)
            )
        made = _KEEP.value(
            **taken, written=normal_slug(wanted.slug).lower(), promotion=promotion.id, landing=landing and landing.id,
            now=clock.micros(),
        )  # fmt: skip
        if made is None:
            raise Invalid(
                "slug", say("“{lower}” is taken. Choose another name.", lower=normal_slug(wanted.slug).lower())
            )
        _tell(promotion, "own_link.made", taken["slug"])
    return OwnLink.get_by_id(made)


def remove(promotion: Promotion, slug: str) -> OwnLink:
    """The link leads nowhere any more; its name stays the promotion's. Raises NotFound."""
    with transaction():
        found = OwnLink.get_or_none(
            OwnLink.promotion == promotion, OwnLink.slug == normal_slug(slug), OwnLink.removed_at.is_null()
        )
        removal = OwnLink.update(removed_at=clock.now()).where(OwnLink.removed_at.is_null())
        if found is None or not removal.where(OwnLink.id == found.id).execute():
            raise NotFound(say("link"))
        _tell(promotion, "own_link.removed", found.slug)
    return found


def find(promotion: Promotion, slug: str) -> OwnLink:
    """A link of the promotion by its name. Raises NotFound."""
    found = next((link for link in of(promotion) if link.slug == normal_slug(slug)), None)
    if found is None:
        raise NotFound(say("link"))
    return found


def of(promotion: Promotion) -> list[OwnLink]:
    """The promotion's links that have names, newest first."""
    running = OwnLink.select(OwnLink, Landing).join(Landing, JOIN.LEFT_OUTER)
    running = running.where(OwnLink.promotion == promotion, OwnLink.removed_at.is_null())
    return list(running.order_by(OwnLink.created_at.desc(), OwnLink.id.desc()))


def page_of(promotion: Promotion, said: str | None) -> str | None:
    """The whole address of a page of the shop, as `to=` takes it; None for none. Raises Wrong for another site's."""
    if said is None or not said.strip():
        return None
    shop = targets.shop_of(promotion.catalog.partner_id)
    page = shop_pages.under(shop, said)
    if page is None:
        hosts = shop_pages.hosts(shop)
        named = " or ".join([", ".join(hosts[:3]), "another of its hosts"] if hosts[3:] else hosts)
        raise Wrong(
            say("Give an address under {named}, or a path that begins with /.", named=named)
            if hosts
            else say("The shop has no landing yet.")
        )
    if len(page) > 2000:
        raise Wrong(say("Give at most 2000 characters."))
    return page


def _others_kept(promotion: Promotion, slug: str) -> int:
    return OwnLink.select().where(OwnLink.promotion == promotion, OwnLink.slug != slug).count()


def _tell(promotion: Promotion, fact: str, slug: str) -> None:
    log.record(promotion.promoter_id, fact, "promotion", promotion.uid, {"slug": slug.lower()})
