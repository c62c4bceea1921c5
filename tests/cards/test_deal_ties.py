"""A deal's passport tells what it did to cards, or why it did nothing; a customer's deals are found from the customer."""

import re
from decimal import Decimal

import pytest

from portal import clock
from portal.domain.affiliate.deals import deals, moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.refunds import refunds
from portal.domain.cards.cards import cards
from portal.domain.cards.operations import booking, reversing
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.templates.tables import TemplateCatalog
from portal.domain.cards.ties import lists
from portal.domain.members.tables import Member
from tests.affiliate import things
from tests.support import loyalty


@pytest.fixture
def catalog(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    return catalog


@pytest.fixture
def card(world, catalog):
    """A card that each deal of the catalog gives a hundred points."""
    made = loyalty.card(world.acme, 7, currency="USD", credits_deals=True, deal_gives=100)
    TemplateCatalog.create(template=made.template_id, catalog=catalog)
    return made


def approved(catalog, deal_id: str, customer: str) -> Deal:
    deal = things.deal(catalog, deal_id, "Paid", another_data=f"customer={customer}")
    Deal.update(due_at=clock.now()).where(Deal.id == deal.id).execute()
    moves.settle_due()
    return Deal.get_by_id(deal.id)


def passport(world, deal: Deal) -> str:
    return re.sub(r"\s+", " ", world.as_("acme").get(f"/deals/{deal.uuid}").text)


def test_the_passport_tells_what_was_credited_taken_back_owed_and_settled(world, catalog, card):
    deal = approved(catalog, "A", card.member.uuid)
    assert "Card of “Template 7 points”" in passport(world, deal) and "Credited: 100 points" in passport(world, deal)
    booking.book(world.acme.id, card.serial, booking.Asked("subtract-scores", 80))
    refunds.give_back(world.acme.id, "A", Decimal(10))
    deals.update(world.acme.id, "A", "Canceled")
    page = passport(world, deal)
    assert "Taken back: 10 points<" in page and card.serial in page
    assert "Taken back: 10 points. No longer there, and owed: 80 points" in page
    settling = approved(catalog, "B", card.member.uuid)
    assert "Credited: 100 points, of which 80 points settled what was owed" in passport(world, settling)


def test_the_passport_tells_why_no_card_was_credited_and_the_nearest_fix(world, catalog, card):
    page = passport(world, approved(catalog, "A", "nobody@example.com"))
    assert "No card of “Template 7 points”" in page
    assert "None of your customers has this mail address, phone or id." in page
    assert "Add the customer, or correct what the shop sends." in page


def test_where_no_template_names_the_catalog_the_passport_speaks_of_no_cards(world, catalog):
    assert "Loyalty cards</h2>" not in passport(world, approved(catalog, "A", "x"))


def test_from_an_operation_to_its_deal_and_from_a_customer_to_theirs(world, catalog, card):
    deal = approved(catalog, "A", card.member.uuid)
    waiting = things.deal(catalog, "B", another_data="customer=%2B4915123456789")
    Member.update(phone="+4915123456789").where(Member.id == card.member_id).execute()
    things.deal(catalog, "C", another_data="customer=somebody-else")
    deals.update(world.acme.id, "A", "Canceled")
    credit, taken = CardOperation.select().where(CardOperation.card == card).order_by(CardOperation.id)
    assert {one: found.deal_id for one, found in lists.deals_of([credit.id, taken.id]).items()} == {
        credit.id: "A",
        taken.id: "A",
    }
    page = lists.of_member(Member.get_by_id(card.member_id))
    assert [(row.deal_id, row.standing) for row in page.rows] == [("B", "Created"), ("A", "Canceled")]
    assert [one.sentence for one in lists.by_deal([deal.id, waiting.id])[deal.id]] == [
        "Credited: 100 points",
        "Taken back: 100 points",
    ]
    tab = world.as_("acme").get(f"/customers/{card.member.uuid}?tab=deals").text
    assert f"/deals/{deal.uuid}" in tab and f"/deals/{waiting.uuid}" in tab and "Taken back: 100 points" in tab
    operations = world.as_("acme").get(f"/customers/{card.member.uuid}?tab=operations").text
    assert operations.count(f"/deals/{deal.uuid}") == 2
    for place in ("", "?tab=operations", "/figures/bonus"):
        assert f"/deals/{deal.uuid}" in world.as_("acme").get(f"/cards/{card.serial}{place}").text
    told = passport(world, deal)
    assert f"/customers/{card.member.uuid}" in told and f"/cards/{card.serial}" in told
    handed_out = world.as_("acme").get(f"/customers/{card.member.uuid}/data.json").json
    assert [(one["deal_id"], one["cost"], one["status"]) for one in handed_out["deals"]] == [
        ("B", "100.00", "Created"),
        ("A", "100.00", "Canceled"),
    ]
    assert lists.of_member(loyalty.customer(world.rival, external_user_id="somebody-else")).rows == []


def test_a_deals_customer_is_called_by_name_wherever_the_merchant_knows_them(world, catalog):
    mia = loyalty.customer(world.acme, "Mia", surname="Berger", mail="mia@example.com", external_user_id="M-1")
    for deal_id, customer in enumerate((mia.uuid, "MIA@example.com", "M-1")):
        page = passport(world, things.deal(catalog, str(deal_id), another_data=f"customer={customer}"))
        assert f'<a href="/customers/{mia.uuid}"><span>Mia Berger</span></a>' in page
    stranger = passport(world, things.deal(catalog, "X", another_data="customer=somebody-else"))
    assert "<dd>somebody-else</dd>" in stranger and "/customers/" not in stranger.partition("<main")[2]


def test_who_cancels_a_deal_or_returns_a_part_is_told_what_cards_give_back(world, catalog, card):
    deal = approved(catalog, "A", card.member.uuid)
    owner, name = world.as_("acme"), card.member.first_name
    asked = lambda rest: re.sub(r"\s+", " ", owner.get(f"/deals/{deal.uuid}/{rest}").text)  # noqa: E731
    whole = f"100 points on the card {card.serial} of {name}"
    assert f"{whole}, taken back by a counter-entry" in asked("cancellation")
    assert f"The same share is taken back of {whole}" in asked("refunds?amount=10")
    refunds.give_back(world.acme.id, "A", Decimal(10))
    assert f"90 points on the card {card.serial} of {name}, taken back" in asked("cancellation")
    booking.book(world.acme.id, card.serial, booking.Asked("subtract-scores", 80))
    assert f"90 points on the card {card.serial} of {name}, taken back" in asked("cancellation")
    deals.update(world.acme.id, "A", "Canceled")
    assert "taken back by a counter-entry" not in asked("cancellation")


def test_of_a_credit_that_was_undone_or_whose_card_is_gone_nothing_is_at_stake(world, catalog, card):
    undone, gone = approved(catalog, "A", card.member.uuid), approved(catalog, "B", card.member.uuid)
    credit = CardOperation.get(CardOperation.card == card)
    reversing.reverse(world.acme.id, credit.id, source="portal")
    owner = world.as_("acme")
    assert "on the card" not in owner.get(f"/deals/{undone.uuid}/cancellation").text
    assert "on the card" in owner.get(f"/deals/{gone.uuid}/cancellation").text
    cards.delete(card)
    assert "on the card" not in owner.get(f"/deals/{gone.uuid}/cancellation").text


def test_money_that_went_back_is_not_called_paid(world, catalog, card):
    approved(catalog, "A", card.member.uuid)
    refunds.give_back(world.acme.id, "A", Decimal(25))
    page = world.as_("acme").get(f"/cards/{card.serial}?tab=operations").text
    assert "paid 100.00\xa0USD" in page and "25.00\xa0USD went back" in page and "paid 25.00" not in page


@pytest.mark.on_both_engines
def test_each_credit_of_a_deal_says_in_the_graph_how_much_it_is(world, catalog, card):
    other = loyalty.template(world.acme, 5, currency="USD", credits_deals=True, deal_gives=1250)
    TemplateCatalog.create(template=other, catalog=catalog)
    gift = cards.issue(world.acme.id, card.member_id, other.id)
    deal = approved(catalog, "A", card.member.uuid)
    owner = world.as_("acme")
    page = owner.get(f"/graph/deal/{deal.uuid}").text
    assert "Credited for a deal: 100 points" in page and "Credited for a deal: 12.50 USD" in page
    booking.book(world.acme.id, gift.serial, booking.Asked("subtract-point", Decimal("12.5")))
    deals.update(world.acme.id, "A", "Canceled")
    taken = owner.get(f"/graph/card/{gift.serial}").text
    assert "Money taken off: 12.50 USD" in taken and "Taken back, as the deal was canceled or returned<" in taken


def test_a_credit_that_its_deal_took_back_offers_no_undoing(world, catalog, card):
    approved(catalog, "A", card.member.uuid)
    place, undoing = f"/cards/{card.serial}", re.compile(r'href="/cards/[\d-]+/operations/\d+/reversal"')
    operations = lambda: undoing.findall(world.as_("acme").get(f"{place}?tab=operations").text)  # noqa: E731
    assert operations()
    refunds.give_back(world.acme.id, "A", Decimal(10))
    assert operations() == []
