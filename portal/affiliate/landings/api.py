"""Landings over JSON (contract: affiliate)."""

from functools import partial

from portal.affiliate import wire
from portal.affiliate.schemas import LandingChange, LandingCreate, OfCatalog
from portal.api.idempotency import Reply
from portal.api.paging import paged
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.affiliate.catalogs import landings, queries
from portal.domain.errors import NotFound
from portal.domain.identifiers import normal_code
from portal.domain.offers import catalogs
from portal.domain.sentences import say


def index(caller: Credential, query: OfCatalog) -> Reply:
    """The partner's landings, newest first; of one catalog when `catalog_id` is given."""
    read = partial(queries.LANDINGS.rows, partner=caller.partner_id)
    if query.catalog_id:
        catalog = catalogs.find(caller.partner_id, query.catalog_id)
        read = partial(queries.LANDINGS_OF_CATALOG.rows, partner=caller.partner_id, catalog=catalog.id)
    return paged(read, query, lambda rows: [wire.landing(row) for row in rows])


def create(caller: Credential, body: LandingCreate) -> dict:
    """Make a landing of a catalog.

    Every promoter gets a link to it. A link that names no landing leads to the oldest that fits the visitor's device.
    """
    return show(caller, landings.create(caller.partner_id, body.given("catalog_id"), body.catalog_id).code)


def show(caller: Credential, landing_id: str) -> dict:
    """One landing, by its code."""
    code = normal_code(landing_id)
    row = queries.LANDING_BY_CODE.row(code=code, partner=caller.partner_id) if code else None
    if row is None:
        raise NotFound(say("landing"))
    return wire.landing(row)


def change(caller: Credential, landing_id: str, body: LandingChange) -> dict:
    """Set the fields that are sent, with PUT as with PATCH. Promoters' links lead to the new address at once."""
    landing = landings.find(caller.partner_id, landing_id)
    landings.change(landing, caller.partner_id, body.given("catalog_id"), body.catalog_id)
    return show(caller, landing.code)


def remove(caller: Credential, landing_id: str) -> Reply:
    """Take a landing away. Its clicks stay, and deals that came by it too."""
    landings.remove(landings.find(caller.partner_id, landing_id), caller.partner_id)
    return Reply(status=204)
