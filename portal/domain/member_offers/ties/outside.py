"""The address of a member offer outside the club: by it a deal finds the member who opened it."""

from portal.domain.affiliate.clicks import of_members
from portal.domain.member_offers.uses.cases import Case


def address(case: Case) -> str | None:
    """Where the offer leads whoever asks, who opens it now; None where it leads nowhere."""
    url, member_id = case.row.external_url, case.asking.member_id
    return of_members.leading_to(url, case.row.offer_id, member_id) if url and member_id else url
