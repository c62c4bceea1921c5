"""A partner's own settings: its name, logo, time zone and currency. Its test mode follows them."""

from portal.database import Statement, transaction
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.values import Wrong, checked

_CHANGE = Statement("UPDATE partner SET name = ?, time_zone = ?, currency = ?, logo = ? WHERE id = ?")
_CHANGE_TWIN = Statement("UPDATE partner SET name = ?, time_zone = ?, currency = ?, logo = ? WHERE live_partner_id = ?")
_ITS_PICTURE = Statement('SELECT 1 FROM picture WHERE "key" = ? AND partner_id = ? AND content_type IS NOT NULL')


def change(partner: Partner, name: str, time_zone: str, currency: str, logo: str | None) -> None:
    """Set all of them; `logo` is the key of one of the partner's pictures.

    Raises Invalid with every field that is wrong, Refused in test mode.
    """
    if partner.is_test:
        raise Refused("Test mode has the settings of its partner. Leave test mode, and change them there.")
    checks = {**partners.FIELDS, "name": partners.FIELDS["company"], "logo": lambda value: _its_picture(partner, value)}
    given = {"name": name, "time_zone": time_zone, "currency": currency, "logo": logo}
    with transaction():
        taken = checked(given, checks)
        rest = (taken["time_zone"], taken["currency"], taken["logo"])
        _CHANGE.run(taken["name"], *rest, partner.id)
        _CHANGE_TWIN.run(partners.name_of_test_mode(taken["name"]), *rest, partner.id)
        changed = [field for field, value in taken.items() if getattr(partner, field) != value]
        log.record(partner.id, "partner.changed", "partner", partner.uuid, {"fields": changed})


def _its_picture(partner: Partner, key: str | None) -> str | None:
    if not key:
        return None
    if _ITS_PICTURE.row(key, partner.id) is None:
        raise Wrong("Choose a file, or give the address of one of your pictures here.")
    return key
