"""Apps of a club: made, changed and removed by the partner (contract: member-offers, "Member tokens")."""

from collections.abc import Sequence

from portal import clock
from portal.database import transaction
from portal.domain import values
from portal.domain.accounts.origins import origins
from portal.domain.accounts.tables import ClientToken
from portal.domain.accounts.tokens import tokens
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.identifiers import random_base62
from portal.domain.members.oauth import addresses, chains
from portal.domain.members.oauth.tables import OauthApp, OauthAppToken, OauthCode, OauthOrigin
from portal.domain.sentences import say
from portal.domain.values import checked

MOST = 50
FIELDS: dict[str, values.Check] = {
    "name": values.name(80),
    "redirect_uris": addresses.registered,
    "origins": origins.read,
}


def create(
    partner_id: int, name: str, redirect_uris: Sequence[str], allowed_origins: Sequence[str], token_ids: Sequence[int]
) -> OauthApp:
    """A new app with its public client id. Raises Invalid with the field that is wrong, Refused where there are too many."""
    kept, allowed = _taken(name, redirect_uris, allowed_origins)
    with transaction():
        if of_partner_query(partner_id).count() >= MOST:
            raise Refused(say("There are {most} apps already. Remove one that is used no more.", most=MOST))
        app = OauthApp.create(partner=partner_id, client_id=f"app_{random_base62(24)}", **kept)
        _put(app, allowed, token_ids)
        log.record(partner_id, "oauth_app.created", "oauth_app", app.id)
    return app


def change(
    app: OauthApp, name: str, redirect_uris: Sequence[str], allowed_origins: Sequence[str], token_ids: Sequence[int]
) -> None:
    """Have this name, these addresses, origins and client tokens. Raises Invalid, and NotFound when it was removed meanwhile."""
    kept, allowed = _taken(name, redirect_uris, allowed_origins)
    with transaction():
        if not OauthApp.update(**kept).where(OauthApp.id == app.id, OauthApp.archived_at.is_null()).execute():
            raise NotFound(say("app"))
        _put(app, allowed, token_ids)
        log.record(app.partner_id, "oauth_app.changed", "oauth_app", app.id)


def remove(app: OauthApp) -> None:
    """Nobody signs in by it any more, and whoever has is signed out. Raises NotFound when somebody else just removed it."""
    with transaction():
        gone = OauthApp.update(archived_at=clock.now()).where(OauthApp.id == app.id, OauthApp.archived_at.is_null())
        if not gone.execute():
            raise NotFound(say("app"))
        OauthOrigin.delete().where(OauthOrigin.app == app).execute()
        OauthCode.delete().where(OauthCode.app == app, OauthCode.used_at.is_null()).execute()
        chains.end_of_app(app.id)
        log.record(app.partner_id, "oauth_app.removed", "oauth_app", app.id)


def owned(partner_id: int, app_id: int) -> OauthApp:
    """The partner's app. Raises NotFound, alike for missing and foreign."""
    app = of_partner_query(partner_id).where(OauthApp.id == app_id).first()
    if app is None:
        raise NotFound(say("app"))
    return app


def of_partner(partner_id: int) -> list[OauthApp]:
    """The partner's apps, newest first."""
    return list(of_partner_query(partner_id).order_by(OauthApp.id.desc()))


def of_partner_query(partner_id: int):
    """The query of the partner's apps that are there."""
    return OauthApp.select().where(OauthApp.partner == partner_id, OauthApp.archived_at.is_null())


def known_as(partner_id: int, client_id: str) -> OauthApp | None:
    """The partner's app with this public id."""
    return of_partner_query(partner_id).where(OauthApp.client_id == client_id).first()


def may_use(app_id: int, token_id: int) -> bool:
    """Whether requests of the app carry this client token."""
    return OauthAppToken.select().where(OauthAppToken.app == app_id, OauthAppToken.token == token_id).exists()


def token_ids(app: OauthApp) -> list[int]:
    """The client tokens that its requests carry, those that work."""
    working = ClientToken.revoked_at.is_null()
    query = OauthAppToken.select(OauthAppToken.token).join(ClientToken).where(OauthAppToken.app == app, working)
    return [row.token_id for row in query.order_by(OauthAppToken.id)]


def origins_of(app: OauthApp) -> list[str]:
    """Where its web pages stand."""
    return [row.origin for row in OauthOrigin.select().where(OauthOrigin.app == app).order_by(OauthOrigin.id)]


def choosable(partner_id: int) -> list[ClientToken]:
    """The partner's client tokens that an app can have."""
    theirs = (ClientToken.partner == partner_id) & ClientToken.revoked_at.is_null()
    ahead = ClientToken.expires_at.is_null() | (ClientToken.expires_at > clock.now())
    return list(ClientToken.select().where(theirs, ahead).order_by(ClientToken.id.desc()).limit(200))


def _is_origin(origin: str, partner_id: int | None) -> bool:
    of_app = OauthOrigin.select(OauthOrigin.id).join(OauthApp).where(OauthOrigin.origin == origin)
    return (of_app if partner_id is None else of_app.where(OauthApp.partner == partner_id)).exists()


def _hand_on(old_id: int, new_id: int) -> None:
    """A client token was rotated: its successor is the app's as well."""
    for row in OauthAppToken.select().where(OauthAppToken.token == old_id):
        OauthAppToken.create(app=row.app_id, token=new_id)


def _taken(name: str, redirect_uris: Sequence[str], allowed_origins: Sequence[str]) -> tuple[dict, list[str]]:
    """The columns of an app, and its origins. Raises Invalid with every wrong field."""
    kept = checked({"name": name, "redirect_uris": redirect_uris, "origins": allowed_origins}, FIELDS)
    return kept, kept.pop("origins")


def _put(app: OauthApp, allowed: Sequence[str], chosen: Sequence[int]) -> None:
    """In a transaction: have these origins and client tokens, and no others."""
    taken = {token.id for token in choosable(app.partner_id)} & set(chosen)
    if not taken:
        raise Invalid("token_ids", say("Choose the client token that the app’s requests carry."))
    OauthOrigin.delete().where(OauthOrigin.app == app).execute()
    for origin in allowed:
        OauthOrigin.create(app=app, origin=origin)
    OauthAppToken.delete().where(OauthAppToken.app == app).execute()
    for token_id in sorted(taken):
        OauthAppToken.create(app=app, token=token_id)


origins.known_besides.append(_is_origin)
tokens.when_rotated.append(_hand_on)
