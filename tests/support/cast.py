"""The cast of every test: acme, northwind with its companies north and wind, rival, and an operator."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from portal import clock
from portal.database import database
from portal.domain.accounts.partners import partners
from portal.domain.accounts.roles import ROLES
from portal.domain.accounts.sign_ins import passwords, sign_ins
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS, SELF, WITH_COMPANIES
from portal.domain.events import log
from tests.support.snapshot import Snapshot
from tests.support.visitor import Visitor

PASSWORD = "correct horse battery"


@dataclass
class Party:
    """A partner, the people who work for it by role, and a token with every permit."""

    partner: Partner
    users: dict[str, User]
    token: str
    companies: dict[str, "Party"] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The partner's id."""
        return self.partner.id

    @property
    def bearer(self) -> dict[str, str]:
        """The headers of a JSON request by this partner."""
        return {"Authorization": f"Bearer {self.token}"}

    def twin(self) -> "Party":
        """Its test mode, with a test token of its own."""
        twin = partners.twin_of(self.partner)
        return Party(twin, self.users, _token(twin, SELF))


@dataclass
class World:
    """The cast by name; `as_` signs somebody in."""

    acme: Party
    northwind: Party
    rival: Party
    operator: User
    app: object = None
    begun: object = None  # what a test begins with besides

    @property
    def north(self) -> Party:
        """Northwind's first company."""
        return self.northwind.companies["north"]

    @property
    def wind(self) -> Party:
        """Northwind's second company."""
        return self.northwind.companies["wind"]

    def as_(self, who: str, role: str = "owner") -> Visitor:
        """A browser in which this person is signed in: `world.as_("acme", "viewer")`, `world.as_("operator")`."""
        return Visitor(self.app, self.key_of(who, role))

    def anonymous(self) -> Visitor:
        """A browser in which nobody is signed in."""
        return Visitor(self.app, None)

    def key_of(self, who: str, role: str = "owner") -> str:
        """A fresh sign-in; what the session cookie names."""
        user = self.operator if who == "operator" else getattr(self, who).users[role]
        return sign_ins.begin(user, "127.0.0.1", "tests")


_kept: dict[tuple, tuple[bytes, Snapshot]] = {}  # by kind of database, and what a test begins with


def build(app=None, begin: Callable[[World], object] | None = None) -> World:
    """The cast in the connected, empty database, with what `begin` makes of it. It is made once on each engine, and put back from then on."""
    key = type(database.obj), begin
    if key in _kept:
        _kept[key][1].put_back()
    else:
        world = build(app) if begin else _made()
        world.begun = begin and begin(world)
        world.app = None
        _kept[key] = pickle.dumps(world), Snapshot()
    world = pickle.loads(_kept[key][0])
    world.app = app
    return world


def _made() -> World:
    log.acting_as(
        log.SYSTEM
    )  # Whoever acted in the test before is nobody here: what is made is kept for all that follow.
    operator = _user("operator@portal.example", "Ines Operator", is_operator=True)
    northwind = _party("Northwind", WITH_COMPANIES)
    for name in ("North", "Wind"):
        company = _party(name, SELF)
        Partner.update(parent=northwind.partner).where(Partner.id == company.id).execute()
        company.partner = Partner.get_by_id(company.id)
        northwind.companies[name.lower()] = company
    return World(_party("Acme", WITH_COMPANIES), northwind, _party("Rival", SELF), operator)


def _party(name: str, reach: str) -> Party:
    users = {role: _user(f"{role}@{name.lower()}.example", f"{name} {role.title()}") for role in ROLES}
    partner = partners.found(name, users["owner"], confirmed=True)
    for role, user in users.items():
        if role != "owner":
            Membership.create(user=user, partner=partner, role=role)
    return Party(partner, users, _token(partner, reach))


def _token(partner: Partner, reach: str) -> str:
    return tokens.make(partner, "Tests", list(PERMITS), reach=reach, rate_limit=1_000_000)[1]


def _user(mail: str, name: str, **more) -> User:
    return User.create(mail=mail, name=name, password_hash=_hash(), proved_at=clock.now(), **more)


@cache
def _hash() -> str:
    """Everybody in the tests has the same password."""
    return passwords.hashed(PASSWORD)
