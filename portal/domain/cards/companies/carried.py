"""What a tariff allows of people, locations, tokens and customers, which are every partner's, and that a deleted company stays out: `family.py` and whoever else enrols or makes
them imports it, so that every process has it."""

from portal.database import Statement
from portal.domain.accounts.partners import allowances, disabling
from portal.domain.cards.companies import changes, limits
from portal.domain.members import allowing
from portal.domain.members.details import countries

_COUNTRY = Statement("SELECT country FROM company WHERE partner_id = :partner")


def _country(partner_id: int) -> str | None:
    return _COUNTRY.value(partner=partner_id)


countries.known_by.append(_country)
disabling.before_enabling.append(changes.refuse_deleted)
allowances.before_one_more.append(limits.refuse_over)
allowing.before_writing.append(limits.refuse_expired)
