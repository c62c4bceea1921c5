"""Whose deal is it: every case that the contract settles, and what the reward says of it."""

import pytest

from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import PromoCode
from tests.contract.promoters import clicked, promoted

NORTHWIND, RIVAL = "northwind", "rival"


@pytest.fixture
def market(shop, world):
    """The shop, sold by northwind (BDGSYEHVX, Promo) and by rival (RIVALUID2, Rivals)."""
    shop.rival = promoted(shop.catalog["id"], world.rival, uid="RIVALUID2", code="Rivals")
    shop.names = {None: None, shop.promotion.id: NORTHWIND, shop.rival.id: RIVAL}
    return shop


def whose(market, another_data=None, promo_code=None, **said) -> str | None:
    """Report a paid deal, and tell whose it is; its reward must agree."""
    deal_id = f"deal-{Deal.select().count()}"
    reply = market.report(deal_id=deal_id, status="Paid", another_data=another_data, promo_code=promo_code, **said)
    assert reply.status == 200, reply.body
    deal = Deal.get(Deal.deal_id == deal_id)
    assert market.deal(deal_id)["payment_sum"] == (20.0 if deal.promotion_id else 0.0)
    return market.names[deal.promotion_id]


def test_the_link_names_the_promoter_by_myshare_then_uid_then_ref(market):
    for another_data, expected in (
        ("myshare=BDGSYEHVX", NORTHWIND),
        ("?uid=BDGSYEHVX&subid=Product1", NORTHWIND),
        ("subid=Product1&ref=bdgsyehvx", NORTHWIND),
        ("ref=RIVALUID2&uid=RIVALUID2&myshare=BDGSYEHVX", NORTHWIND),
        ("ref=RIVALUID2&uid=BDGSYEHVX", NORTHWIND),
        ("myshare=&uid=RIVALUID2", RIVAL),
        ("myshare=NOBODY222&uid=RIVALUID2", RIVAL),
        ("https://shop.example/?utm=x&uid=RIVALUID2#top", RIVAL),
        ("HTTP://shop.example/uid=RIVALUID2", None),
        ("subid=BDGSYEHVX", None),
        ("MYSHARE=BDGSYEHVX", None),
        ("no pairs at all", None),
        ("%%%&=&;", None),
        ("myshare=%00", None),
        (None, None),
    ):
        assert whose(market, another_data) == expected, another_data


def test_what_names_a_promoter_counts_in_whatever_the_shop_has_at_hand(market):
    for another_data, expected in (
        ("https://shop.example/thanks?order=7&myshare=BDGSYEHVX&click=x#top", NORTHWIND),
        ("/thanks?order=7&myshare=BDGSYEHVX", NORTHWIND),
        ("thanks?myshare=BDGSYEHVX", NORTHWIND),
        ("shop.example/a=b/thanks?myshare=BDGSYEHVX", NORTHWIND),
        ("//shop.example/thanks?myshare=BDGSYEHVX", NORTHWIND),
        ("?myshare=BDGSYEHVX", NORTHWIND),
        (" myshare=BDGSYEHVX ", NORTHWIND),
        ("myshare=BDGSYEHVX#reviews", NORTHWIND),
        ("#myshare=BDGSYEHVX", NORTHWIND),
        ("#/thanks?myshare=BDGSYEHVX", NORTHWIND),
        ("https://shop.example/#!/thanks?order=7&myshare=BDGSYEHVX", NORTHWIND),
        ("order=7&amp;myshare=BDGSYEHVX", NORTHWIND),
        ("https%3A%2F%2Fshop.example%2F%3Fmyshare%3DBDGSYEHVX", NORTHWIND),
        ("myshare=BDGSYEHVX&next=/p?myshare=RIVALUID2", NORTHWIND),
        ("https://shop.example/?next=/p?myshare=RIVALUID2&myshare=BDGSYEHVX", NORTHWIND),
        ("/myshare=RIVALUID2", None),
        ("?next=%26myshare%3DRIVALUID2", None),
    ):
        assert whose(market, another_data) == expected, another_data


def test_of_a_name_that_is_repeated_the_last_value_decides_and_a_query_before_a_fragment(market):
    for another_data, expected in (
        ("myshare=RIVALUID2&myshare=BDGSYEHVX", NORTHWIND),
        ("myshare=BDGSYEHVX&a=1&myshare=RIVALUID2", RIVAL),
        ("myshare=BDGSYEHVX&myshare=", None),
        ("/?myshare=BDGSYEHVX#myshare=RIVALUID2", NORTHWIND),
    ):
        assert whose(market, another_data) == expected, another_data
    market.report(deal_id="bought", another_data="customer=landing&myshare=BDGSYEHVX&customer=mia")
    assert Deal.get(Deal.deal_id == "bought").customer == "mia"


def test_the_link_wins_over_the_code_and_the_code_stands_in_for_an_unknown_link(market):
    for another_data, promo_code, expected in (
        (None, "Promo", NORTHWIND),
        (None, "pROMO ", NORTHWIND),
        ("myshare=RIVALUID2", "Promo", RIVAL),
        ("myshare=NOBODY222", "Promo", NORTHWIND),
        ("subid=Product1", "Rivals", RIVAL),
        (None, "Nobody's", None),
        ("myshare=NOBODY222", "Nobody's", None),
    ):
        assert whose(market, another_data, promo_code) == expected, (another_data, promo_code)


def test_other_pairs_are_kept_as_they_came(market, world):
    data = "myshare=BDGSYEHVX&subid=Prod%20uct&customer=member-7&x=<b>"
    assert market.report(another_data=data).body["another_data"] == data
    deal = Deal.get()
    assert (deal.another_data, deal.customer) == (data, "member-7")


@pytest.mark.parametrize(
    "another_data", ["customer=%00", "click=%00", "customer=" + "x" * 300, "uid=%ED%A0%80", "customer=%FF&click=%FF"]
)
def test_pairs_that_no_database_keeps_do_no_harm(market, another_data):
    assert market.report(another_data=f"myshare=BDGSYEHVX&{another_data}").status == 200
    deal = Deal.get()
    assert deal.promotion_id == market.promotion.id
    assert len(deal.customer or "") <= 255


def unpublished(market):
    market.api.patch(f"/catalog/{market.catalog['id']}/", {"is_published": False})


def inactive(market):
    market.api.patch(f"/offer/{market.offer['id']}/", {"is_active": False})


def catalog_without_codes(market):
    market.api.patch(f"/catalog/{market.catalog['id']}/", {"is_promocode_allowed": False})


def offer_without_codes(market):
    market.api.patch(f"/offer/{market.offer['id']}/", {"is_promocode_allowed": False})


def code_ended(market):
    PromoCode.update(ended_at=1).where(PromoCode.code == "PROMO").execute()


def promoter(state: str):
    def act(market):
        market.promotion.state = state
        market.promotion.save()

    act.__name__ = f"promoter_{state}"
    return act


@pytest.mark.parametrize(
    ("act", "by_link", "by_code"),
    [
        (unpublished, None, None),
        (inactive, None, None),
        (catalog_without_codes, NORTHWIND, None),
        (offer_without_codes, NORTHWIND, None),
        (code_ended, NORTHWIND, None),
        (promoter("waiting"), None, None),
        (promoter("refused"), None, None),
        (promoter("ended"), None, None),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_may_not_attribute_does_not_and_the_deal_is_recorded_all_the_same(market, act, by_link, by_code):
    act(market)
    assert whose(market, "myshare=BDGSYEHVX") == by_link
    assert whose(market, None, "Promo") == by_code
    steps = Deal.select().order_by(Deal.id.desc()).get().attribution
    assert [step["fix"] != "" for step in steps if step["outcome"] == "failed"].count(True) >= 1


def test_another_catalogs_uid_and_code_do_not_attribute(market, world):
    other = market.api.made("/catalog/", {"title": "Other", "catalog_code": "other", "is_promocode_allowed": True})
    promoted(other["id"], world.northwind, uid="ELSEWHERE", code="Elsewhere")
    assert whose(market, "myshare=ELSEWHERE") is None
    assert whose(market, None, "Elsewhere") is None


def test_another_merchants_code_of_the_same_name_does_not_attribute(market, stranger, world):
    theirs = stranger.made("/catalog/", {"title": "Theirs", "catalog_code": "theirs", "is_promocode_allowed": True})
    promoted(theirs["id"], world.acme, uid="THEIRUID2", code="Theirs")
    assert whose(market, None, "Theirs") is None
    assert whose(market, "uid=THEIRUID2") is None


def test_a_click_ties_the_deal_to_itself_while_it_is_young(market):
    young, old = clicked(market.promotion, "young", 29), clicked(market.promotion, "old", 31)
    theirs = clicked(market.rival, "theirs", 31)
    for data, expected, click in (
        ("myshare=BDGSYEHVX&click=young", NORTHWIND, young.id),
        ("myshare=BDGSYEHVX&click=old", None, None),
        ("myshare=BDGSYEHVX&click=unknown", NORTHWIND, None),
        (f"myshare=BDGSYEHVX&click={theirs.key}", NORTHWIND, None),
        ("click=young", None, None),
    ):
        assert whose(market, data) == expected, data
        assert Deal.select().order_by(Deal.id.desc()).get().click_id == click, data
    assert old.id
    assert whose(market, "myshare=BDGSYEHVX&click=old", "Rivals") == RIVAL


def test_the_attribution_is_settled_with_the_first_report(market):
    market.report()
    promoter("ended")(market)
    assert market.report(status="Paid").status == 200
    assert market.deal()["payment_sum"] == 20.0


def test_why_a_deal_is_nobodys_is_kept_whole(market):
    unpublished(market)
    market.report(promo_code="Nobody's")
    steps = Deal.get().attribution
    assert [(step["check"], step["outcome"]) for step in steps] == [
        ("link named", "passed"), ("link usable", "failed"), ("click in time", "not reached"),
        ("code named", "failed"), ("code usable", "not reached"),
    ]  # fmt: skip
    assert (steps[1]["detail"], steps[1]["fix"]) == ("the catalog is not published", "Publish the catalog.")
