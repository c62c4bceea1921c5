"""Offers as promoters see them: a name within a catalog, prices, and one reward."""

from dataclasses import dataclass
from decimal import Decimal

from peewee import IntegrityError

from portal import clock
from portal.database import Statement, transaction
from portal.domain import money, values
from portal.domain.affiliate.catalogs import catalogs
from portal.domain.affiliate.catalogs.tables import PromoterTerms
from portal.domain.errors import DomainError, Invalid, NotFound
from portal.domain.events import log
from portal.domain.identifiers import is_uuid
from portal.domain.offers.tables import Catalog, Offer, OfferPrice
from portal.domain.values import checked

FIELDS = {
    "name": values.printable_text(255),
    "description": values.optional_text(20_000),
    "is_active": values.flag(True),
    "is_promocode_allowed": values.flag(False),
    "reward_percent": values.percent("0.05", "95"),
    "fix_remuneration": lambda value: value,  # worked out once the currency is known
}
_LOCK = Statement("SELECT id FROM offer WHERE id = ?", lock="FOR UPDATE")
_ON_OFFER = ("name", "description", "is_active")
_REWARDS = ("reward_percent", "fix_remuneration")
_MOST_PRICES = 50


@dataclass(slots=True)
class Price:
    """A sum as it came in, with its currency."""

    cost: Decimal
    currency: str


def create(partner_id: int, given: dict, catalog_reference, prices: list[Price] | None) -> Offer:
    """A new offer. Raises Invalid with what is wrong: a name in use, no price, two rewards or none at all."""
    catalog = catalogs.for_body(partner_id, catalog_reference)
    taken = checked({"name": None, **given}, FIELDS)
    priced = _priced(prices or [])
    terms = {name: taken.pop(name) for name in list(taken) if name not in _ON_OFFER}
    with transaction():
        catalog = catalogs.locked(catalog.id)
        _settle_reward(terms, priced, catalog, {})
        offer = _insert(partner_id, catalog, taken)
        PromoterTerms.create(offer=offer, **terms)
        OfferPrice.insert_many(
            [{"offer": offer.id, "currency": code, "cost": cost} for code, cost in priced.items()]
        ).execute()
        log.record(partner_id, "offer.created", "offer", offer.uuid, {"catalog": catalog.uuid})
    return offer


def change(
    offer: Offer, given: dict, catalog_reference=None, prices: list[Price] | None = None, seen: int | None = None
) -> Offer:
    """Set the given fields; setting one kind of reward clears the other. No existing deal changes. Raises Invalid.

    `seen` is the `modified_at` (microseconds) that whoever changes it looked at; Refused when it has changed since.
    """
    taken = checked(given, FIELDS)
    with transaction():
        _LOCK.row(offer.id)
        offer = Offer.get_by_id(offer.id)
        catalogs.refuse_unseen_change(offer, seen)
        catalog = catalogs.for_body(offer.partner_id, catalog_reference) if catalog_reference else offer.catalog
        catalog = catalogs.locked(catalog.id)
        present = PromoterTerms.get_by_id(offer.id)
        priced = prices_of(offer) if prices is None else _priced(prices)
        terms = {name: taken.pop(name) for name in list(taken) if name not in _ON_OFFER}
        _settle_reward(terms, priced, catalog, {name: getattr(present, name) for name in _REWARDS})
        _refuse_reward_in_old_currency(offer, terms, priced, present)
        if terms:
            PromoterTerms.update(**terms).where(PromoterTerms.offer == offer.id).execute()
        if prices is not None:
            _replace_prices(offer, priced)
        _update(offer, taken | {"catalog": catalog, "modified_at": clock.now()})
        log.record(offer.partner_id, "offer.changed", "offer", offer.uuid, {"fields": sorted({*taken, *terms})})
    return Offer.get_by_id(offer.id)


def find(partner_id: int, reference: str) -> Offer:
    """The merchant's offer by its UUID, if promoters can sell it. Raises NotFound."""
    offer = is_uuid(reference) and (
        Offer.select().join(PromoterTerms).where(Offer.uuid == reference.lower(), Offer.partner == partner_id).first()
    )
    if not offer:
        raise NotFound("offer")
    return offer


def prices_of(offer: Offer) -> dict[str, int]:
    """Minor units by currency."""
    rows = (
        OfferPrice.select(OfferPrice.currency, OfferPrice.cost)
        .where(OfferPrice.offer == offer.id)
        .order_by(OfferPrice.id)
    )
    return dict(rows.tuples())


def _priced(prices: list[Price]) -> dict[str, int]:
    if not 1 <= len(prices) <= _MOST_PRICES:
        raise Invalid("prices", "Give at least one price, and one a currency.")
    priced: dict[str, int] = {}
    for index, price in enumerate(prices):
        try:
            cost = money.to_minor(price.cost, price.currency)
        except Invalid as error:
            raise Invalid(f"prices.{index}.{error.field}", error.sentence) from None
        if cost < 0:
            raise Invalid(f"prices.{index}.cost", "A price cannot be below zero.")
        if price.currency in priced:
            raise Invalid(f"prices.{index}.currency", f"There are two prices in {price.currency}. Give one a currency.")
        priced[price.currency] = cost
    return priced


def _settle_reward(terms: dict, priced: dict[str, int], catalog: Catalog, present: dict) -> None:
    """Exactly one reward, or the catalog's: work out what the terms will be, and refuse what cannot be paid."""
    percent, fixed = (terms.get(name) for name in _REWARDS)
    if percent is not None and fixed is not None:
        raise Invalid("fix_remuneration", "Give either a reward percentage or a fixed sum, not both.")
    if isinstance(fixed, Decimal):
        terms["fix_remuneration"] = fixed = _fixed(fixed, priced)
    if percent is not None:
        terms["fix_remuneration"] = None
    elif fixed is not None:
        terms["reward_percent"] = None
    after = present | {name: terms[name] for name in _REWARDS if name in terms}
    if after.get("fix_remuneration") is not None and len(priced) > 1:
        raise Invalid("prices", "A fixed reward is in the currency of the price, so the offer can have one price only.")
    if all(after.get(name) is None for name in _REWARDS) and catalog.reward_percent is None:
        raise Invalid(
            "reward_percent", "Give a reward percentage or a fixed sum; the catalog has none to fall back on."
        )


def _refuse_reward_in_old_currency(offer: Offer, terms: dict, priced: dict[str, int], present: PromoterTerms) -> None:
    """A fixed sum is minor units of the price's currency: 3.50 USD would silently become 350 JPY."""
    stays = present.fix_remuneration is not None and "fix_remuneration" not in terms
    if stays and priced.keys() != prices_of(offer).keys():
        raise Invalid("fix_remuneration", "The price has another currency now: give the fixed reward in it as well.")


def _fixed(amount: Decimal, priced: dict[str, int]) -> int:
    try:
        minor = money.to_minor(amount, next(iter(priced)))
    except DomainError as error:
        raise Invalid("fix_remuneration", error.sentence) from None
    if minor < 0:
        raise Invalid("fix_remuneration", "A reward cannot be below zero.")
    return minor


def _insert(partner_id: int, catalog: Catalog, taken: dict) -> Offer:
    _refuse_name_in_use(catalog, taken["name"])
    try:
        return Offer.create(partner=partner_id, catalog=catalog, **taken)
    except IntegrityError as error:
        raise _name_in_use(taken["name"]) from error


def _update(offer: Offer, taken: dict) -> None:
    name = taken.get("name", offer.name)
    if (name, taken["catalog"].id) != (offer.name, offer.catalog_id):
        _refuse_name_in_use(taken["catalog"], name, offer)
    try:
        Offer.update(**taken).where(Offer.id == offer.id).execute()
    except IntegrityError as error:
        raise _name_in_use(name) from error


def _replace_prices(offer: Offer, priced: dict[str, int]) -> None:
    OfferPrice.delete().where(OfferPrice.offer == offer.id).execute()
    OfferPrice.insert_many(
        [{"offer": offer.id, "currency": code, "cost": cost} for code, cost in priced.items()]
    ).execute()


def _name_in_use(name: str) -> Invalid:
    return Invalid("name", f"The catalog has another offer named “{name[:80]}”. Choose another name.")


def _refuse_name_in_use(catalog: Catalog, name: str, but: Offer | None = None) -> None:
    others = Offer.select().where(Offer.catalog == catalog, Offer.name == name)
    if (others.where(Offer.id != but.id) if but else others).exists():
        raise _name_in_use(name)
