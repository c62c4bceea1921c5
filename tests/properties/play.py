"""A play of the programme: how every call is made, and what must hold after each step."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from portal.domain import money, verify
from tests.properties import paid, seen, seen_figures, seen_payouts, workers
from tests.properties import strategies as some
from tests.properties.model.deal import Deal
from tests.properties.model.terms import DONE, MISSING, REFUSED, SECOND, Refusal, Said
from tests.properties.stage import Side, Stage


class Play(RuleBasedStateMachine):
    """The portal and the model side by side."""

    def __init__(self, stage: Stage):
        super().__init__()
        self.stage, self.last, self.found, self.keys, self.aged = stage, None, {}, 0, defaultdict(list)

    @initialize(
        in_test_mode=st.booleans(), said=st.lists(some.new_reports(), min_size=4, max_size=8), history=some.HISTORIES
    )
    def begin(self, in_test_mode, said, history):
        """Some deals are there already, and things happened to them, so that a short play comes far."""
        self.stage.set_up(in_test_mode)
        self.sides = self.stage.sides
        self.figures = seen_figures.Processes(self.stage.figures_every)
        self.offer_words = {offer.id: word for side in self.sides for word, offer in side.offers.items()}
        half = len(said) // 2
        for one in said[:half]:
            self.report_new(self.sides[0], one, 0, "domain")
        for happened in history:
            self.happen(happened)
            self.agree()
        for one in said[half:]:
            self.report_new(self.sides[0], one, 0, "domain")

    def happen(self, what: str) -> None:
        side = self.sides[0]
        if what == "days pass":
            side.sleep(5 * 86_400)
            assert workers.drain() == self.settle_in_model()
        elif what == "paid":
            chosen = [(*line, amount) for line, amount in side.model.open_sums().items()]
            if any(amount > 0 for _, _, amount in chosen):
                self.tick()
                paid.pay(side, chosen)
        elif what in some.OTHER_TERMS:
            for code in side.catalogs:
                side.change_catalog(code, some.OTHER_TERMS[what])
        else:
            deal_id = f"order-{what[-1]}"
            self.call(side, "update", (deal_id, deal_id, {"status": what[:-2]}), "domain")

    def tick(self):
        """No two things happen at the same moment."""
        self.stage.wall.micros += SECOND + 1

    @invariant()
    def agree(self):
        """The database is what the model is, and keeps what was promised."""
        if not hasattr(self, "sides"):
            return
        there = self.now_there()
        seen.keep_their_promises(there, self.found)
        expected = {(side.party.id, deal_id): deal for side in self.sides for deal_id, deal in side.model.deals.items()}
        assert {key: deal for key, (_, deal) in there.items()} == expected
        made, opened = seen_payouts.payouts()
        for side in self.sides:
            assert made.get(side.party.id, []) == side.model.payouts
            assert opened.get(side.party.id, {}) == side.model.open_items()
        self.found = there
        self.figures.tell_the_truth(self.sides)

    def teardown(self):
        if hasattr(self, "sides"):
            assert verify.faults() == []

    def call(self, side: Side, verb: str, arguments: tuple, road: str, tick: bool = True):
        """Ask the model and the portal, and compare what they answer."""
        if tick:
            self.tick()
        outcome, deal = self.asked_of_model(side, verb, arguments)
        self.keys += 1
        key = f"key-{self.keys}" if road == "api with a key" else None
        answer = self.send(side, verb, arguments, road, key)
        assert answer[0] == outcome, f"{verb} {arguments}: {answer[1]}"
        if outcome == DONE:
            _compare(answer[1], deal)
        if key and outcome == DONE:
            again = self.send(side, verb, arguments, road, key)[1]
            assert (again.status, again.body) == (answer[1].status, answer[1].body)
            assert again.headers.get("Idempotent-Replayed") == "true", "the key had the call run again"
        self.last = (side, verb, arguments, road, key, answer, side.now, self.now_there())

    def send(self, side: Side, verb: str, arguments: tuple, road: str, key: str | None):
        headers = {"Idempotency-Key": key} if key else {}
        if verb == "report":
            return side.report(*arguments) if road == "domain" else side.report_by_api(*arguments, **headers)
        reference, deal_id, changes = arguments
        known = side.model.deals.get(deal_id)
        currency = known.currency if known else "USD"
        if road == "domain":
            return side.update(reference, changes, currency)
        return side.update_by_api(reference, changes, currency, **headers)

    def asked_of_model(self, side: Side, verb: str, arguments: tuple):
        try:
            deal = (
                side.model.report(*arguments, side.now)
                if verb == "report"
                else side.model.update(*arguments[1:], side.now)
            )
        except Refusal:
            return REFUSED, None
        return (DONE, deal) if deal else (MISSING, None)

    def report_new(self, side: Side, said: Said, pick: int, road: str):
        """Report a deal of what the merchant sells, with an id of its own."""
        offer = side.model.offers[said.offer]
        said = replace(
            said, deal_id=f"order-{len(side.model.deals) + 1}", offer=offer.name, catalog=offer.catalog,
            currency=offer.currencies[pick % len(offer.currencies)],
        )  # fmt: skip
        self.call(side, "report", (self.marked(side, said),), road)

    def other(self, side: Side) -> Side:
        return self.sides[1 - self.sides.index(side)]

    def due(self) -> list[tuple[Side, Deal]]:
        return [(side, deal) for side in self.sides for deal in side.model.due(side.now)]

    def settle_in_model(self) -> int:
        due = self.due()
        for side, deal in due:
            side.model.settle(deal, side.now)
        return len(due)

    def marked(self, side: Side, said: Said) -> Said:
        """With the marks of the merchant and of the other one filled in."""
        marks = side.mark, self.other(side).mark
        filled = {name: getattr(said, name) for name in ("another_data", "promo_code")}
        return replace(said, **{name: value and value.format(*marks) for name, value in filled.items()})

    def now_there(self) -> dict:
        return seen.deals(self.offer_words, self.aged)

    def uuid(self, side: Side, deal_id: str) -> str | None:
        return self.found.get((side.party.id, deal_id), (None,))[0]


def _compare(answer, deal):
    """What was answered is how the deal stands."""
    body = getattr(answer, "body", None)
    if body is None:
        assert (answer.status, answer.is_returned, answer.cost) == (deal.status, deal.is_returned, deal.cost)
        assert (answer.payment_sum, answer.comment) == (deal.payment_sum, deal.comment)
        return
    assert (body["status"], body["is_returned"]) == (deal.status, deal.is_returned)
    assert money.to_minor(Decimal(str(body["cost"])), deal.currency) == deal.cost
