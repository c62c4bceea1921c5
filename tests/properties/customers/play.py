"""A play of customers: the portal and the model side by side, whoever comes, changes, is merged or erased."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from portal import clock
from portal.database import transaction
from portal.domain import remembered, verify
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.imports.tables import CardImportRow
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.templates.tables import CardTemplate, TemplateCatalog
from portal.domain.errors import DomainError, NotFound
from portal.domain.members.tables import Member
from tests.affiliate import things
from tests.domain.cards.conftest import TEMPLATES
from tests.properties.cards import model as of_cards
from tests.properties.customers import model
from tests.properties.stage import START
from tests.support import cast, engines

PICK = st.integers(0, 63)
# So few that they meet: who has which is the question.
PHONES = st.sampled_from([None, None, *(f"+4915112345{number}00" for number in range(4))])
MAILS = st.sampled_from([None, *(f"box{number}@shop.example" for number in range(4))])
IDS = st.sampled_from([None, None, *(f"EXT-{number}" for number in range(3))])
PEOPLE = st.fixed_dictionaries({"phone": PHONES, "mail": MAILS, "external_user_id": IDS})
LINES = st.tuples(PEOPLE.filter(lambda one: any(one.values())), st.sampled_from([None, 0, 1]), st.integers(0, 12))
CHANGES = st.fixed_dictionaries(
    {}, optional={"phone": PHONES, "mail": MAILS, "external_user_id": IDS, "surname": st.just("")}
)
WORDS = {"points": ("add-scores", "subtract-scores"), "stamps": ("add-stamp", "subtract-stamp"), "cashback": ("add-point", "subtract-point")}  # fmt: skip


class Play(RuleBasedStateMachine):
    """A shop with two templates, whose deals credit its cards."""

    def __init__(self, app, engine, wall):
        super().__init__()
        self.app, self.engine, self.wall = app, engine, wall

    @initialize(words=st.lists(st.sampled_from(sorted(WORDS)), min_size=2, max_size=2, unique=True),
                come=st.lists(PEOPLE, min_size=3, max_size=4), said=st.lists(LINES, min_size=3, max_size=4))  # fmt: skip
    def begin(self, words, come, said):
        """A few are there already, with cards, deals and a file, so that a short play comes far."""
        self.wall.micros = START
        engines.anew(self.engine)
        remembered.forget_all()
        self.people, self.files, self.deals, self.surnames = model.People(), [], [], 0
        with transaction():
            self.world = cast.build(self.app)
            self.acme, self.rival = self.world.acme.id, self.world.rival.id
            self.catalog = things.catalog(self.world.acme.partner)
            things.offer(self.catalog)
            self.templates = [self.opened(word) for word in words]
        for given in come:
            self.somebody_comes(given)
        for number, person in enumerate(self.here()):
            for place in range(2):
                self.issue(person, place)
                self.ask(person.card_of(place), 9 + number, adds=True)
            self.approve(self.tell(person.uuid, 2750))
        self.a_file_comes(said, "update", at_once=True)

    def opened(self, word: str) -> tuple[CardTemplate, of_cards.Rules]:
        kind, mechanics, needed = TEMPLATES[word]
        rules = of_cards.Rules(word, deal_gives=None if word == "cashback" else 8)
        template = CardTemplate.create(
            partner=self.acme, name=word, kind=kind, mechanics=mechanics, currency="USD", credits_deals=True,
            deal_gives=rules.deal_gives, **needed,
        )  # fmt: skip
        TemplateCatalog.create(template=template, catalog=self.catalog)
        return template, rules

    @property
    def now(self) -> int:
        return clock.micros()

    def pick(self, number: int) -> model.Person:
        """Mostly somebody who is there."""
        some = self.here() if number % 4 else self.people.all
        some = some or self.people.all
        return some[number // 4 % len(some)]

    def here(self) -> list[model.Person]:
        return [one for one in self.people.all if one.is_here]

    def held(self, number: int) -> model.Held | None:
        every = [card for person in self.people.all for card in person.cards]
        some = [card for card in every if number % 4 == 0 or not card.is_of.is_deleted]
        return some[number // 4 % len(some)] if some else None

    def surname(self) -> str:
        """Nobody else is called so."""
        self.surnames += 1
        return f"Surname{self.surnames}x"

    def both(self, act, of_model):
        """Do it on both sides; what each gave, or twice None where both refuse."""
        self.wall.micros += 1000
        try:
            expected = of_model()
        except (model.Refusal, of_cards.Refusal):
            try:
                given = act()
            except DomainError:
                return None, None
            raise AssertionError(f"taken, where it should be refused: {given}") from None
        return act(), expected

    def add(self, id_: int, uuid: str, given: dict) -> model.Person:
        person = model.Person(id_, uuid, dict.fromkeys(model.PERSON))
        person.set(given)
        self.people.all.append(person)
        return person

    def erase(self, person: model.Person) -> None:
        for file in self.files:
            for line in file.lines:
                if line.about is person or line.keys & person.keys():
                    line.is_empty = True
                    line.state = model.BAD if line.state in (model.NEW, model.CHANGED) else line.state
        for told in self.deals:
            if person in (told.whose and told.whose.present(), self.people.named(told.calls)):
                told.calls = ""
        for card in person.cards:
            card.is_of.is_deleted = True
        person.leave()
        person.is_erased = True

    def units(self, place: int) -> int:
        return 100 if self.templates[place][1].word == "cashback" else 1

    def nothing_found(self, *acts) -> None:
        for act in acts:
            try:
                act()
            except NotFound:
                continue
            raise AssertionError("a stranger found it")

    def refused(self, act) -> None:
        try:
            act()
        except DomainError:
            return
        raise AssertionError("taken, where it should be refused")

    @invariant()
    def agree(self):
        """The database is what the model is: who is there, whose each card and operation is, and what is on it."""
        if not hasattr(self, "templates"):
            return
        rows = {row.id: row for row in Member.select().where(Member.partner == self.acme)}
        assert len(rows) == len(self.people.all)
        for person in self.people.all:
            row = rows[person.id]
            assert {name: getattr(row, name) for name in model.PERSON} == person.fields
            assert (row.erased_at is not None, row.merged_into_id) == (
                person.is_erased, person.merged_into and person.present().id,
            )  # fmt: skip
        owners = {card.id: person.id for person in self.people.all for card in person.cards}
        found = {row.id: row for row in Card.select().where(Card.partner == self.acme)}
        assert {row.id: row.member_id for row in found.values()} == owners
        for card in (card for person in self.people.all for card in person.cards):
            row = found[card.id]
            assert (row.deleted_at is not None, {name: getattr(row, name) for name in of_cards.COUNTS}) == (
                card.is_of.is_deleted, card.is_of.counts,
            )  # fmt: skip
        booked = [(one.card_id, one.member_id) for one in CardOperation.select()]
        assert all(owners[card] == member for card, member in booked)
        assert len(booked) == sum(len(card.is_of.booked) for person in self.people.all for card in person.cards)
        for file in self.files:
            lines = list(
                CardImportRow.select().where(CardImportRow.card_import == file.id).order_by(CardImportRow.line)
            )
            said = [(line.state, not line.cells) for line in lines]
            assert said == [(line.state, line.is_empty) for line in file.lines]

    def teardown(self):
        if hasattr(self, "templates"):
            faults = verify.faults()
            assert not faults, faults
