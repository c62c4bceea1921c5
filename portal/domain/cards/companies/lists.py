"""A reseller's companies and tariffs, as pages and programs list them."""

from portal.domain.accounts.tables import Partner
from portal.domain.cards.companies import countries, limits
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.sentences import say

ACTIVE, EXPIRED, DISABLED = "active", "expired", "disabled"
STATES = {ACTIVE: say("Active"), EXPIRED: say("Expired"), DISABLED: say("Disabled")}


def state_of(company: Company) -> str:
    """active, expired (its tariff has ended), or disabled by the operator."""
    if company.partner.disabled_at is not None:
        return DISABLED
    return EXPIRED if limits.has_ended(company.expires_at) else ACTIVE


def companies(parent_id: int, most: int, skipped: int) -> tuple[list[Company], int]:
    """A page of the parent's companies, newest first, with their partners and tariffs; and how many there are."""
    its = (Partner.parent == parent_id, Company.deleted_at.is_null())
    query = Company.select(Company, Partner, Tariff).join(Partner).switch(Company).join(Tariff).where(*its)
    rows = query.order_by(Company.partner.desc()).limit(most).offset(skipped)
    return list(rows), Company.select().join(Partner).where(*its).count()


def tariffs(partner_id: int, most: int, skipped: int) -> tuple[list[Tariff], int]:
    """A page of the reseller's tariffs that are not withdrawn, newest first; and how many there are."""
    query = Tariff.select().where(Tariff.partner == partner_id, Tariff.withdrawn_at.is_null())
    return list(query.order_by(Tariff.id.desc()).limit(most).offset(skipped)), query.count()


def full_address(company: Company) -> str:
    """Where it is, in one line."""
    town = " ".join(filter(None, (company.postal_code, company.city)))
    return ", ".join(filter(None, (company.street, town, company.state, countries.name(company.country))))
