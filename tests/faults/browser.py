"""Somebody signed in at the real server, with plain requests and no browser."""

import re

import requests

from tests.support.visitor import cookie_of

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def signed_in(server, app_pool, role: str = "owner") -> requests.Session:
    """A session of acme's person of this role."""
    session = requests.Session()
    name, value = cookie_of(app_pool(server.settings), server.key_of("acme", role))
    session.cookies.set(name, value, domain="127.0.0.1", path="/")
    return session


def form_token(session: requests.Session, address: str) -> str:
    """The token of the form on a page."""
    page = session.get(address, timeout=60)
    assert page.status_code == 200, page.text
    return _TOKEN.search(page.text)[1]
