"""Figures are asked for while deals change: whatever a process remembers of it, at rest it shows what the deals sum up to."""

import threading
from random import Random

import pytest
import requests

from portal.domain import remembered
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.events import log
from tests.support.visitor import Visitor, cookie_of

pytestmark = pytest.mark.races
ROUNDS, WRITERS, DEALS = 5, 8, 12
FIGURES = "/figures?days=7"


@pytest.fixture
def key(merchant) -> str:
    """A sign-in of the merchant's owner, acting for it."""
    with merchant.server.connected():
        key = merchant.server.world.key_of("acme")
        sign_in, user, *_ = sign_ins.find(key)
        sign_ins.act_for(sign_in, user, merchant.partner.id)
    return key


@pytest.fixture
def look(merchant, key, app_pool):
    """The figures as people of the merchant's see them, from either process."""
    name, value = cookie_of(app_pool(merchant.server.settings), key)
    headers = {"Cookie": f"{name}={value}", "Connection": "close", "HX-Request": "true"}

    def look() -> str:
        address = merchant.server.url + FIGURES
        answer = requests.get(address, headers=headers, timeout=60, allow_redirects=False)
        assert answer.status_code == 200
        return answer.text

    return look


def change(merchant, random: Random) -> tuple:
    """A request that reports, pays, corrects or cancels one of some deals, each time another."""
    deal_id = f"deal-{random.randrange(DEALS)}"
    said = random.choice([{"status": "Paid"}, {"status": "Canceled"}, {"cost": random.randrange(1, 90)}, None])
    if said is None:
        return "POST", "/deal/", merchant.said(deal_id=f"deal-{random.randrange(10_000)}", status="Paid")
    return "PATCH", f"/deal/{deal_id}/", said


def work(merchant) -> None:
    """The worker's part: what is due, and positions."""
    with merchant.server.connected():
        Deal.update(due_at=0).where(Deal.partner == merchant.partner, Deal.status == "Paid", Deal.cost > 60).execute()
        deal_moves.settle_due(), log.give_positions()


def summed_anew(merchant, key, app) -> str:
    with merchant.server.connected():
        remembered.forget_all()
        return Visitor(app, key).get(FIGURES, htmx=True).text


def test_at_rest_every_process_shows_what_the_deals_sum_up_to(merchant, look, key, app_pool):
    random, at_rest = Random(7), threading.Event()
    for number in range(DEALS):
        merchant.send("POST", "/deal/", merchant.said(deal_id=f"deal-{number}", cost=number * 10))

    def keep_looking():
        while not at_rest.is_set():
            look()

    readers = [threading.Thread(target=keep_looking) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for round_ in range(ROUNDS):
            changes = [change(merchant, random) for _ in range(WRITERS)]
            merchant.at_once(changes, beside=lambda: work(merchant), later=round_ * 0.005)
            assert {look() for _ in range(4)} == {summed_anew(merchant, key, app_pool(merchant.server.settings))}
    finally:
        at_rest.set()
        for reader in readers:
            reader.join()
