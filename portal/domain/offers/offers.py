"""Bare offers, every family's: a name within a catalog, texts, prices. A family writes its own row beside one.

What is written here was checked by the caller (`FIELDS`, `priced`), in whose transaction it is written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from peewee import IntegrityError

from portal import clock
from portal.database import Statement
from portal.domain import codes as domain_codes
from portal.domain import money, values
from portal.domain.errors import Invalid, NotFound
from portal.domain.events import log
from portal.domain.identifiers import typed_uuid
from portal.domain.offers import catalogs, codes
from portal.domain.offers.tables import Catalog, Offer, OfferPrice
from portal.domain.pictures import album
from portal.domain.sentences import say
from portal.domain.typed.texts import compared
from portal.domain.values import Wrong

MOST_IMAGES, MOST_PRICES = 20, 50


def _images(value: list[str] | None) -> list[dict[str, str]]:
    """Addresses, each once, as the wire of member offers tells them."""
    if len(value or []) > MOST_IMAGES:
        raise Wrong(say("Give at most {most}.", most=MOST_IMAGES), domain_codes.TOO_MANY)
    return [{"url": values.required_url(address)} for address in dict.fromkeys(value or [])]


FIELDS = {
    "name": values.name(255),
    "description": values.optional_text(20_000),
    "is_active": values.flag(True),
    "images": _images,
}
_LOCK = Statement("SELECT id FROM offer WHERE id = :offer", lock="FOR UPDATE")

# What other areas add, in the transaction of the change: a named file of theirs fills this list.
when_changed: list[Callable[[Offer], None]] = []
when_moved: list[
    Callable[[Offer, Catalog | None], None]
] = []  # The offer as it was, and the catalog that it is in now.


@dataclass(slots=True)
class Price:
    """A sum as it came in, with its currency."""

    cost: Decimal
    currency: str


def make(partner_id: int, catalog: Catalog | None, taken: dict, prices: dict[str, int]) -> Offer:
    """A new offer, in a catalog or in none, at `prices` in minor units by currency. Raises Invalid for a name in use."""
    if catalog is not None:
        _refuse_name_in_use(catalog, taken["name"])
    try:
        offer = Offer.create(partner=partner_id, catalog=catalog, name_key=compared(taken["name"]), **taken)
    except IntegrityError as error:
        raise _name_in_use(taken["name"]) from error
    _price(offer, prices)
    _want_pictures(offer, taken)
    log.record(partner_id, "offer.created", "offer", offer.uuid, {"catalog": catalog.uuid} if catalog else None)
    return offer


def find(partner_id: int, uuid: str) -> Offer:
    """The partner's offer. Raises NotFound."""
    known = typed_uuid(uuid)
    offer = Offer.get_or_none(Offer.uuid == known, Offer.partner == partner_id) if known else None
    if offer is None:
        raise NotFound(say("offer"))
    return offer


def locked(offer_id: int, seen: int | None) -> Offer:
    """The offer as it stands, for the transaction around. Raises Refused when it is not as it was `seen`, NotFound when it was
    just removed."""
    _LOCK.value(offer=offer_id)
    offer = Offer.get_or_none(Offer.id == offer_id)
    if offer is None:
        raise NotFound(say("offer"))
    catalogs.refuse_unseen_change(offer, seen)
    return offer


def change(offer: Offer, catalog: Catalog | None, taken: dict, prices: dict[str, int] | None, beside: dict) -> None:
    """Set what was taken; None leaves the prices. `beside` was set in a family's row, and is told of in the same event.

    Raises Invalid for a name in use.
    """
    name, key = taken.get("name", offer.name), {}
    if prices is not None:
        OfferPrice.delete().where(OfferPrice.offer == offer.id).execute()
        _price(offer, prices)
    if (name, catalog and catalog.id) != (offer.name, offer.catalog_id):
        if catalog is not None:
            _refuse_name_in_use(catalog, name, offer)
        key = {"name_key": compared(name)}
    try:
        Offer.update(**taken, **key, catalog=catalog, modified_at=clock.now()).where(Offer.id == offer.id).execute()
    except IntegrityError as error:
        raise _name_in_use(name) from error
    _want_pictures(offer, taken)
    log.record(offer.partner_id, "offer.changed", "offer", offer.uuid, {"fields": sorted({*taken, *beside})})
    if offer.catalog_id != (catalog and catalog.id):
        for told_of_move in when_moved:
            told_of_move(offer, catalog)
    for told in when_changed:
        told(offer)


def prices_of(offer: Offer) -> dict[str, int]:
    """Minor units by currency."""
    rows = (
        OfferPrice.select(OfferPrice.currency, OfferPrice.cost)
        .where(OfferPrice.offer == offer.id)
        .order_by(OfferPrice.id)
    )
    return {price.currency: price.cost for price in rows}


def priced(prices: list[Price]) -> dict[str, int]:
    """Minor units by currency of prices as they came in. Raises Invalid for none, too many, or two in a currency."""
    if not 1 <= len(prices) <= MOST_PRICES:
        raise Invalid(
            "prices",
            say("Give at least one price, one a currency, and at most {most}.", most=MOST_PRICES),
            code=codes.PRICES_MISSING,
        )
    found: dict[str, int] = {}
    for index, price in enumerate(prices):
        try:
            cost = money.to_minor(price.cost, price.currency)
        except Invalid as error:
            raise Invalid(f"prices.{index}.{error.field}", error.sentence, code=error.code) from None
        if cost < 0:
            raise Invalid(f"prices.{index}.cost", say("A price cannot be below zero."), code=domain_codes.OUT_OF_RANGE)
        if price.currency in found:
            raise Invalid(
                f"prices.{index}.currency",
                say("There are two prices in {currency}. Give one a currency.", currency=price.currency),
                code=codes.CURRENCY_TWICE,
            )
        found[price.currency] = cost
    return found


def _price(offer: Offer, prices: dict[str, int]) -> None:
    rows = [{"offer": offer.id, "currency": code, "cost": cost} for code, cost in prices.items()]
    if rows:
        OfferPrice.insert_many(rows).execute()


def _want_pictures(offer: Offer, taken: dict) -> None:
    album.want_all(offer.partner_id, [image["url"] for image in taken.get("images", ())])


def _name_in_use(name: str) -> Invalid:
    return Invalid(
        "name",
        say("The catalog has another offer named “{name}”. Choose another name.", name=name[:80]),
        code=codes.OFFER_NAME_TAKEN,
    )


def _refuse_name_in_use(catalog: Catalog, name: str, but: Offer | None = None) -> None:
    others = Offer.select().where(Offer.catalog == catalog, Offer.name_key == compared(name))
    if (others.where(Offer.id != but.id) if but else others).exists():
        raise _name_in_use(name)
