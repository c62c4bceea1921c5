"""Partners as the operator looks through them. Test-mode twins are not listed: they come and go with their partner."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.errors import NotFound
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.sentences import say
from portal.domain.typed import words
from portal.domain.typed.patterns import ESCAPE, containing

_SELECT = """SELECT p.id, p.name, p.slug, p.confirmed_at IS NOT NULL AS is_confirmed,
    p.disabled_at IS NOT NULL AS is_disabled, p.created_at AS created FROM partner p"""
_HAS_PERSON = f"""p.id IN (
    SELECT m.partner_id FROM membership m JOIN person u ON u.id = m.user_id WHERE u.mail LIKE :text {ESCAPE})"""
STATES = {
    "waiting": "p.confirmed_at IS NULL",
    "confirmed": "p.confirmed_at IS NOT NULL",
    "disabled": "p.disabled_at IS NOT NULL",
}


class Listed(NamedTuple):
    """A partner in the list."""

    id: int
    name: str
    slug: str
    is_confirmed: bool
    is_disabled: bool
    created: int

    @property
    def created_at(self) -> datetime:
        """When it signed up."""
        return clock.from_micros(self.created)


def page(search: str, state: str = "", before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty partners, newest first, whose name and slug have the words, or a person's mail the text, each a Listed.

    `state` is one of STATES, or empty for all.
    """
    where = Conditions(["p.live_partner_id IS NULL", STATES.get(state, "1 = 1")])
    if search:
        named, given = words.condition(search, ("p.name", "p.slug"))
        where.add(f"({named} OR {_HAS_PERSON})", text=containing(search), **given)
    return key_pages.read(_SELECT, "p.id", where, Listed, before, after)


def find(partner_id: int) -> Partner:
    """A live partner. Raises NotFound."""
    partner = Partner.get_or_none(Partner.id == partner_id, Partner.live_partner.is_null())
    if partner is None:
        raise NotFound(say("partner"))
    return partner


def count() -> int:
    """How many partners there are."""
    return Partner.select().where(Partner.live_partner.is_null()).count()


def count_waiting() -> int:
    """How many partners wait to be confirmed."""
    return Partner.select().where(Partner.live_partner.is_null(), Partner.confirmed_at.is_null()).count()


def owners_of(listed: list[Listed]) -> dict[int, list[str]]:
    """The owners' mail addresses, by partner id."""
    ids = [partner.id for partner in listed]
    rows = Membership.select(Membership, User).join(User).where(Membership.partner.in_(ids), Membership.role == "owner")
    found: dict[int, list[str]] = {}
    for row in rows.order_by(User.mail):
        found.setdefault(row.partner_id, []).append(row.user.mail)
    return found


def people_of(partner: Partner | int) -> list[Membership]:
    """Who works for the partner, owners first."""
    rows = Membership.select(Membership, User).join(User).where(Membership.partner == partner).order_by(User.mail)
    order = ("owner", "manager", "cashier", "viewer")
    return sorted(rows, key=lambda row: order.index(row.role))
