"""A member signs in to an app of the club's on a phone, from the app's link back to the app, and ends it in the account."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from playwright.sync_api import expect

from portal.domain.cards.cards import cards
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.mail.tables import Mail
from portal.domain.members.oauth import tokens
from portal.domain.members.sign_ins import codes
from portal.domain.members.tables import Member
from tests.support import loyalty, oauth


class _App(BaseHTTPRequestHandler):
    """The app's own page."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>App</title><h1>Back in the app</h1>")

    def log_message(self, *said):
        """Nobody reads it."""


@pytest.fixture
def app_page():
    """Where the app stands."""
    served = ThreadingHTTPServer(("127.0.0.1", 0), _App)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}/signed-in"
    served.shutdown()
    served.server_close()


@pytest.fixture
def mia(server, app_pool) -> Member:
    app_pool(server.settings)  # Codes are signed as the server does.
    with server.connected():
        mia = loyalty.customer(server.world.acme, "Mia", mail=f"mia{CardTemplate.select().count()}@example.com")
        cards.issue(mia.partner_id, mia.id, loyalty.template(server.world.acme, 0).id)
    return mia


def mailed_code(server, mail: str) -> str:
    with server.connected():
        while codes.answer_asked():
            pass
        text = Mail.select().where(Mail.to == mail).order_by(Mail.id.desc()).get().text
    return re.search(r"^\d{4} \d{4}$", text, re.MULTILINE)[0]


def exchanged(server, came_back_to: str, redirect_uri: str) -> dict:
    """What the app draws with the code that it was called with."""
    given = {name: values[0] for name, values in parse_qs(urlsplit(came_back_to).query).items()}
    assert given["state"] == "of the app"
    asked = oauth.exchange(given["code"], redirect_uri=redirect_uri)
    headers = {"X-Client-Authorization": server.world.acme.token}
    answer = requests.post(f"{server.url}/api/v3/acme/members/oauth/token", data=asked, headers=headers, timeout=60)
    return answer.json()


@pytest.mark.browser
def test_a_member_signs_in_to_an_app_and_ends_it(server, open_page, axe, mia, app_page):
    owner = open_page("acme", axe=True)
    owner.goto("/club-page")
    owner.get_by_role("link", name="Apps", exact=True).click()
    expect(owner.get_by_role("heading", name="Apps of your club")).to_be_visible()
    owner.goto("/club-apps/new")
    owner.get_by_label("Name").fill("Trail app")
    owner.get_by_label("Where members come back to").fill("http://127.0.0.1/signed-in")
    owner.get_by_role("checkbox", name=server.world.acme.token[:12]).check()
    owner.get_by_role("button", name="Add the app").click()
    expect(owner.get_by_role("heading", name="Trail app")).to_be_visible()
    assert axe(owner) == []
    client_id = owner.locator(".copyable code").text_content()

    phone = open_page(device="iPhone 13", axe=True)
    asked = {
        "response_type": "code", "client_id": client_id, "redirect_uri": app_page, "state": "of the app",
        "code_challenge": oauth.CHALLENGE, "code_challenge_method": "S256",
    }  # fmt: skip
    phone.goto(f"/api/v3/acme/members/oauth/authorize?{urlencode(asked)}")
    phone.get_by_label("Mail address").fill(mia.mail)
    phone.get_by_role("button", name="Mail me a code").click()
    expect(phone.get_by_role("heading", name="Look into your mail")).to_be_visible()
    phone.get_by_label("Code").fill(mailed_code(server, mia.mail))
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("heading", name="Sign in to Trail app?")).to_be_visible()
    assert axe(phone) == []
    phone.get_by_role("button", name="Allow", exact=True).click()
    expect(phone.get_by_role("heading", name="Back in the app")).to_be_visible()
    pair = exchanged(server, phone.url, app_page)
    assert pair["resource_owner_id"] == mia.id

    phone.goto("/club/acme/details")
    apps = phone.locator("section").filter(has=phone.get_by_role("heading", name="Apps that speak for you"))
    expect(apps.get_by_text("Trail app").first).to_be_visible()
    assert axe(phone) == []
    apps.get_by_role("button", name="End Trail app").click()
    expect(phone.get_by_text("The app speaks for you no more.")).to_be_visible()
    expect(apps).to_have_count(0)
    with server.connected():
        assert tokens.member_of(mia.partner_id, pair["access_token"]) is None

    phone.get_by_role("link", name="Set a password").click()
    phone.get_by_role("button", name="Mail me a code").click()
    expect(phone.get_by_label("Code")).to_be_visible()
    assert axe(phone) == []
    phone.get_by_label("Code").fill(mailed_code(server, mia.mail))
    phone.get_by_label("New password").fill(oauth.PASSWORD)
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("link", name="Change the password")).to_be_visible()
    phone.goto("/api/v3/acme/members/oauth/authorize?client_id=unknown")
    expect(phone.get_by_role("heading", name="This app cannot sign you in")).to_be_visible()
    assert axe(phone) == []
