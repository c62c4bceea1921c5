"""Landings: the merchant's pages where promoters send people."""

from portal import clock
from portal.database import transaction
from portal.domain import values
from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.errors import NotFound
from portal.domain.events import log
from portal.domain.identifiers import LANDING_CODE, normal_code, short_code
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from portal.domain.offers.words import ADAPTABILITIES
from portal.domain.pictures import album
from portal.domain.sentences import say
from portal.domain.values import checked

FIELDS = {
    "url": values.required_url,
    "adaptability": values.one_of(ADAPTABILITIES, "All"),
    "title": values.optional_name(255),
    "image_url": values.url,
}


def create(partner_id: int, given: dict, catalog_reference) -> Landing:
    """A new landing. Raises Invalid for a wrong address or an unknown catalog."""
    catalog = catalogs.for_body(partner_id, catalog_reference)
    taken = checked({"url": None, **given}, FIELDS)
    with transaction():
        landing = Landing.create(code=short_code(LANDING_CODE), catalog=catalog, **taken)
        album.want_all(partner_id, [taken.get("image_url")])
        log.record(partner_id, "landing.created", "landing", landing.code, {"catalog": catalog.uuid})
    return landing


def change(landing: Landing, partner_id: int, given: dict, catalog_reference=None) -> Landing:
    """Set the given fields; null sets the default. Raises Invalid."""
    taken = checked(given, FIELDS)
    if catalog_reference:
        taken["catalog"] = catalogs.for_body(partner_id, catalog_reference)
    with transaction():
        Landing.update(**taken, modified_at=clock.now()).where(Landing.id == landing.id).execute()
        album.want_all(partner_id, [taken.get("image_url")])
        log.record(partner_id, "landing.changed", "landing", landing.code, {"fields": sorted(taken)})
    return find(partner_id, landing.code)


def remove(landing: Landing, partner_id: int) -> None:
    """Take the landing away; clicks that led there stay. Raises NotFound when somebody else just did."""
    with transaction():
        now = clock.now()
        removal = Landing.update(removed_at=now, modified_at=now)
        if not removal.where(Landing.id == landing.id, Landing.removed_at.is_null()).execute():
            raise NotFound(say("landing"))
        log.record(partner_id, "landing.deleted", "landing", landing.code)


def find(partner_id: int, reference: str) -> Landing:
    """The merchant's landing by its code. Raises NotFound."""
    code = normal_code(reference)
    landing = code and (
        Landing.select(Landing, Catalog)
        .join(Catalog)
        .where(Landing.code == code, Catalog.partner == partner_id, Landing.removed_at.is_null())
        .first()
    )
    if not landing:
        raise NotFound(say("landing"))
    return landing
