"""Tokens of members (contract: member-offers, "Member tokens"; cases: members, "OAuth for members")."""

import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from portal import clock
from portal.domain.accounts.sign_ins import passwords as stored_passwords
from portal.domain.accounts.tokens import tokens as client_tokens
from portal.domain.members import members, merging
from portal.domain.members.oauth import apps, tokens
from portal.domain.members.oauth.tables import OauthCode, OauthToken, TokenChain
from portal.domain.members.tables import Member
from tests.contract.caller import Caller
from tests.support import loyalty, oauth
from tests.support.oauth import code_for, exchange, password, refresh

PLACE = "/v3/acme/members/oauth"
INVALID = (400, "invalid_grant")


class AppCaller:
    """What an app sends: `app.draw({...})`."""

    def __init__(self, client, token: str | None, place: str = PLACE):
        self.caller, self.place = Caller(client, None), place
        self.headers = {"X-Client-Authorization": token} if token else {}

    def draw(self, body, **headers):
        return self.caller.post(f"{self.place}/token", body, headers=self.headers | headers)

    def revoke(self, token: str):
        return self.caller.post(f"{self.place}/revoke", {"token": token}, headers=self.headers)

    def info(self, access: str | None, **headers):
        bearer = {"Authorization": f"Bearer {access}"} if access else {}
        return self.caller.get(f"{self.place}/token/info", headers=self.headers | bearer | headers)

    def works(self, access: str) -> bool:
        return self.info(access).status == 200


@pytest.fixture
def club_app(world):
    return oauth.app_of(world.acme)


@pytest.fixture
def mia(world):
    return oauth.member_of(world.acme, phone="+43 660 1234567")


@pytest.fixture
def caller(client, world):
    return AppCaller(client, world.acme.token)


def said(reply) -> tuple:
    return reply.status, reply.body["error"]


def test_a_code_draws_the_documented_pair_and_nothing_is_cached(caller, club_app, mia):
    reply = caller.draw(exchange(code_for(club_app, mia)))
    access, refreshed = reply.body.pop("access_token"), reply.body.pop("refresh_token")
    created = reply.body.pop("created_at")
    assert (reply.status, reply.body) == (
        200,
        {"token_type": "bearer", "expires_in": 86400, "resource_owner_id": mia.id},
    )
    assert abs(created - clock.now().timestamp()) < 60
    assert (reply.headers["Cache-Control"], reply.headers["Pragma"]) == ("no-store", "no-cache")
    assert tokens.member_of(mia.partner_id, access) == mia.id
    row = OauthToken.get()
    assert access not in str(row.__data__) and refreshed not in str(row.__data__)


def test_tokens_are_drawn_by_a_form_as_well_and_never_by_the_address(caller, club_app, mia):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    asked = exchange(code_for(club_app, mia))
    assert said(caller.draw(b"", **form)) == (400, "invalid_request")
    reply = caller.caller.post(f"{PLACE}/token?{urlencode(asked)}", {}, headers=caller.headers)
    assert said(reply) == (400, "invalid_request")
    twice = urlencode([*asked.items(), ("code", "another")]).encode()
    assert said(caller.draw(twice, **form)) == (400, "invalid_request")
    assert caller.draw(urlencode(asked).encode(), **form).status == 200


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "text/plain", "", "application/json; charset=utf-8"]
)
def test_a_body_is_taken_for_what_it_is_whatever_its_type_says(caller, club_app, mia, kind):
    asked = exchange(code_for(club_app, mia))
    unread = caller.draw(b"{nothing", **{"Content-Type": kind})
    assert said(unread) == (400, "invalid_request") and "JSON" in unread.body["error_description"]
    if "json" not in kind:
        pair = caller.draw(urlencode(asked).encode(), **{"Content-Type": kind})
        assert pair.status == 200
        asked = refresh(pair.body["refresh_token"])
    assert caller.draw(f" {json.dumps(asked)}".encode(), **{"Content-Type": kind}).status == 200


@pytest.mark.parametrize("grant_type", ["", " "])
def test_an_empty_grant_type_is_none(caller, club_app, grant_type):
    reply = caller.draw({"grant_type": grant_type})
    assert said(reply) == (400, "invalid_request") and "authorization_code" in reply.body["error_description"]


@pytest.mark.parametrize(
    "asked",
    [refresh("mr_unknown"), exchange("unknown"), password("nobody@example.com"), {"grant_type": "client_credentials"}],
)
def test_every_refusal_of_a_grant_says_what_to_do(caller, club_app, asked):
    reply = caller.draw(asked)
    assert reply.status == 400 and len(reply.body["error_description"]) > 20


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"code_verifier": None}, "invalid_request"),
        ({"code_verifier": oauth.VERIFIER[::-1]}, "invalid_grant"),
        ({"code_verifier": oauth.CHALLENGE}, "invalid_grant"),
        ({"redirect_uri": "https://app.example/other"}, "invalid_grant"),
        ({"redirect_uri": None}, "invalid_grant"),
        ({"code": "unknown"}, "invalid_grant"),
        ({"code": None}, "invalid_request"),
        ({"client_id": "app_of_somebody"}, "invalid_grant"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"grant_type": 'ö"\\'}, "unsupported_grant_type"),
        ({"grant_type": None}, "invalid_request"),
    ],
)
def test_what_does_not_fit_a_code_draws_nothing_and_leaves_it_usable(caller, club_app, mia, given, error):
    code = code_for(club_app, mia)
    assert said(caller.draw(exchange(code, **given))) == (400, error)
    assert caller.draw(exchange(code, client_id=club_app.client_id)).status == 200


def test_a_code_that_comes_twice_is_refused_and_ends_what_it_began(caller, club_app, mia):
    code = code_for(club_app, mia)
    pair = caller.draw(exchange(code)).body
    assert caller.works(pair["access_token"])
    assert said(caller.draw(exchange(code, code_verifier=None))) == INVALID, "Whoever has the code alone has stolen it."
    assert not caller.works(pair["access_token"])
    assert said(caller.draw(refresh(pair["refresh_token"]))) == INVALID


def test_a_code_lasts_five_minutes_and_no_longer_than_its_app_and_member(world, caller, club_app, mia):
    late, removed = code_for(club_app, mia), code_for(club_app, mia)
    OauthCode.update(expires_at=clock.now()).where(OauthCode.id == OauthCode.select().limit(1)).execute()
    assert said(caller.draw(exchange(late))) == INVALID
    apps.remove(club_app)
    assert said(caller.draw(exchange(removed))) == INVALID


def test_a_code_is_redeemed_by_the_client_token_of_its_app_alone_and_by_its_successor(
    client, world, caller, club_app, mia
):
    other = client_tokens.make(world.acme.partner, "Other", ["Affiliate:Deals:Write"])[1]
    code = code_for(club_app, mia)
    assert said(AppCaller(client, other).draw(exchange(code))) == INVALID
    _, successor = client_tokens.rotate(oauth.token_of(world.acme), timedelta(days=1))
    pair = AppCaller(client, successor).draw(exchange(code))
    assert pair.status == 200
    assert said(AppCaller(client, other).draw(refresh(pair.body["refresh_token"]))) == INVALID
    foreign = AppCaller(client, other).revoke(pair.body["refresh_token"])
    assert (foreign.status, foreign.body) == (200, {}) and caller.works(pair.body["access_token"])
    assert caller.draw(refresh(pair.body["refresh_token"])).status == 200


def test_a_refresh_token_draws_the_next_pair_and_both_access_tokens_work(caller, club_app, mia):
    first = caller.draw(exchange(code_for(club_app, mia))).body
    second = caller.draw(refresh(first["refresh_token"]))
    assert second.status == 200 and second.body["resource_owner_id"] == mia.id
    assert second.body["refresh_token"] != first["refresh_token"]
    assert caller.works(first["access_token"]) and caller.works(second.body["access_token"])


def test_the_direct_predecessor_repeated_within_the_grace_answers_a_pair_that_works(caller, club_app, mia):
    first = caller.draw(exchange(code_for(club_app, mia))).body
    pairs = [caller.draw(refresh(first["refresh_token"])).body for _ in range(2)]
    assert all(caller.works(pair["access_token"]) for pair in pairs)
    assert [caller.draw(refresh(pair["refresh_token"])).status for pair in pairs] == [200, 200]


def test_a_refresh_token_that_comes_after_the_grace_ends_the_chain(caller, club_app, mia):
    first = caller.draw(exchange(code_for(club_app, mia))).body
    second = caller.draw(refresh(first["refresh_token"])).body
    OauthToken.update(refreshed_at=clock.now() - timedelta(seconds=31)).where(OauthToken.follows.is_null()).execute()
    assert said(caller.draw(refresh(first["refresh_token"]))) == INVALID
    assert not caller.works(second["access_token"])
    assert said(caller.draw(refresh(second["refresh_token"]))) == INVALID


def test_a_refresh_token_whose_successor_was_used_ends_the_chain_within_the_grace_too(caller, club_app, mia):
    first = caller.draw(exchange(code_for(club_app, mia))).body
    second = caller.draw(refresh(first["refresh_token"])).body
    third = caller.draw(refresh(second["refresh_token"])).body
    assert said(caller.draw(refresh(first["refresh_token"]))) == INVALID
    assert said(caller.draw(refresh(third["refresh_token"]))) == INVALID and not caller.works(third["access_token"])


def test_what_a_password_drew_is_the_programs_that_drew_it_and_its_tokens_successors(client, world, caller, mia):
    other = AppCaller(client, client_tokens.make(world.acme.partner, "Other", ["Affiliate:Deals:Write"])[1])
    pair = caller.draw(password("mia@example.com")).body
    assert said(other.draw(refresh(pair["refresh_token"]))) == INVALID
    foreign = other.revoke(pair["refresh_token"])
    assert (foreign.status, foreign.body) == (200, {}) and caller.works(pair["access_token"])
    token, places = oauth.token_of(world.acme), [caller]
    for _ in range(2):  # Its successor, and that one's: all of them are the program's while they work.
        token, secret = client_tokens.rotate(token, timedelta(days=1))
        places.append(AppCaller(client, secret))
    for place in (*places, caller):
        drawn = place.draw(refresh(pair["refresh_token"]))
        assert drawn.status == 200
        pair = drawn.body
    assert places[1].revoke(pair["refresh_token"]).status == 200 and not caller.works(pair["access_token"])


def test_an_unknown_refresh_token_is_invalid_grant_and_none_is_invalid_request(caller, club_app):
    assert said(caller.draw(refresh("mr_unknown"))) == INVALID
    assert said(caller.draw({"grant_type": "refresh_token"})) == (400, "invalid_request")


@pytest.mark.parametrize("kind", ["id", "email", "msisdn"])
def test_a_password_draws_tokens_by_each_identifier(caller, mia, kind):
    identifier = {"id": mia.id, "email": "MIA@example.com", "msisdn": "0043 660 1234567"}[kind]
    reply = caller.draw(password(identifier, kind))
    assert reply.status == 200 and reply.body["resource_owner_id"] == mia.id
    assert said(caller.draw(password(identifier, kind, "another password"))) == INVALID


def test_unknown_members_and_wrong_passwords_are_told_apart_by_nothing(world, caller, mia, monkeypatch):
    loyalty.customer(world.acme, "Omar", mail="omar@example.com")
    oauth.member_of(world.rival, "Rita")
    verified = []
    fits = stored_passwords._hasher.verify
    monkeypatch.setattr(stored_passwords, "_hasher", _Counting(fits, verified))
    replies = [
        caller.draw(password(who, secret="another password"))
        for who in ("mia@example.com", "omar@example.com", "rita@example.com", "nobody@example.com", "x")
    ]
    assert {(reply.status, reply.raw) for reply in replies} == {(400, replies[0].raw)}
    assert len(verified) == len(replies), "Each costs the same."


class _Counting:
    def __init__(self, verify, verified):
        self._verify, self._verified = verify, verified

    def verify(self, stored, password):
        self._verified.append(stored)
        return self._verify(stored, password)


@pytest.mark.parametrize("wrong", [{"identifier_type": "username"}, {"identifier": ""}, {"password": ""}])
def test_a_password_without_a_member_is_an_invalid_request(caller, mia, wrong):
    assert said(caller.draw(password("mia@example.com") | wrong)) == (400, "invalid_request")


def test_tries_are_limited_by_member_and_address_so_that_nobody_locks_another_out(client, world, caller, mia):
    oauth.member_of(world.acme, "Omar")
    statuses = [caller.draw(password("mia@example.com", secret="wrong")).status for _ in range(11)]
    assert statuses == [400] * 10 + [429]
    refused = caller.draw(password("mia@example.com"))
    assert refused.status == 429 and int(refused.headers["Retry-After"]) > 0
    assert caller.draw(password("omar@example.com")).status == 200
    elsewhere = AppCaller(_At(client, "198.51.100.7"), world.acme.token)
    elsewhere.caller.description = caller.caller.description
    assert elsewhere.draw(password("mia@example.com")).status == 200


@pytest.mark.parametrize(
    ("kind", "ways", "other"),
    [
        ("email", ("mia@example.com", "MIA@example.com", " Mia@Example.com"), ("nina@example.com", "NINA@example.com")),
        ("msisdn", ("+43 660 1234567", "0043 660 1234567"), ("+43 660 7654321", "0043 660 7654321")),
    ],
)
def test_tries_tell_neither_who_is_a_member_nor_which_identifiers_are_ones(caller, mia, kind, ways, other):
    def statuses(notations):
        return [caller.draw(password(notations[try_ % len(notations)], kind, "wrong")).status for try_ in range(11)]

    assert statuses(ways) == statuses(other) == [400] * 10 + [429]
    assert said(caller.draw(password(mia.id, "id", "wrong"))) == INVALID


class _At:
    """The same client at another address."""

    def __init__(self, client, address):
        self.client, self.address, self.application = client, address, client.application

    def open(self, *given, **named):
        return self.client.open(*given, environ_base={"REMOTE_ADDR": self.address}, **named)


def test_a_banned_member_gets_no_tokens_and_is_told_until_when(caller, club_app, mia):
    pair, code = caller.draw(password("mia@example.com")).body, code_for(club_app, mia)
    Member.update(banned_until=clock.now() + timedelta(days=1)).where(Member.id == mia.id).execute()
    replies = [
        caller.draw(password("mia@example.com")), caller.draw(exchange(code)), caller.draw(refresh(pair["refresh_token"])),
        caller.info(pair["access_token"]),
    ]  # fmt: skip
    for reply in replies:
        assert reply.status == 467 and reply.body["error"] == "Member is banned!"
        assert reply.body["banned_until"].endswith("Z") and len(reply.body["banned_until"]) == 24
    Member.update(banned_until=clock.now()).where(Member.id == mia.id).execute()
    assert caller.draw(exchange(code)).status == 200 and caller.draw(refresh(pair["refresh_token"])).status == 200


def test_a_token_that_is_given_back_ends_its_sign_in_and_an_unknown_one_is_answered_alike(client, world, caller, mia):
    pairs = [caller.draw(password("mia@example.com")).body for _ in range(3)]
    for token in ("unknown", pairs[0]["access_token"], pairs[1]["refresh_token"], pairs[1]["refresh_token"]):
        assert (reply := caller.revoke(token)).status == 200 and reply.body == {}
    assert [caller.works(pair["access_token"]) for pair in pairs] == [False, False, True]
    foreign = AppCaller(client, world.rival.token, "/v3/rival/members/oauth")
    assert foreign.revoke(pairs[2]["access_token"]).status == 200 and caller.works(pairs[2]["access_token"])
    assert said(caller.revoke("")) == (400, "invalid_request")


def test_the_info_of_a_token_says_whose_it_is_and_ends_with_it(client, world, caller, club_app, mia):
    pair = caller.draw(exchange(code_for(club_app, mia))).body
    reply = caller.info(pair["access_token"])
    left = reply.body.pop("expires_in")
    assert 86300 < left <= 86400
    assert reply.body == {
        "resource_owner_id": mia.id, "scope": [], "application": {"uid": club_app.client_id}, "created_at": pair["created_at"],
    }  # fmt: skip
    for access in (None, "ma_unknown", pair["refresh_token"]):
        assert said(caller.info(access)) == (460, "invalid_token")
    rival = AppCaller(client, world.rival.token, "/v3/rival/members/oauth")
    assert said(rival.info(pair["access_token"])) == (460, "invalid_token")
    OauthToken.update(access_ends=clock.now()).execute()
    assert said(caller.info(pair["access_token"])) == (460, "invalid_token")
    assert tokens.member_of(world.acme.id, pair["access_token"]) is None


def test_the_client_is_a_token_of_the_clubs_partner(client, world, mia):
    ask = password("mia@example.com")
    missing = AppCaller(client, None).draw(ask)
    assert said(missing) == (470, "invalid_client") and "X-Client-Authorization" in missing.body["error_description"]
    assert said(AppCaller(client, "pp_live_unknown").draw(ask)) == (401, "invalid_client")
    assert AppCaller(client, None).draw(ask, Authorization=f"Bearer {world.acme.token}").status == 470
    assert AppCaller(client, world.rival.token).draw(ask).status == 404
    assert AppCaller(client, world.acme.token, "/v3/nobody/members/oauth").draw(ask).status == 404


def test_no_key_keeps_a_pair_of_tokens(caller, club_app, mia):
    key, ask = {"Idempotency-Key": "once"}, exchange(code_for(club_app, mia))
    assert caller.draw(ask, **key).status == 200
    assert said(caller.draw(ask, **key)) == INVALID


def test_whoever_goes_or_moves_is_signed_out_of_all_apps(world, caller, mia):
    twice = oauth.member_of(world.acme, "Mina", mail="mina@example.com")
    pairs = {who: caller.draw(password(f"{who}@example.com")).body for who in ("mia", "mina")}
    members.change(mia, {"first_name": "Mia Maria"})
    assert caller.works(pairs["mia"]["access_token"])
    members.change(mia, {"mail": "other@example.com"})
    assert not caller.works(pairs["mia"]["access_token"])
    assert said(caller.draw(password("other@example.com"))) == INVALID, "Who chose the password proved another address."
    merging.merge(Member.get_by_id(twice.id), Member.get_by_id(mia.id))
    assert not caller.works(pairs["mina"]["access_token"])
    assert not TokenChain.select().where(TokenChain.member == twice.id).exists()


def test_a_code_that_waits_ends_with_what_its_member_signed_in_by(caller, club_app, mia):
    waiting = code_for(club_app, mia)
    members.change(mia, {"mail": "other@example.com"})
    assert said(caller.draw(exchange(waiting))) == INVALID


def test_an_app_that_is_removed_signs_everybody_out(caller, club_app, mia):
    of_app, own = caller.draw(exchange(code_for(club_app, mia))).body, caller.draw(password("mia@example.com")).body
    apps.remove(club_app)
    assert (caller.works(of_app["access_token"]), caller.works(own["access_token"])) == (False, True)
    assert said(caller.draw(refresh(of_app["refresh_token"]))) == INVALID


@pytest.mark.parametrize(
    ("origin", "is_read"),
    [("https://shop.example", True), ("https://evil.example", False), ("https://rival.example", False)],
)
def test_scripts_of_the_apps_own_pages_may_ask(client, world, mia, origin, is_read):
    oauth.app_of(world.acme, allowed_origins=["https://shop.example"])
    oauth.app_of(world.rival, allowed_origins=["https://rival.example"])
    caller = AppCaller(client, world.acme.token)
    reply = caller.draw(password("mia@example.com"), Origin=origin)
    assert (reply.headers.get("Access-Control-Allow-Origin") == origin) == is_read
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    preflight = client.options(f"/api{PLACE}/token", headers=asked)
    assert ("Access-Control-Allow-Methods" in preflight.headers) == (origin != "https://evil.example")


def test_the_access_token_opens_the_members_offers_until_it_ends(caller, club_app, mia):
    access = caller.draw(exchange(code_for(club_app, mia))).body["access_token"]

    def offers() -> int:
        headers = caller.headers | {"Authorization": f"Bearer {access}"}
        return caller.caller.get("/v3/acme/members/me/offers", headers=headers).status

    assert offers() == 200
    assert caller.revoke(access).status == 200 and offers() == 460
