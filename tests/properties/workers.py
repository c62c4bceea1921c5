"""The worker at its work, disturbed: cut off in the middle, overtaken by a request, or one of several."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from portal import clock, database
from portal.domain.affiliate.deals import moves as deal_moves
from tests.support.waiting import PATIENCE_SECONDS


class CutOff(BaseException):
    """The worker was killed."""


def drain() -> int:
    """As the worker does it: again and again until nothing is due; how many deals that were."""
    with clock.acting(0):
        done = 0
        while count := deal_moves.settle_due():
            done += count
        return done


def cut_off_after(count: int) -> None:
    """A drain that dies while it settles one deal more than this."""
    tell, told = deal_moves._tell, []

    def tell_or_die(*fact):
        told.append(fact)
        if len(told) > count:
            raise CutOff
        tell(*fact)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deal_moves, "_tell", tell_or_die)
        try:
            drain()
        except CutOff:
            pass


def overtaken_by(action) -> int:
    """A drain that has read what is due when something else happens before it settles the first."""
    happened = []

    def once():
        if not happened:
            happened.append(True)
            action()

    with _before_settling(once):
        return drain()


def together(workers: int = 2) -> int:
    """Several workers that have all read what is due before one settles it; how many deals they settled."""
    gate, own = threading.Barrier(workers), threading.local()

    def meet():
        if not getattr(own, "met", False):
            own.met = True
            gate.wait(timeout=PATIENCE_SECONDS)

    def work(_):
        try:
            return drain()
        finally:
            database.drop_connection()

    with _before_settling(meet), ThreadPoolExecutor(workers) as pool:
        return sum(pool.map(work, range(workers)))


@contextmanager
def _before_settling(action):
    settle = deal_moves._settle

    def settle_after(*due):
        action()
        return settle(*due)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deal_moves, "_settle", settle_after)
        yield
