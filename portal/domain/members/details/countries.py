"""In which country a partner's customers write their phone numbers without its code."""

from collections.abc import Callable

from babel.core import get_global

from portal.database import Statement

_SAID = Statement("SELECT country, time_zone FROM partner WHERE id = :partner")
_NOWHERE = {"ZZ", "001"}

# What knows the country of a partner that does not say it, by its id; the first that knows is believed, and else the time zone.
known_by: list[Callable[[int], str | None]] = []


def of_partner(partner_id: int) -> str | None:
    """The partner's country as two letters, None where nothing tells it."""
    said, zone = _SAID.rows(partner=partner_id)[0]
    if said:
        return said
    for asked in known_by:
        if country := asked(partner_id):
            return country
    country = get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone))
    return None if country in _NOWHERE else country
