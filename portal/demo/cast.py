"""Who lives in the demo world, and their secrets: stable for a database, derived from a key kept in DATA_DIR."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

from portal import clock
from portal.config import Settings, kept_secret
from portal.domain.accounts.partners import partners, terms
from portal.domain.accounts.roles import ROLES
from portal.domain.accounts.sign_ins import passwords
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS, SELF, WITH_COMPANIES
from portal.domain.identifiers import base62, new_token
from portal.domain.members import members
from portal.domain.members.tables import Member

DAYS, DAY = 91, 86_400  # how old the demo world is, and the seconds of a day
TOKEN_LIMIT = 60_000  # requests a minute: enough to try a load against the demo
PARTNERS = {"acme": "Acme Outdoor", "northwind": "Northwind Media", "rival": "Rival Gear"}
COMPANIES = {"north": "North Trails", "wind": "Wind & Waves"}
PEOPLE = {"owner": "Olivia Owner", "manager": "Max Manager", "cashier": "Casey Cashier", "viewer": "Vera Viewer"}
MEMBERS = {"mia": "Mia", "omar": "Omar"}
OPERATOR = "operator@portal.example"
TERMS = """These are the terms of a demo. Whoever tries it out agrees to the following.

1. What you type here may be seen by others who try the same demo. Type nothing that is a secret.

2. Data may be reset at any time, and nobody is paid anything: rewards, deals and payouts are made up.

3. Merchants pay the rewards that their catalogs promise once the hold has passed. Promoters keep to the rules of the catalogs that they sell."""


@dataclass(frozen=True)
class Secrets:
    """Passwords and tokens of the demo."""

    key: str

    def password(self, whose: str) -> str:
        """A password that can be typed."""
        return f"{whose.split('@')[0]}-{self._number('password', whose) % 10**8:08}"

    def token(self, slug: str) -> str:
        """A live client token."""
        return new_token("live", base62(self._number("token", slug), 30))

    def _number(self, kind: str, name: str) -> int:
        return int.from_bytes(hmac.new(self.key.encode(), f"{kind}:{name}".encode(), sha256).digest(), "big")


def secrets_of(settings: Settings) -> Secrets:
    """The secrets of this database's demo."""
    return Secrets(kept_secret(settings.data_dir / "demo-secret"))


def mail_of(slug: str, role: str) -> str:
    """The sign-in mail of a role at a partner."""
    return f"{role}@{slug}.example"


def settle(secrets: Secrets) -> dict[str, Partner]:
    """Found the partners with their people, tokens and members; by slug."""
    hashed = _hash(secrets, OPERATOR)
    operator = User.create(
        mail=OPERATOR, name="Otto Operator", password_hash=hashed, is_operator=True, proved_at=clock.now()
    )
    terms.publish(TERMS, operator.id)
    found = {slug: _partner(secrets, slug, name) for slug, name in PARTNERS.items()}
    for slug, name in COMPANIES.items():
        found[slug] = _partner(secrets, slug, name, parent=found["northwind"])
    for name, shown in MEMBERS.items():
        mail = f"{name}@members.example"
        member = members.create(found["acme"].id, {"first_name": shown, "mail": mail})
        Member.update(password_hash=_hash(secrets, mail)).where(Member.id == member.id).execute()
    return found


def _partner(secrets: Secrets, slug: str, name: str, parent: Partner | None = None) -> Partner:
    people = {role: _person(secrets, slug, role) for role in ROLES}
    partner = partners.found(name, people["owner"], confirmed=True, time_zone="Europe/Vienna")
    Partner.update(slug=slug, parent=parent).where(Partner.id == partner.id).execute()
    partner = Partner.get_by_id(partner.id)
    terms.accept(partner.id, people["owner"].id, terms.present_number())
    for role in ("manager", "cashier", "viewer"):
        Membership.create(user=people[role], partner=partner, role=role)
    reach = WITH_COMPANIES if slug == "northwind" else SELF
    tokens.make(
        partner, "Demo", list(PERMITS), reach=reach, rate_limit=tokens.allowed(TOKEN_LIMIT), secret=secrets.token(slug)
    )
    return partner


def _person(secrets: Secrets, slug: str, role: str) -> User:
    mail = mail_of(slug, role)
    return User.create(mail=mail, name=PEOPLE[role], password_hash=_hash(secrets, mail), proved_at=clock.now())


def _hash(secrets: Secrets, mail: str) -> str:
    return passwords.hashed(secrets.password(mail))
