"""Every word and code that the documentation lists is taken and answered as it is, and so are the codes of things."""

import pytest

from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.offers.tables import Catalog

# As the seed lists them.
COUNTRIES = (
    "AW AF AO AI AX AL AD AE AR AM AS AQ TF AG AU AT AZ BI BE BJ BQ BF BD BG BH BS BA BL BY BZ BM BO BR BB BN BT BV BW "
    "CF CA CC CH CL CN CI CM CD CG CK CO KM CV CR CU CW CX KY CY CZ DE DJ DM DK DO DZ EC EG ER EH ES EE ET FI FJ FK FR "
    "FO FM GA GB GE GG GH GI GN GP GM GW GQ GR GD GL GT GF GU GY HK HM HN HR HT HU ID IM IN IO IE IR IQ IS IL IT JM JE "
    "JO JP KZ KE KG KH KI KN KR KW LA LB LR LY LC LI LK LS LT LU LV MO MF MA MC MD MG MV MX MH MK ML MT MM ME MN MP MZ "
    "MR MS MQ MU MW MY YT NA NC NE NF NG NI NU NL NO NP NR NZ OM PK PA PN PE PH PW PG PL PR KP PT PY PS PF QA RE RO RU "
    "RW SA SD SN SG GS SH SJ SB SL SV SM SO PM RS SS ST SR SK SI SE SZ SX SC SY TC TD TG TH TJ TK TM TL TO TT TN TR TV "
    "TW TZ UG UA UM UY US UZ VA VC VE VG VI VN VU WF WS YE ZA ZM ZW WW"
).split()
LANGUAGES = (
    "AA AB AE AF AK AM AN AR AS AV AY AZ BA BE BG BH BI BM BN BO BR BS CA CE CH CO CR CS CU CV CY DA DE DV DZ EE EL EN "
    "EO ES ET EU FA FF FI FJ FO FR FY GA GD GL GN GU GV HA HE HI HO HR HT HU HY HZ IA ID IE IG II IK IO IS IT IU JA JV "
    "KA KG KI KJ KK KL KM KN KO KR KS KU KV KW KY LA LB LG LI LN LO LT LU LV MG MH MI MK ML MN MR MS MT MY NA NB ND NE "
    "NG NL NN NO NR NV NY OC OJ OM OR OS PA PI PL PS PT QU RM RN RO RU RW SA SC SD SE SG SI SK SL SM SN SO SQ SR SS ST "
    "SU SV SW TA TE TG TH TI TK TL TN TO TR TS TT TW TY UG UK UR UZ VE VI VO WA WO XH YI YO ZA ZH ZU"
).split()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("moderation_type", ["FREE_ENTRY", "AUTO_MODERATION", "MANUAL_MODERATION"]),
        ("reward_type", ["RevShare", "CPA", "CPS", "CPL", "COD", "CPV", "CPO", "CPC"]),
        ("devices", ["All", "Desktop", "Mobile"]),
    ],
)
def test_every_listed_word_of_a_catalog_is_taken_and_answered(api, shop, field, words):
    address = f"/catalog/{shop.catalog['id']}/"
    for word in words:
        assert api.patch(address, {field: word}).body[field] == word
        assert api.get(address).body[field] == word


def test_every_listed_country_and_language_is_taken_and_answered(api, shop):
    assert (len(COUNTRIES), len(LANGUAGES)) == (250, 184)
    address = f"/catalog/{shop.catalog['id']}/"
    api.patch(address, {"offer_geo": COUNTRIES, "localizations": LANGUAGES})
    shown = api.get(address).body
    assert (shown["offer_geo"], shown["localizations"]) == (COUNTRIES, LANGUAGES)


@pytest.mark.parametrize("adaptability", ["All", "Desktop", "Mobile"])
def test_every_listed_adaptability_of_a_landing_is_taken_and_answered(api, shop, adaptability):
    landing = api.made(
        "/landing/", {"url": "http://a.example", "catalog_id": shop.catalog["id"], "adaptability": adaptability}
    )
    assert landing["adaptability"] == adaptability


def test_an_offer_and_a_landing_have_the_documented_defaults(api, shop):
    prices = [{"cost": 100, "currency": "USD"}]
    offer = api.made(
        "/offer/", {"name": "Bare", "catalog_id": shop.catalog["id"], "prices": prices, "reward_percent": 5}
    )
    del offer["id"]
    assert offer == {
        "name": "Bare",
        "catalog_id": shop.catalog["id"],
        "is_promocode_allowed": False,
        "is_active": True,
        "fix_remuneration": None,
        "reward_percent": 5.0,
        "prices": [{"cost": 100.0, "currency": "USD"}],
        "description": None,
    }
    landing = api.made("/landing/", {"url": "http://a.example", "catalog_id": shop.catalog["id"]})
    assert (landing["adaptability"], landing["title"], landing["image_url"]) == ("All", None, None)


@pytest.mark.parametrize("code", ["A1O0", "IL01O", "ABCDEFGH23456789"])
def test_codes_of_four_to_sixteen_letters_and_digits_are_looked_up_in_any_case(api, shop, code):
    """Codes that other systems made have letters that ours leave out."""
    Catalog.update(short_code=code).where(Catalog.uuid == shop.catalog["id"]).execute()
    Landing.update(code=code).where(Landing.code == shop.landing["id"]).execute()
    Promotion.update(uid=code).where(Promotion.id == shop.promotion.id).execute()
    for written in (code, code.lower()):
        assert api.get(f"/catalog/{written}/").body["id"] == shop.catalog["id"]
        assert api.get(f"/landing/{written}/").body["id"] == code
        assert api.get(f"/promo/check_uuid/?code={written}").body == {"percent_discounts": 0.0}
        assert api.get(f"/promo/check_promo/?code=promo&catalog_id={written}").body == {"percent_discounts": 5.0}
        shop.report(deal_id=written, another_data=f"ref={written}")
        assert Deal.get(Deal.deal_id == written).promotion_id == shop.promotion.id


def test_a_deal_is_in_one_currency_whatever_others_the_offer_has(api, shop):
    prices = [{"cost": 9000, "currency": "RUB"}, {"cost": 100, "currency": "USD"}, {"cost": 30, "currency": "KWD"}]
    api.patch(f"/offer/{shop.offer['id']}/", {"prices": prices})
    for currency, cost, reward in (("RUB", 9000.5, 1800.1), ("USD", 100, 20.0), ("KWD", 30.125, 6.025)):
        assert shop.report(deal_id=currency, currency=currency, cost=cost, status="Paid").status == 200
        shown = shop.deal(currency)
        assert (shown["currency"], shown["cost"], shown["payment_sum"]) == (currency, cost, reward)
    assert shop.report(deal_id="RUB", currency="USD", cost=9000.5).fields == ["currency"]


def test_a_canceled_deal_takes_an_identical_canceled_and_nothing_else(shop):
    shop.report()
    shop.report(status="Canceled")
    shown = shop.deal()
    assert shop.report(status="Canceled").body["status"] == "Canceled"
    for differing in ({"cost": 99}, {"offer": "Else"}, {"another_data": "uid=ELSE"}, {"promo_code": "Else"}):
        assert shop.report(status="Canceled", **differing).fields == list(differing)
    for status in ("Created", "Paid"):
        assert shop.report(status=status).fields == ["status"]
    assert shop.deal() == shown
