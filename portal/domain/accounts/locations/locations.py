"""Places where customers are served: opened, changed, closed and opened again, and who of the team works there."""

from collections.abc import Collection

from portal import clock
from portal.database import transaction
from portal.domain import values
from portal.domain.accounts.locations.tables import Location, Posting
from portal.domain.accounts.partners import allowances, partners
from portal.domain.accounts.tables import Membership, Partner
from portal.domain.errors import Invalid, NotFound
from portal.domain.events import log
from portal.domain.identifiers import typed_uuid
from portal.domain.sentences import say
from portal.domain.values import checked

THING = "location"
FIELDS = {"name": values.name(120), "address": values.optional_name(255)}


def open_(partner_id: int, name: str, address: str | None = None) -> Location:
    """A new one. Raises Invalid, or Refused where no more are allowed."""
    taken = checked({"name": name, "address": address}, FIELDS)
    with transaction():
        allowances.refuse_over(partner_id, allowances.LOCATIONS)
        location = Location.create(partner=partner_id, **taken)
        log.record(partner_id, "location.opened", THING, location.uuid)
    return location


def change(location: Location, name: str, address: str | None) -> Location:
    """Another name or address. Raises Invalid."""
    taken = checked({"name": name, "address": address}, FIELDS)
    with transaction():
        before = Location.get_by_id(location.id)
        changed = [field for field, value in taken.items() if getattr(before, field) != value]
        if changed:
            Location.update(**taken).where(Location.id == location.id).execute()
            log.record(location.partner_id, "location.changed", THING, location.uuid, {"fields": changed})
    return Location.get_by_id(location.id)


def close(location: Location) -> None:
    """Nobody is served there any more; what was done there stays. Repeating it changes nothing."""
    with transaction():
        is_open = (Location.id == location.id) & Location.closed_at.is_null()
        if Location.update(closed_at=clock.now()).where(is_open).execute():
            log.record(location.partner_id, "location.closed", THING, location.uuid)


def reopen(location: Location) -> None:
    """Serve there again. Repeating it changes nothing. Raises Refused where no more are allowed."""
    with transaction():
        partners.hold(location.partner_id)
        is_closed = (Location.id == location.id) & Location.closed_at.is_null(False)
        if Location.select().where(is_closed).exists():
            allowances.refuse_over(location.partner_id, allowances.LOCATIONS)
            Location.update(closed_at=None).where(is_closed).execute()
            log.record(location.partner_id, "location.opened", THING, location.uuid)


def post(location: Location, memberships: Collection[int]) -> None:
    """These of the team work there, and no others. Raises Invalid for somebody who is not of the team."""
    with transaction():
        partners.hold(location.partner_id)  # Nobody leaves the team meanwhile.
        team = set(_of_team(location.partner_id))
        if not set(memberships) <= team:
            raise Invalid("people", say("Choose people of the team."))
        present = {row.membership_id for row in Posting.select().where(Posting.location == location)}
        if present == set(memberships):
            return
        Posting.delete().where(Posting.location == location).execute()
        for membership in sorted(memberships):
            Posting.create(location=location, membership=membership)
        log.record(location.partner_id, "location.staffed", THING, location.uuid, {"people": len(set(memberships))})


def find(partner_id: int, uuid: str) -> Location:
    """The partner's location. Raises NotFound."""
    location = Location.get_or_none(Location.uuid == typed_uuid(uuid), Location.partner == partner_id)
    if location is None:
        raise NotFound(say("location"))
    return location


def _of_team(partner_id: int) -> list[int]:
    """Those of the live partner: whoever works for it works in its test mode."""
    partner = Partner.get_by_id(partner_id)
    home = partner.live_partner_id or partner.id
    return [row.id for row in Membership.select(Membership.id).where(Membership.partner == home)]
