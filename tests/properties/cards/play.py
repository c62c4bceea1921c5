"""A play of cards: the portal and the model side by side, whoever asks for what."""

from contextlib import contextmanager
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from portal import clock
from portal.database import transaction
from portal.domain import remembered, verify
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.moments import membership, settling
from portal.domain.cards.operations import booking, carrying, crediting, reversing
from portal.domain.cards.operations.tables import CardEntry, CardLot, CardOperation
from portal.domain.cards.templates.tables import CardTemplate, MembershipTier, RewardTier
from portal.domain.errors import DomainError, NotFound
from portal.domain.identifiers import new_uuid
from portal.domain.members.tables import Member
from portal.domain.totals import totals
from tests.domain.cards.conftest import TEMPLATES
from tests.properties.cards import model
from tests.properties.stage import START
from tests.support import cast, engines

MONEY = ["0.01", "0.05", "3.33", "9.99", "10", "27.50", "100"]
SOME = st.integers(0, 11)
ASKS = st.tuples(SOME, st.integers(0, 60), st.integers(1, 12), st.sampled_from(MONEY))


class Cards(RuleBasedStateMachine):
    """Two templates with three cards each."""

    def __init__(self, app, engine, wall):
        super().__init__()
        self.app, self.engine, self.wall = app, engine, wall

    @initialize(
        words=st.lists(st.sampled_from(sorted(TEMPLATES)), min_size=2, max_size=2, unique=True),
        lot_days=st.sampled_from([None, 3, 10]),
        deal_gives=st.sampled_from([None, 8]),
        least=st.sampled_from([None, None, 500]),
        at_once=st.sampled_from([None, None, 9]),
        gets=st.sampled_from([(None, None), (12, 2), (None, 3)]),
        history=st.lists(ASKS, min_size=6, max_size=12),
    )
    def begin(self, words, lot_days, deal_gives, least, at_once, gets, history):
        """Something has happened to them already, so that a short play comes far."""
        self.wall.micros = START
        engines.anew(self.engine)
        remembered.forget_all()
        self.pairs, self.operations, self.deals = [], [], []
        with transaction():
            world = cast.build(self.app)
            self.acme, self.rival = world.acme.id, world.rival.id
            for word in words:
                self.open(word, lot_days, deal_gives, least, at_once, gets)
        for asked in history:
            self.somebody_asks([asked], again=False)

    def open(self, word, lot_days, deal_gives, least, at_once, gets):
        """A template with its cards; the second card was brought by the first."""
        kind, mechanics, needed = TEMPLATES[word]
        rules = model.Rules(word, deal_gives=deal_gives, least=least, referrer=gets[0], friend=gets[1])
        rules.lot_days = lot_days if word not in ("limits", "coupon") else None
        rules.at_once = at_once if "stamp" in word or "point" in word else None
        if word in ("limits", "coupon"):
            rules.deal_gives = rules.referrer = rules.friend = None
        if "spend" in word:
            needed = needed | {"step_gives": rules.gives}
        self.template = CardTemplate.create(
            partner=self.acme, name=word, kind=kind, mechanics=mechanics, currency="EUR", lot_days=rules.lot_days,
            deal_gives=rules.deal_gives, least_purchase=least, most_at_once=rules.at_once, referrer_gets=rules.referrer,
            friend_gets=rules.friend, **needed,
        )  # fmt: skip
        if kind == 7:
            coffee = {"name": "Coffee", "kind": 0, "value": 0, "threshold": rules.threshold}
            RewardTier.create(template=self.template, usage_limit=rules.tier_left, **coffee)
        first = None
        for number in range(3):
            member = Member.create(partner=self.acme, first_name=f"{word} {number}")
            totals.add(self.acme, "customers", member.id)
            referrer = first if number == 1 else None
            card = cards.issue(self.acme, member.id, self.template.id, referred_by=referrer and referrer[0])
            of_model = model.Card(rules, referrer and referrer[1])
            first = first or (card, of_model)
            self.pairs.append((card, of_model))
            if word == "limits":
                tier = MembershipTier.create(template=self.template, name="Gold", visits=model.LEVEL_VISITS)
                membership.set_tier(self.acme, card.serial, tier.id, "week", "api")
                of_model.book({"balance": model.LEVEL_VISITS}, self.now, is_fixed=True)
                of_model.next_at = self.now + 7 * model.DAY

    @property
    def now(self) -> int:
        return clock.micros()

    def pick(self, number: int):
        return self.pairs[number % len(self.pairs)]

    @contextmanager
    def refused(self):
        """What is refused writes nothing."""
        before = (
            CardOperation.select().count(),
            CardEntry.select().count(),
            list(CardLot.select().order_by(CardLot.id).tuples()),
        )
        yield
        assert before == (
            CardOperation.select().count(), CardEntry.select().count(), list(CardLot.select().order_by(CardLot.id).tuples())
        )  # fmt: skip

    def both(self, act, of_model):
        """Do it on both sides; what the portal gave, or None where both refuse."""
        self.wall.micros += 1000
        kept = [
            (card.counts.copy(), [lot.left for lot in card.lots], len(card.booked), card.next_at)
            for _, card in self.pairs
        ]
        try:
            expected = of_model()
        except model.Refusal:
            for (_, card), (counts, left, booked, next_at) in zip(self.pairs, kept, strict=True):
                card.counts, card.next_at = counts, next_at
                del card.booked[booked:], card.lots[len(left) :]
                for lot, amount in zip(card.lots, left, strict=True):
                    lot.left = amount
            with self.refused():
                try:
                    given = act()
                except DomainError as error:
                    assert not isinstance(error, NotFound)
                    return None, None
            raise AssertionError(f"taken, where it should be refused: {given}")
        return act(), expected

    @rule(asked=st.lists(ASKS, min_size=1, max_size=3), again=st.booleans())
    def somebody_asks(self, asked, again):
        """Mostly for what the card takes, now and then for anything; the same request once more changes nothing."""
        for pick, place, quantity, sum_ in asked:
            card, of_model = self.pick(pick)
            takes = sorted(model.TAKES[of_model.rules.word])
            verb = takes[place % len(takes)] if place < 54 else model.VERBS[place * 7 % len(model.VERBS)]
            is_sum = verb.split("-", 1)[1] in ("point", "purchase", "transaction-amount")
            of_units = int(Decimal(sum_) * 100) if is_sum else quantity
            ask = booking.Asked(verb, Decimal(sum_) if is_sum else quantity, request=new_uuid())
            self.ask(card, of_model, ask, of_units, again)

    def ask(self, card, of_model, ask, of_units, again):
        given, expected = self.both(
            lambda: booking.book(self.acme, card.serial, ask), lambda: of_model.ask(ask.verb, of_units, self.now)
        )
        if given is not None:
            self.operations.append((given, of_model, expected))
            if again:
                with self.refused():
                    assert booking.book(self.acme, card.serial, ask) == given

    @rule(pick=st.integers(0, 30))
    def somebody_undoes(self, pick):
        """And tries once more, which is refused."""
        if not self.operations:
            return
        operation, of_model, booked = self.operations[-1 - pick % len(self.operations)]
        for _ in range(2):
            self.both(
                lambda: reversing.reverse(self.acme, operation.id, source="portal"),
                lambda: of_model.undo(booked, self.now),
            )

    @rule(pick=SOME, paid=st.sampled_from([100, 499, 1234, 2750]))
    def a_deal_is_approved(self, pick, paid):
        card, of_model = self.pick(pick)
        if of_model.main is None or of_model.rules.word == "limits":
            return
        given, expected = self.both(lambda: crediting.credit(card.id, paid), lambda: of_model.deal(paid, self.now))
        if given is not None:
            self.deals.append((given, of_model, expected, paid, [0]))
            self.operations.append((given, of_model, expected))

    @rule(pick=st.integers(0, 20), share=st.sampled_from([3, 2, 1]))
    def a_deal_is_returned(self, pick, share):
        if not self.deals:
            return
        operation, of_model, booked, paid, returned = self.deals[pick % len(self.deals)]
        returned[0] += (paid - returned[0]) // share
        given, expected = self.both(
            lambda: crediting.take_back(operation.id, returned[0], paid),
            lambda: of_model.present().take_back(booked, returned[0], paid, self.now),
        )
        assert bool(given) == expected

    @rule(hours=st.sampled_from([1, 30, 80, 200]))
    def time_passes(self, hours):
        self.wall.micros += hours * 3_600_000_000

    @rule()
    def the_worker_comes(self):
        self.wall.micros += 1000
        expected = sum(card.settle(self.now) for _, card in self.pairs)
        assert (settling.settle_due(), settling.settle_due()) == (expected, 0)

    @rule(pick=SOME, how=st.sampled_from(["delete", "end", "go on"]))
    def a_card_ends(self, pick, how):
        card, of_model = self.pick(pick)
        if of_model.is_deleted:
            return
        if how == "delete":
            cards.delete(card)
            of_model.is_deleted = True
        else:
            of_model.ends_at = self.now if how == "end" else None
            moment = clock.from_micros(of_model.ends_at) if of_model.ends_at else None
            cards.set_expiration(Card.get_by_id(card.id), moment)

    @rule(pick=SOME)
    def a_card_goes_to_another(self, pick):
        """Two cards of one template become one."""
        (old, giver), place = self.pick(pick), pick % len(self.pairs)
        new, taker = self.pairs[place // 3 * 3 + (place + 1) % 3]
        if giver.is_deleted or taker.is_deleted:
            return
        self.wall.micros += 1000
        model.carry(giver, taker, self.now)
        carrying.carry(old.id, new.id)
        cards.delete(Card.get_by_id(old.id))
        Card.update(moved_to=new).where((Card.id == old.id) | (Card.moved_to == old.id)).execute()

    @rule(pick=SOME, total=st.sampled_from([3, 10]), step=st.sampled_from([700, 1000]), percent=st.sampled_from([500, 1000]),
          lot_days=st.sampled_from([None, 3, 10]))  # fmt: skip
    def the_rules_change(self, pick, total, step, percent, lot_days):
        card, of_model = self.pick(pick)
        rules, changes = of_model.rules, {}
        if of_model.main == "uses":
            rules.total = changes["stamps_total"] = total
        if "spend" in rules.word:
            rules.step = changes["step"] = step
        if rules.word == "cashback":
            rules.percent = changes["percent"] = percent
        if of_model.main in ("bonus", "balance") and rules.word != "limits":
            rules.lot_days = changes["lot_days"] = lot_days
        if changes:
            CardTemplate.update(**changes).where(CardTemplate.id == card.template_id).execute()

    @rule(pick=SOME, verb=st.sampled_from(model.VERBS))
    def a_stranger_tries(self, pick, verb):
        card, _ = self.pick(pick)
        with self.refused():
            for act in (
                lambda: booking.book(self.rival, card.serial, booking.Asked(verb, 1)),
                lambda: booking.foreseen(self.rival, card.serial, booking.Asked(verb, 1)),
                *(
                    lambda one=one: reversing.reverse(self.rival, one[0].id, source="api")
                    for one in self.operations[-1:]
                ),
            ):
                try:
                    act()
                except NotFound:
                    continue
                raise AssertionError("a stranger found it")

    @invariant()
    def agree(self):
        """The database is what the model is: counts, lots, and how much was booked."""
        if not hasattr(self, "pairs"):
            return
        for card, of_model in self.pairs:
            row = Card.get_by_id(card.id)
            assert {name: getattr(row, name) for name in model.COUNTS} == of_model.counts, of_model.rules
            left = [lot.remaining for lot in CardLot.select().where(CardLot.card == card).order_by(CardLot.id)]
            assert left == [lot.left for lot in of_model.lots]
            assert CardOperation.select().where(CardOperation.card == card).count() == len(of_model.booked)

    def teardown(self):
        if hasattr(self, "pairs"):
            faults = verify.faults()
            assert not faults, faults
