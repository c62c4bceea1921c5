"""The demo world: loaded once into an empty database, and how to enter it."""

from collections.abc import Callable

from portal import clock
from portal.config import Settings
from portal.database import Statement, transaction
from portal.demo import affiliate, apps, branches, cards, cast, club, companies, coupons, feed, pushes
from portal.domain.accounts.roles import ROLES
from portal.domain.accounts.tables import ClientToken, InstallationFact, Partner, User
from portal.domain.identifiers import digest
from portal.domain.mail import addresses
from portal.domain.members.tables import Member

# What each family has lived through, in this order; a new family adds a line. A chapter is given the partners by slug, and
# the address under which people reach the portal, and leaves what the family's own verbs have made of the past.
CHAPTERS: list[Callable[[dict[str, Partner], str], None]] = [
    affiliate.live_through,
    cards.live_through,
    companies.live_through,
    branches.live_through,
    coupons.live_through,
    pushes.live_through,
    feed.live_through,
    club.live_through,
    apps.live_through,
]

# Before anything else: whoever comes meanwhile waits here, and finds it loaded.
_CLAIM = Statement("INSERT INTO installation_fact (name, value) VALUES ('demo', '1') ON CONFLICT (name) DO NOTHING")


def is_here() -> bool:
    """Whether this database holds the demo world."""
    return InstallationFact.get_or_none(InstallationFact.name == "demo") is not None


def is_of_this_key(settings: Settings) -> bool:
    """Whether the key in DATA_DIR is the one that it was loaded under: another one leads to sign-ins that do not work."""
    token = cast.secrets_of(settings).token("acme")
    return ClientToken.select().where(ClientToken.digest == digest(token)).exists()


def load(settings: Settings) -> bool:
    """Load the demo world unless it is there, or somebody else is; whether this call did it."""
    addresses.use_public_url(settings.public_url)  # `make run` loads it before there is an application
    with transaction():
        if User.select().exists() or not _CLAIM.run():
            return False
        with clock.acting(-(cast.DAYS + 1) * cast.DAY):
            partners = cast.settle(cast.secrets_of(settings))
        for chapter in CHAPTERS:
            chapter(partners, settings.public_url)
    return True


def describe(settings: Settings) -> dict:
    """How to enter the demo: its shape stays the same for ever, so that scripts can rely on it (design: Commands)."""
    secrets = cast.secrets_of(settings)
    partners = {slug: _partner(secrets, slug) for slug in cast.PARTNERS}
    for slug in cast.PARTNERS:
        partners[slug]["companies"] = {}
    partners["northwind"]["companies"] = {slug: _partner(secrets, slug) for slug in cast.COMPANIES}
    return {
        "partners": partners,
        "members": {name: _member(secrets, name) for name in cast.MEMBERS},
        "operator": {"email": cast.OPERATOR, "password": secrets.password(cast.OPERATOR)},
    }


def _partner(secrets: cast.Secrets, slug: str) -> dict:
    partner = Partner.get(Partner.slug == slug)
    mails = {role: cast.mail_of(slug, role) for role in ROLES}
    users = {role: {"email": mail, "password": secrets.password(mail)} for role, mail in mails.items()}
    return {"id": partner.id, "uuid": partner.uuid, "slug": slug, "token": secrets.token(slug), "users": users}


def _member(secrets: cast.Secrets, name: str) -> dict:
    mail = f"{name}@members.example"
    member = Member.get(Member.mail == mail)
    return {
        "club_slug": "acme",
        "id": member.id,
        "uuid": member.uuid,
        "email": mail,
        "password": secrets.password(mail),
    }
