"""How much companies have of what their tariffs limit."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from peewee import fn

from portal import clock
from portal.domain.accounts.locations.tables import Location
from portal.domain.accounts.roles import OWNER
from portal.domain.accounts.tables import ClientToken, Membership
from portal.domain.accounts.team.tables import Invitation
from portal.domain.cards.templates.tables import CardTemplate


def present(limit: str, partner_id: int) -> int:
    """How many there are of what a limit counts."""
    return COUNTS[limit]([partner_id]).get(partner_id, 0)


def by_company(partner_ids: Sequence[int]) -> dict[str, dict[int, int]]:
    """How many several companies have of each, by the name of the limit and by partner; where there are none, nothing."""
    return {limit: dict(count(partner_ids)) for limit, count in COUNTS.items()}


def _templates(partner_ids: Sequence[int]) -> dict[int, int]:
    """Those that are not archived."""
    return _counted(CardTemplate, partner_ids, CardTemplate.archived_at.is_null())


def _managers(partner_ids: Sequence[int]) -> dict[int, int]:
    """Whoever works there but the owners, whoever is invited as well."""
    team = _counted(Membership, partner_ids, Membership.role != OWNER)
    is_open = (Invitation.accepted_at.is_null(), Invitation.withdrawn_at.is_null())
    return Counter(team) + Counter(_counted(Invitation, partner_ids, Invitation.role != OWNER, *is_open))


def _locations(partner_ids: Sequence[int]) -> dict[int, int]:
    """Those that are open."""
    return _counted(Location, partner_ids, Location.closed_at.is_null())


def _integrations(partner_ids: Sequence[int]) -> dict[int, int]:
    """Tokens that work."""
    lasting = ClientToken.expires_at.is_null() | (ClientToken.expires_at > clock.now())
    return _counted(ClientToken, partner_ids, ClientToken.revoked_at.is_null(), lasting)


def _counted(model: Any, partner_ids: Sequence[int], *where) -> dict[int, int]:
    rows = model.select(model.partner, fn.COUNT(model.id)).where(model.partner.in_(partner_ids), *where)
    return dict(rows.group_by(model.partner).tuples())


COUNTS: dict[str, Callable[[Sequence[int]], dict[int, int]]] = {
    "templates": _templates, "managers": _managers, "locations": _locations, "integrations": _integrations,
}  # fmt: skip
