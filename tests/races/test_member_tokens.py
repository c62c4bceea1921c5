"""Apps that come twice at the same moment: a code draws tokens once, a refresh token for each of two tabs, an old password for nobody."""

from collections import Counter

import pytest

from portal.domain.members import passwords
from portal.domain.members.oauth import tokens
from portal.domain.members.oauth.tables import TokenChain
from portal.domain.members.passwords import Proof
from tests.races.control import is_lost
from tests.support import oauth
from tests.support.oauth import exchange, password, refresh

pytestmark = pytest.mark.races
CLIENTS = 8


def drawing(merchant, *asked: dict) -> list[tuple]:
    """These requests for tokens."""
    place, headers = f"/v3/{merchant.partner.slug}/members/oauth/token", {"X-Client-Authorization": merchant.token}
    return [("POST", place, body, headers) for body in asked]


def code_of(merchant, name: str) -> str:
    """A code of a new member's."""
    with merchant.server.connected():
        return oauth.code_for(
            oauth.app_of(merchant.partner), oauth.member_of(merchant.partner, mail=f"{name}@example.com")
        )


def exchanged(merchant, name: str) -> Counter:
    """Eight exchange one code; how often each status was answered."""
    answers = merchant.at_once(drawing(merchant, *[exchange(code_of(merchant, name))] * CLIENTS))
    return Counter(answer.status_code for answer in answers)


def works(merchant, access: str) -> bool:
    with merchant.server.connected():
        return tokens.member_of(merchant.partner.id, access) is not None


def test_of_many_who_exchange_one_code_one_gets_tokens_and_they_end(merchant):
    assert exchanged(merchant, "mia") == {200: 1, 400: CLIENTS - 1}
    with merchant.server.connected():
        chains = list(TokenChain.select().where(TokenChain.partner == merchant.partner))
    assert len(chains) == 1 and chains[0].ended_at is not None, "Whoever came second had seen the code."


def test_without_the_guard_a_code_draws_tokens_twice(unguarded):
    assert is_lost(lambda name: exchanged(unguarded, name)[200] > 1)


def test_two_tabs_that_refresh_at_once_both_hold_a_pair_that_works(merchant):
    first = merchant.at_once(drawing(merchant, exchange(code_of(merchant, "mia"))))[0].json()
    pairs = [answer.json() for answer in merchant.at_once(drawing(merchant, *[refresh(first["refresh_token"])] * 2))]
    assert all(works(merchant, pair["access_token"]) for pair in pairs)
    again = merchant.at_once(drawing(merchant, *[refresh(pair["refresh_token"]) for pair in pairs]))
    assert [answer.status_code for answer in again] == [200, 200]


def test_nobody_stays_signed_in_by_a_password_that_is_changed_at_that_moment(merchant):
    with merchant.server.connected():
        mia = oauth.member_of(merchant.partner)

    def change():
        with merchant.server.connected():
            passwords.change(mia.id, "a second good password", Proof(oauth.PASSWORD), "", "")

    asked = drawing(merchant, *[password("mia@example.com")] * CLIENTS)
    answers = merchant.at_once(asked, beside=change)
    drawn = [answer.json()["access_token"] for answer in answers if answer.status_code == 200]
    assert not any(works(merchant, access) for access in drawn)
