"""A reseller's companies and tariffs, as pages and programs list them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from peewee import fn

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.cards.companies import countries, limits, used
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.cards.companies.words import LIMITS
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.sentences import say
from portal.domain.typed import words

ACTIVE, EXPIRED, DISABLED = "active", "expired", "disabled"
STATES = {ACTIVE: say("Active"), EXPIRED: say("Expired"), DISABLED: say("Disabled")}


def state_of(company: Company) -> str:
    """active, expired (its tariff has ended), or disabled by the operator."""
    return _state(company.partner.disabled_at, company.expires_at)


def _state(disabled_at: datetime | int | None, expires_at: datetime | int | None) -> str:
    if disabled_at is not None:
        return DISABLED
    return EXPIRED if clock.has_passed(expires_at) else ACTIVE


def companies(parent_id: int, most: int, skipped: int) -> tuple[list[Company], int]:
    """A page of the parent's companies, newest first, with their partners and tariffs; and how many there are."""
    its = (Partner.parent == parent_id, Company.deleted_at.is_null())
    query = Company.select(Company, Partner, Tariff).join(Partner).switch(Company).join(Tariff).where(*its)
    rows = query.order_by(Company.partner.desc()).limit(most).offset(skipped)
    return list(rows), count(parent_id)


def tariffs(partner_id: int, most: int, skipped: int) -> tuple[list[Tariff], int]:
    """A page of the reseller's tariffs that are not withdrawn, newest first; and how many there are."""
    query = Tariff.select().where(Tariff.partner == partner_id, Tariff.withdrawn_at.is_null())
    return list(query.order_by(Tariff.id.desc()).limit(most).offset(skipped)), query.count()


def full_address(company: Company) -> str:
    """Where it is, in one line."""
    town = " ".join(filter(None, (company.postal_code, company.city)))
    return ", ".join(filter(None, (company.street, town, company.state, countries.name(company.country))))


class Row(NamedTuple):
    """A company in the list, with its tariff and what it allows."""

    id: int
    uuid: str
    name: str
    disabled_at: int | None
    expires_at: int | None
    mail: str
    tariff: str
    templates: int
    managers: int
    locations: int
    integrations: int

    @property
    def state(self) -> str:
        """active, expired or disabled."""
        return _state(self.disabled_at, self.expires_at)

    @property
    def ends_at(self) -> datetime | None:
        """Until when its tariff lasts."""
        return None if self.expires_at is None else clock.from_micros(self.expires_at)


_ROWS = """SELECT p.id, p.uuid, p.name, p.disabled_at, o.expires_at, o.mail, t.name AS tariff, t.templates, t.managers, t.locations,
    t.integrations FROM partner p JOIN company o ON o.partner_id = p.id JOIN tariff t ON t.id = o.tariff_id"""
_IN_STATE = {
    ACTIVE: "p.disabled_at IS NULL AND (o.expires_at IS NULL OR o.expires_at > :now)",
    EXPIRED: "p.disabled_at IS NULL AND o.expires_at <= :now",
    DISABLED: "p.disabled_at IS NOT NULL",
}


def page(parent_id: int, search: str, state: str, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the parent's companies, newest first, whose name and mail have the words; `state` is one of STATES or empty."""
    where = Conditions(["p.parent_id = :parent", "o.deleted_at IS NULL"], {"parent": parent_id})
    if state:
        where.add(_IN_STATE[state], **({} if state == DISABLED else {"now": clock.micros()}))
    if search:
        named, given = words.condition(search, ("p.name", "o.mail"))
        where.add(named, **given)
    return key_pages.read(_ROWS, "p.id", where, Row, before, after)


def uses_of(rows: Sequence[Row]) -> dict[int, list[limits.Use]]:
    """How much of each limit the companies of a page have, by partner."""
    present = used.by_company([row.id for row in rows])
    return {
        row.id: [
            limits.Use(name, label, present[name].get(row.id, 0), getattr(row, name)) for name, label in LIMITS.items()
        ]
        for row in rows
    }


def count(parent_id: int) -> int:
    """How many companies the parent has."""
    return Company.select().join(Partner).where(Partner.parent == parent_id, Company.deleted_at.is_null()).count()


def all_tariffs(partner_id: int) -> list[Tariff]:
    """The reseller's tariffs, those that companies get first, newest first."""
    rows = Tariff.select().where(Tariff.partner == partner_id).order_by(Tariff.id.desc())
    return sorted(rows, key=lambda row: row.withdrawn_at is not None)


def having(partner_id: int) -> dict[int, int]:
    """How many companies have each tariff of a reseller's."""
    rows = Company.select(Company.tariff, fn.COUNT(Company.partner)).join(Tariff)
    rows = rows.where(Tariff.partner == partner_id, Company.deleted_at.is_null()).group_by(Company.tariff)
    pairs: Any = rows.tuples()
    return dict(pairs)
