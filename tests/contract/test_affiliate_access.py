"""Every endpoint of the family as everybody: made from the routes' table, so that a new endpoint is tried by itself.

Its own partner may, whichever of its tokens asks; to everybody else its things are missing; without a token, or with
one that lacks the permit, nobody learns anything.
"""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.api import credentials
from portal.domain.accounts.tables import ClientToken, Partner
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS, SELF, WITH_COMPANIES
from portal.domain.identifiers import new_token, new_uuid
from tests.contract.caller import Caller
from tests.support import things

FEATURES = ("catalogs", "offers", "landings", "deals", "promo")
PARAMETER = re.compile(r"<(\w+)>")


class Names:
    """What requests call the shop's things, or things that nobody has."""

    def __init__(self, catalog: str, short_code: str, offer: str, landing: str, deal: str, code: str, uid: str):
        self.path = {"catalog_id": catalog, "offer_id": offer, "landing_id": landing, "deal_id": deal}
        self.catalog, self.short_code, self.code, self.uid = catalog, short_code, code, uid

    def queries(self, route) -> list[str]:
        """The queries that name one of the shop's things; a list without any is everybody's own."""
        if route.path.endswith("check_promo"):
            return [f"?code={self.code}", f"?code={self.code}&catalog_id={self.short_code}"]
        if route.path.endswith("check_uuid"):
            return [f"?code={self.uid}"]
        is_list = route.query is not None and "catalog_id" in route.query.model_fields
        return [f"?catalog_id={self.catalog}", f"?catalog_id={self.short_code}"] if is_list else [""]

    def body(self, route) -> dict | None:
        """The documented body, about the shop's things."""
        if route.body is None:
            return None
        real = {"catalog_id": self.catalog, "offer": "Plan"}
        if route.path != "/api/catalog":
            real["catalog_code"] = "shop"
        return {name: real.get(name, value) for name, value in route.example.items()}

    def requests(self, route):
        """Method, address and body of everything that the route can be asked."""
        path = PARAMETER.sub(lambda match: self.path[match[1]], route.path.removeprefix("/api"))
        for method in sorted(route.methods, key=("GET", "POST", "PUT", "PATCH", "DELETE").index):
            for query in self.queries(route):
                yield method, f"{path}/{query}", self.body(route)


@pytest.fixture
def names(shop):
    shop.report()
    return Names(
        shop.catalog["id"],
        shop.catalog["catalog_id"],
        shop.offer["id"],
        shop.landing["id"],
        "order-1",
        "Promo",
        "BDGSYEHVX",
    )


MISSING = Names(new_uuid(), "ZZZZ9", new_uuid(), "ZZZZZ9", "order-9", "Nobody", "NOBODY999")


@pytest.fixture
def routes(app):
    """The family's: deals first, while the offer has the name that they use, and what takes things away last."""
    found = [one for one in app.extensions["routes"] if one.is_api and one.endpoint.split(".")[0] in FEATURES]
    assert len(found) >= 19
    return sorted(found, key=lambda route: ("DELETE" in route.methods, "/deal" not in route.path))


def token(partner, permits=tuple(PERMITS), **more) -> str:
    return tokens.make(partner, "Another", list(permits), rate_limit=100_000, **more)[1]


@pytest.mark.parametrize("reach", [None, SELF, WITH_COMPANIES], ids=["owner", "colleague", "colleague of wide reach"])
def test_every_token_of_the_partner_may_with_the_documented_status(client, world, routes, names, reach):
    caller = Caller(client, token(world.acme.partner, reach=reach) if reach else world.acme.token)
    for route in routes:
        for method, address, body in names.requests(route):
            reply = caller(method, address, body)
            assert reply.status == route.status, (method, address, reply.body)


def token_of(world, who: str) -> str:
    """Of a partner that the shop is none of, however close they are."""
    if who == "company":
        Partner.update(parent=world.acme.id).where(Partner.id == world.rival.id).execute()
    if who == "parent":
        Partner.update(parent=world.rival.id).where(Partner.id == world.acme.id).execute()
        return token(world.rival.partner, reach=WITH_COMPANIES)
    party = {"promoter": world.northwind, "test mode": world.acme}.get(who, world.rival)
    return party.twin().token if who == "test mode" else party.token


@pytest.mark.parametrize("who", ["stranger", "company", "parent", "promoter", "test mode"])
def test_to_everybody_else_the_shops_things_are_missing(client, world, routes, names, who):
    caller = Caller(client, token_of(world, who))
    before = things.Things().fingerprint()
    for route in routes:
        if route.path == "/api/catalog":
            continue
        for theirs, missing in zip(names.requests(route), MISSING.requests(route), strict=True):
            mine, nobodys = caller(*theirs), caller(*missing)
            assert (mine.status, mine.raw) == (nobodys.status, nobodys.raw), theirs
            refers = route.body is not None and not PARAMETER.search(route.path)
            listed = route.query is not None and route.path == "/api/deal"
            assert mine.status == (400 if refers else 200 if listed else 404), (theirs, mine.body)
    for path in ("/catalog/", "/offer/", "/landing/", "/deal/", "/deal/?deal_id=order-1", "/deal/?catalog_code=shop"):
        assert caller.get(path).body == []
    assert things.Things().fingerprint() == before


@pytest.mark.parametrize("kind", ["none", "unknown", "of a wrong checksum", "revoked", "expired"])
def test_without_a_working_token_everything_is_a_401(client, world, routes, names, kind):
    caller = Caller(client, unusable(world, kind))
    before = things.Things().fingerprint()
    for route in routes:
        for method, address, body in names.requests(route):
            reply = caller(method, address, body)
            assert (reply.status, reply.body["title"]) == (401, "Unauthorized"), (method, address)
            assert reply.headers["WWW-Authenticate"].startswith("Bearer")
    assert things.Things().fingerprint() == before


def unusable(world, kind: str) -> str | None:
    if kind == "none":
        return None
    if kind == "unknown":
        return new_token("live")
    if kind == "of a wrong checksum":
        return world.acme.token[:-1] + ("a" if world.acme.token[-1] != "a" else "b")
    made, secret = tokens.make(world.acme.partner, "Ends", list(PERMITS))
    if kind == "revoked":
        tokens.revoke(made)
    else:
        ClientToken.update(expires_at=clock.now() - timedelta(seconds=1)).where(ClientToken.id == made.id).execute()
    credentials._cache.clear()
    return secret


def test_a_token_opens_what_its_permits_name_and_nothing_else(client, world, routes, names):
    for name in sorted(PERMITS):
        caller = Caller(client, token(world.acme.partner, [name]))
        for route in routes:
            if route.access.allows({name}):
                continue
            for method, address, body in names.requests(route):
                reply = caller(method, address, body)
                assert (reply.status, reply.body["title"]) == (403, "Forbidden"), (name, method, address)
                assert route.access.named() in reply.body["detail"]


def test_a_token_of_an_unconfirmed_partner_is_a_403_that_says_so(client, world, routes, names):
    Partner.update(confirmed_at=None).where(Partner.id == world.acme.id).execute()
    credentials._cache.clear()
    caller = Caller(client, world.acme.token)
    for route in routes:
        for method, address, body in names.requests(route):
            reply = caller(method, address, body)
            assert reply.status == 403, (method, address)
            assert "not confirmed" in reply.body["detail"]
