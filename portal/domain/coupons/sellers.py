"""Whose things a client token reaches: a seller's own, or those of a partner and of its companies (contract: coupons, "sellerId")."""

from portal.database import Statement
from portal.domain.accounts.tokens.permits import WITH_COMPANIES
from portal.domain.errors import Forbidden, Invalid
from portal.domain.sentences import say

# The companies of a test mode are those of its partner, each in its own test mode.
_COMPANIES = Statement(
    """SELECT id FROM partner WHERE parent_id = :partner AND disabled_at IS NULL
    UNION SELECT twin.id FROM partner me JOIN partner company ON company.parent_id = me.live_partner_id
        JOIN partner twin ON twin.live_partner_id = company.id
    WHERE me.id = :partner AND company.disabled_at IS NULL"""
)


def reached(partner_id: int, reach: str) -> list[int]:
    """The partners whose things a token of this one with this reach sees and changes: itself first."""
    companies = _COMPANIES.values(partner=partner_id) if reach == WITH_COMPANIES else []
    return [partner_id, *companies]


def named(partner_id: int, reach: str, seller_id: int | None) -> int:
    """The seller that a request is about: itself, unless it has companies and names one.

    Raises Invalid where one has to be named, Forbidden for one that is out of reach, existing or not.
    """
    sellers = reached(partner_id, reach)
    if seller_id is None and len(sellers) > 1:
        said = say("This token is of a partner with companies. Say whose: send the id of one of them, or your own.")
        raise Invalid("sellerId", said)
    return narrowed(sellers, seller_id)[0]


def narrowed(sellers: list[int], seller_id: int | None) -> list[int]:
    """Those of the sellers that a request is about: the one that it names, or all. Raises Forbidden for one out of reach."""
    if seller_id is not None and seller_id not in sellers:
        raise Forbidden(say("This seller is out of the token’s reach."))
    return sellers if seller_id is None else [seller_id]
