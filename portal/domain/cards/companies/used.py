"""How much a company has of what its tariff limits."""

from portal import clock
from portal.domain.accounts.locations.tables import Location
from portal.domain.accounts.roles import OWNER
from portal.domain.accounts.tables import ClientToken, Membership
from portal.domain.accounts.team.tables import Invitation
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import CardTemplate


def templates(partner_id: int) -> int:
    """Those that are not archived."""
    its = (CardTemplate.partner == partner_id, CardTemplate.archived_at.is_null())
    return CardTemplate.select().where(*its).count()


def managers(partner_id: int) -> int:
    """Whoever works there but the owners, whoever is invited as well."""
    team = Membership.select().where(Membership.partner == partner_id, Membership.role != OWNER)
    is_open = (Invitation.accepted_at.is_null(), Invitation.withdrawn_at.is_null())
    invited = Invitation.select().where(Invitation.partner == partner_id, Invitation.role != OWNER, *is_open)
    return team.count() + invited.count()


def locations(partner_id: int) -> int:
    """Those that are open."""
    return Location.select().where(Location.partner == partner_id, Location.closed_at.is_null()).count()


def integrations(partner_id: int) -> int:
    """Tokens that work."""
    its = (ClientToken.partner == partner_id, ClientToken.revoked_at.is_null())
    lasting = ClientToken.expires_at.is_null() | (ClientToken.expires_at > clock.now())
    return ClientToken.select().where(*its, lasting).count()


def cards(partner_id: int) -> int:
    """Cards that are not deleted."""
    return Card.select().where(Card.partner == partner_id, Card.deleted_at.is_null()).count()


COUNTS = {"templates": templates, "managers": managers, "locations": locations, "integrations": integrations}
