"""What a person types finds the thing that was meant, in the search and in the lists, as it was written or not."""

import unicodedata

import pytest

from portal.database import Statement
from portal.domain.accounts.partners import lists as partner_lists
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.deal_lists import lists as deal_lists
from portal.domain.affiliate.deal_lists import pickers
from portal.domain.affiliate.deal_lists.filters import Filter
from portal.domain.affiliate.deal_lists.promoter_lists import Filter as OwnFilter
from portal.domain.affiliate.deal_lists.promoter_lists import page as own_deals
from portal.domain.affiliate.promotions.tables import PromoCode
from portal.domain.search import search
from portal.domain.typed.patterns import containing
from portal.domain.typed.texts import tidy
from portal.letters import alike
from tests.affiliate import things

pytestmark = pytest.mark.on_both_engines


@pytest.fixture
def shop(world):
    """A catalog, an offer, a code and deals with names that are seldom typed as they are written."""
    catalog = things.catalog(
        world.acme.partner, title="Große Läufe\xa0am Σας", code="Läufe–26", is_promocode_allowed=True
    )
    things.offer(catalog, "Cafe\u0301 Straße", is_promocode_allowed=True)
    promotion = things.promotion(catalog, world.northwind)
    PromoCode.create(merchant=world.acme.id, promotion=promotion, code="SUM-10", written="Sum-10", percent_discounts=0)
    for deal_id in ("Order–7", "ORDER-77", "order_7", "Заказ-9"):
        things.deal(catalog, deal_id, offer="CAFÉ STRASSE", promo_code="sum–10")
    return catalog


def named(world, text) -> set[str]:
    return {hit.name for hit in search.find(world.acme.id, "owner", text)}


def listed(world, text) -> set[str]:
    return {row.deal_id for row in deal_lists.page(world.acme.id, Filter(text=text)).rows}


def test_a_deal_is_found_by_its_id_as_it_was_meant(world, shop):
    for typed in ("order-7", "ORDER–7", "Order−7", "\u200border-7\u2060", " Ｏrder-7 "):
        assert listed(world, typed) == {"Order–7"}, typed
        assert named(world, typed) == {"Order–7", "ORDER-77"}, typed
    assert named(world, "ORDER_7") == listed(world, "ORDER_7") == {"order_7"}
    assert named(world, "заказ–9") == listed(world, "ЗАКАЗ-9") == {"Заказ-9"}
    deal = deal_lists.page(world.acme.id, Filter(text="order-7")).rows[0]
    for typed in (f"{deal.uuid.upper()}\u200b", deal.uuid.replace("-", "\u2011")):
        assert named(world, typed) == listed(world, typed) == {"Order–7"}
        assert [row.uuid for row in own_deals(world.northwind.id, OwnFilter(text=typed)).rows] == [deal.uuid]


def test_codes_are_found_as_they_were_meant(world, shop):
    for typed in ("SUM–10", "sum\u200b-10", "ＳＵＭ-10"):
        assert named(world, typed) == {"Sum-10"}
        assert len(listed(world, typed)) == 4 and len(own_deals(world.northwind.id, OwnFilter(text=typed)).rows) == 4
    for typed in ("läufe-26", "LA\u0308UFE−26", f"{shop.short_code.lower()}\u200b"):
        assert named(world, typed) == {shop.title}
        assert [row.title for row in catalog_lists.page(world.acme.id, "", typed, None, None).rows] == [shop.title]
    assert pickers.promoter(world.acme.id, "nrth\u200bwnd22").code == "NRTHWND22"


def test_names_are_found_as_they_are_read(world, shop):
    for typed in ("GROSSE", "große", "la\u0308ufe am", "ΣΑΣ", "σασ"):
        assert named(world, typed) == {shop.title}, typed
        assert [row.title for row in catalog_lists.page(world.acme.id, "", typed, None, None).rows] == [shop.title]
    for typed in ("café", "cafe\u0301", "STRASSE"):
        assert named(world, typed) == {"Café Straße"}
        assert [choice.name for choice in pickers.offers(world.acme.id, typed)] == ["Café Straße"]
    assert pickers.offer(world.acme.id, "CAFE\u0301 STRASSE").name == "Café Straße"
    assert named(world, "\u200bOwner@acme.example") == named(world, "owner@acme.example") != set()
    assert partner_lists.page("ACME").rows == partner_lists.page("Ácmé").rows != []


def test_marks_on_letters_need_not_be_typed_and_dashes_and_quotes_are_plain(world, shop):
    for typed in ("grosse laufe", "cafe strasse", "Cafè Straße", "strasse cafe"):
        assert named(world, typed), typed
    shop.title = "L’été – à la plage"
    shop.save()
    for typed in ("l'ete", "plage l’été", "été - plage"):
        assert named(world, typed) == {shop.title}, typed


def test_columns_are_compared_by_patterns_as_texts_that_read_alike_are(engine):
    compared = Statement(
        "SELECT name FROM (SELECT :name AS name) one WHERE COMPARED(COALESCE(name, '')) LIKE :pattern ESCAPE '\\'"
    )
    for name in ("Summer SALE", "Große Straße", "ЛЕТО", "Ärmel", "a\\b_c 100%", ""):
        for text in (name, name.upper(), name.lower(), name[1:-1], "x"):
            fits = text in name or alike(text) in alike(name)
            assert compared.value(name=name, pattern=containing(text)) == (name if fits else None), (name, text)


@pytest.mark.parametrize(
    "letter", ["x", "_", "ﷺ", "😀"]
)  # One is written with two signs, one alike with eighteen letters.
def test_texts_without_end_are_looked_for_as_any(engine, letter):
    compared = Statement("SELECT :name LIKE :pattern ESCAPE '\\'")
    assert not compared.value(name="name", pattern=containing(letter * 70_000))


def test_both_engines_write_every_letter_alike(engine):
    letters = [chr(place) for place in range(1, 0x3000) if unicodedata.category(chr(place)) != "Cn"]
    written = Statement("SELECT ALIKE(:text)")
    texts = [tidy("".join(letters[place : place + 500])) for place in range(0, len(letters), 500)]
    texts += [
        "Скидка: всё для ёлки, й",
        "a ≠ b, o\u0338",
        "한글 が か\u3099",
        "שָׁ\u034fלוֹם",
        "ǽ ǿ Æ ẞ",
        "été – l’été",
        "İı ΣΑΣ",
        "क\u093c",
    ]
    for text in texts:
        differ = [
            (here, there) for here, there in zip(alike(text), written.value(text=text), strict=False) if here != there
        ]
        assert alike(text) == written.value(text=text), differ[:5]
    assert written.value(text=None) is None
