"""Promo codes with an end and a limit, words that are none, and codes that are handed on to another promoter."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.deals import deals, promoter_passport
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions import checks, code_limits, handing_on, promotions
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events.tables import Event
from portal.domain.mail.tables import Mail
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Offer

DAY = timedelta(days=1)


@pytest.fixture
def code(market):
    """Northwind's code in acme's shop: PROMO."""
    limits = {"min_promo_code_percent": Decimal(0), "max_promo_code_percent": Decimal(20)}
    market.catalog = catalogs.change(market.catalog, {"is_promocode_allowed": True, **limits})
    terms.change(Offer.get(Offer.name == "Plan"), {"is_promocode_allowed": True})
    return PromoCode.get(PromoCode.code == "PROMO")


def bought(market, number, **more):
    """A deal with the code alone: whether it is the promoter's, and how the code's step went."""
    deal_id = f"c-{number}"
    market.report("Paid", deal_id=deal_id, another_data=None, promo_code="promo", **more)
    deal = market.deal(deal_id)
    step = next(step for step in deal.attribution if step["check"] == "code usable")
    return deal.promotion_id is not None, step["detail"]


def refused(market):
    """What `check_promo` says of the code."""
    with pytest.raises(checks.Unusable) as error:
        checks.code_discount(market.world.acme.id, "promo")
    return error.value.sentence


def uses():
    return PromoCode.get(PromoCode.code == "PROMO").uses


def test_a_full_code_attributes_nothing_and_a_canceled_deal_gives_its_use_back(market, code):
    code_limits.change(code, None, 2)
    assert [bought(market, number)[0] for number in range(3)] == [True, True, False]
    assert bought(market, 3) == (False, "all uses of the code are taken")
    assert (market.deal("c-3").payment_sum, uses(), PromoCode.get_by_id(code.id).standing) == (0, 2, "Used up")
    assert refused(market).startswith("All uses of this code are taken. Raise its limit")
    for _ in range(2):
        market.update("Canceled", "c-0")
    market.update("Canceled", "c-3")  # It never used the code.
    assert uses() == 1
    assert checks.code_discount(market.world.acme.id, "promo") == 500
    assert bought(market, 4)[0]
    assert verify.faults() == []


def test_a_repeated_report_uses_the_code_once(market, code):
    code_limits.change(code, None, 5)
    for _ in range(3):
        market.report("Paid", deal_id="c-1", another_data=None, promo_code="Promo")
    market.report("Paid", deal_id="d-1", promo_code="promo")  # The link brought it, so the code did not.
    assert uses() == 1


def test_a_code_that_was_used_up_meanwhile_is_read_anew(market, code, monkeypatch):
    """Attribution reads before the transaction: what it read of the code may be over when the deal is written."""
    code_limits.change(code, None, 1)
    attribute = deals.attribute

    def early(*given):
        whose = attribute(*given)
        monkeypatch.setattr(deals, "attribute", attribute)
        PromoCode.update(uses=1).where(PromoCode.id == code.id).execute()
        return whose

    monkeypatch.setattr(deals, "attribute", early)
    assert bought(market, 1) == (False, "all uses of the code are taken")
    assert (market.deal("c-1").used_code_id, market.books(), uses()) == (None, {}, 1)
    assert Deal.select().count() == 1


def test_the_moment_ends_a_code(market, code):
    code_limits.change(code, clock.now() + DAY, None)
    assert bought(market, 1)[0]
    with clock.acting(86_400):
        assert bought(market, 2) == (False, "the code has expired")
        assert PromoCode.get_by_id(code.id).standing == "Expired"
        assert refused(market).startswith("This code has expired. Give it a later end")


def test_an_end_lies_ahead_and_a_limit_is_a_number_of_uses(market, code):
    for ends_at, limit, field in ((clock.now() - DAY, 1, "ends_at"), (None, 0, "uses_limit"), (None, -1, "uses_limit")):
        with pytest.raises(Invalid) as error:
            code_limits.change(code, ends_at, limit)
        assert error.value.field == field
        with pytest.raises(Invalid) as error:
            promo_codes.create(market.promotion, "NEWONE", 500, ends_at=ends_at, uses_limit=limit)
        assert error.value.field == field
    made = promo_codes.create(market.promotion, "NEWONE", 500, ends_at=clock.now() + DAY, uses_limit=3)
    assert (made.uses, made.uses_limit, made.standing) == (0, 3, "Active")


@pytest.mark.parametrize(
    "word",
    ["admin", "NULL", "Undefined", "none", "test", "api", "true", "FALSE", "n-a", "N_A", "un-defined", "myshare"],
)
def test_a_word_that_means_something_elsewhere_is_no_code(market, code, word):
    with pytest.raises(Invalid, match="means something") as error:
        promo_codes.create(market.promotion, word, 500)
    assert error.value.field == "code"


def test_a_word_with_more_to_it_is_a_code(market, code):
    for word in ("ADMIN10", "TESTDRIVE", "TRUELOVE"):
        assert promo_codes.create(market.promotion, word, 500).written == word


@pytest.fixture
def successor(market, code):
    return promotions.join(market.world.rival.partner, market.catalog.short_code)


def told(party):
    events = Event.select().where(Event.partner == party.id, Event.type.startswith("promo_code."))
    return [event.type for event in events.order_by(Event.id)]


def test_the_code_of_an_ended_promoter_is_handed_on_and_old_deals_stay(market, code, successor):
    world, merchant = market.world, market.catalog
    assert bought(market, 1)[0]
    with pytest.raises(Refused, match="has not ended"):
        handing_on.hand_on(code, merchant, successor.uid)
    promotions.end(market.promotion, promotions.BY_PROMOTER)
    promo_codes.end(code, promotions.BY_PROMOTER)
    handing_on.hand_on(code, merchant, successor.uid)
    moved = PromoCode.get_by_id(code.id)
    assert (moved.promotion, moved.standing, moved.is_merchants, moved.uses) == (successor, "Active", True, 1)
    market.report("Paid", deal_id="c-2", another_data=None, promo_code="promo")
    assert market.deal("c-2").promotion == successor
    assert market.deal("c-1").promotion == market.promotion
    assert promoter_passport.of(world.northwind.id, market.deal("c-1").uuid).used_code == "Promo"
    assert told(world.northwind)[-1] == "promo_code.handed_on"
    assert told(world.rival) == ["promo_code.received"]
    assert told(world.acme)[-2:] == ["promo_code.handed_on", "promo_code.received"]
    mails = {mail.to: mail.subject for mail in Mail.select()}
    assert mails["owner@northwind.example"] == "Acme handed on your promo code"
    assert mails["owner@rival.example"] == "You have a promo code for “Shop”"
    with pytest.raises(Refused, match="has not ended"):
        handing_on.hand_on(moved, merchant, market.promotion.uid)
    assert verify.faults() == []


def test_a_promoter_who_looked_before_switches_nothing_that_is_the_merchants_meanwhile(market, code, successor):
    for seen in (code, PromoCode.get_by_id(code.id)):
        promo_codes.end(PromoCode.get_by_id(code.id), promotions.BY_MERCHANT)
        with pytest.raises(Refused, match="ended this code"):
            promo_codes.resume(seen, promotions.BY_PROMOTER)
        assert PromoCode.get_by_id(code.id).standing == "Ended"
        promo_codes.resume(seen, promotions.BY_MERCHANT)
    promotions.end(market.promotion, promotions.BY_PROMOTER)
    handing_on.hand_on(code, market.catalog, successor.uid)
    with pytest.raises(NotFound):
        promo_codes.end(code, promotions.BY_PROMOTER)
    with pytest.raises(Refused, match="handed it on"):
        code_limits.change(code, None, 1)
    present = PromoCode.get_by_id(code.id)
    assert (present.standing, present.uses_limit) == ("Active", None)


def test_a_code_is_handed_to_an_approved_promoter_of_its_catalog_alone(market, code, successor):
    promotions.end(market.promotion, promotions.BY_MERCHANT)
    other = catalogs.create(market.world.acme.id, {"title": "Other", "catalog_code": "other"})
    elsewhere = promotions.join(market.world.rival.partner, other.short_code)
    for uid in (elsewhere.uid, "ZZZZZZZZZ"):
        with pytest.raises(NotFound):
            handing_on.hand_on(code, market.catalog, uid)
    promotions.end(successor, promotions.BY_MERCHANT)
    with pytest.raises(Refused, match="Only an approved promoter"):
        handing_on.hand_on(code, market.catalog, successor.uid)
    assert [one.uid for one in handing_on.receivers(Promotion.get_by_id(market.promotion.id))] == []
