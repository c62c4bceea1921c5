"""Where a merchant sends whoever follows a dead link: one of an unpublished catalog, of a promoter who left, a removed one."""

from urllib.parse import urlsplit

from portal import clock
from portal.database import Statement, transaction
from portal.domain.affiliate.clicks.addresses import in_ascii
from portal.domain.affiliate.links.slugs import normal_slug
from portal.domain.affiliate.links.tables import FallbackPage
from portal.domain.errors import Invalid
from portal.domain.events import log
from portal.domain.identifiers import normal_code
from portal.domain.sentences import say
from portal.domain.values import checked, url

_SET = Statement(
    """INSERT INTO fallback_page (partner_id, url, changed_at) VALUES (:partner, :url, :now)
    ON CONFLICT (partner_id) DO UPDATE SET url = excluded.url, changed_at = excluded.changed_at"""
)
_OF = Statement("SELECT url FROM fallback_page WHERE partner_id = :partner")
_OF_UID = Statement(
    """SELECT f.url FROM promotion m JOIN catalog c ON c.id = m.catalog_id JOIN fallback_page f ON f.partner_id = c.partner_id
    WHERE m.uid = :uid"""
)
_OF_SLUG = Statement(
    """SELECT f.url FROM own_link o JOIN promotion m ON m.id = o.promotion_id JOIN catalog c ON c.id = m.catalog_id
    JOIN fallback_page f ON f.partner_id = c.partner_id WHERE o.slug = :slug"""
)


def of(partner_id: int) -> str | None:
    """The merchant's page, if it has set one."""
    return _OF.value(partner=partner_id)


def of_link(name: str) -> str | None:
    """The page of the merchant whose link this was, by a uid or what a promoter called it."""
    code = normal_code(name)
    page = (code and _OF_UID.value(uid=code)) or _OF_SLUG.value(slug=normal_slug(name))
    return page and in_ascii(page)


def set_page(partner_id: int, given: str | None, portal: str) -> str | None:
    """Set the page, or none; what it is now. Raises Invalid for an address without https, or of the portal itself (its own address)."""
    page = checked({"url": (given or "").strip() or None}, {"url": url})["url"]
    if page and not page.startswith("https://"):
        raise Invalid("url", say("Give an address that begins with https://."))
    if page and urlsplit(page).hostname == urlsplit(portal).hostname:
        raise Invalid("url", say("Give a page of your own: on the portal people would go round in circles."))
    with transaction():
        if page == of(partner_id):
            return page
        if page:
            _SET.run(partner=partner_id, url=page, now=clock.micros())
        else:
            FallbackPage.delete().where(FallbackPage.partner == partner_id).execute()
        fact = "fallback_page.set" if page else "fallback_page.cleared"
        log.record(partner_id, fact, "fallback_page", partner_id, {"url": page})
    return page
