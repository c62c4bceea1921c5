"""Parts of approved deals go back, before and after they are paid out."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from portal.domain import money
from portal.domain.affiliate.refunds import refunds
from tests.properties.model.terms import DONE, MISSING, REFUSED, Refusal
from tests.properties.play import Play
from tests.properties.stage import Side
from tests.properties.strategies import PICKS, SIDES

AMOUNTS = st.sampled_from([1, 10, 50, 3333, "rest", "more"])


def has_approved(play) -> bool:
    return any(deal.approved_at for side in play.sides for deal in side.model.deals.values())


class Refunding(Play):
    """Merchants give a part back, now and then of a deal that is not approved."""

    @precondition(has_approved)
    @rule(which=SIDES, pick=PICKS, any_deal=st.booleans(), amount=AMOUNTS, by_api=st.booleans())
    def give_a_part_back(self, which, pick, any_deal, amount, by_api):
        side = self.sides[which]
        approved = [deal for deal in side.model.deals.values() if deal.approved_at or any_deal]
        if approved:
            deal = approved[pick % len(approved)]
            left = deal.cost - sum(part for part, _ in deal.refunds)
            self.tick()
            self._give_back(side, deal.deal_id, {"rest": left, "more": left + 1}.get(amount, amount), by_api)

    def _give_back(self, side: Side, deal_id: str, amount: int, by_api: bool) -> None:
        try:
            expected, deal = DONE, side.model.give_back(deal_id, amount, side.now)
        except Refusal:
            expected, deal = REFUSED, side.model.deals[deal_id]
        given = money.to_decimal(amount, deal.currency)
        outcome, answer = (
            side.asked("POST", f"/deal/{deal_id}/refunds/", {"amount": str(given)})
            if by_api
            else side.outcome(lambda: refunds.give_back(side.party.id, deal_id, given))
        )
        assert outcome == expected, answer
        stranger = self.other(side)
        if deal_id not in stranger.model.deals:
            refused = stranger.outcome(lambda: refunds.give_back(stranger.party.id, deal_id, given))
            assert refused[0] == MISSING
