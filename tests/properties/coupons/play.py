"""A play of coupons: the portal and the model side by side, whoever reserves, uses, buys, lets go, or changes the rules."""

from contextlib import contextmanager
from decimal import Decimal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from portal import clock
from portal.database import transaction
from portal.domain import remembered, verify
from portal.domain.coupons.assignments import changes
from portal.domain.coupons.assignments.tables import CouponAssignment, CouponOffer
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.reservations import access, held, reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.ticketed_events.tables import PriceLevel
from portal.domain.coupons.uses import checking, holding
from portal.domain.coupons.uses.checking import Asked
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.coupons.uses.tables import CouponUse, CouponUseLine
from portal.domain.errors import Forbidden, NotFound, Refused
from portal.domain.steps import first_failed
from tests.properties.coupons import model
from tests.properties.stage import START
from tests.support import cast, desk, engines, loyalty

PRICES, CAPACITY = {"cheap": 333, "dear": 1000, "locked": 2500, "bundle": 1200}, {"cheap": 8, "dear": 8, "locked": 4}
SOME = st.integers(0, 11)
AMOUNTS = st.sampled_from(
    [("percentage", 1000), ("percentage", 3333), ("percentage", 10_000), ("fixed", 250), ("fixed", 5000)]
)
TERMS = st.builds(
    model.Terms, is_shared=st.booleans(), limit=st.integers(1, 3), ticket_limit=st.sampled_from([None, None, 1, 2]),
    scope=st.sampled_from(["everywhere", "event", "level", "bundle", "elsewhere"]), blackout=st.sampled_from([*model.BLACKOUTS]),
)  # fmt: skip
CODES = st.builds(
    lambda kind, amount, **given: model.Coupon(kind, *(amount if kind in (2, 8) else (None, None)), **given),
    kind=st.sampled_from([2, 2, 2, 3, 4, 7, 8, 10, 11]), amount=AMOUNTS, budget=st.sampled_from([None, None, 700]),
    customer_limit=st.sampled_from([None, None, 1]), minimum=st.sampled_from([None, None, 2]),
    is_alone=st.sampled_from([False, False, True]), rank=st.integers(0, 2),
)  # fmt: skip
TICKETS = st.dictionaries(
    st.sampled_from(["cheap", "cheap", "dear", "dear", "locked", "bundle"]), st.integers(1, 3), min_size=1
)
RESERVED = st.tuples(TICKETS, st.sampled_from([None, 0, 0, 1]))


class Coupons(RuleBasedStateMachine):
    """Five codes under three assignments, and an event."""

    def __init__(self, app, engine, wall):
        super().__init__()
        self.app, self.engine, self.wall = app, engine, wall

    @initialize(
        codes=st.lists(CODES, min_size=5, max_size=5), terms=st.lists(TERMS, min_size=3, max_size=3),
        history=st.lists(st.tuples(RESERVED, SOME, st.booleans()), min_size=3, max_size=6),
    )  # fmt: skip
    def begin(self, codes, terms, history):
        self.wall.micros = START
        engines.anew(self.engine)
        remembered.forget_all()
        self.desk, self.pairs, self.reserved = model.Desk(), [], []
        with transaction():
            world = cast.build(self.app)
            self.acme, self.rival = world.acme, world.rival.id
            self.members = [loyalty.customer(self.acme).id for _ in range(2)]
            event, other = desk.event(self.acme), desk.event(self.acme)
            self.levels = {
                name: desk.level(event, PRICES[name], most, is_locked=name == "locked")
                for name, most in CAPACITY.items()
            }
            self.bundle = desk.bundle(self.levels["cheap"], self.levels["dear"], price=PRICES["bundle"])
            self.event, self.listing = event.id, desk.listing(*self.levels.values()).id
            self.scopes = {
                "everywhere": {}, "event": {"event_ids": [event.id]}, "elsewhere": {"event_ids": [other.id]},
                "level": {"price_level_ids": [self.levels["dear"].id]}, "bundle": {"bundle_ids": [self.bundle.id]},
                "locked": {"price_level_ids": [self.levels["locked"].id]},
            }  # fmt: skip
            for place, of_model in enumerate(terms):
                self.assign(of_model, codes[place::3])
        for asked, pick, is_bought in history:
            self.somebody_reserves(asked)
            self.somebody_uses(-1, [pick])
            if is_bought:
                self.somebody_buys(-1)

    def assign(self, terms, codes):
        """The terms are made such that the types allow them."""
        if any(code.kind in model.OPENS for code in codes):
            terms.scope = "level" if terms.scope == "level" else "locked"
        elif terms.scope == "bundle" and any(code.kind not in model.MAY_BUNDLE for code in codes):
            terms.scope = "event"
        rows = []
        for code in codes:
            amount = code.amount and Decimal(code.amount) / (100 if code.amount_type == "percentage" else 1)
            code.terms, code.threshold = terms, 1500 if code.kind == 8 and code.minimum else None
            rows.append(
                desk.coupon(
                    self.acme, code.kind, amount_type=code.amount_type, amount=amount, currency="EUR", budget=code.budget,
                    customer_limit=code.customer_limit, minimum_tickets=code.minimum, is_alone=code.is_alone, rank=code.rank,
                    threshold=code.threshold,
                )
            )  # fmt: skip
        terms.coupons = codes
        made = desk.assigned(
            *rows, start=model.FIRST, end=model.LAST, is_shared=terms.is_shared, limit=terms.limit,
            ticket_limit=terms.ticket_limit, blackout=model.BLACKOUTS[terms.blackout], **self.scopes[terms.scope],
        )  # fmt: skip
        self.pairs += [(row, code, made.id) for row, code in zip(rows, codes, strict=True)]

    @property
    def now(self) -> int:
        return clock.micros()

    def pick(self, number: int):
        """A reservation, the last ones more often."""
        return self.reserved[number % len(self.reserved)]

    def code(self, number: int):
        return self.pairs[number % len(self.pairs)]

    def written(self) -> list:
        """All that a refused or a repeated request, or a check, leaves as it is."""
        columns = (
            (CouponUse, ("id", "state", "amount")), (CouponUseLine, ("id", "amount")), (CouponOffer, ("id", "uses")),
            (Coupon, ("id", "uses", "spent")), (CouponAssignment, ("id", "uses", "use_limit")),
            (Reservation, ("id", "state", "discount")), (PriceLevel, ("id", "taken")),
        )  # fmt: skip
        return [sorted(table.select(*(getattr(table, name) for name in names)).tuples()) for table, names in columns]

    @contextmanager
    def unchanged(self):
        before = self.written()
        yield
        assert self.written() == before

    def take_in(self, number: int, of_model) -> None:
        """Uses that the portal made: each was allowed, in its order, and takes off what it may."""
        known = {row.id: code for row, code, _ in self.pairs}
        places = {line.id: place for place, line in enumerate(held.lines(number))}
        uses = list(CouponUse.select().where(CouponUse.reservation == number).order_by(CouponUse.id))
        for row in uses[len(of_model.uses) :]:
            lines = CouponUseLine.select().where(CouponUseLine.use == row)
            use = model.Use(known[row.coupon_id], {places[line.line_id]: (line.tickets, line.amount) for line in lines})
            assert self.desk.failure(use.coupon, of_model, self.now) is None
            assert use.amount == row.amount
            self.desk.refuse_wrong(use.coupon, of_model, use, self.now)
            of_model.uses.append(use)

    @rule(asked=RESERVED)
    def somebody_reserves(self, asked):
        tickets, member = asked
        self.wall.micros += 1000
        lines = [(what, count, PRICES[what]) for what, count in tickets.items()]
        of_model = model.Reservation(lines, member, self.now + model.LASTS)
        wanted = [
            Wanted(None, count, self.bundle.id) if what == "bundle" else Wanted(self.levels[what].id, count)
            for what, count, _ in lines
        ]
        list(self.desk.live(self.now))
        is_there = all(
            sum(each.taken(what) for each in [*self.desk.reservations, of_model]) <= most
            for what, most in CAPACITY.items()
        )
        member_id = None if member is None else self.members[member]
        if not is_there:
            with pytest.raises(Refused):
                reserving.reserve(self.acme.id, self.listing, wanted, member_id)
            return
        made = reserving.reserve(self.acme.id, self.listing, wanted, member_id)
        assert made.reservation.face == of_model.face
        self.desk.reservations.append(of_model)
        self.reserved.append((made, of_model))
        self.take_in(made.reservation.id, of_model)
        used = [use.coupon for use in of_model.uses]
        for _, coupon, _ in self.pairs:  # Whatever applies by itself and could still be used was.
            if coupon.kind == 8 and coupon not in used:
                assert self.desk.failure(coupon, of_model, self.now) is not None

    @rule(pick=SOME, codes=st.lists(SOME, min_size=1, max_size=3), again=st.booleans())
    def somebody_uses(self, pick, codes, again=False):
        """All of the codes or none; the same request once more changes nothing."""
        if not self.reserved:
            return
        self.wall.micros += 1000
        made, of_model = self.pick(pick)
        number = made.reservation.id
        asked = [AskedUse(self.event, self.code(each)[0].written.lower()) for each in codes]
        chosen = {self.code(each)[1] for each in codes} - {use.coupon for use in of_model.uses}
        settling.settle_run_out(self.acme.id)
        of_model.settle(self.now)
        before = self.written()
        try:
            uses = holding.use(number, asked)
        except Forbidden:
            assert of_model.state != "held" and self.written() == before
            return
        except Refused as error:
            assert self.written() == before
            self.was_right(first_failed(error.steps), chosen, of_model)
            return
        assert [use.coupon_id for use in uses] == [self.code(each)[0].id for each in codes]
        self.take_in(number, of_model)
        assert chosen <= {use.coupon for use in of_model.uses}
        if again:
            with self.unchanged():
                assert holding.use(number, asked) == uses

    def was_right(self, failed, chosen, of_model):
        """A refusal: one of the codes fails by itself, or by those that were asked for with it."""
        failures = {self.desk.failure(coupon, of_model, self.now) for coupon in chosen}
        assert failed is not None
        if len(chosen) == 1:
            assert failures == {failed["check"]}
        elif failures == {None}:
            of_others = {"uses": any(coupon.terms.is_shared for coupon in chosen), "amount": True,
                         "combination": any(coupon.is_alone for coupon in chosen)}  # fmt: skip
            assert of_others[failed["check"]]

    @rule(pick=SOME, code=SOME, is_reserved=st.booleans(), later=st.booleans())
    def somebody_checks(self, pick, code, is_reserved, later):
        """It tells what a use would find, and changes nothing; also when all that was held has just run out."""
        self.wall.micros += model.LASTS if later else 0
        row, coupon, _ = self.code(code)
        made, of_model = self.pick(pick) if is_reserved and self.reserved else (None, None)
        if of_model is not None:
            of_model.settle(self.now)
            if of_model.state != "held" or coupon in [use.coupon for use in of_model.uses]:
                return
        about = Asked(row.code, self.event, self.listing, made and held.seen(made.reservation.id), made is not None)
        with self.unchanged():
            outcome = checking.check(None, about)
            failed = first_failed(outcome.steps)
            assert (failed and failed["check"]) == self.desk.failure(coupon, of_model, self.now)
            for whose, code in (([self.rival], row.code), (None, "NO-SUCH-CODE")):
                assert not checking.check(whose, about._replace(code=code)).is_valid

    @rule(pick=SOME)
    def somebody_buys(self, pick):
        self.ends(pick, "purchased", settling.purchase, may_again=("purchased",))

    @rule(pick=SOME)
    def somebody_lets_go(self, pick):
        self.ends(pick, "released", settling.release, may_again=("released", "expired"))

    def ends(self, pick, state, verb, may_again):
        """Once; what has ended in one way does not end in another, and repeating it changes nothing."""
        if not self.reserved:
            return
        made, of_model = self.pick(pick)
        of_model.settle(self.now)
        number = made.reservation.id
        settling.settle_run_out(self.acme.id)
        is_refused = state == "purchased" and of_model.state == "held" and of_model.is_locked()
        if is_refused or of_model.state not in ("held", *may_again):
            with self.unchanged(), pytest.raises(Refused):
                verb(number)
            return
        if of_model.state == "held":
            verb(number)
            of_model.state = state
        with self.unchanged():
            assert verb(number).state == of_model.state

    @rule(minutes=st.sampled_from([1, 5, 10, 16, 16, 400, 720, 1500]))
    def time_passes(self, minutes):
        self.wall.micros += minutes * model.MINUTE

    @rule()
    def the_worker_comes(self):
        settling.expire_due()
        for made, of_model in self.reserved:
            of_model.settle(self.now)
            assert held.seen(made.reservation.id).state == of_model.state

    @rule(code=SOME, limit=st.integers(1, 4), how=st.sampled_from(["limit", "limit", "off", "on", "budget", "end"]))
    def the_rules_change(self, code, limit, how):
        """A limit below the uses blocks new ones, and deletes none."""
        row, coupon, assignment = self.code(code)
        if how == "limit" and not coupon.terms.is_ended:
            changes.change(self.acme.id, assignment, {"limit": limit})
            coupon.terms.limit = limit
        elif how in ("off", "on"):
            (coupons.resume if how == "on" else coupons.end)(self.acme.id, row.id)
            coupon.is_on = how == "on"
        elif how == "budget":
            coupons.change(self.acme.id, row.id, {"budget": limit * 300})
            coupon.budget = limit * 300
        elif how == "end" and limit == 4:
            changes.end(self.acme.id, assignment)
            coupon.terms.is_ended = True

    @rule(pick=SOME, code=SOME)
    def a_stranger_tries(self, pick, code):
        row, _, assignment = self.code(code)
        acts = [
            lambda: coupons.end(self.rival, row.id), lambda: changes.change(self.rival, assignment, {"limit": 9}),
            lambda: reserving.reserve(self.rival, self.listing, [Wanted(self.levels["cheap"].id, 1)]),
        ]  # fmt: skip
        with self.unchanged():
            for act in acts:
                with pytest.raises(NotFound):
                    act()
            if self.reserved:
                made, _ = self.pick(pick)
                number = str(made.reservation.id)
                assert access.by_secret(number, made.token) is access.by_secret("999999", made.secret) is None
                assert access.by_token(made.secret) is None
                assert access.by_secret(number, made.secret).id == made.reservation.id

    @invariant()
    def agree(self):
        """What counts on the portal, once the moment has decided, is what counts in the model."""
        if not hasattr(self, "reserved"):
            return
        now = self.now
        counting = (CouponUse.state != "released") & ((Reservation.state != "held") | (Reservation.expires_at > now))
        uses = CouponUse.select(CouponUse.coupon, CouponUse.amount).join(Reservation).where(counting).tuples()
        live = [(use.coupon, use.amount) for _, use in self.desk.live(now)]
        numbers = {coupon: row.id for row, coupon, _ in self.pairs}
        assert sorted(uses) == sorted((numbers[coupon], amount) for coupon, amount in live)

    def teardown(self):
        if hasattr(self, "reserved"):
            faults = verify.faults()
            assert not faults, faults
