"""Partners: founding, confirming, finding, and the twin that is a partner's test mode."""

import re
import unicodedata
from functools import cache
from zoneinfo import available_timezones

import phonenumbers
from peewee import IntegrityError

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.identifiers import random_base62
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked

_LONGEST_NAME = 120
_TEST_SUFFIX = " (test)"
_FURTHEST = 3660 * 86_400  # seconds that a test mode's clock may be ahead
# References to it do not wait.
_HOLD = Statement("SELECT id FROM partner WHERE id = :partner", lock="FOR NO KEY UPDATE")
# Letters that taking their accents away leaves as they are, and ASCII then loses.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def time_zones() -> list[str]:
    """The names of time zones that people choose from: places, and UTC."""
    return ["UTC", *sorted(name for name in _time_zones().values() if "/" in name and not name.startswith("Etc/"))]


def _time_zone(value) -> str:
    if not value:
        raise Wrong(say("Choose a time zone."))
    known = _time_zones().get(str(value).casefold())
    if known is None:
        raise Wrong(say("“{value}” is not a time zone; choose one such as Europe/Vienna.", value=str(value)[:40]))
    return known


def is_dialled_in(code: str) -> bool:
    """Whether people write phone numbers in the country of these two letters."""
    return code in phonenumbers.SUPPORTED_REGIONS


def country(value) -> str | None:
    """Two letters of a country in which people dial, None for none. Raises Wrong."""
    if value and not is_dialled_in(value):
        raise Wrong(say("“{value}” is no country in which people dial; choose one of the list.", value=str(value)[:40]))
    return value or None


# What is asked of a new partner.
FIELDS = {"company": values.name(_LONGEST_NAME), "time_zone": _time_zone, "currency": values.currency}


def found(
    name: str,
    owner: User,
    confirmed: bool,
    time_zone: str = "UTC",
    currency: str = "USD",
    parent: Partner | None = None,
) -> Partner:
    """A new partner with its first owner. Raises Invalid for an unknown time zone or currency. One with a parent is a company of
    it, and has the areas that the parent has switched on."""
    taken = checked({"company": name, "time_zone": time_zone, "currency": currency}, FIELDS)
    name, time_zone = taken["company"], taken["time_zone"]
    with transaction():
        partner = Partner.create(
            name=name,
            slug=free_slug(name),
            time_zone=time_zone,
            currency=currency,
            confirmed_at=clock.now() if confirmed else None,
            parent=parent,
            areas=parent and parent.areas,
        )
        Membership.create(user=owner, partner=partner, role="owner")
        log.record(partner.id, "partner.signed_up", "partner", partner.uuid)
    return partner


def hold(partner_id: int) -> None:
    """In a transaction: whoever else changes its team, or counts what it may have few of, waits until it ends."""
    _HOLD.value(partner=partner_id)


def confirm(partner: Partner) -> bool:
    """The operator lets a partner's tokens work and its promoters be admitted; whether this call did it."""
    with transaction():
        unconfirmed = (Partner.id == partner.id) & Partner.confirmed_at.is_null()
        done = bool(Partner.update(confirmed_at=clock.now()).where(unconfirmed).execute())
        if done:
            log.record(partner.id, "partner.confirmed", "partner", partner.uuid)
    return done


def twin_of(partner: Partner) -> Partner:
    """The partner's test mode: its own data and clock. Made when first asked for; a twin is its own twin."""
    if partner.is_test:
        return partner
    try:
        with transaction():
            return Partner.get_or_none(Partner.live_partner == partner) or _new_twin(partner)
    except IntegrityError:  # Somebody else made it at the same moment.
        return Partner.get(Partner.live_partner == partner)


def _new_twin(partner: Partner) -> Partner:
    log.record(partner.id, "test_mode.made", "partner", partner.uuid)
    return Partner.create(
        name=name_of_test_mode(partner.name),
        slug=free_slug(f"{partner.slug}-test"),
        live_partner=partner,
        time_zone=partner.time_zone,
        currency=partner.currency,
        country=partner.country,
        logo=partner.logo,
        confirmed_at=clock.now(),
    )


def name_of_test_mode(name: str) -> str:
    """How the test mode of a partner of this name is called."""
    return name[: _LONGEST_NAME - len(_TEST_SUFFIX)] + _TEST_SUFFIX


def advance_clock(twin: Partner, seconds: int) -> None:
    """Put a twin's clock ahead. Raises Refused for a live partner, whose clock is the wall's, for going back, or for more than ten years."""
    if seconds < 0:
        raise Refused(say("A clock only goes forward; give a number of seconds over zero."))
    ahead = Partner.update(clock_offset=Partner.clock_offset + seconds)
    with transaction():
        may_go = (Partner.id == twin.id) & Partner.live_partner.is_null(False)
        if not ahead.where(may_go, Partner.clock_offset <= _FURTHEST - seconds).execute():
            if is_test(twin.id):
                raise Refused(say("The clock of a test mode goes ten years ahead at most."))
            raise Refused(say("Only a test-mode partner has a clock of its own; choose the partner’s test mode."))
        with clock.acting(twin.clock_offset):
            log.record(twin.id, "test_mode.put_ahead", "partner", twin.uuid, {"seconds": seconds})


def is_test(partner_id: int | None) -> bool:
    """Whether this is a twin, from which nothing leaves the house; nobody is none."""
    return Partner.select().where(Partner.id == partner_id, Partner.live_partner.is_null(False)).exists()


def free_slug(name: str) -> str:
    """A name for URLs, made from the given one, that nobody has yet."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].rstrip("-") or "partner"
    while Partner.select().where(Partner.slug == slug).exists():
        slug = f"{slug[:48]}-{random_base62(5).lower()}"
    return slug


@cache
def _time_zones() -> dict[str, str]:
    """All by their names in small letters. Reading the list of all opens hundreds of files."""
    return {name.casefold(): name for name in available_timezones()}
