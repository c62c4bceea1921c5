"""What promoters get of an offer: a percentage, a fixed sum, or the catalog's percentage, and whether codes are allowed."""

from decimal import Decimal

from portal.database import transaction
from portal.domain import values
from portal.domain.affiliate import codes
from portal.domain.affiliate.catalogs import rewards
from portal.domain.affiliate.catalogs.tables import PromoterTerms
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.identifiers import typed_uuid
from portal.domain.offers import catalogs, offers
from portal.domain.offers.catalog_fields import REWARD_PERCENT
from portal.domain.offers.offers import Price
from portal.domain.offers.tables import Catalog, Offer
from portal.domain.sentences import say
from portal.domain.values import checked

FIELDS = {
    **offers.FIELDS,
    "is_promocode_allowed": values.flag(False),
    "reward_percent": REWARD_PERCENT,
    "fix_remuneration": lambda value: value,  # worked out once the currency is known
}
_REWARDS = ("reward_percent", "fix_remuneration")


def create(partner_id: int, given: dict, catalog_reference, prices: list[Price] | None) -> Offer:
    """A new offer. Raises Invalid with what is wrong: a name in use, no price, two rewards or none at all."""
    catalog = catalogs.for_body(partner_id, catalog_reference)
    taken = checked({"name": None, **given}, FIELDS)
    priced = offers.priced(prices or [])
    terms = _apart(taken)
    with transaction():
        catalog = catalogs.locked(catalog.id)
        _settle_reward(terms, priced, catalog, {})
        offer = offers.make(partner_id, catalog, taken, priced)
        PromoterTerms.create(offer=offer, **terms)
    return offer


def change(
    offer: Offer, given: dict, catalog_reference=None, prices: list[Price] | None = None, seen: int | None = None
) -> Offer:
    """Set the given fields; setting one kind of reward clears the other. No existing deal changes. Raises Invalid.

    `seen` is the `modified_at` (microseconds) that whoever changes it looked at; Refused when it has changed since.
    """
    taken = checked(given, FIELDS)
    with transaction():
        offer = offers.locked(offer.id, seen)
        named = catalogs.for_body(offer.partner_id, catalog_reference).id if catalog_reference else offer.catalog_id
        catalog = catalogs.locked(named)
        present = PromoterTerms.get_by_id(offer.id)
        priced = offers.prices_of(offer) if prices is None else offers.priced(prices)
        terms = _apart(taken)
        _settle_reward(terms, priced, catalog, {name: getattr(present, name) for name in _REWARDS})
        _refuse_reward_in_old_currency(offer, terms, priced, present)
        if terms:
            PromoterTerms.update(**terms).where(PromoterTerms.offer == offer.id).execute()
        offers.change(offer, catalog, taken, None if prices is None else priced, terms)
    return Offer.get_by_id(offer.id)


def find(partner_id: int, reference: str) -> Offer:
    """The merchant's offer by its UUID, if promoters can sell it. Raises NotFound."""
    uuid = typed_uuid(reference)
    offer = uuid and (Offer.select().join(PromoterTerms).where(Offer.uuid == uuid, Offer.partner == partner_id).first())
    if not offer:
        raise NotFound(say("offer"))
    return offer


def put(
    offer: Offer, given: dict, catalog_reference, prices: list[Price] | None = None, seen: int | None = None
) -> Offer:
    """Let promoters sell an offer that is there, in a catalog. Raises Invalid as `create`, Refused where they sell it already."""
    catalog = catalogs.for_body(offer.partner_id, catalog_reference)
    taken = checked(given, FIELDS)
    priced = offers.priced(prices or [])
    terms = _apart(taken)
    with transaction():
        offer = offers.locked(offer.id, seen)
        catalog = catalogs.locked(catalog.id)
        if is_sold(offer):
            raise Refused(say("Promoters can sell the offer already."))
        _settle_reward(terms, priced, catalog, {})
        PromoterTerms.create(offer=offer, **terms)
        offers.change(offer, catalog, taken, priced, terms)
    return Offer.get_by_id(offer.id)


def is_sold(offer: Offer) -> bool:
    """Whether promoters can sell it."""
    return PromoterTerms.get_or_none(PromoterTerms.offer == offer.id) is not None


def catalog_of(offer: Offer) -> Catalog:
    """The catalog that promoters sell the offer in. Raises NotFound of an offer that is in none."""
    if offer.catalog is None:
        raise NotFound(say("catalog"))
    return offer.catalog


def refuse_offers_without_reward(catalog: Catalog) -> None:
    """Raise Invalid while an offer of the catalog has no reward of its own: the catalog's is about to go."""
    without = (
        Offer.select(Offer.name)
        .join(PromoterTerms)
        .where(
            Offer.catalog == catalog, PromoterTerms.reward_percent.is_null(), PromoterTerms.fix_remuneration.is_null()
        )
        .first()
    )
    if without:
        raise Invalid(
            "reward_percent",
            say(
                "The offer “{name}” has no reward of its own and relies on this one. Give it one first.",
                name=without.name,
            ),
            code=codes.REWARD_IN_USE,
        )


def _apart(taken: dict) -> dict:
    """The promoters' part, taken out of the values of a bare offer."""
    return {name: taken.pop(name) for name in list(taken) if name not in offers.FIELDS}


def _settle_reward(terms: dict, priced: dict[str, int], catalog: Catalog, present: dict) -> None:
    """Exactly one reward, or the catalog's: work out what the terms will be, and refuse what cannot be paid."""
    percent, fixed = (terms.get(name) for name in _REWARDS)
    if percent is not None and fixed is not None:
        raise Invalid(
            "fix_remuneration",
            say("Give either a reward percentage or a fixed sum, not both."),
            code=codes.REWARD_TWICE,
        )
    if isinstance(fixed, Decimal):
        terms["fix_remuneration"] = fixed = rewards.fixed(fixed, next(iter(priced)))
    if percent is not None:
        terms["fix_remuneration"] = None
    elif fixed is not None:
        terms["reward_percent"] = None
    _refuse_unpayable(present | terms, priced, catalog)


def _refuse_unpayable(terms: dict, priced: dict[str, int], catalog: Catalog) -> None:
    """Raise Invalid for a fixed sum beside several prices, and for no reward where the catalog has none either."""
    percent, fixed = (terms.get(name) for name in _REWARDS)
    if fixed is not None and len(priced) > 1:
        raise Invalid(
            "prices",
            say("A fixed reward is in the currency of the price, so the offer can have one price only."),
            code=codes.REWARD_NEEDS_ONE_PRICE,
        )
    if percent is None and fixed is None and catalog.reward_percent is None:
        raise Invalid(
            "reward_percent",
            say("Give a reward percentage or a fixed sum; the catalog has none to fall back on."),
            code=codes.REWARD_MISSING,
        )


def _refuse_reward_in_old_currency(offer: Offer, terms: dict, priced: dict[str, int], present: PromoterTerms) -> None:
    """A fixed sum is minor units of the price's currency: 3.50 USD would silently become 350 JPY."""
    stays = present.fix_remuneration is not None and "fix_remuneration" not in terms
    if stays and priced.keys() != offers.prices_of(offer).keys():
        raise Invalid(
            "fix_remuneration",
            say("The price has another currency now: give the fixed reward in it as well."),
            code=codes.REWARD_CURRENCY_CHANGED,
        )
