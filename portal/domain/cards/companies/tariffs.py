"""Tariffs of a reseller's: made, changed and withdrawn (contract: cards, "Tariff")."""

from decimal import Decimal
from typing import Any

from portal import clock
from portal.database import Statement, transaction
from portal.domain import codes, money, values
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.cards.companies import countries, limits, periods, resellers
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.cards.companies.words import LIMITS, OPTIONS
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.identifiers import typed_id
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked

THING = "tariff"
KINDS = {"paid": say("Paid"), "trial": say("Trial")}
PRICES = {"month_price": say("A month"), "quarter_price": say("A quarter"), "year_price": say("A year")}
_MOST = 1_000_000
_LOCK = Statement("SELECT id FROM tariff WHERE id = :tariff", lock="FOR UPDATE")
_SHARE = Statement("SELECT id FROM tariff WHERE id = :tariff", lock="FOR SHARE")
_limit, _flag = values.whole_number(0, _MOST, 0), values.flag(True)


CHECKS: dict[str, values.Check] = {
    "name": values.name(120),
    "kind": values.one_of(tuple(KINDS), "paid"),
    "country": lambda value: countries.code(value) if value else None,
    "currency": values.currency,
    **dict.fromkeys(LIMITS, _limit),
    **dict.fromkeys(OPTIONS, _flag),
}


def create(partner_id: int, given: dict[str, Any]) -> Tariff:
    """A new one of a reseller's. Prices are decimals of its currency, or None where it is not for sale so long; options that are
    not given it has, limits that are not given are none.

    Raises Invalid with every wrong value, Forbidden for a company.
    """
    resellers.refuse_companies(partner_id)
    usual = dict.fromkeys((*LIMITS, *OPTIONS, *PRICES, "country", "kind"))
    taken = _taken(usual | {"currency": Partner.get_by_id(partner_id).currency, "name": None} | given)
    with transaction():
        tariff = Tariff.create(partner=partner_id, **taken)
        log.record(partner_id, "tariff.created", THING, tariff.id)
    return tariff


def change(tariff: Tariff, given: dict[str, Any]) -> Tariff:
    """Set what is given. Raises Invalid, and Refused where a company that has it uses more than it would allow."""
    taken = _taken({"currency": tariff.currency, **given})
    with transaction():
        _LOCK.value(tariff=tariff.id)
        before = Tariff.get_by_id(tariff.id)
        changed = sorted(name for name, value in taken.items() if getattr(before, name) != value)
        if not changed:
            return before
        Tariff.update(**taken, updated_at=clock.now()).where(Tariff.id == tariff.id).execute()
        after = Tariff.get_by_id(tariff.id)
        if any(getattr(after, name) < getattr(before, name) for name in LIMITS):
            _refuse_where_more_is_used(after)
        log.record(tariff.partner_id, "tariff.changed", THING, tariff.id, {"fields": changed})
    return after


def withdraw(tariff: Tariff) -> None:
    """No company gets it any more; those that have it keep it. Repeating it changes nothing."""
    with transaction():
        there = (Tariff.id == tariff.id) & Tariff.withdrawn_at.is_null()
        if Tariff.update(withdrawn_at=clock.now(), updated_at=clock.now()).where(there).execute():
            log.record(tariff.partner_id, "tariff.withdrawn", THING, tariff.id)


def offer_again(tariff: Tariff) -> None:
    """Companies get it again. Repeating it changes nothing."""
    with transaction():
        gone = (Tariff.id == tariff.id) & Tariff.withdrawn_at.is_null(False)
        if Tariff.update(withdrawn_at=None, updated_at=clock.now()).where(gone).execute():
            log.record(tariff.partner_id, "tariff.offered", THING, tariff.id)


def find(partner_id: int, reference: str | int) -> Tariff:
    """The reseller's tariff, a withdrawn one as well. Raises NotFound."""
    number = typed_id(reference)
    tariff = number and Tariff.get_or_none(Tariff.id == number, Tariff.partner == partner_id)
    if not tariff:
        raise NotFound(say("tariff"))
    return tariff


def given_to(tariff: Tariff) -> Tariff:
    """In the transaction that gives it to a new company: as it stands until the end. Raises Refused when it is withdrawn."""
    tariff = held(tariff)
    refuse_withdrawn(tariff)
    return tariff


def held(tariff: Tariff) -> Tariff:
    """In a transaction: as it stands, until the end."""
    _SHARE.value(tariff=tariff.id)
    return Tariff.get_by_id(tariff.id)


def refuse_withdrawn(tariff: Tariff) -> None:
    """Raises Refused for one that nobody gets anew."""
    if tariff.withdrawn_at is not None:
        raise Refused(say("The tariff {name} is withdrawn. Choose another one.", name=tariff.name), field="tariffId")


def sold_for(tariff: Tariff) -> list[str]:
    """The periods that it is had for: those that it has a price of, and as a trial; one that is a trial as that alone."""
    if tariff.kind == periods.TRIAL:
        return [periods.TRIAL]
    is_priced = lambda period: any(getattr(tariff, price) is not None for price in periods.PAID_BY.get(period, ()))  # noqa: E731
    return [period for period in periods.PERIODS if period == periods.TRIAL or is_priced(period)]


def refuse_not_sold(tariff: Tariff, period: str, country: str) -> None:
    """Raise Refused for a period that the tariff has no price of, or a company in another country than the one where it is sold."""
    if tariff.kind == periods.TRIAL and period != periods.TRIAL:
        sentence = say("The tariff {name} is a trial, and had for 14 days alone. Choose that period.", name=tariff.name)
        raise Refused(sentence, field="tariffPeriod")
    if period not in sold_for(tariff):
        sentence = say(
            "The tariff {name} is not sold for this long: it has no price for it. Choose another period or tariff.",
            name=tariff.name,
        )
        raise Refused(sentence, field="tariffPeriod")
    if tariff.country is not None and tariff.country != country:
        sentence = say(
            "The tariff {name} is sold in {country} alone. Choose another one.",
            name=tariff.name, country=countries.name(tariff.country),
        )  # fmt: skip
        raise Refused(sentence, field="tariffId")


def companies_of(tariff: Tariff) -> list[Partner]:
    """Who has it, in the order in which they are held."""
    having = (Company.tariff == tariff, Company.deleted_at.is_null())
    return list(Partner.select().join(Company).where(*having).order_by(Partner.id))


def _refuse_where_more_is_used(tariff: Tariff) -> None:
    for company in companies_of(tariff):
        partners.hold(company.id)
        limits.refuse_fewer(company.name, company.id, tariff)


def checks(currency: str | None) -> dict[str, values.Check]:
    """What each field takes, where prices are of the currency."""
    return CHECKS | dict.fromkeys(PRICES, lambda value: _price(value, currency))


def _taken(given: dict[str, Any]) -> dict[str, Any]:
    return checked(given, checks(given["currency"]))


def _price(value: Decimal | None, currency: str | None) -> int | None:
    if value is None:
        return None
    if currency not in money.EXPONENTS:
        return None  # That is told of the currency.
    try:
        minor = money.to_minor(value, currency)
    except Invalid as error:
        raise Wrong(error.sentence, error.code) from None
    if minor < 0:
        raise Wrong(say("Give a price of zero or more."), codes.OUT_OF_RANGE)
    return minor
