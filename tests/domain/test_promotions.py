"""Joining a catalog by each moderation type, being decided on, leaving, and what that does to links and codes."""

from decimal import Decimal

import pytest

from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events.tables import Event
from portal.domain.offers import catalogs


@pytest.fixture
def catalog(world):
    return catalogs.create(
        world.acme.id,
        {
            "title": "Shop",
            "catalog_code": "shop",
            "is_promocode_allowed": True,
            "min_promo_code_percent": Decimal(5),
            "max_promo_code_percent": Decimal(15),
        },
    )


@pytest.fixture
def moderated(catalog):
    return catalogs.change(catalog, {"moderation_type": "MANUAL_MODERATION"})


def facts(partner_id: int) -> list[str]:
    rows = Event.select(Event.type).where(Event.partner == partner_id, Event.thing == "promotion").order_by(Event.id)
    return [event.type for event in rows]


def unconfirmed(world) -> Partner:
    return partners.found("New", world.rival.users["owner"], confirmed=False)


def test_free_entry_admits_at_once_and_the_uid_stays(world, catalog):
    joined = promotions.join(world.northwind.partner, catalog.short_code.lower())
    assert (joined.state, len(joined.uid), joined.decided_at is not None) == ("approved", 9, True)
    assert promotions.join(world.northwind.partner, catalog.short_code) == joined
    promotions.end(joined, promotions.BY_PROMOTER)
    again = promotions.join(world.northwind.partner, catalog.short_code)
    assert (again.uid, again.state, Promotion.select().count()) == (joined.uid, "approved", 1)
    told = ["promotion.joined", "promotion.left", "promotion.approved"]
    assert facts(world.acme.id) == facts(world.northwind.id) == told


def test_auto_moderation_admits_who_is_confirmed_and_others_when_they_are(world, catalog):
    catalogs.change(catalog, {"moderation_type": "AUTO_MODERATION"})
    assert promotions.join(world.northwind.partner, catalog.short_code).state == "approved"
    newcomer = unconfirmed(world)
    waiting = promotions.join(newcomer, catalog.short_code, "We write about shoes.")
    assert (waiting.state, waiting.message) == ("waiting", "We write about shoes.")
    assert promotions.confirm(newcomer)
    assert not promotions.confirm(newcomer)
    assert Promotion.get_by_id(waiting.id).state == "approved"
    assert facts(newcomer.id) == ["promotion.applied", "promotion.approved"]


def test_confirmation_decides_nothing_that_the_merchant_wants_to_decide(world, moderated):
    newcomer = unconfirmed(world)
    waiting = promotions.join(newcomer, moderated.short_code)
    promotions.confirm(newcomer)
    assert Promotion.get_by_id(waiting.id).state == "waiting"


def test_manual_moderation_waits_for_the_merchant(world, moderated):
    waiting = promotions.join(world.northwind.partner, moderated.short_code)
    assert waiting.state == promotions.join(world.northwind.partner, moderated.short_code).state == "waiting"
    approved = promotions.approve(waiting)
    assert (approved.state, promotions.approve(approved).state) == ("approved", "approved")
    with pytest.raises(Refused, match="Only an application that waits"):
        promotions.refuse(approved)


def test_who_was_refused_or_taken_out_comes_back_by_the_merchant_alone(world, moderated):
    refused = promotions.refuse(promotions.join(world.northwind.partner, moderated.short_code), "No bidding sites.")
    with pytest.raises(Refused, match="No bidding sites"):
        promotions.join(world.northwind.partner, moderated.short_code)
    ended = promotions.end(promotions.approve(refused), promotions.BY_MERCHANT)
    with pytest.raises(Refused, match="turned this partner away"):
        promotions.join(world.northwind.partner, moderated.short_code)
    assert promotions.approve(ended).state == "approved"


def test_the_merchant_cannot_bring_back_who_left(world, catalog):
    left = promotions.end(promotions.join(world.northwind.partner, catalog.short_code), promotions.BY_PROMOTER)
    with pytest.raises(Refused, match="left by itself"):
        promotions.approve(left)


def test_two_decisions_at_once_are_one(world, moderated):
    waiting = promotions.join(world.northwind.partner, moderated.short_code)
    promotions.approve(Promotion.get_by_id(waiting.id))
    with pytest.raises(Refused, match="a moment ago"):
        promotions.refuse(waiting)


def test_who_waits_may_ask_again_when_entry_became_free(world, moderated):
    promotions.join(world.northwind.partner, moderated.short_code)
    catalogs.change(moderated, {"moderation_type": "FREE_ENTRY"})
    assert promotions.join(world.northwind.partner, moderated.short_code).state == "approved"


def test_an_unpublished_catalog_or_one_of_the_other_mode_is_not_there(world, catalog):
    for promoter in (world.northwind.twin().partner,):
        with pytest.raises(NotFound):
            promotions.join(promoter, catalog.short_code)
    catalogs.change(catalog, {"is_published": False})
    for reference in (catalog.short_code, "ZZZZZ", "not a code"):
        with pytest.raises(NotFound):
            promotions.join(world.northwind.partner, reference)


def test_each_side_finds_its_own_promotions_only(world, catalog):
    joined = promotions.join(world.northwind.partner, catalog.short_code)
    assert promotions.of_merchant(world.acme.id, joined.uid.lower()).promoter.name == "Northwind"
    assert promotions.of_promoter(world.northwind.id, joined.uid).catalog.title == "Shop"
    for find, whose in ((promotions.of_merchant, world.northwind), (promotions.of_promoter, world.acme)):
        with pytest.raises(NotFound):
            find(whose.id, joined.uid)


def test_codes_lie_within_the_catalogs_limits_and_are_unique_with_its_merchant(world, catalog):
    northwind = promotions.join(world.northwind.partner, catalog.short_code)
    rival = promotions.join(world.rival.partner, catalog.short_code)
    made = promo_codes.create(northwind, " Ridge10 ", 1000)
    assert (made.code, made.written, made.is_personal) == ("RIDGE10", "Ridge10", False)
    assert promo_codes.create(rival, "Mine", 500, is_personal=True).is_personal
    for code, percent, field in (
        ("rIDGE10", 1000, "code"),
        ("X", 1000, "code"),
        ("no spaces", 1000, "code"),
        ("LOW", 499, "percent_discounts"),
        ("HIGH", 1501, "percent_discounts"),
    ):
        with pytest.raises(Invalid) as error:
            promo_codes.create(rival, code, percent)
        assert error.value.field == field
    with pytest.raises(Invalid) as error:
        promo_codes.create(rival, "ü", 1501)
    assert [field for field, _ in error.value.errors] == ["code", "percent_discounts"]
    assert PromoCode.select().count() == 2


def test_codes_need_an_approved_promoter_and_a_catalog_that_allows_them(world, catalog):
    joined = promotions.join(world.northwind.partner, catalog.short_code)
    for change, said in (
        ({"is_promocode_allowed": False}, "does not allow promo codes"),
        ({"is_promocode_allowed": True, "is_published": False}, "not published"),
        ({"is_published": True, "max_promo_code_percent": None}, "gives no discounts"),
    ):
        catalogs.change(catalog, change)
        with pytest.raises((Refused, Invalid), match=said):
            promo_codes.create(joined, "CODE", 1000)
    catalogs.change(catalog, {"max_promo_code_percent": Decimal(15)})
    promotions.end(joined, promotions.BY_MERCHANT)
    with pytest.raises(Refused, match="Only an approved promoter"):
        promo_codes.create(joined, "CODE", 1000)


def test_a_code_ends_and_works_again(world, catalog):
    joined = promotions.join(world.northwind.partner, catalog.short_code)
    code = promo_codes.create(joined, "SHOES", 1000)
    for switch, ended in ((promo_codes.end, True), (promo_codes.end, True), (promo_codes.resume, False)):
        switch(code, promotions.BY_PROMOTER)
        assert (promo_codes.find(joined, "shoes").ended_at is not None) is ended
    assert facts(world.northwind.id)[-3:] == ["promo_code.created", "promo_code.ended", "promo_code.resumed"]


def test_the_standing_discount_lies_within_the_limits_too(world, catalog):
    joined = promotions.join(world.northwind.partner, catalog.short_code)
    assert promotions.set_discount(joined, 700).percent_discounts == 700
    assert promotions.set_discount(joined, 0).percent_discounts == 0
    with pytest.raises(Invalid, match="5 to 15"):
        promotions.set_discount(joined, 400)
