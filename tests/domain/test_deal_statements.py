"""The statements that move a deal hold the rule alone: whoever skips the look before them changes nothing."""

import pytest

from portal import clock
from portal.database import transaction
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals import queries as deal_queries
from portal.domain.affiliate.deals.tables import Deal

CREATED, PAID, APPROVED, CANCELED, RETURNED = STATES = ("Created", "Paid", "approved", "Canceled", "returned")
NOW = 1_800_000_000_000_000
MOVES = {
    "PAY": (deal_queries.PAY, {"now": NOW, "earned": 5, "due_at": NOW}, {CREATED}),
    "CANCEL": (deal_queries.CANCEL, {"now": NOW, "at": NOW, "returned": False}, {CREATED, PAID, APPROVED}),
    "RETURN": (deal_queries.RETURN, {"returned": True, "now": NOW}, {CANCELED}),
    "COST": (deal_queries.COST, {"cost": 7, "earned": 5, "now": NOW}, {CREATED, PAID}),
}


@pytest.fixture
def deal_in(market):
    """`deal_in("approved")`: the id of a deal that came to this state by the domain's own verbs."""

    def bring(state: str) -> int:
        market.report(CREATED if state == CREATED else PAID)
        if state == APPROVED:
            Deal.update(due_at=clock.micros()).execute()
            assert deal_moves.settle_due() == 1
        elif state in (CANCELED, RETURNED):
            market.update(CANCELED, is_returned=state == RETURNED)
        return market.deal().id

    return bring


def run(statement, **parameters) -> tuple[int, bool]:
    """How many rows the statement touched, and whether the deal is another one now."""
    before = Deal.get().__data__
    with transaction():
        touched = statement.run(**parameters)
    return touched, Deal.get().__data__ != before


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", MOVES)
def test_a_move_touches_a_deal_in_its_own_states_alone(deal_in, name, state):
    statement, parameters, states = MOVES[name]
    moved = state in states
    assert run(statement, **parameters, id=deal_in(state)) == (int(moved), moved)


@pytest.mark.parametrize("name", MOVES)
def test_a_move_touches_no_other_deal(market, deal_in, name):
    statement, parameters, states = MOVES[name]
    state = min(states)
    chosen = deal_in(state)
    other = Deal.get_by_id(chosen).__data__ | {"id": chosen + 1, "uuid": "other", "deal_id": "other"}
    Deal.insert(**other).execute()
    with transaction():
        assert statement.run(**parameters, id=chosen) == 1
    assert Deal.get_by_id(chosen + 1).__data__ == other


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("late", [-1, 0, 1])
def test_approval_waits_for_the_end_of_the_hold_to_the_microsecond(deal_in, state, late):
    chosen = deal_in(state)
    due = clock.to_micros(Deal.get().due_at) if state in (CREATED, PAID) else NOW
    approved = state == PAID and late >= 0
    assert run(deal_queries.APPROVE, now=due + late, at=due, id=chosen) == (int(approved), approved)


@pytest.mark.parametrize("state", [APPROVED, CANCELED, RETURNED])
def test_nothing_is_due_of_a_deal_that_has_ended(deal_in, state):
    deal_in(state)
    assert Deal.get().due_at is None
