"""Templates of cards through their pages, with real forms; the card is drawn beside its form."""

import re
from decimal import Decimal

import pytest

from portal.cards import drawing
from portal.cards.templates.forms import ICON_NAMES
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates import fields, levels, membership_tiers, reward_tiers, templates
from portal.domain.cards.templates.kinds import BY_WORD, KINDS
from portal.domain.cards.templates.settings import STAMP_ICONS
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.offers import catalogs
from portal.domain.pictures.tables import Picture
from tests.affiliate.counting import queries
from tests.support import loyalty
from tests.test_icons import SPRITE

NEEDS = {
    "stamp": {"mechanics": "stamps", "stamps_total": "8"},
    "cashback": {"percent": "5"},
    "membership": {"mechanics": "limits", "tiers-0-name": "Gold", "tiers-0-visits": "4"},
    "reward": {"mechanics": "points", "tiers-0-name": "Coffee", "tiers-0-type": "0", "tiers-0-threshold": "50"},
    "discount": {
        "tiers-0-threshold": "0",
        "tiers-0-percent": "2.5",
        "tiers-1-threshold": "100",
        "tiers-1-percent": "10",
    },
}
LOOK = {"background": "#1f4b99", "foreground": "#ffffff", "label_colour": "#cfdcf5", "stamp_icon": "star"}


def form(word: str, **more) -> dict:
    return {
        "name": "Café", "currency": "EUR", **LOOK, "earns_on_points": "y", "asked-0-name": "First name", "asked-0-kind": "FName",
        "asked-0-is_required": "y", **NEEDS.get(word, {}), **more,
    }  # fmt: skip


def stamps_drawn(page: str) -> tuple[int, int]:
    """How many places for stamps are drawn, and how many of them are taken."""
    circles = re.findall(
        r"<circle cx=\S+ cy=\S+ r=\S+ (fill|stroke)?[^/]*/>", page.split("<figure")[1].split("</figure>")[0]
    )
    places = re.findall(r'<circle cx="[\d.]+" cy="[\d.]+" r="[\d.]+" fill="([^"]+)"', page.split("<figure")[1])
    assert circles
    return len(places), sum(fill != "none" for fill in places)


def test_an_empty_list_says_what_a_template_is_for_and_offers_the_first_step(world):
    page = world.as_("acme").get("/templates").text
    assert "A template says what a loyalty card counts" in page and 'href="/templates/new"' in page
    assert 'href="/templates/new"' not in world.as_("acme", "viewer").get("/templates").text


def test_a_viewer_reads_all_of_a_template_and_is_led_to_no_form(world):
    viewer, template = world.as_("acme", "viewer"), loyalty.template(world.acme, 7)
    links = {
        link
        for tab in ("", "/parts", "/links")
        for link in re.findall(
            rf'href="(/templates/{template.uuid}[^"]*)"', viewer.get(f"/templates/{template.uuid}{tab}").text
        )
    }
    assert links and all(viewer.get(link).status_code == 200 for link in links)


def test_every_type_is_drawn_to_choose_from(world):
    page = world.as_("acme").get("/templates/new").text
    assert page.count("<figure") == len(KINDS)
    assert all(f"type={word}" in page for word in BY_WORD)


@pytest.mark.parametrize("word", BY_WORD)
def test_a_template_of_each_type_is_designed_drawn_and_shown(world, word):
    owner = world.as_("acme")
    assert "<figure" in owner.get(f"/templates/new?type={word}").text
    response = owner.post(f"/templates/new?type={word}", form(word))
    template = CardTemplate.get()
    assert (response.status_code, response.location) == (303, f"/templates/{template.uuid}/links")
    assert (template.name, template.kind, template.partner_id) == ("Café", BY_WORD[word].number, world.acme.id)
    assert [field.kind for field in fields.of(template)] == ["FName"]
    for tab in ("", "/design", "/rules", "/parts", "/links"):
        assert owner.get(f"/templates/{template.uuid}{tab}").status_code == 200, tab
    assert "Café" in owner.get("/templates").text and "Café" in owner.get("/search?q=caf").text


def test_tiers_and_levels_come_with_the_form(world):
    owner = world.as_("acme")
    made = {}
    for word in ("membership", "reward", "discount"):
        owner.post(f"/templates/new?type={word}", form(word))
        made[word] = CardTemplate.get(CardTemplate.kind == BY_WORD[word].number)
    assert [(tier.name, tier.visits) for tier in membership_tiers.of(made["membership"])] == [("Gold", 4)]
    assert [(tier.name, tier.threshold, tier.value) for tier in reward_tiers.of(made["reward"])] == [("Coffee", 50, 0)]
    assert levels.of(made["discount"]) == [(0, 250), (10_000, 1000)]


@pytest.mark.parametrize(
    ("currency", "tier", "said"),
    [
        ("EUR", {"type": 1, "value": Decimal(10)}, "10.00 EUR off"),
        ("JPY", {"type": 1, "value": Decimal(500)}, "500 JPY off"),
        ("KWD", {"type": 0, "value": Decimal("2.5")}, "2.500 KWD"),
        ("EUR", {"type": 2, "value": Decimal(20), "valueLimit": Decimal("7.5")}, "20% off, at most 7.50 EUR"),
    ],
)
def test_what_a_reward_is_worth_is_told_in_the_currency_of_its_template(world, currency, tier, said):
    template = loyalty.template(world.acme, 7, currency=currency)
    reward_tiers.create(template, {"name": "Reward", "threshold": 5} | tier)
    page = world.as_("acme").get(f"/templates/{template.uuid}/parts").text
    assert f">{said}<" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_wrong_in_a_row_is_told_there_and_nothing_is_kept(world):
    typed = form(
        "reward", **{"tiers-1-name": "Half", "tiers-1-type": "2", "tiers-1-value": "101", "tiers-1-threshold": "9"}
    )
    page = world.as_("acme").post("/templates/new?type=reward", typed, htmx=True)
    assert page.status_code == 422 and "Give a percentage of at most 100." in page.text
    assert 'id="tiers-1-value-error"' in page.text and not CardTemplate.select().exists()


def test_a_row_more_and_a_preview_keep_what_was_typed_and_save_nothing(world):
    owner = world.as_("acme")
    page = owner.post("/templates/new?type=stamp", form("stamp", add_field="1", stamps_total="6"), htmx=True).text
    assert 'name="asked-1-name"' in page and 'value="Café"' in page
    page = owner.post(
        "/templates/new?type=stamp", {**form("stamp"), "preview": "1", "stamps_total": "6"}, htmx=True
    ).text
    assert stamps_drawn(page) == (6, 3) and "error-summary" not in page
    assert not CardTemplate.select().exists()


def test_the_card_follows_what_is_typed(world):
    owner = world.as_("acme")
    drawn = owner.post(
        "/templates/new/drawn?type=stamp",
        form("stamp", stamps_total="12", name="Bar & <b>", background="#700000"),
        htmx=True,
    )
    assert stamps_drawn(drawn.text) == (12, 3)
    assert "Bar &amp; &lt;b&gt;" in drawn.text and 'fill="#700000"' in drawn.text
    wrong = owner.post(
        "/templates/new/drawn?type=stamp",
        form("stamp", stamps_total="999", background="url(x)", stamp_icon="skull", name=""),
        htmx=True,
    ).text
    assert stamps_drawn(wrong) == (10, 3) and "url(x)" not in wrong and "skull" not in wrong
    uuid = loyalty.template(world.acme, 1).uuid
    assert (
        "7.25%"
        in owner.post(
            f"/templates/{uuid}/drawn", {"percent": "7.25", "currency": "EUR", "card_days": ""}, htmx=True
        ).text
    )


def test_a_colour_that_nobody_can_read_comes_with_the_nearest_that_holds_and_one_press_takes_it(world):
    owner = world.as_("acme")
    typed = form("stamp", background="#777777", foreground="#888888", label_colour="#000000")
    drawn = owner.post("/templates/new/drawn?type=stamp", typed, htmx=True).text
    nearest = re.search(r'value="foreground=(#[0-9a-f]{6})"', drawn)[1]
    assert "the contrast is 1.2 to 1" in drawn and "label_colour=" not in drawn
    refused = owner.post("/templates/new?type=stamp", typed, htmx=True)
    assert refused.status_code == 422 and nearest in refused.text
    mended = owner.post("/templates/new?type=stamp", {**typed, "mend": f"foreground={nearest}"}, htmx=True)
    assert f'name="foreground" type="color" value="{nearest}"' in mended.text and "hard to read" not in mended.text


def test_a_change_of_rules_asks_first_and_tells_how_many_cards_it_touches(world):
    owner, template = world.as_("acme"), loyalty.template(world.acme)
    place = f"/templates/{template.uuid}/rules"
    typed = {"mechanics": "stamps", "currency": "EUR", "stamps_total": "12"}
    for name in ("Mia", "Omar"):
        cards.issue(world.acme.id, loyalty.customer(world.acme, name).id, template.id)
    asked = owner.post(place, typed, htmx=True)
    assert "2 cards are counted by these rules" in asked.text and "Stamps for a reward" in asked.text
    assert "Change the rules of 2 cards" in asked.text and templates.find(world.acme.id, template.id).stamps_total == 10
    assert owner.post(place, {**typed, "confirmed": "1"}).status_code == 303
    assert templates.find(world.acme.id, template.id).stamps_total == 12
    for card in Card.select():
        cards.delete(card)
    assert owner.post(place, {**typed, "stamps_total": "9"}).status_code == 303, "No card is there that it could touch."


def test_a_change_of_looks_asks_nothing(world):
    owner, template = world.as_("acme"), loyalty.template(world.acme)
    cards.issue(world.acme.id, loyalty.customer(world.acme).id, template.id)
    shown = owner.get(f"/templates/{template.uuid}/design").text
    seen = re.search(r'name="seen" value="(\d+)"', shown)[1]
    typed = {"name": "Bar", **LOOK, "background": "#700000", "text_terms": "Be kind.", "seen": seen}
    assert owner.post(f"/templates/{template.uuid}/design", typed).status_code == 303
    changed = templates.find(world.acme.id, template.id)
    assert (changed.name, changed.background, changed.texts) == ("Bar", "#700000", {"terms": "Be kind."})
    stale = owner.post(f"/templates/{template.uuid}/design", {**typed, "name": "Other"}, htmx=True)
    assert "Somebody changed this" in stale.text and templates.find(world.acme.id, template.id).name == "Bar"


def test_only_a_picture_of_ones_own_is_a_logo(world):
    owner = world.as_("acme")
    ours = Picture.create(key="0" * 36, partner=world.acme.id, source_digest="x", body=b"x", content_type="image/png")
    Picture.create(key="1" * 36, partner=world.rival.id, source_digest="y", body=b"y", content_type="image/png")
    base = owner.app.config["SETTINGS"].public_url + "/pictures/"
    for address in ("https://elsewhere.example/logo.svg", f"{base}{'1' * 36}", "javascript:alert(1)"):
        page = owner.post("/templates/new?type=coupon", form("coupon", logo=address), htmx=True)
        assert (
            page.status_code == 422 and "one of your pictures here" in page.text and f'href="{address}' not in page.text
        )
    owner.post("/templates/new?type=coupon", form("coupon", logo=base + ours.key))
    assert CardTemplate.get().logo == ours.key


def test_fields_are_added_moved_changed_and_removed(world):
    owner, template = world.as_("acme"), loyalty.template(world.acme)
    place = f"/templates/{template.uuid}/fields"
    for name in ("Town", "Dog"):
        assert owner.post(place, {"name": name, "kind": "text"}).status_code == 303
    again = owner.post(place, {"name": "dog", "kind": "text"}, htmx=True)
    assert again.status_code == 422 and "There is a field" in again.text
    town, dog = fields.of(template)
    owner.post(f"{place}/{dog.id}/move", {"up": "1"})
    owner.post(f"{place}/{town.id}", {"name": "City", "kind": "text", "is_required": "y"})
    assert [(one.name, one.is_required) for one in fields.of(template)] == [("Dog", False), ("City", True)]
    assert "It is asked for no more" in owner.get(f"{place}/{dog.id}/removal").text
    owner.post(f"{place}/{dog.id}/removal", {})
    assert [one.name for one in fields.of(template)] == ["City"]


def test_tiers_are_added_and_removed_and_one_in_use_stays_with_a_sentence(world):
    owner, template = world.as_("acme"), loyalty.template(world.acme, 7)
    place = f"/templates/{template.uuid}/tiers"
    assert owner.post(place, {"name": "Coffee", "type": "0", "threshold": "5"}).status_code == 303
    (tier,) = reward_tiers.of(template)
    assert f'href="{place}/{tier.id}"' in owner.get(f"/templates/{template.uuid}/parts").text
    assert owner.post(f"{place}/{tier.id}", {"name": ""}).status_code == 422
    assert owner.post(f"{place}/{tier.id}", {"name": "Large coffee"}).status_code == 303
    assert reward_tiers.find(template, tier.id).name == "Large coffee"
    card = cards.issue(world.acme.id, loyalty.customer(world.acme).id, template.id)
    Card.update(bonus=5).where(Card.id == card.id).execute()
    assert owner.post(f"{place}/{tier.id}/removal", {}).status_code == 303
    assert "1 card has enough points" in owner.get(f"/templates/{template.uuid}/parts").text
    Card.update(bonus=4).where(Card.id == card.id).execute()
    assert "No card gets it any more" in owner.get(f"{place}/{tier.id}/removal").text
    owner.post(f"{place}/{tier.id}/removal", {})
    assert reward_tiers.of(template) == []


def test_levels_ask_first_where_cards_are_counted_by_them(world):
    owner, template = world.as_("acme"), loyalty.template(world.acme, 4)
    cards.issue(world.acme.id, loyalty.customer(world.acme).id, template.id)
    typed = {"levels-0-threshold": "0", "levels-0-percent": "5"}
    place = f"/templates/{template.uuid}/levels"
    assert "1 card is counted by these rules" in owner.post(place, typed, htmx=True).text and levels.of(template) == []
    owner.post(place, {**typed, "confirmed": "1"})
    assert levels.of(template) == [(0, 500)]
    wrong = owner.post(place, {**typed, "levels-1-threshold": "9", "levels-1-percent": "1"}, htmx=True)
    assert wrong.status_code == 422 and "gives less than one with fewer" in wrong.text


def test_archiving_asks_and_its_link_and_code_are_there_to_print(world):
    owner, template = world.as_("acme"), loyalty.template(world.acme)
    cards.issue(world.acme.id, loyalty.customer(world.acme).id, template.id)
    links = owner.get(f"/templates/{template.uuid}/links").text
    assert f"/c/new/{template.key}" in links and f'href="/templates/{template.uuid}/poster"' in links
    assert f">{template.id}<" in links or f'value="{template.id}"' in links, "The number that programs know it by."
    code = world.anonymous().get(f"/c/new/{template.key}.svg")
    assert code.content_type.startswith("image/svg+xml") and b"#fff" in code.data and b"#000" in code.data
    assert world.anonymous().get("/c/new/nothing.svg").status_code == 404
    assert "1 card goes on as it is" in owner.get(f"/templates/{template.uuid}/archive").text
    owner.post(f"/templates/{template.uuid}/archive", {"archived": "1"})
    assert "No card templates yet" in owner.get("/templates").text
    assert template.name in owner.get("/templates?shown=archived").text
    owner.post(f"/templates/{template.uuid}/archive", {"archived": "0"})
    assert template.name in owner.get("/templates").text


def test_deals_of_chosen_catalogs_credit_cards(world):
    shop = catalogs.create(world.acme.id, {"title": "Shop", "catalog_code": "shop"})
    owner = world.as_("acme")
    assert "Each deal gives" not in world.as_("rival").get("/templates/new?type=stamp").text, "It has no catalog."
    owner.post("/templates/new?type=stamp", form("stamp", catalogs=[shop.uuid], deal_gives="2"))
    template = CardTemplate.get()
    assert (templates.catalogs_of(template), template.deal_gives) == ([shop.id], 2)
    rules = owner.get(f"/templates/{template.uuid}/rules").text
    assert re.search(rf'value="{shop.uuid}"[^>]* checked', rules)


def test_every_icon_of_a_stamp_is_in_the_sprite_and_has_a_name():
    assert set(STAMP_ICONS) <= SPRITE and tuple(ICON_NAMES) == STAMP_ICONS


def test_a_list_asks_as_often_however_long_it_is(world):
    owner = world.as_("acme")
    loyalty.template(world.acme)
    owner.get("/templates")
    few = queries(lambda: owner.get("/templates"))
    for _ in range(5):
        loyalty.template(world.acme, 7)
    assert queries(lambda: owner.get("/templates")) == few


def test_what_is_on_a_card_is_drawn_of_it(world):
    template = loyalty.template(world.acme, 5, name="Gift")
    card = cards.issue(world.acme.id, loyalty.customer(world.acme, "Mia", surname="Berger").id, template.id)
    Card.update(balance=1250).where(Card.id == card.id).execute()
    with world.app.test_request_context("/"):
        drawn = drawing.of_card(Card.get_by_id(card.id))
    assert (drawn.figure, drawn.state.holder, drawn.state.serial) == ("12.50\u00a0EUR", "Mia Berger", card.serial)
    assert drawn.said == "Gift: 12.50\u00a0EUR on the card"


@pytest.mark.parametrize(
    ("kind", "given", "gets"),
    [
        (0, {"stamps_total": 8}, "Collect 8 stamps, and get a reward."),
        (0, {"stamps_total": 8, "texts": {"reward": "a coffee"}}, "8 stamps, and this is yours: a coffee"),
        (1, {"percent": 750}, "7.5% of each purchase comes back to you."),
        (7, {}, "Collect points, and choose your rewards."),
    ],
)
def test_a_poster_has_the_company_what_one_gets_the_card_its_code_and_what_to_do(world, kind, given, gets):
    template = loyalty.template(world.acme, kind, **given)
    page = world.as_("acme", "viewer").get(f"/templates/{template.uuid}/poster").text
    sheet = page[page.index('<article class="poster poster-a4" lang="en"') : page.index("</article>")]
    assert world.acme.partner.name in sheet and gets in sheet and 'class="drawn-card' in sheet
    assert f"/c/new/{template.key}" in sheet and sheet.count("<li>") == 3 and 'class="poster-code"><svg' in sheet


def test_a_poster_is_chosen_by_paper_and_language_and_says_what_its_company_wants(world):
    template, owner = loyalty.template(world.acme), world.as_("acme")
    place = f"/templates/{template.uuid}/poster"
    russian = owner.get(f"{place}?paper=a5&language=ru").text
    assert 'class="poster poster-a5" lang="ru"' in russian and "Наведите камеру" in russian and "Print" in russian
    own = owner.get(f"{place}?language=ru&says=<b>Kaffee</b>").text
    assert "&lt;b&gt;Kaffee&lt;/b&gt;" in own and "Соберите" not in own
    part = owner.get(f"{place}?paper=letter&language=xx", headers={"HX-Request": "true", "HX-Target": "poster"}).text
    assert part.lstrip().startswith('<div id="poster"') and 'poster-letter" lang="en"' in part
    templates.archive(template)
    assert "Whoever scans the code gets no card" in owner.get(place).text
