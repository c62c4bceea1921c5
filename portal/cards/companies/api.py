"""Companies of a reseller's over JSON (contract: cards)."""

from portal.api.idempotency import Reply
from portal.cards.companies import wire
from portal.cards.companies.schemas import CompanyChange, CompanyCreate, TariffChange
from portal.cards.envelope import Listed, Page
from portal.domain.accounts.tables import Partner
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.cards.companies import changes, companies, lists, resellers, tariffs
from portal.domain.cards.companies.tables import Company


def index(caller: Credential, query: Page) -> Listed:
    """The companies, newest first."""
    resellers.refuse_reach(caller.partner_id, caller.reach)
    rows, total = lists.companies(caller.partner_id, query.itemsPerPage, query.skipped)
    return query.of([wire.company(row) for row in rows], total)


def create(caller: Credential, body: CompanyCreate) -> Reply:
    """Make a company with its owner, who signs in with the mail and the password. Its token is answered this once."""
    resellers.refuse_reach(caller.partner_id, caller.reach)
    made = companies.create(Partner.get_by_id(caller.partner_id), dict(body))
    company = companies.find(caller.partner_id, made.company.partner_id)
    return Reply(wire.company(company, made.secret), 201, kept_body=wire.company(company))


def show(caller: Credential, company_id: str) -> dict:
    """A company by its id."""
    return wire.company(_own(caller, company_id))


def change(caller: Credential, company_id: str, body: CompanyChange) -> dict:
    """Change the name, or until when the tariff lasts; a moment that has passed ends it at once."""
    return wire.company(changes.change(_own(caller, company_id), body.given()))


def change_tariff(caller: Credential, company_id: str, body: TariffChange) -> dict:
    """Give it a tariff from now on. One that allows less than the company has is refused, and nothing is deleted."""
    company = _own(caller, company_id)
    tariff = tariffs.find(caller.partner_id, body.tariffId)
    return wire.company(changes.change_tariff(company, tariff, body.tariffPeriod))


def remove(caller: Credential, company_id: str) -> dict:
    """Delete a company that has no cards: its tokens and sign-ins end for good."""
    company = _own(caller, company_id)
    changes.delete(company)
    return {"id": company.partner_id}


def _own(caller: Credential, company_id: str) -> Company:
    resellers.refuse_reach(caller.partner_id, caller.reach)
    return companies.find(caller.partner_id, company_id)
