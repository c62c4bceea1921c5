"""Which customer a deal names (`customer=` in `another_data`), by whatever the shop knows of them, and by what deals name one."""

import re
from typing import NamedTuple

from portal.database import Statement
from portal.domain.members import finding
from portal.domain.members.tables import Member


class _Naming(NamedTuple):
    id: int
    customer: str


# Named as it is known, or in other letters; the digits of a phone may have anything between them.
_MAY_NAME = Statement(
    """SELECT id, customer FROM deal WHERE partner_id = :partner AND customer IS NOT NULL
    AND (customer IN :names OR LOWER(customer) IN :names OR customer LIKE '' || :digits)""",
    _Naming,
)
_BY_TIE = Statement("SELECT deal_id FROM card_deal WHERE member_id = :member AND member_id IS NOT NULL")


def names(member: Member) -> list[str]:
    """What shops may call the customer, as far as it is written alike each time."""
    phone = member.phone or ""
    known = (member.uuid, member.external_user_id, member.mail, phone, phone.removeprefix("+"), member.phone_typed)
    return sorted({name for name in known if name})


def deals_of(member: Member) -> dict[int, str]:
    """All deals that name the customer in whatever notation, or were told of their cards, with what each calls them."""
    end = "%".join(re.sub(r"\D", "", member.phone or "")[-6:])
    may_name = _MAY_NAME.rows(partner=member.partner_id, names=names(member), digits=f"%{end}" if end else "")
    naming = {
        deal.id: deal.customer for deal in may_name if finding.named(member.partner_id, deal.customer) == member.id
    }
    return dict.fromkeys(_BY_TIE.values(member=member.id), member.uuid) | naming
