"""Who has companies and tariffs: a partner that is no company itself (contract: cards, "Whose, and what when")."""

from portal.database import Statement
from portal.domain.accounts.tokens.permits import WITH_COMPANIES
from portal.domain.errors import Forbidden, Refused
from portal.domain.sentences import say

_IS_COMPANY = Statement(
    """SELECT home.parent_id IS NOT NULL FROM partner p JOIN partner home ON home.id = COALESCE(p.live_partner_id, p.id)
    WHERE p.id = :partner"""
)
_IS_TWIN = Statement("SELECT live_partner_id IS NOT NULL FROM partner WHERE id = :partner")


def refuse_companies(partner_id: int) -> None:
    """Raises Forbidden for a company: its parent has companies and tariffs."""
    if _IS_COMPANY.value(partner=partner_id):
        raise Forbidden(say("This is a sub-account. Companies and tariffs are its parent’s: ask there."))


def refuse_reach(partner_id: int, reach: str) -> None:
    """Raises Forbidden for a token of a company, and for one that reaches its own partner only."""
    refuse_companies(partner_id)
    if reach != WITH_COMPANIES:
        raise Forbidden(
            say("This token is of its own partner only. Make one whose reach is “Of this partner and its companies”.")
        )


def refuse_test_mode(partner_id: int) -> None:
    """Raises Refused in test mode: people work for companies, and nobody works for a test mode alone."""
    if _IS_TWIN.value(partner=partner_id):
        raise Refused(
            say("Companies are made by the live partner. Each has a test mode of its own. Leave test mode first.")
        )
