"""Partners: founding, confirming, finding, and the twin that is a partner's test mode."""

import re
import unicodedata
from zoneinfo import available_timezones

from portal import clock
from portal.database import Statement, transaction
from portal.domain import money
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.errors import Invalid, Refused
from portal.domain.events import log
from portal.domain.identifiers import random_base62

_CONFIRM = Statement("UPDATE partner SET confirmed_at = ? WHERE id = ? AND confirmed_at IS NULL")
_ADVANCE = Statement("UPDATE partner SET clock_offset = clock_offset + ? WHERE id = ? AND live_partner_id IS NOT NULL")


def found(name: str, owner: User, confirmed: bool, time_zone: str = "UTC", currency: str = "USD") -> Partner:
    """A new partner with its first owner. Raises Invalid for an unknown time zone or currency."""
    money.exponent(currency)
    if time_zone not in available_timezones():
        raise Invalid("time_zone", f"“{time_zone}” is not a time zone; choose one such as Europe/Vienna.")
    with transaction():
        partner = Partner.create(
            name=name,
            slug=free_slug(name),
            time_zone=time_zone,
            currency=currency,
            confirmed_at=clock.now() if confirmed else None,
        )
        Membership.create(user=owner, partner=partner, role="owner")
        log.record(partner.id, "partner.signed_up", "partner", partner.uuid)
    return partner


def confirm(partner: Partner) -> bool:
    """The operator lets a partner's tokens work and its promoters be admitted; whether this call did it."""
    with transaction():
        done = bool(_CONFIRM.run(clock.micros(), partner.id))
        if done:
            log.record(partner.id, "partner.confirmed", "partner", partner.uuid)
    return done


def twin_of(partner: Partner) -> Partner:
    """The partner's test mode: its own data and clock. Made when first asked for; a twin is its own twin."""
    if partner.is_test:
        return partner
    with transaction():
        twin = Partner.get_or_none(Partner.live_partner == partner)
        return twin or Partner.create(
            name=f"{partner.name} (test)",
            slug=free_slug(f"{partner.slug}-test"),
            live_partner=partner,
            time_zone=partner.time_zone,
            currency=partner.currency,
            confirmed_at=clock.now(),
        )


def advance_clock(twin: Partner, seconds: int) -> None:
    """Put a twin's clock ahead. Raises Refused for a live partner, whose clock is the wall's, or for going back."""
    if seconds < 0:
        raise Refused("A clock only goes forward; give a number of seconds over zero.")
    with transaction():
        if not _ADVANCE.run(seconds, twin.id):
            raise Refused("Only a test-mode partner has a clock of its own; choose the partner's test mode.")


def free_slug(name: str) -> str:
    """A name for URLs, made from the given one, that nobody has yet."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48] or "partner"
    while Partner.select().where(Partner.slug == slug).exists():
        slug = f"{slug[:48]}-{random_base62(5).lower()}"
    return slug
