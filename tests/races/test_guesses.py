"""Guesses of many at the same moment, from many addresses, at many workers: each is counted."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from portal.domain import sealing
from portal.domain.accounts.sign_ins import passwords
from portal.domain.accounts.tables import User
from portal.domain.identifiers import new_uuid
from tests.races.conftest import GUESSES as LIMIT
from tests.races.control import is_lost
from tests.support import phone
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.races
AT_ONCE = 16
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture(scope="session")
def strict_pool(launch_server):
    """A server that takes few tries, behind a proxy that says where they come from; one for each engine."""
    made = {}

    def of(engine_name: str):
        if engine_name not in made:
            made[engine_name] = launch_server(engine_name, sign_in_limit=LIMIT, trusted_proxies=1)
        return made[engine_name]

    return of


class Guesser:
    """Somebody at an address of their own, with a page open."""

    def __init__(self, server, number: int):
        self.url, self.browser = server.url, requests.Session()
        self.browser.headers.update({"Connection": "close", "X-Forwarded-For": f"198.51.100.{number}"})
        self.send("GET", "/sign-in")

    def send(self, method: str, path: str, form: dict | None = None):
        given = form and {"csrf_token": self.token, **form}
        answer = self.browser.request(method, f"{self.url}{path}", data=given, allow_redirects=False, timeout=60)
        if found := _TOKEN.search(answer.text):
            self.token = found[1]
        is_kept = answer.status_code == 303 and "kept=" in answer.headers["Location"]
        return self.send("GET", answer.headers["Location"]) if is_kept else answer

    def password(self, mail: str, password: str = "a wrong password") -> int:
        return self.send("POST", "/sign-in", {"mail": mail, "password": password}).status_code

    def code(self) -> int:
        return self.send("POST", "/sign-in/code", {"code": "000000"}).status_code


def together(acts) -> Counter:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(threads.map(lambda act: act(), acts))


def somebody(server) -> User:
    with server.connected():
        return User.create(mail=f"{new_uuid()}@races.example", name="Racer", password_hash=passwords.hashed(PASSWORD))


def guessed_passwords(server) -> Counter:
    user, guessers = somebody(server), [Guesser(server, number) for number in range(AT_ONCE)]
    return together([lambda guesser=guesser: guesser.password(user.mail) for guesser in guessers])


def test_so_many_passwords_are_tried_and_no_more(strict_pool, engine_name):
    assert guessed_passwords(strict_pool(engine_name)) == {422: 2 * LIMIT, 429: AT_ONCE - 2 * LIMIT}


def test_so_many_codes_are_tried_and_no_more_over_as_many_half_sign_ins(strict_pool, engine_name):
    server = strict_pool(engine_name)
    user, guessers = somebody(server), [Guesser(server, number) for number in range(AT_ONCE)]
    sealing.use_secret(server.settings.secret_key)
    with server.connected():
        phone.turned_on(user)
    for guesser in guessers:
        assert guesser.password(user.mail, PASSWORD) == 303
        guesser.send("GET", "/sign-in/code")
    assert together([guesser.code for guesser in guessers]) == {422: LIMIT, 429: AT_ONCE - LIMIT}


def test_without_the_guard_more_are_tried(unguarded):
    assert is_lost(lambda _: guessed_passwords(unguarded.server)[422] > 2 * LIMIT)
