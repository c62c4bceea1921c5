"""Catalogs over JSON (contract: affiliate)."""

from functools import partial

from portal import clock
from portal.affiliate import wire
from portal.affiliate.schemas import CatalogChange, CatalogCreate
from portal.api.fields import Page
from portal.api.idempotency import Reply
from portal.api.paging import paged
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.affiliate.catalogs import queries
from portal.domain.affiliate.catalogs.queries import ShownCatalog
from portal.domain.affiliate.deals import settling
from portal.domain.errors import NotFound
from portal.domain.identifiers import normal_code, typed_uuid
from portal.domain.offers import catalogs
from portal.domain.sentences import say


def index(caller: Credential, query: Page) -> Reply:
    """The partner's catalogs, newest first, each with its offers, landings and figures."""
    settling.of_partner(caller.partner_id)  # The figures count what has ended.
    return paged(partial(queries.CATALOGS.rows, partner=caller.partner_id), query, shown_all)


def create(caller: Credential, body: CatalogCreate) -> dict:
    """Make a catalog. Only `title` and `catalog_code` are needed; everything else has a default.

    It is published from the start unless `is_published` is false, and stands in the marketplace once it has an active
    offer and a landing. A `catalog_code` that is in use is a 400 that names it.
    """
    return _created(caller, catalogs.create(caller.partner_id, body.given()).uuid)


def show(caller: Credential, catalog_id: str) -> dict:
    """One catalog, by its UUID or its short code, with offers, landings, rules and figures.

    `category` is answered as the name here, and as the UUID when a catalog is made or changed.
    """
    row = _row(caller, catalog_id)
    if row.has_due and settling.of_partner(caller.partner_id):
        row = _row(caller, catalog_id)
    offers = queries.ALL_OFFERS_OF_CATALOG.rows(catalog=row.id)
    return wire.catalog(row, offers, queries.ALL_LANDINGS_OF_CATALOG.rows(catalog=row.id))


def change(caller: Credential, catalog_id: str, body: CatalogChange) -> dict:
    """Set the fields that are sent, with PUT as with PATCH.

    No existing deal changes: each keeps the terms and durations that it was reported under. With `is_published` false
    the catalog leaves the marketplace at once, its links and codes stop working, and its promoters are told. A catalog
    that is archived in the portal stays readable here; publishing it is a 400 until it is restored there.
    """
    found = catalogs.find(caller.partner_id, catalog_id)
    return _created(caller, catalogs.change(found, body.given()).uuid)


def shown_all(rows: list[ShownCatalog]) -> list[dict]:
    """CatalogResponses of these rows, with one read for all their offers and one for all their landings."""
    if not rows:
        return []
    ids = [row.id for row in rows]
    offers = wire.by_catalog(queries.OFFERS_OF_CATALOGS.rows(catalogs=ids))
    landings = wire.by_catalog(queries.LANDINGS_OF_CATALOGS.rows(catalogs=ids))
    return [wire.catalog(row, offers.get(row.id, []), landings.get(row.id, [])) for row in rows]


def _row(caller: Credential, reference: str) -> ShownCatalog:
    if uuid := typed_uuid(reference):
        row = queries.CATALOG_BY_UUID.row(uuid=uuid, partner=caller.partner_id, now=clock.micros())
    else:
        code = normal_code(reference)
        row = queries.CATALOG_BY_CODE.row(code=code, partner=caller.partner_id, now=clock.micros()) if code else None
    if row is None:
        raise NotFound(say("catalog"))
    return row


def _created(caller: Credential, uuid: str) -> dict:
    row = _row(caller, uuid)
    return wire.catalog_created(row, queries.ALL_OFFERS_OF_CATALOG.rows(catalog=row.id))
