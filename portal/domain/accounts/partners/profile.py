"""A partner's own settings: its name, logo, time zone, currency, country and language. Its test mode follows them."""

from collections.abc import Callable, Mapping

from portal.database import transaction
from portal.domain.accounts import languages
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.pictures import shelf
from portal.domain.sentences import say
from portal.domain.values import checked

FIELDS = ("name", "logo", "time_zone", "currency", "country", "language")

# What other areas add, in the transaction of the change: a named file of theirs fills this list.
when_changed: list[Callable[[Partner], None]] = []


def change(partner: Partner, given: Mapping[str, str | None]) -> None:
    """Set those of `FIELDS` that are given, and leave the others as they are; the logo is the key of one of the partner's pictures.

    Raises Invalid with every field that is wrong, Refused in test mode.
    """
    if partner.is_test:
        raise Refused(say("Test mode has the settings of its partner. Leave test mode, and change them there."))
    checks = {**partners.FIELDS, "name": partners.FIELDS["company"], "logo": lambda key: shelf.own(partner.id, key)}
    checks |= {"language": languages.known, "country": partners.country}
    with transaction():
        taken = checked(dict(given), {field: checks[field] for field in FIELDS if field in given})
        of_twin = taken | ({"name": partners.name_of_test_mode(taken["name"])} if "name" in taken else {})
        Partner.update(**taken).where(Partner.id == partner.id).execute()
        Partner.update(**of_twin).where(Partner.live_partner == partner.id).execute()
        changed = [field for field, value in taken.items() if getattr(partner, field) != value]
        log.record(partner.id, "partner.changed", "partner", partner.uuid, {"fields": changed})
        tell(partner)


def tell(partner: Partner) -> None:
    """In the transaction that changed how the partner is named or looks: others show it, too."""
    for told in when_changed:
        told(partner)
