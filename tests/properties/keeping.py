"""The log gets its positions, is closed and ages, sooner or later than other things happen."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portal import clock
from portal.domain.affiliate.notices import gathered as gathered_notices
from portal.domain.events import ageing, chain, chain_proof, log
from tests.properties import seen
from tests.properties.model.terms import DAY, SECOND
from tests.properties.play import Play

DAYS = 30


def tell_what_waits() -> None:
    """The mails about what was gathered, as the worker writes them."""
    while gathered_notices.tell_due():
        pass


class Keeping(Play):
    """What was closed can be proved, whatever was written, closed and dropped in between."""

    @rule(most=st.sampled_from([1, 4, 500]))
    def events_get_positions(self, most):
        """Some or all of them, as the worker comes to it."""
        log.give_positions(most)

    @rule(together=st.sampled_from([3, 10, 500]), seconds=st.sampled_from([0, 601]))
    def the_log_is_closed(self, together, seconds):
        self.stage.wall.micros += seconds * SECOND
        with clock.acting(0):
            tell_what_waits()
            chain.close(together)
        assert chain_proof.faults() == []

    @rule()
    def the_log_ages(self):
        """All of it is closed, and a month later gone; deals, their money and their figures are as before."""
        log.give_positions()
        self.stage.wall.micros += 601 * SECOND
        with clock.acting(0):
            tell_what_waits()
            while chain.close(20):
                pass
            self.stage.wall.micros += (DAYS + 1) * DAY
            before = seen.facts()
            while ageing.drop_old(DAYS):
                pass
        left = seen.facts()
        for uuid, told in before.items():
            self.aged[uuid] += told[: len(told) - len(left[uuid])]
        assert chain_proof.faults() == []
