"""A member signs in to an app of the club's: asked by the club, sent back with a code; and what the account shows of it."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from portal import clock
from portal.domain.accounts.sign_ins import passwords as stored_passwords
from portal.domain.mail.tables import Mail
from portal.domain.members import passwords
from portal.domain.members.oauth import apps, chains, codes, tokens
from portal.domain.members.oauth.tables import OauthApp, OauthCode, TokenChain
from portal.domain.members.sign_ins import codes as sign_in_codes
from portal.domain.members.tables import Member
from tests.support import club, oauth, things

AUTHORIZE, CONSENT = "/api/v3/acme/members/oauth/authorize", "/club/acme/authorize"
PASSWORD = "/club/acme/password"


@pytest.fixture
def app_of_club(world):
    things.holder_of(world.acme)
    return oauth.app_of(
        world.acme, redirect_uris=[oauth.BACK, "http://127.0.0.1/back?x=1", "http://localhost:3000/back"]
    )


@pytest.fixture
def member(world):
    return club.signed_in(world, world.acme)


def asking(app, **given) -> str:
    asked = {
        "response_type": "code", "client_id": app.client_id, "redirect_uri": oauth.BACK, "state": "täst &=%",
        "code_challenge": oauth.CHALLENGE, "code_challenge_method": "S256",
    } | given  # fmt: skip
    return urlencode({name: value for name, value in asked.items() if value is not None}, doseq=True)


def told(answer) -> dict:
    """What the app is told in the address that the browser is sent to."""
    assert answer.status_code == 303, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}


def test_a_guest_signs_in_is_asked_and_goes_back_with_a_code_and_the_state(world, app_of_club, member):
    guest = world.anonymous().get(f"{AUTHORIZE}?{asking(app_of_club)}")
    assert guest.location == f"{CONSENT}?{asking(app_of_club)}"
    assert "/club/acme/sign-in?next=" in world.anonymous().get(guest.location).location
    page = member.get(guest.location)
    assert "Sign in to Acme app?" in page.text and OauthCode.select().count() == 0
    assert "form-action 'self' https://app.example;" in page.headers["Content-Security-Policy"]
    answer = member.post(guest.location, {"answer": "allow"})
    assert answer.location.startswith(f"{oauth.BACK}?") and told(answer).keys() == {"code", "state"}
    assert told(answer)["state"] == "täst &=%"
    row = codes.found(world.acme.id, told(answer)["code"])
    assert (row.app_id, row.member_id) == (app_of_club.id, things.holder_of(world.acme).id)


def test_who_does_not_allow_it_goes_back_without_a_code(app_of_club, member):
    answer = member.post(f"{CONSENT}?{asking(app_of_club)}", {"answer": "deny"})
    assert told(answer)["error"] == "access_denied" and told(answer)["state"] == "täst &=%"
    assert OauthCode.select().count() == 0


UNUSABLE = [
    {"client_id": None},
    {"client_id": "app_unknown"},
    {"redirect_uri": None},
    {"redirect_uri": "https://evil.example/"},
    {"redirect_uri": f"{oauth.BACK}/"},
    {"redirect_uri": "https://app.example/signed-in?x=1"},
    {"redirect_uri": "https://evil.example/", "response_type": "töken"},
    {"redirect_uri": "https://evil.example/", "response_type": None, "code_challenge": None},
    {"redirect_uri": "http://localhost/back?x=1"},
    {"redirect_uri": "http://localhost:4000/back"},
    {"redirect_uri": "http://127.0.0.1:4000/other"},
    {"redirect_uri": "http://127.0.0.1.evil.example/back?x=1"},
    {"redirect_uri": "http://127.0.0.1:80@evil.example/back?x=1"},
    {"redirect_uri": "https://äpp.example/signed-in"},
    {"redirect_uri": f"{oauth.BACK}\n"},
    {"redirect_uri": '"\\'},
    {"redirect_uri": "http://127.0.0.1:4000/back\n"},
    {"client_id": 'app_"ü\\\n'},
    {"redirect_uri": [oauth.BACK, oauth.BACK]},
    {"redirect_uri": [oauth.BACK, "https://evil.example/"]},
]


def test_an_unusable_client_or_address_is_a_page_with_400_and_leads_nowhere(app_of_club, member):
    for given in UNUSABLE:
        asked = asking(app_of_club, **given)
        answers = [member.get(f"{place}?{asked}") for place in (AUTHORIZE, CONSENT)]
        for answer in (*answers, member.post(f"{CONSENT}?{asked}", {"answer": "allow"})):
            assert answer.status_code == 400 and "Location" not in answer.headers, given
            assert "This app cannot sign you in" in answer.text
    assert OauthCode.select().count() == 0


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"response_type": None}, "invalid_request"),
        ({"response_type": "töken \"'"}, "unsupported_response_type"),
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": [oauth.CHALLENGE] * 2}, "invalid_request"),
        ({"state": ["a", "b"]}, "invalid_request"),
    ],
)
def test_what_else_is_wrong_is_told_to_the_app_before_anybody_signs_in(world, app_of_club, given, error):
    answer = world.anonymous().get(f"{AUTHORIZE}?{asking(app_of_club, **given)}")
    assert answer.location.startswith(f"{oauth.BACK}?") and told(answer)["error"] == error


def test_an_address_on_the_own_machine_may_have_another_port(app_of_club, member):
    back = "http://127.0.0.1:49152/back?x=1"
    answer = member.post(f"{CONSENT}?{asking(app_of_club, redirect_uri=back)}", {"answer": "allow"})
    assert answer.location.startswith(f"{back}&code=")


def test_an_app_of_another_club_or_one_that_was_removed_signs_nobody_in(world, app_of_club, member):
    foreign = oauth.app_of(world.rival)
    assert member.get(f"{CONSENT}?{asking(foreign)}").status_code == 400
    apps.remove(app_of_club)
    assert member.get(f"{CONSENT}?{asking(app_of_club)}").status_code == 400


def test_a_club_that_there_is_not_is_told_like_a_client_that_there_is_not(world, app_of_club, member):
    for slug in ("nobody", "rival"):  # Rival has no club.
        answer = member.get(f"{AUTHORIZE.replace('/acme/', f'/{slug}/')}?{asking(app_of_club)}")
        assert answer.status_code == 400 and "This app cannot sign you in" in answer.text


def test_a_banned_member_is_told_and_not_sent_on(world, app_of_club, member):
    Member.update(banned_until=clock.now().replace(year=2090)).execute()
    answer = member.get(f"{CONSENT}?{asking(app_of_club)}")
    assert answer.status_code == 403 and "2090" in answer.text


def test_the_account_lists_the_apps_that_speak_for_the_member_and_ends_each(world, app_of_club, member):
    holder, other = things.holder_of(world.acme), oauth.member_of(world.acme, "Omar")
    token = oauth.token_of(world.acme).id
    chain, pair = chains.begin(world.acme.id, holder.id, app_of_club.id, token)
    foreign, _ = chains.begin(world.acme.id, other.id, app_of_club.id, token)
    assert "Acme app" in member.get("/club/acme/details").text
    assert member.post(f"/club/acme/apps/{foreign.id}/ending").status_code == 404
    assert member.post(f"/club/acme/apps/{chain.id}/ending").status_code == 303
    assert tokens.member_of(world.acme.id, pair.access) is None
    assert "Acme app" not in member.get("/club/acme/details").text
    assert TokenChain.get_by_id(foreign.id).ended_at is None


def mailed_code() -> str:
    """The code of the last mail, once the worker took up what was asked for."""
    while sign_in_codes.answer_asked():
        pass
    return re.search(r"^\d{4} \d{4}$", Mail.select().order_by(Mail.id.desc()).get().text, re.MULTILINE)[0]


@pytest.mark.on_both_engines
def test_a_password_is_set_by_a_mailed_code_and_changed_by_itself(world, app_of_club, member):
    holder = things.holder_of(world.acme)
    assert member.post(PASSWORD, {"password": oauth.PASSWORD, "present": ""}).status_code in (303, 422)
    assert Member.get_by_id(holder.id).password_hash is None
    assert member.post(f"{PASSWORD}/code").location == PASSWORD
    member.post(PASSWORD, {"code": "0000 0000", "password": oauth.PASSWORD})
    assert Member.get_by_id(holder.id).password_hash is None
    assert member.post(PASSWORD, {"code": mailed_code(), "password": oauth.PASSWORD}).location == "/club/acme/details"
    stored = Member.get_by_id(holder.id).password_hash
    assert stored_passwords.matches(stored, oauth.PASSWORD)
    assert "Your password at Acme" in Mail.select().order_by(Mail.id.desc()).get().subject
    for wrong in (
        {"present": "another one", "password": "a second good password"},
        {"present": oauth.PASSWORD, "password": "x"},
    ):
        member.post(PASSWORD, wrong)
        assert Member.get_by_id(holder.id).password_hash == stored
    changed = member.post(PASSWORD, {"present": oauth.PASSWORD, "password": "a second good password"})
    assert changed.location == "/club/acme/details" and member.get(changed.location).status_code == 200
    assert member.post(PASSWORD, {"present": "a second good password", "removal": "yes"}).status_code == 303
    assert Member.get_by_id(holder.id).password_hash is None


@pytest.mark.on_both_engines
def test_a_changed_password_ends_other_sign_ins_copies_of_this_one_and_all_apps(world, app_of_club, member):
    holder, copy, elsewhere = things.holder_of(world.acme), world.anonymous(), club.signed_in(world, world.acme)
    Member.update(password_hash=stored_passwords.hashed(oauth.PASSWORD)).where(Member.id == holder.id).execute()
    name = f"member-{world.acme.id}"
    copy.client.set_cookie(name, member.client.get_cookie(name, domain="127.0.0.1").value, domain="127.0.0.1")
    _, pair = chains.begin(world.acme.id, holder.id, app_of_club.id, oauth.token_of(world.acme).id)
    oauth.code_for(app_of_club, holder)
    member.post(PASSWORD, {"present": oauth.PASSWORD, "password": "a second good password"})
    assert OauthCode.select().count() == 0, "An app that waits with a code is signed in as well."
    assert [one.get("/club/acme/details").status_code for one in (member, copy, elsewhere)] == [200, 302, 302]
    assert tokens.member_of(world.acme.id, pair.access) is None


def test_tries_at_the_own_password_are_bounded(world, app_of_club, member):
    holder = things.holder_of(world.acme)
    Member.update(password_hash=stored_passwords.hashed(oauth.PASSWORD)).where(Member.id == holder.id).execute()
    for _ in range(10):
        member.post(PASSWORD, {"present": "another one", "password": "a second good password"})
    member.post(PASSWORD, {"present": oauth.PASSWORD, "password": "a second good password"})
    assert stored_passwords.matches(Member.get_by_id(holder.id).password_hash, oauth.PASSWORD)


def test_two_who_change_a_password_at_once_are_one(world, app_of_club):
    member = oauth.member_of(world.acme)
    proof = passwords.Proof(oauth.PASSWORD)
    passwords.change(member.id, "a second good password", proof, "", "")
    with pytest.raises(Exception, match="not the password"):
        passwords.change(member.id, "a third good password", proof, "", "")


def test_an_app_is_added_changed_and_removed(world):
    owner, token = world.as_("acme"), oauth.token_of(world.acme)
    assert 'href="/club-apps"' in owner.get("/club-page").text and "No app yet" in owner.get("/club-apps").text
    form = owner.get("/club-apps/new").text
    assert f'value="{token.id}" checked' in form and 'carry <span class="required-mark"' in form
    none = owner.post("/club-apps/new", {"name": "Shop", "redirect_uris": oauth.BACK})
    assert none.status_code == 422 and "Choose the client token" in none.text
    typed = {"name": "Shop", "redirect_uris": oauth.BACK, "origins": "https://shop.example", "token_ids": token.id}
    made = owner.post("/club-apps/new", typed)
    app = OauthApp.get()
    assert made.location == f"/club-apps/{app.id}/edit" and app.client_id in owner.get(made.location).text
    owner.post(made.location, typed | {"name": "Shop 2", "redirect_uris": f"{oauth.BACK}\ncom.example.app:/back"})
    app = OauthApp.get()
    assert (app.name, app.redirect_uris) == ("Shop 2", [oauth.BACK, "com.example.app:/back"])
    mia = oauth.member_of(world.acme)
    chains.begin(world.acme.id, mia.id, app.id, token.id)
    assert "1 member is signed out of it." in owner.get(f"/club-apps/{app.id}/removal").text
    assert owner.post(f"/club-apps/{app.id}/removal").location == "/club-apps"
    assert "Shop 2" not in owner.get("/club-apps?again").text.split("<main")[1].split("toast")[0]
    assert TokenChain.get().ended_at is not None


def test_an_address_that_is_none_is_refused(world):
    owner, token = world.as_("acme"), oauth.token_of(world.acme).id
    for address in (
        "http://shop.example/back", "https:///back", "https://user@shop.example/", "javascript:alert(1)", "data:text/html,x",
        "app:/back", "https://shop.example/back#part", "https://shop.example/a b", "/back", "com.example.app:",
        "https://shop.example\\@evil.example/", "https://täst.example/",
    ):  # fmt: skip
        owner.post("/club-apps/new", {"name": "Shop", "redirect_uris": address, "origins": "", "token_ids": token})
        assert not OauthApp.select().exists(), address
