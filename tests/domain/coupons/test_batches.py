"""A batch makes exactly as many codes as were asked for, which nobody guesses, misreads or is ashamed of."""

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.coupons.assignments import changes
from portal.domain.coupons.assignments.assigning import Terms
from portal.domain.coupons.assignments.tables import CouponAssignment, CouponOffer
from portal.domain.coupons.batches import batches, drawing, forbidden_words, later, lists, making, switching
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons import coupons, tags
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import ACCESS, COMP, DISCOUNT, PERCENTAGE, Coupon, TaggedCoupon
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events.tables import Event


def start(party, wanted=5, prefix="Summer-", length=6, terms=None, **given) -> CouponBatch:
    return batches.start(
        party.id, Given(**{"name": "Season", "kind": ACCESS, "code": "", **given}), prefix, length, wanted, terms
    )


def work() -> None:
    while making.work_due():
        pass


def again(batch) -> CouponBatch:
    return CouponBatch.get_by_id(batch.id)


def codes_of(batch) -> list[str]:
    return [made.written for made in lists.each(batch)]


def test_exactly_as_many_codes_are_made_as_were_asked_for_each_once(world, monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 40)
    batch = start(world.acme, 101)
    assert Coupon.select().count() == 0
    work()
    codes = codes_of(batch)
    assert len(codes) == len(set(codes)) == 101
    for code in codes:
        assert code.startswith("Summer-") and set(code[7:]) <= set(drawing.LETTERS) and len(code) == 13
    coupon = Coupon.get(Coupon.written == codes[0])
    assert (coupon.code, coupon.name, coupon.kind) == (codes[0].upper(), "Season", ACCESS)
    assert coupon.batch_id == batch.id and coupon.partner_id == world.acme.id and coupon.opens is False
    done = again(batch)
    assert (done.state, done.made, done.due_at, done.lease_ends) == ("done", 101, None, None)
    told = Event.select().where(Event.thing == batches.THING).order_by(Event.id)
    assert [event.type for event in told] == ["coupon_batch.begun", "coupon_batch.done"]
    assert verify.faults() == []


@pytest.mark.engine("sqlite")
def test_what_is_misread_is_in_no_code():
    assert not set(drawing.LETTERS) & set("ILOU01") and len(drawing.LETTERS) == 30
    codes = drawing.drawn("", 5, 3000)
    assert len(codes) == len(set(codes)) == 3000 and {len(code) for code in codes} == {5}
    assert set("".join(codes)) == set(drawing.LETTERS)


@pytest.mark.engine("sqlite")
def test_no_code_spells_a_forbidden_word_alone_or_with_its_prefix():
    assert forbidden_words.are_spelled("", "XXSEX2") and forbidden_words.are_spelled("", "5EX4Q")
    assert forbidden_words.are_spelled("NEW-SE", "X42Q") and forbidden_words.are_spelled("new-a", "5S22")
    assert not forbidden_words.are_spelled("CLASSIC-", "QQ2Q") and not forbidden_words.are_spelled("", "QRTYWH")
    assert not any(forbidden_words.are_spelled("S-", code) for code in drawing.drawn("S-", 4, 2000))


def test_more_than_a_length_may_give_out_is_refused_beforehand_with_the_arithmetic(world):
    with pytest.raises(Invalid, match="4 letters and digits make 810,000 codes, of which one in 100") as refused:
        start(world.acme, 8101, length=4)
    assert "8,100. 0 are given out, and 8,101 more are wanted. Take 5 letters" in refused.value.sentence
    assert Coupon.select().count() == CouponBatch.select().count() == 0
    start(world.acme, 8000, length=4)
    start(world.acme, 8100, length=4, prefix="other-")
    with pytest.raises(Invalid, match="8,000 are given out, and 101 more are wanted"):
        start(world.acme, 101, length=4, prefix="SUMMER-")
    start(world.acme, 100, length=4)
    start(world.rival, 8100, length=4)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"wanted": 0}, "wanted"),
        ({"wanted": 100_001}, "wanted"),
        ({"prefix": "größe"}, "prefix"),
        ({"prefix": "x" * 45}, "prefix"),
        ({"length": 3}, "length"),
        ({"length": 21}, "length"),
        ({"name": " "}, "name"),
        ({"kind": DISCOUNT}, "amount"),
    ],
)
@pytest.mark.engine("sqlite")
def test_what_makes_no_codes_is_refused_by_its_field(world, wrong, field):
    with pytest.raises(Invalid) as refused:
        start(world.acme, **wrong)
    assert refused.value.field == field


def test_the_coupons_of_a_batch_are_alike_tagged_and_under_one_assignment(world, monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 3)
    terms = Terms("2031-01-01", "2031-12-31", 500, is_shared=True, is_everywhere=True)
    given = {
        "kind": DISCOUNT,
        "amount_type": PERCENTAGE,
        "amount": 25,
        "budget": 9000,
        "currency": "USD",
        "is_alone": True,
        "rank": 3,
    }
    batch = start(world.acme, 7, terms=terms, tags=("Radio", "Press"), **given)
    work()
    coupon = Coupon.get(Coupon.batch == batch)
    assert (coupon.kind, coupon.amount, coupon.amount_type, coupon.budget, coupon.currency) == (
        2,
        2500,
        "percentage",
        9000,
        "USD",
    )
    assert (coupon.is_alone, coupon.rank, coupon.opens, coupon.customer_limit) == (True, 3, False, None)
    assignment = CouponAssignment.get()
    assert (assignment.is_shared, assignment.use_limit) == (True, 500)
    assert CouponOffer.select().where(CouponOffer.assignment == assignment).count() == 7
    assert set(tags.of([coupon.id])[coupon.id]) == {"Radio", "Press"} and TaggedCoupon.select().count() == 14
    assert verify.faults() == []


def test_wrong_terms_make_no_batch(world):
    terms = Terms("2031-01-01", "2031-12-31", 5, is_everywhere=True)
    with pytest.raises(Invalid, match="opens price levels"):
        start(world.acme, terms=terms)
    assert CouponBatch.select().count() == CouponAssignment.select().count() == 0


def test_codes_that_are_there_already_are_left_out_and_the_rest_is_made(world, monkeypatch):
    drawn = [["AAAA", "BBBB", "CCCC"], ["BBBB", "DDDD"]]
    monkeypatch.setattr(drawing, "drawn", lambda prefix, length, count: drawn.pop(0))
    Coupon.create(partner=world.acme.id, name="Old", kind=ACCESS, code="SUMMER-AAAA", written="summer-aaaa")
    Coupon.create(partner=world.rival.id, name="Theirs", kind=ACCESS, code="SUMMER-BBBB", written="SUMMER-BBBB")
    batch = start(world.acme, 3, length=4)
    work()
    assert sorted(codes_of(batch)) == ["Summer-BBBB", "Summer-CCCC", "Summer-DDDD"]
    assert again(batch).state == "done" and verify.faults() == []


def test_where_no_code_is_left_the_batch_ends_and_says_how_many_there_are(world, monkeypatch):
    monkeypatch.setattr(drawing, "drawn", lambda prefix, length, count: ["AAAA", "BBBB"])
    batch = start(world.acme, 3, length=4)
    work()
    assert (again(batch).state, again(batch).made) == ("canceled", 2)


def test_a_code_that_is_something_else_of_the_partners_is_not_made(world, monkeypatch):
    def refuse(partner_id, codes):
        if "SUMMER-AAAA" in codes:
            raise Refused("It is a promoter's.")

    monkeypatch.setattr(coupons, "when_made", [refuse])
    monkeypatch.setattr(drawing, "drawn", lambda prefix, length, count: ["AAAA", "BBBB"])
    batch = start(world.acme, 1, length=4)
    work()
    assert codes_of(batch) == ["Summer-BBBB"]


def test_a_canceled_batch_keeps_what_is_made_and_makes_no_more(world, monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 2)
    batch = start(world.acme)
    making.work_due()
    batches.cancel(world.acme.id, batch.uuid)
    work()
    assert (again(batch).state, again(batch).made, len(codes_of(batch))) == ("canceled", 2, 2)
    with pytest.raises(Refused, match="not being made any more"):
        batches.cancel(world.acme.id, batch.uuid)
    assert verify.faults() == []


def test_partners_take_turns(world, monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 2)
    long, short = start(world.acme, 6), start(world.rival, 2)
    making.work_due()
    making.work_due()
    assert (again(long).made, again(short).made) == (2, 2)


def test_all_codes_of_a_batch_are_switched_off_and_on_but_not_those_that_were_off_by_themselves(world, monkeypatch):
    monkeypatch.setattr(switching, "AT_ONCE", 2)
    batch, other = start(world.acme, 5), start(world.acme, 1)
    with pytest.raises(Refused, match="Cancel the batch first"):
        switching.switch_off(world.acme.id, batch.uuid)
    work()
    first = Coupon.select().where(Coupon.batch == batch).order_by(Coupon.id).first()
    Coupon.update(modified_at=1).execute()
    Coupon.update(ended_at=clock.now()).where(Coupon.id == first.id).execute()
    switching.switch_off(world.acme.id, batch.uuid)
    work()
    assert off(batch) == 5 and off(other) == 0 and again(batch).due_at is None and again(batch).turned == 5
    assert Coupon.select().where(Coupon.modified_at > 1).count() == 4
    with pytest.raises(Refused, match="switched off already"):
        switching.switch_off(world.acme.id, batch.uuid)
    switching.switch_on(world.acme.id, batch.uuid)
    with pytest.raises(Refused, match="switched on already"):
        switching.switch_on(world.acme.id, batch.uuid)
    work()
    assert off(batch) == 1 and again(batch).off_at is None and again(batch).turning is None
    with pytest.raises(Refused, match="switched on already"):
        switching.switch_on(world.acme.id, batch.uuid)


def test_who_changes_their_mind_halfway_leaves_none_behind(world, monkeypatch):
    monkeypatch.setattr(switching, "AT_ONCE", 2)
    batch = start(world.acme, 5)
    work()
    switching.switch_off(world.acme.id, batch.uuid)
    making.work_due()
    switching.switch_on(world.acme.id, batch.uuid)
    making.work_due()
    switching.switch_off(world.acme.id, batch.uuid)
    work()
    assert off(batch) == 5
    switching.switch_on(world.acme.id, batch.uuid)
    work()
    assert off(batch) == 0


def off(batch) -> int:
    return Coupon.select().where(Coupon.batch == batch, Coupon.ended_at.is_null(False)).count()


def test_a_strangers_batch_is_found_by_nobody_else(world):
    batch = start(world.acme)
    for verb in (batches.find, batches.cancel, switching.switch_off, switching.switch_on):
        with pytest.raises(NotFound):
            verb(world.rival.id, batch.uuid)


@pytest.mark.engine("sqlite")
def test_a_batch_that_no_worker_comes_for_says_so(world):
    batch = start(world.acme)
    assert not lists.waits_for_a_worker(batch)
    assert lists.waits_for_a_worker(CouponBatch(due_at=clock.from_micros(clock.wall_micros() - 60_000_000)))
    assert not lists.waits_for_a_worker(CouponBatch(due_at=None))


@pytest.mark.engine("sqlite")
def test_examples_are_shown_and_nothing_is_made(world):
    found = batches.foreseen(world.acme.id, "Summer-", 6)
    assert len(found.examples) == 3 and all(code.startswith("Summer-") for code in found.examples)
    assert (found.room.holds, found.room.left) == (729_000_000, 7_290_000)
    assert Coupon.select().count() == CouponBatch.select().count() == 0


def test_all_of_a_batch_is_assigned_later_piece_by_piece_each_once_and_not_twice(world, monkeypatch):
    monkeypatch.setattr(later, "AT_ONCE", 40)
    batch = start(world.acme, 101, kind=COMP)
    terms = Terms("2031-01-01", "2031-12-31", 1, is_everywhere=True)
    with pytest.raises(Refused, match="Wait until that is done"):
        later.assign(world.acme.id, batch.uuid, terms)
    work()
    made = later.assign(world.acme.id, batch.uuid, terms)
    for act in (later.assign, lambda *_: switching.switch_off(world.acme.id, batch.uuid)):
        with pytest.raises(Refused):
            act(world.acme.id, batch.uuid, terms)
    making.work_due()
    assert (CouponOffer.select().count(), again(batch).assigned) == (40, 40)
    work()
    assert CouponOffer.select(CouponOffer.coupon).where(CouponOffer.assignment == made).distinct().count() == 101
    done = again(batch)
    assert (done.assigned, done.assigned_to, done.due_at, done.lease_ends) == (101, None, None, None)
    with pytest.raises(Refused, match="assigned already"):
        later.assign(world.acme.id, batch.uuid, terms)
    with pytest.raises(NotFound):
        later.assign(world.rival.id, batch.uuid, terms)
    changes.end(world.acme.id, made.id)
    assert later.assign(world.acme.id, batch.uuid, terms).id != made.id
    assert verify.faults() == []


def test_no_more_of_a_batch_is_assigned_once_the_assignment_is_taken_away(world, monkeypatch):
    monkeypatch.setattr(later, "AT_ONCE", 2)
    batch = start(world.acme, 5, kind=COMP)
    work()
    made = later.assign(world.acme.id, batch.uuid, Terms("2031-01-01", "2031-12-31", 1, is_everywhere=True))
    making.work_due()
    changes.end(world.acme.id, made.id)
    work()
    assert (CouponOffer.select().count(), again(batch).due_at) == (2, None)
