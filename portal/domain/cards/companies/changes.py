"""What becomes of a company: renamed, extended, given another tariff, and deleted for good."""

from datetime import datetime
from typing import Any

from portal import clock
from portal.database import transaction
from portal.domain import values
from portal.domain.accounts.partners import partners, profile
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.accounts.tables import ClientToken, Membership, Partner
from portal.domain.cards import codes
from portal.domain.cards.companies import countries, limits, periods, tariffs
from portal.domain.cards.companies.companies import THING, find
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import counted, say
from portal.domain.totals import totals
from portal.domain.values import Wrong, checked

_LATEST = datetime(9999, 1, 1, tzinfo=clock.EPOCH.tzinfo)
FIELDS: dict[str, values.Check] = {
    "name": partners.FIELDS["company"],
    "note": values.optional_text(2000),
    "country": countries.code,
    "city": values.optional_name(120),
    "state": values.optional_name(120),
    "state_code": values.optional_name(10),
    "street": values.optional_name(255),
    "postal_code": values.optional_name(20),
    "website": values.url,
}


def change(company: Company, given: dict[str, Any]) -> Company:
    """Set what is given: its name, note, address and, as `expiresAt`, until when its tariff lasts, None for no end; a moment that
    has passed ends it at once. Raises Invalid, and NotFound when it is deleted."""
    created_at = company.partner.created_at
    checks = FIELDS | {"expiresAt": lambda value: _later(value, created_at)}
    taken = checked(given, checks)
    if "expiresAt" in taken:
        taken["expires_at"] = taken.pop("expiresAt")
    with transaction():
        before = _held(company)
        changed = [name for name, value in taken.items() if _present(before, name) != value]
        if changed:
            _rename(company, taken.pop("name", before.partner.name))
            _update(company, **taken)
            for whose in (before.partner.parent_id, before.partner_id):
                log.record(whose, "company.changed", THING, before.partner.uuid, {"fields": changed})
    return find(company.partner.parent_id, company.partner_id)


def change_tariff(company: Company, tariff: Tariff, period: str) -> Company:
    """Give it a tariff of its parent's for a period from now on.

    Raises Invalid for an unknown period, NotFound when it is deleted, Refused for a tariff that is withdrawn, not sold so long or
    there, or allows less than the company has: nothing is deleted.
    """
    period = checked({"tariffPeriod": period}, {"tariffPeriod": values.one_of(tuple(periods.PERIODS))})["tariffPeriod"]
    with transaction():
        given = tariffs.held(tariff)  # before the company, as whoever changes a tariff does
        before = _held(company)
        if given.id != before.tariff_id:  # The one that it has stays its own when it is withdrawn.
            tariffs.refuse_withdrawn(given)
        tariffs.refuse_not_sold(given, period, before.country)
        partner = before.partner
        limits.refuse_fewer(partner.name, partner.id, given)
        ends = periods.end(period, clock.now(), partner.time_zone)
        _update(company, tariff=given, tariff_period=period, expires_at=ends)
        told = {"from": before.tariff.name, "to": given.name}
        for whose in (partner.parent_id, partner.id):
            log.record(whose, "company.tariff_changed", THING, partner.uuid, told)
    return find(company.partner.parent_id, company.partner_id)


def delete(company: Company) -> None:
    """End it for good: its tokens, its sign-ins, its pages. What it has here is kept. Raises Refused while it has cards, NotFound the
    second time."""
    with transaction():
        partner = _held(company).partner
        _update(company, deleted_at=clock.now())  # Who issues a card waits for this, or is waited for.
        if count := totals.of(partner.id, "cards"):
            raise Refused(
                counted(
                    count, "The company has 1 card. Delete it first.", "The company has {number} cards. Delete them first."
                ),
                code=codes.STILL_IN_USE,
            )  # fmt: skip
        _shut(partner)
        log.record(partner.parent_id, "company.deleted", THING, partner.uuid)


def refuse_deleted(partner: Partner) -> None:
    """Raises Refused for a company that its parent has deleted: the operator does not bring it back."""
    if Company.select().where(Company.partner == partner, Company.deleted_at.is_null(False)).exists():
        raise Refused(say("{name} was deleted by the partner that it belonged to.", name=partner.name))


def _shut(partner: Partner) -> None:
    now = clock.now()
    both = (Partner.id == partner.id) | (Partner.live_partner == partner.id)
    Partner.update(disabled_at=now).where(both, Partner.disabled_at.is_null()).execute()
    its = ClientToken.partner.in_(Partner.select(Partner.id).where(both))
    ClientToken.update(revoked_at=now).where(its, ClientToken.revoked_at.is_null()).execute()
    for row in Membership.select().where(Membership.partner == partner):
        if not Membership.select().where(Membership.user == row.user_id, Membership.partner != partner).exists():
            sign_ins.end_all(row.user_id)
    Membership.delete().where(Membership.partner == partner).execute()  # Whoever signs in again does not reach it.


def _held(company: Company) -> Company:
    """Nobody else changes it, or what it may have few of, until the transaction ends. Raises NotFound when it is deleted."""
    partners.hold(company.partner_id)
    return find(company.partner.parent_id, company.partner_id)


def _update(company: Company, **given) -> None:
    there = (Company.partner == company.partner_id) & Company.deleted_at.is_null()
    if not Company.update(**given, updated_at=clock.now()).where(there).execute():
        raise NotFound(say("company"))


def _rename(company: Company, name: str) -> None:
    Partner.update(name=name).where(Partner.id == company.partner_id).execute()
    twin = {"name": partners.name_of_test_mode(name)}
    Partner.update(**twin).where(Partner.live_partner == company.partner_id).execute()
    profile.tell(company.partner)


def _present(company: Company, name: str) -> Any:
    return company.partner.name if name == "name" else getattr(company, name)


def _later(value: datetime | None, created_at: datetime) -> datetime | None:
    if value is not None and not created_at < value < _LATEST:
        raise Wrong(
            say("Give a moment after {day}, the day it was made, and before the year 9999.", day=str(created_at.date()))
        )
    return value
