"""A partner's locations, and who works at them."""

from portal.domain.accounts.locations.tables import Location, Posting
from portal.domain.accounts.tables import Membership, User


def of(partner_id: int) -> list[Location]:
    """All, those that are open first, by name."""
    rows = Location.select().where(Location.partner == partner_id)
    return sorted(rows, key=lambda row: (row.closed_at is not None, row.name.casefold(), row.id))


def open_of(partner_id: int) -> list[Location]:
    """Those that are open, by name."""
    return [row for row in of(partner_id) if row.closed_at is None]


def of_person(partner_id: int, home_id: int, user_id: int) -> list[Location]:
    """The open ones at which somebody of the team works: those where they are posted, else all. `home_id` is the live partner."""
    places = open_of(partner_id)
    posted = Posting.select(Posting.location).join(Membership)
    theirs = posted.where(Membership.user == user_id, Membership.partner == home_id, Posting.location.in_(places))
    own = {row.location_id for row in theirs}
    return [place for place in places if place.id in own] or places


def people_at(locations: list[Location]) -> dict[int, list[Membership]]:
    """Who is posted there, by name, by the location's id."""
    rows = (
        Posting.select(Posting, Membership, User)
        .join(Membership)
        .join(User)
        .where(Posting.location.in_([location.id for location in locations]))
        .order_by(User.name, Membership.id)
    )
    found: dict[int, list[Membership]] = {location.id: [] for location in locations}
    for row in rows:
        found[row.location_id].append(row.membership)
    return found


def names_by_membership(partner_id: int) -> dict[int, list[str]]:
    """The names of the open locations at which each of the team is posted, by the membership's id."""
    found: dict[int, list[str]] = {}
    for place, posted in people_at(places := open_of(partner_id)).items():
        name = next(row.name for row in places if row.id == place)
        for membership in posted:
            found.setdefault(membership.id, []).append(name)
    return found
