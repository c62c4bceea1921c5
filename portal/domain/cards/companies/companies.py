"""Companies, the sub-accounts of a reseller's: made with their first person, and found by their parent (contract: cards, "Company")."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from peewee import IntegrityError

from portal import clock
from portal.database import savepoint, transaction
from portal.domain import values
from portal.domain.accounts import languages
from portal.domain.accounts.partners import partners
from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import passwords
from portal.domain.accounts.tables import Partner, User
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.cards import codes
from portal.domain.cards.companies import countries, periods, resellers, tariffs
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.errors import NotFound, Taken
from portal.domain.events import log
from portal.domain.identifiers import typed_id, typed_uuid
from portal.domain.members.details import phones
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked

THING = "company"
_LONGEST_NAME = 59  # of both parts, which make a person's name


class Made(NamedTuple):
    """A new company, and the secret of its token, which is shown now and never again; None where its tariff has none."""

    company: Company
    secret: str | None


CHECKS: dict[str, values.Check] = {
    "name": partners.FIELDS["company"],
    "email": people.FIELDS["mail"],
    "password": passwords.acceptable,
    "phone": lambda value: value,  # with its country, below
    "country": countries.code,
    "tariffPeriod": values.one_of(tuple(periods.PERIODS)),
    "userName": values.name(_LONGEST_NAME),
    "userSurname": values.name(_LONGEST_NAME),
    "language": languages.known,
}


def create(parent: Partner, given: dict[str, Any]) -> Made:
    """A company with its owner, its tariff and a token of its own, by the keys of the wire; `tariffId` is one of the parent's.

    Raises Invalid with every wrong value, Forbidden for a company, NotFound for a tariff that the parent has not, Refused for
    one that is withdrawn or not sold so long or there, and in test mode, Taken when a company or a person has the mail address.
    """
    resellers.refuse_companies(parent.id)
    resellers.refuse_test_mode(parent.id)
    taken = _taken(given)
    tariff = tariffs.find(parent.id, given["tariffId"])
    password_hash = passwords.hashed(taken["password"])
    with transaction():
        tariff = tariffs.given_to(tariff)
        tariffs.refuse_not_sold(tariff, taken["tariffPeriod"], taken["country"])
        owner = _owner(parent, taken, password_hash)
        partner = partners.found(
            taken["name"], owner, parent.confirmed_at is not None, parent.time_zone, parent.currency, parent
        )
        company = _insert(partner, owner, tariff, taken)
        log.record(parent.id, "company.created", THING, partner.uuid)
        secret = _token(partner) if tariff.may_integrate and tariff.integrations else None
    return Made(company, secret)


def find(parent_id: int, reference: str | int) -> Company:
    """The parent's company by its id or UUID, with its partner and tariff. Raises NotFound, for a deleted one as well."""
    uuid, number = typed_uuid(str(reference)), typed_id(reference)
    query = Company.select(Company, Partner, Tariff).join(Partner).switch(Company).join(Tariff)
    its = (Partner.parent == parent_id, Company.deleted_at.is_null())
    where = Partner.uuid == uuid if uuid else Company.partner == number
    company = query.where(where, *its).first() if uuid or number else None
    if not company:
        raise NotFound(say("company"))
    return company


def _taken(given: dict[str, Any]) -> dict[str, Any]:
    """Every wrong value at once: what is no phone is told with the others."""
    country = given.get("country")
    phone = lambda value: _phone(value, country)  # noqa: E731 - a check like the others
    asked = {name: given.get(name) for name in CHECKS}
    return checked(asked, CHECKS | {"phone": phone})


def _phone(value, country) -> str:
    kept = values.required_text(phones.LONGEST)(value)
    try:
        region = countries.code(country)
    except Wrong:
        region = None  # That is told of the country.
    phones.read(kept, region)
    return kept


def _owner(parent: Partner, taken: dict[str, Any], password_hash: str) -> User:
    """The first person. The address is proved once they open a link that was mailed to it."""
    name = f"{taken['userName']} {taken['userSurname']}"
    with _unless_taken(parent, taken["email"]):
        return User.create(mail=taken["email"], name=name, password_hash=password_hash, language=taken["language"])


def _insert(partner: Partner, owner: User, tariff: Tariff, taken: dict[str, Any]) -> Company:
    period = taken["tariffPeriod"]
    with _unless_taken(partner.parent, taken["email"]):
        return Company.create(
            partner=partner, owner=owner, tariff=tariff, tariff_period=period, mail=taken["email"], phone=taken["phone"],
            country=taken["country"], expires_at=periods.end(period, clock.now(), partner.time_zone),
        )  # fmt: skip


@contextmanager
def _unless_taken(parent: Partner, mail: str) -> Iterator[None]:
    """Raises Taken for an address that a person has, or a company, whose owner may have another one since; of one that the parent
    has deleted it says so."""
    try:
        with savepoint():
            yield
    except IntegrityError:
        raise Taken(_why_taken(parent, mail), field="email", code=codes.COMPANY_TAKEN) from None


def _why_taken(parent: Partner, mail: str) -> str:
    its = (Company.mail == mail, Company.deleted_at.is_null(False), Partner.parent == parent)
    name = Partner.select(Partner.name).join(Company).where(*its).scalar()
    if name is not None:
        return say(
            "The e-mail {mail} was that of {name}, which you deleted; its owner still signs in with it. Use another one.",
            mail=mail, name=name,
        )  # fmt: skip
    return say("A company or a person has the e-mail {mail} already. Use another one.", mail=mail)


def _token(partner: Partner) -> str:
    return tokens.make(partner, "API", list(PERMITS))[1]
