"""Whatever is killed without warning, nothing that was answered is lost, and the portal goes on."""

import os
import signal

import pytest

from tests.faults.shop import Shop, refuse_losses
from tests.support.waiting import until
from tests.test_supervisor import children_of, runs

ROUNDS = [pytest.param(2, id="short"), pytest.param(20, id="long", marks=pytest.mark.long)]
BETWEEN = 15


@pytest.mark.parametrize("rounds", ROUNDS)
def test_no_answered_deal_is_lost_when_a_web_process_is_killed(portal, rounds):
    master = portal.processes["web"].pid
    with Shop(portal).selling() as shop:
        for _ in range(rounds):
            shop.sell(BETWEEN)
            dead = children_of(master)[0]
            os.kill(dead, signal.SIGKILL)
            until(lambda dead=dead: dead not in children_of(master) and len(children_of(master)) == 2, "a new process")
        shop.sell(BETWEEN)
    assert set(shop.statuses) <= {200, "no answer"}
    refuse_losses(portal, shop.answered)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_no_answered_deal_is_lost_when_the_web_server_is_killed(portal, rounds):
    with Shop(portal).selling() as shop:
        for _ in range(rounds):
            shop.sell(BETWEEN)
            master = portal.processes["web"]
            orphans = children_of(master.pid)
            master.kill()
            master.join()
            portal.start("web")
            until(lambda orphans=orphans: not any(map(runs, orphans)), "the processes it left to end by themselves")
            portal.wait_until_ready()
        shop.sell(BETWEEN)
    assert set(shop.statuses) <= {200, "no answer"}
    refuse_losses(portal, shop.answered)


@pytest.mark.parametrize("rounds", [pytest.param(1, id="short"), ROUNDS[1]])
def test_no_answered_deal_is_lost_when_everything_is_killed_at_once(portal, rounds):
    portal.start("worker")
    with Shop(portal).selling() as shop:
        for _ in range(rounds):
            shop.sell(BETWEEN)
            portal.kill("web")
            portal.kill("worker")
            portal.start("web")
            portal.start("worker")
        shop.sell(BETWEEN)
    assert set(shop.statuses) <= {200, "no answer"}
    refuse_losses(portal, shop.answered)
