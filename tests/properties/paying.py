"""Promoters are paid what is open, and what never arrived is taken back."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from portal.domain.affiliate.payouts import payouts
from tests.properties import paid
from tests.properties.model.terms import DONE, REFUSED
from tests.properties.play import Play
from tests.properties.strategies import PICKS, SIDES

MOST = st.sampled_from([20_000, 1, 2])


def has_payouts(play) -> bool:
    return any(side.model.payouts for side in play.sides)


def has_open(play) -> bool:
    return any(side.model.open_sums() for side in play.sides)


class Paying(Play):
    """A run pays what was seen, once."""

    @precondition(has_open)
    @rule(which=SIDES, amiss=st.sampled_from([0, 0, 0, 1, -1]), only_first=st.booleans(), most=MOST)
    def pay(self, which, amiss, only_first, most):
        """The whole preview or its first line, of which one sum may have changed since it was seen; and once more."""
        side = self.sides[which]
        previewed = {(line.promoter_id, line.currency): line.amount for line in payouts.preview(side.party.id)}
        assert previewed == side.model.open_sums()
        chosen = [(*line, amount) for line, amount in previewed.items()][: 1 if only_first else None]
        if chosen:
            chosen[0] = (*chosen[0][:2], chosen[0][2] + amiss)
        for _ in range(2):
            self.tick()
            paid.pay(side, chosen, most)

    @precondition(has_payouts)
    @rule(which=SIDES, pick=PICKS)
    def a_deal_that_was_paid_out_is_canceled(self, which, pick):
        """What was paid too much waits for the next payout."""
        side = self.sides[which]
        stands = {deal_id for payout in side.model.payouts if not payout.taken_back for deal_id in payout.items}
        paid_out = sorted(deal_id for deal_id in stands if side.model.deals[deal_id].status == "Paid")
        if paid_out:
            deal_id = paid_out[pick % len(paid_out)]
            self.call(side, "update", (deal_id, deal_id, {"status": "Canceled"}), "domain")

    @precondition(has_payouts)
    @rule(which=SIDES, pick=PICKS)
    def take_back(self, which, pick):
        self.tick()
        side = self.sides[which]
        if side.model.payouts:
            payout = side.model.payouts[pick % len(side.model.payouts)]
            expected = REFUSED if payout.taken_back else DONE
            taken = side.outcome(lambda: payouts.take_back(side.party.id, payout.name, "The account is closed."))
            assert taken[0] == expected, taken[1]
            payout.taken_back = True
