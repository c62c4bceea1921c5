"""Apps of clubs and the members who sign in by them, without a browser: the codes that a member's consent leads to."""

import base64
import hashlib

from portal.domain.accounts.sign_ins import passwords
from portal.domain.accounts.tables import ClientToken
from portal.domain.members.oauth import apps, chains, codes
from portal.domain.members.oauth.tables import OauthApp
from portal.domain.members.tables import Member
from tests.support import loyalty

PASSWORD = "correct horse battery"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
BACK = "https://app.example/signed-in"


def token_of(party) -> ClientToken:
    """The party's first client token, whose secret is `party.token`."""
    return ClientToken.select().where(ClientToken.partner == party.id).order_by(ClientToken.id).get()


def app_of(party, **given) -> OauthApp:
    """An app whose requests carry the party's token."""
    usual = {"name": "Acme app", "redirect_uris": [BACK], "allowed_origins": [], "token_ids": [token_of(party).id]}
    return apps.create(party.id, **usual | given)


def member_of(party, first_name: str = "Mia", **given) -> Member:
    """A member with the password."""
    member = loyalty.customer(party, first_name, **{"mail": f"{first_name.lower()}@example.com"} | given)
    Member.update(password_hash=passwords.hashed(PASSWORD)).where(Member.id == member.id).execute()
    return Member.get_by_id(member.id)


def access_of(party, member: Member) -> str:
    """The token by which an app of the party's acts for the member."""
    return chains.begin(party.id, member.id, app_of(party).id, token_of(party).id)[1].access


def code_for(app: OauthApp, member: Member) -> str:
    """The code that the member's consent leads to."""
    return codes.issue(app, member.id, BACK, CHALLENGE)


def exchange(code: str, /, **given) -> dict:
    """What the app draws tokens with."""
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    return {name: value for name, value in (asked | given).items() if value is not None}


def password(identifier, kind: str = "email", secret: str = PASSWORD) -> dict:
    """What a member's tokens are drawn with by a password."""
    return {"grant_type": "password", "identifier_type": kind, "identifier": identifier, "password": secret}


def refresh(token: str) -> dict:
    """What the next pair is drawn with."""
    return {"grant_type": "refresh_token", "refresh_token": token}
