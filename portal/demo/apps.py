"""The demo's app of a club, in which Mia is signed in."""

from portal.database import transaction
from portal.domain.accounts.tables import ClientToken, Partner
from portal.domain.members.oauth import apps, chains
from portal.domain.members.tables import Member

_BACK = ("https://trails.acme.example/signed-in", "com.example.trails:/signed-in", "http://127.0.0.1/signed-in")


def live_through(partners: dict[str, Partner], public_url: str) -> None:
    """Acme has an app, whose requests carry the demo's token."""
    acme = partners["acme"]
    token = ClientToken.select().where(ClientToken.partner == acme).order_by(ClientToken.id).get()
    app = apps.create(acme.id, "Acme Trails", _BACK, ["https://trails.acme.example"], [token.id])
    mia = Member.get(Member.partner == acme, Member.first_name == "Mia")
    with transaction():
        chains.begin(acme.id, mia.id, app.id, token.id)
