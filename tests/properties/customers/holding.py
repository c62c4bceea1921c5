"""Cards of customers: issued, booked on, lost and deleted."""

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking, moving
from tests.properties.cards import model as of_cards
from tests.properties.customers import model
from tests.properties.customers.play import PICK, WORDS, Play


class Holding(Play):
    """Of a template somebody has one card."""

    @rule(pick=PICK, place=st.integers(0, 1))
    def a_card_is_issued(self, pick, place):
        """To whom somebody became, where they were here twice."""
        self.issue(self.pick(pick), place)

    def issue(self, person: model.Person, place: int) -> None:
        template, rules = self.templates[place]

        def of_model():
            owner = person.present()
            if owner.is_erased or owner.card_of(place):
                raise model.Refusal
            return owner

        row, owner = self.both(lambda: cards.issue(self.acme, person.id, template.id), of_model)
        if row:
            owner.cards.append(model.Held(row.id, row.serial, place, of_cards.Card(rules)))

    @rule(pick=PICK, amount=st.integers(1, 12), adds=st.booleans())
    def somebody_asks(self, pick, amount, adds):
        card = self.held(pick)
        if card:
            self.ask(card, amount, adds)

    def ask(self, card: model.Held, amount: int, adds: bool) -> None:
        verb = WORDS[card.is_of.rules.word][0 if adds else 1]
        units = amount * self.units(card.place)
        self.both(
            lambda: booking.book(
                self.acme, card.serial, booking.Asked(verb, Decimal(amount) if "point" in verb else amount)
            ),
            lambda: card.is_of.ask(verb, units, self.now),
        )

    @rule(pick=PICK, is_lost=st.booleans())
    def a_card_ends(self, pick, is_lost):
        """It is deleted, or everything goes to a new one."""
        card = self.held(pick)
        if card is None:
            return
        row = Card.get_by_id(card.id)

        def of_model():
            if card.is_of.is_deleted:
                raise model.Refusal
            return True

        newer, is_done = self.both(
            lambda: moving.move(row, source="portal") if is_lost else cards.delete(row), of_model
        )  # fmt: skip
        if not is_done:
            return
        card.is_of.is_deleted = True
        if is_lost:
            card.is_of.is_deleted = False
            taker = of_cards.Card(card.is_of.rules)
            of_cards.carry(card.is_of, taker, self.now)
            owner = next(person for person in self.people.all if card in person.cards)
            owner.cards.append(model.Held(newer.id, newer.serial, card.place, taker))
