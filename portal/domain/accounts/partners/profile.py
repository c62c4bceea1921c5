"""A partner's own settings: its name, logo, time zone, currency, country and language. Its test mode follows them."""

from collections.abc import Callable, Mapping

from portal.database import transaction
from portal.domain.accounts import languages
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.pictures.tables import Picture
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked

FIELDS = ("name", "logo", "time_zone", "currency", "country", "language")

# What other areas add, in the transaction of the change: a named file of theirs fills this list.
when_changed: list[Callable[[Partner], None]] = []


def change(partner: Partner, given: Mapping[str, str | None]) -> None:
    """Set those of `FIELDS` that are given, and leave the others as they are; the logo is the key of one of the partner's pictures.

    Raises Invalid with every field that is wrong, Refused in test mode.
    """
    if partner.is_test:
        raise Refused(say("Test mode has the settings of its partner. Leave test mode, and change them there."))
    checks = {**partners.FIELDS, "name": partners.FIELDS["company"], "logo": lambda value: its_picture(partner, value)}
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


def its_picture(partner: Partner, key: str | None) -> str | None:
    """The key of one of the partner's pictures; None for none. Raises Wrong for anything else."""
    if not key:
        return None
    its = (Picture.key == key) & (Picture.partner == partner) & Picture.content_type.is_null(False)
    if not Picture.select().where(its).exists():
        raise Wrong(say("Choose a file, or give the address of one of your pictures here."))
    return key
