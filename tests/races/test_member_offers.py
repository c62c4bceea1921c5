"""Many clients at an offer: the limits of a member, of a period and of all members hold together, over real HTTP."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.domain import sealing
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.terms import removing
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses.tables import OfferUse
from portal.domain.members.tables import Member
from portal.domain.offers.tables import Offer
from tests.races.control import is_lost
from tests.support import club_offers

pytestmark = pytest.mark.races
CLIENTS = 8


class Club:
    """An offer of the merchant's club, used through its server."""

    def __init__(self, merchant, members: int = 1, **limits):
        self.merchant, self.partner, self.id = merchant, merchant.partner, merchant.partner.id
        with merchant.server.connected():
            self.offer = club_offers.offer(self, **limits)
            self.members = [club_offers.member(self) for _ in range(members)]

    def use(self, member: Member, **body) -> tuple:
        """The request that uses it."""
        path = f"/v3/{self.partner.slug}/members/{member.id}/offers/{self.offer.offer_id}/use"
        return "POST", path, body, {"X-Client-Authorization": self.merchant.token}

    def used(self, requests: list[tuple]) -> Counter:
        """How often each was answered: 200, or the word of a refusal."""
        answers = self.merchant.at_once(requests)
        return Counter(200 if answer.status_code == 200 else answer.json()["error"] for answer in answers)

    def prepare(self, number: int) -> None:
        """So many uses that were made one after the other, in turn by each member."""
        with self.merchant.server.connected():
            for place in range(number):
                club_offers.use(self, self.members[place % len(self.members)], self.offer)

    def live(self) -> int:
        with self.merchant.server.connected():
            assert MemberTerms.get_by_id(self.offer.id).uses == OfferUse.select().where(*self._its()).count()
            return OfferUse.select().where(*self._its()).count()

    def _its(self):
        return OfferUse.terms == self.offer.id, OfferUse.undone_at.is_null()


@pytest.mark.parametrize(
    ("kind", "members", "word", "limit"),
    [
        ("member_limit", 1, "User limit exceeded", 1),
        ("member_limit", 1, "User limit exceeded", 10),
        ("period_limit", 1, "Periodic user limit exceeded", 10),
        ("global_limit", CLIENTS, "Global limit exceeded", 1),
        ("global_limit", CLIENTS, "Global limit exceeded", 500),
    ],
)
def test_no_more_uses_are_made_than_the_limit(merchant, kind, members, word, limit):
    club = Club(merchant, members, **{kind: limit}, **({"period": "YEAR"} if kind == "period_limit" else {}))
    club.prepare(max(0, limit - CLIENTS))  # All but the last few are made before.
    left = min(limit, CLIENTS)
    requests = [club.use(member) for member in club.members] * (2 * CLIENTS // members)
    assert club.used(requests) == {200: left, word: 2 * CLIENTS - left}
    assert club.live() == limit


def test_three_limits_hold_together(merchant):
    club = Club(merchant, 4, member_limit=4, period="YEAR", period_limit=3, global_limit=10)
    found = club.used([club.use(member) for member in club.members] * 6)
    assert found[200] == 10 == club.live()
    assert set(found) <= {200, "Periodic user limit exceeded", "Global limit exceeded"}


def test_a_use_is_active_once_however_often_the_button_is_pressed(merchant):
    club = Club(merchant, active_seconds=3600)
    assert club.used([club.use(club.members[0])] * CLIENTS) == {200: 1, "Already active": CLIENTS - 1}


def test_a_code_of_the_counter_is_good_for_one_use(merchant, monkeypatch):
    monkeypatch.setattr(sealing, "_secret", merchant.server.settings.secret_key.encode())
    club = Club(merchant, needs_authorization=True)
    mia = club.members[0]
    with merchant.server.connected():
        code = authorizations.make(club_offers.asks(club, mia.id), club.offer.offer_id)
    found = club.used([club.use(mia, authorization_token=code)] * CLIENTS)
    assert found == {200: 1, "Usage authorization token invalid": CLIENTS - 1}


def test_without_the_guard_an_offer_is_used_beyond_its_limit(unguarded):
    def play(_):
        club = Club(unguarded, CLIENTS, global_limit=1)
        return club.used([club.use(member) for member in club.members])[200] > 1

    assert is_lost(play)


def test_without_the_row_of_the_member_an_offer_is_used_beyond_the_limit_of_one(unguarded):
    def play(_):
        club = Club(unguarded, member_limit=1)
        return club.used([club.use(club.members[0])] * CLIENTS)[200] > 1

    assert is_lost(play)


def test_an_offer_that_is_removed_while_members_use_it_is_used_before_or_not_there(merchant):
    club = Club(merchant, CLIENTS)
    with ThreadPoolExecutor(1) as pool:
        using = pool.submit(merchant.at_once, [club.use(member) for member in club.members] * 3)
        with merchant.server.connected():
            assert removing.remove(club.offer)
    assert {answer.status_code for answer in using.result()} <= {200, 404}
    with merchant.server.connected():
        assert OfferUse.select().where(OfferUse.partner == club.id).count() == 0
        assert Offer.get_or_none(Offer.id == club.offer.offer_id) is None
