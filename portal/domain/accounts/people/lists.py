"""People as the operator looks through them, whether or not they belong to a partner."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.accounts.roles import OWNER
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.errors import NotFound
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.sentences import say
from portal.domain.typed import words

_SELECT = """SELECT u.id, u.mail, u.name, u.is_operator, u.disabled_at IS NOT NULL AS is_disabled,
        s.id IS NOT NULL AS has_second_factor
    FROM person u LEFT JOIN second_factor s ON s.user_id = u.id AND s.confirmed_at IS NOT NULL"""
_OWNED_ALONE = Statement(
    """SELECT p.name FROM membership m JOIN partner p ON p.id = m.partner_id
    WHERE m.user_id = :user AND m.role = 'owner' AND NOT EXISTS (SELECT 1 FROM membership o JOIN person u ON u.id = o.user_id
        WHERE o.partner_id = p.id AND o.role = 'owner' AND o.user_id <> :user AND u.disabled_at IS NULL) ORDER BY p.name"""
)
STATES = {"operators": "u.is_operator", "disabled": "u.disabled_at IS NOT NULL"}


class Listed(NamedTuple):
    """A person in the list."""

    id: int
    mail: str
    name: str
    is_operator: bool
    is_disabled: bool
    has_second_factor: bool


class Role(NamedTuple):
    """What a person is for a partner."""

    user_id: int
    slug: str
    partner: str
    role: str


_ROLES = Statement(
    """SELECT m.user_id, p.slug, p.name AS partner, m.role FROM membership m JOIN partner p ON p.id = m.partner_id
    WHERE m.user_id IN :users ORDER BY p.name, p.id""",
    row=Role,
)


def page(search: str, state: str = "", before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty people whose mail address and name have the words, those who came last first, each a Listed.

    `state` is one of STATES, or empty for everybody.
    """
    where = Conditions([STATES.get(state, "1 = 1")])
    if search:
        named, given = words.condition(search, ("u.mail", "u.name"))
        where.add(named, **given)
    return key_pages.read(_SELECT, "u.id", where, Listed, before, after)


def count() -> int:
    """How many people there are."""
    return User.select().count()


def roles_of(listed: list[Listed]) -> dict[int, list[Role]]:
    """What they are for their partners, by the partner's name; by person."""
    found: dict[int, list[Role]] = {}
    for role in _ROLES.rows(users=[person.id for person in listed]):
        found.setdefault(role.user_id, []).append(role)
    return found


def person(user_id: int) -> User:
    """A person. Raises NotFound."""
    user = User.get_or_none(User.id == user_id)
    if user is None:
        raise NotFound(say("person"))
    return user


def memberships(user: User) -> list[Membership]:
    """The partners that the person works for, by name."""
    rows = Membership.select(Membership, Partner).join(Partner).where(Membership.user == user)
    return list(rows.order_by(Partner.name, Partner.id))


def owned_alone(user: User) -> list[str]:
    """The names of partners whose only owner who can sign in is this person."""
    return _OWNED_ALONE.values(user=user.id)


def owners_of(partner_id: int) -> list[User]:
    """The owners of a partner who can sign in, by name."""
    own = User.select().join(Membership).where(Membership.partner == partner_id, Membership.role == OWNER)
    return list(own.where(User.disabled_at.is_null()).order_by(User.name, User.id))
