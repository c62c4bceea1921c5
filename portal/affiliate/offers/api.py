"""Offers over JSON (contract: affiliate)."""

from functools import partial

from portal.affiliate import wire
from portal.affiliate.schemas import OfCatalog, OfferChange, OfferCreate
from portal.api.idempotency import Reply
from portal.api.paging import paged
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.affiliate.catalogs import queries, terms
from portal.domain.errors import NotFound
from portal.domain.identifiers import typed_uuid
from portal.domain.offers import catalogs, offers
from portal.domain.sentences import say

_BESIDE = ("catalog_id", "prices", "disable")


def index(caller: Credential, query: OfCatalog) -> Reply:
    """The partner's offers, newest first; of one catalog when `catalog_id` is given."""
    read = partial(queries.OFFERS.rows, partner=caller.partner_id)
    if query.catalog_id:
        catalog = catalogs.find(caller.partner_id, query.catalog_id)
        read = partial(queries.OFFERS_OF_CATALOG.rows, partner=caller.partner_id, catalog=catalog.id)
    return paged(read, query, wire.offers)


def create(caller: Credential, body: OfferCreate) -> dict:
    """Make an offer in a catalog.

    The reward is either `reward_percent` or `fix_remuneration`; with neither, the catalog's `reward_percent` serves, and
    where it has none that is a 400. Names are unique within a catalog.
    """
    offer = terms.create(caller.partner_id, body.given(*_BESIDE), body.catalog_id, _prices(body))
    return show(caller, offer.uuid)


def show(caller: Credential, offer_id: str) -> dict:
    """One offer, by its UUID."""
    uuid = typed_uuid(offer_id)
    rows = queries.OFFER_BY_UUID.rows(uuid=uuid, partner=caller.partner_id) if uuid else []
    if not rows:
        raise NotFound(say("offer"))
    return wire.offer(rows)


def change(caller: Credential, offer_id: str, body: OfferChange) -> dict:
    """Set the fields that are sent, with PUT as with PATCH. No existing deal changes.

    Setting one kind of reward clears the other. `prices` replace those that were there; where their currency becomes
    another one, a fixed reward must be sent anew.
    """
    offer = terms.find(caller.partner_id, offer_id)
    prices = _prices(body) if "prices" in body.model_fields_set else None
    terms.change(offer, body.given(*_BESIDE), body.catalog_id, prices)
    return show(caller, offer.uuid)


def _prices(body: OfferChange) -> list[offers.Price]:
    return [offers.Price(price.cost, price.currency) for price in body.prices or []]
