"""Coupons: what each type has, codes that are one whatever their case, and what does not change any more."""

from decimal import Decimal

import pytest

from portal.domain.coupons.coupons import coupons, given, several, tags
from portal.domain.coupons.coupons.kinds import number_of
from portal.domain.coupons.coupons.tables import (
    ACCESS,
    AUTO,
    COMP,
    DISCOUNT,
    FIXED,
    INVITE,
    PERCENTAGE,
    PRESALE,
    RESERVED,
    Coupon,
)
from portal.domain.coupons.uses.tables import CouponUse
from portal.domain.errors import Invalid, NotFound, Refused, Taken
from portal.domain.values import Wrong
from tests.support import desk, loyalty

of_values = pytest.mark.engine("sqlite")  # They are refused before any engine is asked.


def used(coupon) -> None:
    CouponUse.create(partner=coupon.partner_id, coupon=coupon, kind=coupon.kind, amount=0, tickets=1, opens=[],
        state="released", held_at=1, settled_at=1)  # fmt: skip


def fields_of(refusal) -> list[str]:
    return [field for field, _ in refusal.value.errors]


def test_a_coupon_keeps_what_it_was_made_with(acme):
    mia = loyalty.customer(acme)
    made = desk.coupon(
        acme, AUTO, code=" Ten-Off ", amount_type=FIXED, amount=500, currency="EUR", threshold=2000, budget=10_000,
        customer_limit=2, minimum_tickets=3, opens=True, is_alone=True, rank=5, member_id=mia.id, tags=("Radio", "Bank"),
    )  # fmt: skip
    kept = Coupon.get_by_id(made.id)
    assert (kept.code, kept.written, kept.amount, kept.threshold) == ("TEN-OFF", "Ten-Off", 500, 2000)
    assert given.of(kept) == {
        "name": kept.name, "kind": AUTO, "code": "Ten-Off", "amount_type": FIXED, "amount": 500, "currency": "EUR",
        "threshold": 2000, "budget": 10_000, "customer_limit": 2, "minimum_tickets": 3, "opens": True, "is_alone": True,
        "rank": 5, "member_id": mia.id, "tags": ["Bank", "Radio"],
    }  # fmt: skip


@pytest.mark.parametrize("percent", [Decimal("0.01"), Decimal("12.5"), 100])
def test_a_percentage_is_kept_in_hundredths(acme, percent):
    made = desk.coupon(acme, amount=percent)
    assert Coupon.get_by_id(made.id).amount == int(Decimal(percent) * 100)
    assert given.shown_amount(made) == percent


@of_values
@pytest.mark.parametrize(
    ("kind", "wrong", "field"),
    [
        (DISCOUNT, {"amount": None}, "amount"),
        (DISCOUNT, {"amount": 0}, "amount"),
        (DISCOUNT, {"amount": Decimal("100.01")}, "amount"),
        (DISCOUNT, {"amount": Decimal("1.005")}, "amount"),
        (DISCOUNT, {"amount": Decimal("NaN")}, "amount"),
        (DISCOUNT, {"amount_type": None}, "amount_type"),
        (DISCOUNT, {"amount_type": "half"}, "amount_type"),
        (DISCOUNT, {"amount_type": FIXED}, "currency"),
        (DISCOUNT, {"amount_type": FIXED, "currency": "XAU"}, "currency"),
        (DISCOUNT, {"amount_type": FIXED, "currency": "EUR", "amount": Decimal("1.5")}, "amount"),
        (DISCOUNT, {"threshold": 100}, "threshold"),
        (AUTO, {"threshold": -1}, "threshold"),
        (COMP, {"amount": 5}, "amount"),
        (PRESALE, {"amount_type": PERCENTAGE}, "amount"),
        (COMP, {"budget": 0}, "budget"),
        (COMP, {"budget": 100}, "currency"),
        (AUTO, {"budget": 100, "threshold": 100}, "currency"),
        (COMP, {"customer_limit": 0}, "customer_limit"),
        (COMP, {"minimum_tickets": 0}, "minimum_tickets"),
        (COMP, {"name": " "}, "name"),
        (COMP, {"member_id": 10**9}, "member_id"),
        (COMP, {"tags": ["x" * 61]}, "tags"),
        (5, {}, "kind"),
    ],
)
def test_what_makes_no_coupon_says_what_is_wrong(acme, kind, wrong, field):
    with pytest.raises(Invalid) as refusal:
        desk.coupon(acme, kind, **wrong)
    assert fields_of(refusal) == [field]
    assert not Coupon.select().exists()


@of_values
@pytest.mark.parametrize("code", ["abc", "x" * 65, "ÄPFEL", "with space", "a/bcd", "", "🎟🎟🎟🎟"])
def test_a_code_that_not_everybody_can_type_is_refused(acme, code):
    with pytest.raises(Invalid) as refusal:
        desk.coupon(acme, code=code)
    assert fields_of(refusal) == ["code"]


@pytest.mark.parametrize("again", ["SUMMER-26", "summer-26", " Summer-26 ", "summer–26", "ｓummer-26"])
def test_a_code_is_one_whatever_its_case_and_the_spaces_around_it(acme, world, again):
    first = desk.coupon(acme, code="Summer-26")
    with pytest.raises(Taken) as refusal:
        desk.coupon(acme, code=again)
    assert refusal.value.field == "code"
    assert coupons.by_code(acme.id, again) == first
    assert desk.coupon(world.rival, code=again)  # a seller's own


def test_a_change_sets_what_is_given_and_null_clears(acme):
    made = desk.coupon(acme, COMP, budget=100, currency="EUR", tags=["Radio"])
    before = Coupon.get_by_id(made.id).modified_at
    changed = coupons.change(acme.id, made.id, {"name": "Guests", "budget": None, "tags": []})
    assert (changed.name, changed.budget, changed.kind, tags.of([made.id])) == ("Guests", None, COMP, {made.id: []})
    kept = Coupon.get_by_id(made.id)
    assert kept.name == "Guests" and kept.modified_at > before


def test_a_change_of_nothing_is_no_change(acme):
    made = desk.coupon(acme, amount=Decimal("12.5"), tags=["Radio", "Bank"])
    before = Coupon.get_by_id(made.id).modified_at
    coupons.change(acme.id, made.id, {"amount": Decimal("12.5"), "tags": ["radio", "Bank"], "name": made.name})
    assert Coupon.get_by_id(made.id).modified_at == before


@pytest.mark.engine("postgresql")  # SQLite's writers queue before they read.
def test_tags_that_two_give_at_once_are_all_kept(acme, elsewhere, after_them):
    made, (radio,) = desk.coupon(acme), tags.made(acme.id, ["Radio"])
    elsewhere.execute("SELECT id FROM coupon WHERE id = %s FOR UPDATE", (made.id,))
    elsewhere.execute("INSERT INTO tagged_coupon (tag_id, coupon_id) VALUES (%s, %s)", (radio, made.id))
    after_them(lambda: several.tag(acme.id, [made.id], ["Bank"]))
    assert tags.of([made.id])[made.id] == ["Bank", "Radio"]


@pytest.mark.parametrize("code", ["other", "OTHER"])
def test_a_change_to_a_code_that_is_taken_is_refused(acme, code):
    desk.coupon(acme, code="Other")
    made = desk.coupon(acme)
    with pytest.raises(Taken):
        coupons.change(acme.id, made.id, {"code": code})
    assert Coupon.get_by_id(made.id).code == made.code
    assert coupons.change(acme.id, made.id, {"code": made.written.lower()}).written == made.written.lower()


def test_a_type_does_not_change_once_a_coupon_is_assigned(acme):
    made = desk.coupon(acme, COMP)
    assert coupons.change(acme.id, made.id, {"kind": ACCESS}).kind == ACCESS
    coupons.change(acme.id, made.id, {"kind": COMP})
    desk.assigned(made)
    with pytest.raises(Refused) as refusal:
        coupons.change(acme.id, made.id, {"kind": ACCESS})
    assert refusal.value.field == "kind"


@pytest.mark.parametrize(
    "change", [{"kind": ACCESS}, {"code": "ANOTHER"}, {"currency": "EUR"}, {"budget": 5, "currency": "EUR"}]
)
def test_a_type_a_code_and_a_currency_do_not_change_once_a_coupon_is_used(acme, change):
    made = desk.coupon(acme, COMP)
    used(made)
    with pytest.raises(Refused):
        coupons.change(acme.id, made.id, change)


def test_a_type_change_takes_the_amount_that_the_type_has(acme):
    made = desk.coupon(acme)
    with pytest.raises(Invalid):
        coupons.change(acme.id, made.id, {"kind": COMP})
    cleared = {"kind": COMP, "amount": None, "amount_type": None}
    assert coupons.change(acme.id, made.id, cleared).amount is None


def test_a_coupon_is_switched_off_and_on_again_each_once(acme):
    made = desk.coupon(acme)
    off = coupons.end(acme.id, made.id)
    assert off.ended_at == coupons.end(acme.id, made.id).ended_at
    assert coupons.resume(acme.id, made.id).ended_at is None


def test_another_sellers_coupon_is_not_found(acme, world):
    made = desk.coupon(world.rival)
    for act in (coupons.find, coupons.end, coupons.resume, lambda *ids: coupons.change(*ids, {"name": "x"})):
        with pytest.raises(NotFound):
            act(acme.id, made.id)


def test_a_clash_that_somebody_else_sees_makes_nothing(acme, monkeypatch):
    def refuse(partner_id, codes):
        if "CLASH" in codes:
            raise Refused("It clashes.")

    monkeypatch.setattr(coupons, "when_made", [refuse])
    made = desk.coupon(acme)
    for act in (lambda: desk.coupon(acme, code="clash"), lambda: coupons.change(acme.id, made.id, {"code": "clash"})):
        with pytest.raises(Refused):
            act()
    assert Coupon.select().count() == 1


@of_values
def test_types_are_told_by_their_words_and_reserve_is_reserved():
    words = ("Discount", "presale", "Reserved", " reserve ", "COMP", "Auto", "Invite", "Access")
    assert [number_of(word) for word in words] == [DISCOUNT, PRESALE, RESERVED, RESERVED, COMP, AUTO, INVITE, ACCESS]
    with pytest.raises(Wrong):
        number_of("Voucher")
