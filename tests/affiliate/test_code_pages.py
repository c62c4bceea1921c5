"""The end and the limit of a promo code on both sides' pages, and a code that is handed on."""

from decimal import Decimal

import pytest

from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import PromoCode
from tests.affiliate import things

LIMITS = {"uses_limit": "3", "ends_at": "2050-01-02T09:00"}


@pytest.fixture
def promotion(world):
    limits = {"min_promo_code_percent": Decimal(0), "max_promo_code_percent": Decimal(20)}
    return things.promotion(things.catalog(world.acme.partner, is_promocode_allowed=True, **limits), world.northwind)


def codes_of(promotion, side="promoters"):
    """Where the promotion's codes are listed."""
    return f"/promoters/{promotion.promoter.uuid}?tab=codes" if side == "promoters" else f"/promotions/{promotion.uid}"


@pytest.mark.parametrize(
    ("who", "side", "mine"), [("northwind", "promotions", "own"), ("acme", "promoters", "personal")]
)
def test_both_sides_make_a_code_with_an_end_and_a_limit_and_change_them(world, promotion, who, side, mine):
    visitor, place, listed = world.as_(who), f"/{side}/{promotion.uid}", codes_of(promotion, side)
    making = f"{listed.partition('?')[0]}/codes"
    typed = {"catalog": promotion.uid, "code": "SHORT", "percent_discounts": "5", **LIMITS}
    assert visitor.post(making, data=typed | {"uses_limit": "0"}).status_code == 422
    assert visitor.post(making, data=typed | {"code": "Null"}).status_code == 422
    assert visitor.post(making, data=typed).status_code == 303
    code = PromoCode.get()
    assert (code.uses_limit, f"{code.ends_at:%Y-%m-%d %H:%M}") == (3, "2050-01-02 09:00")
    text = visitor.get(listed).text
    assert "0 of 3" in text
    assert "until 2 Jan 2050, 09:00" in text
    assert f'href="{place}/codes/SHORT"' in text
    assert 'value="2050-01-02T09:00"' in visitor.get(f"{place}/codes/SHORT").text
    assert visitor.post(f"{place}/codes/SHORT", data={"uses_limit": "x", "ends_at": ""}).status_code == 422
    visitor.post(f"{place}/codes/SHORT", data={"uses_limit": "", "ends_at": ""})
    assert (PromoCode.get().uses_limit, PromoCode.get().ends_at) == (None, None)


def test_each_side_limits_its_own_codes_alone(world, promotion):
    promo_codes.create(promotion, "OWN", 500)
    promo_codes.create(promotion, "GIVEN", 500, is_personal=True)
    for who, side, code in (("northwind", "promotions", "GIVEN"), ("acme", "promoters", "OWN")):
        visitor, place = world.as_(who), f"/{side}/{promotion.uid}"
        assert f'{place}/codes/{code}"' not in visitor.get(codes_of(promotion, side)).text
        visitor.post(f"{place}/codes/{code}", data={"uses_limit": "1", "ends_at": ""})
        assert PromoCode.get(PromoCode.code == code).uses_limit is None


def test_where_no_offer_may_be_sold_with_codes_every_page_of_codes_says_so(world, promotion):
    catalog, lack = promotion.catalog, "may be sold with promo codes yet, so none brings a deal."
    pages = (("northwind", f"/promotions/{promotion.uid}"), ("acme", codes_of(promotion)))
    overview = f"/catalogs/{catalog.short_code}/terms"
    things.offer(catalog, "Plain")
    assert all(lack in world.as_(who).get(place).text for who, place in pages)
    assert "0% to 20%, but no active offer may be sold with them yet" in world.as_("acme").get(overview).text
    things.offer(catalog, "With codes", is_promocode_allowed=True)
    assert not any(lack in world.as_(who).get(place).text for who, place in pages)
    assert "but no active offer" not in world.as_("acme").get(overview).text


def test_the_code_of_who_has_ended_is_handed_on_by_clicking(world, promotion):
    promo_codes.create(promotion, "KEEP", 500)
    owner, place, listed = world.as_("acme"), f"/promoters/{promotion.uid}", codes_of(promotion)
    assert "/handing-on" not in owner.get(listed).text
    promotions.end(promotion, promotions.BY_PROMOTER)
    page = owner.get(listed).text
    assert f"{place}/codes/KEEP/handing-on" in page and "none of its codes counts now: hand on" in page
    assert "no approved promoter" in owner.get(f"{place}/codes/KEEP/handing-on").text
    other = promotions.join(world.rival.partner, promotion.catalog.short_code)
    assert "Rival" in owner.get(f"{place}/codes/KEEP/handing-on").text
    assert owner.post(f"{place}/codes/KEEP/handing-on", data={"promoter": "ZZZZZZZZZ"}).status_code == 422
    answer = owner.post(f"{place}/codes/KEEP/handing-on", data={"promoter": other.uid})
    assert answer.location == f"{codes_of(other)}#codes"
    received = world.as_("rival").get(f"/promotions/{other.uid}").text
    assert "KEEP" in received and "by another promoter, and handed on to you" in received
    assert "by another promoter, and handed on by you" in owner.get(codes_of(other)).text
    assert owner.get(f"{place}/codes/KEEP/handing-on").status_code == 404
