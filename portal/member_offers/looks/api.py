"""Offers that were seen and opened, over JSON (contract: member-offers, "Endpoints")."""

from portal.domain import codes
from portal.domain.errors import Invalid
from portal.domain.member_offers.counts import counts
from portal.domain.member_offers.counts.counts import CLICKED, SEEN, Looked
from portal.member_offers.admissions import Asker
from portal.member_offers.looks.schemas import MOST, Looks


def seen(club_slug: str, context: str, caller: Asker, body: Looks) -> dict:
    """Tell which offers the member saw. They are counted by day; offers that the member does not see count nothing."""
    return _counted(caller, SEEN, body)


def clicked(club_slug: str, context: str, caller: Asker, body: Looks) -> dict:
    """Tell which offers the member opened. They are counted by day; offers that the member does not see count nothing."""
    return _counted(caller, CLICKED, body)


def _counted(caller: Asker, kind: str, body: Looks) -> dict:
    if len(body.events) > MOST:
        raise Invalid("events", f"Give at most {MOST}.", code=codes.TOO_MANY)
    counts.add(caller.asking, caller.scopes, kind, [Looked(look.offer_id, look.created_at) for look in body.events])
    return {}
