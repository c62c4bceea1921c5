"""Time passes and the worker works, alone, disturbed or in company."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.properties import strategies as some
from tests.properties import workers
from tests.properties.model.terms import SECOND
from tests.properties.play import Play


def is_waiting(play) -> bool:
    return any(deal.due_at is not None for side in play.sides for deal in side.model.deals.values())


def is_due(play) -> bool:
    return bool(play.due())


def is_unpaid(play) -> bool:
    return any(deal.status == "Created" for side in play.sides for deal in side.model.deals.values())


class Working(Play):
    """The worker settles what is due, each deal once."""

    @precondition(is_waiting)
    @rule(seconds=some.WAITS)
    def sleep(self, seconds):
        for side in self.sides:
            side.sleep(seconds)

    @precondition(is_waiting)
    @rule()
    def the_worker_comes_too_early_and_in_time(self):
        """Nothing is settled a microsecond before its time, and all of it then."""
        workers.drain()
        self.settle_in_model()
        waiting = [d.due_at - s.now for s in self.sides for d in s.model.deals.values() if d.due_at is not None]
        if waiting:
            self.stage.wall.micros += min(waiting) - 1
            assert workers.drain() == 0
            self.stage.wall.micros += 1
            assert workers.drain() == self.settle_in_model() > 0

    @precondition(is_unpaid)
    @rule(pick=st.integers(0, 7), comment=st.sampled_from(["a remark", "another", None]))
    def nobody_pays_for_a_deal(self, pick, comment):
        """It is canceled when its time is over, whatever was remarked of it, and was not given back."""
        waiting = [
            (side, deal)
            for side in self.sides
            for deal in side.model.deals.values()
            if deal.status == "Created" and deal.due_at > side.now + 2 * SECOND
        ]
        if not waiting:
            return
        side, deal = waiting[pick % len(waiting)]
        self.call(side, "update", (deal.deal_id, deal.deal_id, {"comment": comment}), "domain")
        side.sleep(max(0, -(-(deal.due_at - side.now) // SECOND)))
        assert workers.drain() == self.settle_in_model() > 0

    @precondition(is_due)
    @rule(pick=st.integers(0, 7), changes=some.MOVES | some.CHANGES, road=some.ROADS)
    def somebody_comes_after_the_moment_and_before_the_worker(self, pick, changes, road):
        """The moment has decided: a canceled deal stays so, an approved one is."""
        side, deal = self.due()[pick % len(self.due())]
        self.call(side, "update", (deal.deal_id, deal.deal_id, changes), road)

    @precondition(is_due)
    @rule(
        how=st.sampled_from(["alone", "cut off", "overtaken", "two in turn", "two at once"]),
        count=st.integers(0, 2),
        changes=some.MOVES,
    )
    def work(self, how, count, changes):
        """The worker settles what is due, whatever comes in between."""
        self.tick()
        if how == "alone":
            assert (workers.drain(), workers.drain()) == (self.settle_in_model(), 0)
        elif how == "cut off":
            self._cut_off(count)
        elif how == "overtaken":
            self._overtaken(changes)
        elif how == "two in turn":
            inner: list[int] = []
            assert workers.overtaken_by(lambda: inner.append(workers.drain())) == 0
            assert inner == [self.settle_in_model()]
        else:
            assert workers.together() == self.settle_in_model()

    def _cut_off(self, count: int) -> None:
        """What was settled stays settled, what the worker was at is as before, and the next one does the rest."""
        workers.cut_off_after(count)
        there, left = self.now_there(), count
        for side, deal in self.due():
            if there[side.party.id, deal.deal_id][1] != deal:
                side.model.settle(deal, side.now)
                left -= 1
        assert left == 0 or not self.due()
        self.agree()

    def _overtaken(self, changes: dict) -> None:
        """A request moves the first deal after the worker has read that it is due."""
        side, deal = self.due()[0]
        arguments = (deal.deal_id, deal.deal_id, changes)
        workers.overtaken_by(lambda: self.call(side, "update", arguments, "domain", tick=False))
        self.settle_in_model()
