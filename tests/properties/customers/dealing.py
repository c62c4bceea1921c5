"""Deals that name a customer: approved, returned in part, canceled."""

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portal import clock
from portal.domain.affiliate.deals import deals, moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.refunds import refunds
from tests.affiliate import things
from tests.properties.customers import model
from tests.properties.customers.play import PICK, Play


class Told:
    """A deal: how it calls its customer, and what it credited."""

    def __init__(self, name: str, calls: str, cost: int):
        self.name, self.calls, self.cost = name, calls, cost
        self.state, self.returned, self.credits, self.whose = "Paid", 0, [], None


class Dealing(Play):
    """What deals credit is credited once, and taken back once."""

    def deal(self, pick: int, state: str) -> Told | None:
        """Mostly one that stands so."""
        some = [told for told in self.deals if told.state == state or pick % 8 == 0]
        return some[pick // 8 % len(some)] if some else None

    @rule(
        pick=PICK,
        by=st.sampled_from(["uuid", "uuid", *model.KNOWN_BY]),
        cost=st.sampled_from([100, 1234, 2750]),
        at_once=st.booleans(),
    )
    def a_deal_is_reported(self, pick, by, cost, at_once):
        person = self.pick(pick)
        calls = person.uuid if by == "uuid" else person.fields[by] or "EXT-0"
        told = self.tell(calls, cost)
        if at_once:
            self.approve(told)

    def tell(self, calls: str, cost: int) -> Told:
        told = Told(f"D{len(self.deals)}", calls, cost)
        said = calls.replace("+", "%2B")
        things.deal(self.catalog, told.name, "Paid", cost=str(Decimal(cost) / 100), another_data=f"customer={said}")
        self.deals.append(told)
        return told

    @rule(pick=PICK)
    def a_deal_is_approved(self, pick):
        """Once, whoever comes twice."""
        told = self.deal(pick, "Paid")
        if told and told.state == "Paid":
            self.approve(told)

    def approve(self, told: Told) -> None:
        self.wall.micros += 1000
        row = Deal.deal_id == told.name
        Deal.update(due_at=clock.now()).where(row).execute()
        assert (moves.settle_due(), moves.settle_due()) == (1, 0)
        told.state, person = "Approved", self.people.named(told.calls)
        if person is None:
            return
        told.whose = person
        person.deals += len(self.templates)
        for place in range(len(self.templates)):
            if card := person.card_of(place):
                booked = card.is_of.deal(told.cost, self.now)
                told.credits += [(card.is_of, booked)] if booked else []

    @rule(pick=PICK, share=st.sampled_from([3, 2, 1]))
    def a_deal_is_returned(self, pick, share):
        told = self.deal(pick, "Approved")
        if told is None:
            return
        part = (told.cost - told.returned) // share

        def of_model():
            if told.state != "Approved" or not part:
                raise model.Refusal
            told.returned += part
            self.take_back_of(told, told.returned, told.cost)

        self.both(lambda: refunds.give_back(self.acme, told.name, Decimal(part) / 100), of_model)

    @rule(pick=PICK)
    def a_deal_is_canceled(self, pick):
        """The second time nothing happens."""
        told = self.deal(pick, "Approved")
        if told is None:
            return
        self.wall.micros += 1000
        deals.update(self.acme, told.name, "Canceled")
        if told.state == "Approved":
            self.take_back_of(told, 1, 1)
        told.state = "Canceled"

    def take_back_of(self, told: Told, back: int, whole: int) -> None:
        for card, booked in told.credits:
            card.present().take_back(booked, back, whole, self.now)
            taken = sum(part[0] for part in booked.parts)
            gross = booked.deltas.get(card.main, 0) if card.main == "bonus" else booked.stamps
            assert taken <= gross - booked.deltas.get("owed", 0)
