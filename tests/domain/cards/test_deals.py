"""Deals credit the cards of their customers, and what is canceled or returned is taken back to the last point, or owed."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.affiliate.deals import moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.imports.tables import DealImport, ImportRow
from portal.domain.affiliate.questions import questions
from portal.domain.affiliate.questions.tables import DealQuestion
from portal.domain.affiliate.refunds import refunds
from portal.domain.affiliate.refunds.tables import Refund
from portal.domain.affiliate.trials import removal, trials
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import carrying
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.templates.tables import CardTemplate, TemplateCatalog
from portal.domain.cards.ties import promises
from portal.domain.cards.ties.tables import CardDeal
from portal.domain.errors import Invalid
from portal.domain.members import members
from portal.domain.steps import first_failed
from tests.contract.caller import Caller


@dataclass
class Shop:
    """The cards of acme's customers, and deals that credit them."""

    cards: object
    market: object

    def template(self, word: str = "points", catalog=None, **more) -> CardTemplate:
        made = self.cards.template(word, **{"currency": "USD", "credits_deals": True, **more})
        TemplateCatalog.create(template=made, catalog=catalog or self.market.catalog.id)
        return made

    def card(self, word: str = "points", **more):
        return self.cards.card(self.template(word, **more))

    def deal(self, customer: str | None = None, deal_id: str = "d", **more) -> Deal:
        named = "" if customer is None else f"&customer={customer}"
        return self.market.approved(deal_id, another_data=f"myshare=BDGSYEHVX{named}", **more)

    def of(self, card, deal_id: str = "d", **more) -> Deal:
        return self.deal(card.member.uuid, deal_id, **more)

    def give_back(self, amount: str, deal_id: str = "d"):
        return refunds.give_back(self.market.world.acme.id, deal_id, Decimal(amount))

    def why(self) -> list[tuple[str, str]]:
        """What was the matter with each tie."""
        failed = [first_failed(tie.steps) for tie in CardDeal.select().order_by(CardDeal.id)]
        return [(step["detail"], step["fix"]) for step in failed if step]


@pytest.fixture
def sold(shop, market) -> Shop:
    return Shop(shop, market)


def told(card) -> list[int]:
    operations = CardOperation.select().where(CardOperation.card == card).order_by(CardOperation.id)
    return [operation.amount for operation in operations]


def test_what_was_spent_of_a_canceled_deals_credit_is_owed_and_settled_first(sold):
    card = sold.card(deal_gives=100)
    sold.of(card)
    sold.cards.book(card, "subtract-scores", 80)
    sold.market.update("Canceled")
    assert (sold.cards.on(card), told(card)) == ({"owed": 80}, [100, -80, -20])
    sold.of(card, "next")
    assert sold.cards.on(card) == {"bonus": 20}
    sold.market.update("Canceled", "next")
    assert sold.cards.on(card) == {"owed": 80}


@pytest.mark.parametrize("asked", ["cards/{serial}", "operations?cardId={serial}", "operations?customerId={customer}"])
def test_a_deal_whose_hold_has_passed_is_on_the_card_whoever_reads_it_first(sold, client, asked):
    card, api = sold.card(deal_gives=10), Caller(client, sold.market.world.acme.token)
    sold.market.report("Paid", another_data=f"myshare=BDGSYEHVX&customer={card.member.uuid}")
    path = f"/v2/{asked.format(serial=card.serial, customer=card.member.uuid)}"
    api.get(path)
    assert sold.cards.on(card) == {}
    Deal.update(due_at=clock.now()).execute()
    read = api.get(path).body["data"]
    assert (read["balance"]["bonusBalance"] if "balance" in read else read[0]["amount"]) == 10


@pytest.mark.parametrize(("word", "rule"), [("points", {"deal_gives": 10}), ("cashback", {}), ("point spend", {})])
def test_what_is_taken_back_of_a_deal_tells_the_sum_that_it_was_of(sold, word, rule):
    card = sold.card(word, **rule)
    deal = sold.of(card)
    sold.give_back("20")
    sold.market.update("Canceled")
    operations = CardOperation.select().where(CardOperation.card == card).order_by(CardOperation.id)
    gave, *took = [operation.purchase_sum for operation in operations]
    assert (gave, took) == (deal.cost, [2000, deal.cost - 2000])


def test_a_partial_refund_takes_its_share_and_all_of_them_the_whole(sold):
    card = sold.card(deal_gives=10)
    sold.of(card)
    sold.give_back("40")
    assert told(card) == [10, -4]
    sold.give_back("33.33")
    sold.give_back("26.67")
    assert (sold.cards.on(card), sum(told(card))) == ({}, 0)


def test_the_rest_is_taken_back_once_a_deal_that_was_returned_in_part_is_canceled(sold):
    card = sold.card(deal_gives=10)
    sold.of(card)
    sold.give_back("40")
    sold.market.update("Canceled", is_returned=True)
    assert told(card) == [10, -4, -6]


@pytest.mark.parametrize(
    ("word", "rule", "later", "given", "after"),
    [
        ("points", {"deal_gives": 10}, {"deal_gives": 20}, {"bonus": 10}, {"bonus": 6}),
        ("cashback", {}, {"percent": 2000}, {"bonus": 1000, "spent": 10_000}, {"bonus": 600, "spent": 6000}),
        ("point spend", {}, {"step": 500}, {"bonus": 30}, {"bonus": 18}),
        ("stamps", {"deal_gives": 15}, {"deal_gives": 1}, {"uses": 5, "rewards": 1}, {"uses": 9}),
        ("discount", {}, {"deal_gives": 1}, {"bonus": 10_000}, {"bonus": 6000}),
    ],
)
def test_the_rule_of_the_day_of_earning_holds_at_the_refund(sold, word, rule, later, given, after):
    card = sold.card(word, **rule)
    sold.of(card)
    assert sold.cards.on(card) == given
    CardTemplate.update(**later).execute()
    sold.give_back("40")
    assert sold.cards.on(card) == after
    sold.market.update("Canceled")
    assert sold.cards.on(card) == {}


def test_each_undeleted_card_of_templates_that_name_the_catalog_is_credited_once(sold):
    member, first, second = sold.cards.member(), sold.template(deal_gives=10), sold.template("stamps", deal_gives=2)
    points, stamps = (sold.cards.card(template, member=member) for template in (first, second))
    gone = sold.cards.card(sold.template(deal_gives=7), member=member)
    sold.cards.delete(gone)
    elsewhere = sold.cards.card(sold.cards.template("points", currency="USD", deal_gives=5), member=member)
    other = sold.cards.card(first)
    sold.of(points)
    moves.settle_due()
    assert [sold.cards.on(card) for card in (points, stamps, gone, elsewhere, other)] == [
        {"bonus": 10},
        {"uses": 2},
        {},
        {},
        {},
    ]
    assert [detail for detail, _ in sold.why()] == ["The customer had no card of “points”."]
    sold.market.update("Canceled")
    assert (sold.cards.on(points), sold.cards.on(stamps)) == ({}, {})


@pytest.mark.parametrize(
    "name",
    [
        "{uuid}",
        "{UUID}",
        "shop-7%2F1",
        "Mia%40Example.com",
        "%2B4915123456789",
        "+4915123456789",
        "4915123456789",
        "%2B49%20(0)151%2023456789",
    ],
)
def test_the_customer_is_found_by_whatever_the_shop_knows_in_any_notation(sold, name):
    known = {"mail": "mia@example.com", "phone": "+4915123456789", "external_user_id": "shop-7/1"}
    member = members.create(sold.market.world.acme.id, {"first_name": "Mia", **known})
    card = sold.cards.card(sold.template(deal_gives=10), member=member)
    sold.deal(name.format(uuid=card.member.uuid, UUID=card.member.uuid.upper()))
    assert sold.cards.on(card) == {"bonus": 10}


def test_where_nothing_is_credited_the_passport_says_why_and_what_would_mend_it(sold):
    card = sold.card("cashback", least_purchase=5000)
    CardTemplate.update(currency="EUR").execute()
    sold.of(card, "other currency")
    CardTemplate.update(currency="USD").execute()
    sold.deal(None, "no customer")
    sold.deal("nobody@example.com", "unknown")
    stranger = sold.cards.member(sold.market.world.rival.id)
    sold.deal(stranger.uuid, "of another partner")
    sold.of(card, "small", cost="49.99")
    sold.cards.delete(card)
    sold.of(card, "no card")
    sold.cards.card(sold.template("gift"), member=card.member)
    sold.of(card, "no rule")
    assert [detail for detail, _ in sold.why()] == [
        "The deal is in USD, and “cashback” counts in EUR.",
        "The order did not say who the customer is.",
        "None of your customers has this mail address, phone or id.",
        "None of your customers has this mail address, phone or id.",
        "A purchase below 50.00 USD earns nothing.",
        "The customer had no card of “cashback”.",
        "“gift” gives nothing for a deal of this sum.",
        "The customer had no card of “cashback”.",
    ]
    assert all(fix for _, fix in sold.why())
    assert (CardOperation.select().count(), Deal.select().where(Deal.approved_at.is_null()).count()) == (0, 0)


def test_of_a_catalog_that_no_template_names_nothing_is_kept(sold):
    sold.template(catalog=sold.market.catalog.id, deal_gives=1)
    TemplateCatalog.delete().execute()
    CardTemplate.update(credits_deals=False).execute()
    sold.deal("x")
    assert CardDeal.select().count() == 0


def test_a_deal_that_was_never_approved_gives_and_takes_nothing(sold):
    card = sold.card(deal_gives=10)
    sold.market.report("Paid", another_data=f"customer={card.member.uuid}")
    sold.market.update("Canceled")
    assert (told(card), CardDeal.select().count()) == ([], 0)


def test_what_was_undone_by_hand_is_not_taken_twice_and_a_deleted_card_keeps_its_history(sold):
    undone, deleted = sold.card(deal_gives=10), sold.card(deal_gives=3)
    for card in (undone, deleted):
        sold.of(card, card.serial)
    sold.cards.reverse(CardOperation.get(CardOperation.card == undone))
    sold.cards.delete(deleted)
    for card in (undone, deleted):
        sold.market.update("Canceled", card.serial)
    assert (told(undone), told(deleted)) == ([10, -10], [3])


def test_of_a_card_that_was_moved_it_is_taken_where_everything_went(sold):
    template = sold.template(deal_gives=10)
    card, new = sold.cards.card(template), sold.cards.card(template)
    sold.of(card)
    carrying.carry(card.id, new.id)
    sold.cards.delete(card)
    Card.update(moved_to=new).where(Card.id == card.id).execute()
    sold.cards.book(new, "subtract-scores", 7)
    sold.market.update("Canceled")
    assert (sold.cards.on(card), sold.cards.on(new), told(new)[-1]) == ({}, {"owed": 7}, -3)


def test_test_mode_credits_cards_of_test_mode_alone(sold):
    acme = sold.market.world.acme
    live, twin = sold.card(deal_gives=10), acme.twin()
    trials.prepare(sold.market.catalog)
    deal = trials.make(sold.market.catalog)
    there = sold.template(partner=twin.id, catalog=deal.catalog_id, deal_gives=4)
    card = sold.cards.card(there)
    Deal.update(customer=card.member.uuid, due_at=clock.now()).where(Deal.id == deal.id).execute()
    moves.settle_due()
    assert (sold.cards.on(card), sold.cards.on(live)) == ({"bonus": 4}, {})
    sold.of(live)
    assert (sold.cards.on(card), sold.cards.on(live)) == ({"bonus": 4}, {"bonus": 10})
    removal.remove(twin.id, deal.uuid)
    assert (sold.cards.on(card), CardDeal.select().count()) == ({}, 1)


def test_verify_tells_what_was_not_taken_back_and_what_is_another_partners(sold):
    card = sold.card(deal_gives=10)
    deal = sold.of(card)
    Deal.update(status="Canceled", due_at=None).where(Deal.id == deal.id).execute()
    (fault,) = verify.faults(promises.PROMISES)
    assert f"{deal.uuid}: it is canceled, and 10 of what it credited to card {card.serial}" in fault
    Deal.update(status="Paid").where(Deal.id == deal.id).execute()
    CardDeal.update(member=sold.cards.member(sold.market.world.rival.id)).execute()
    assert "another partner" in verify.faults(promises.PROMISES)[0]
    CardDeal.update(member=card.member_id).execute()


@pytest.mark.parametrize(
    "written", ["{uuid}", "MIA@Example.com", "mia%40example.com", "0049%20151-234%2056789", "crm-7"]
)
def test_an_erased_customer_is_named_by_no_deal_however_the_shop_wrote_it(sold, written):
    known = {"phone": "+49 151 23456789", "mail": "mia@example.com", "external_user_id": "crm-7"}
    member = members.create(sold.market.world.acme.id, {"first_name": "Mia", **known})
    named = (
        f"https://shop.example/?utm_email=mia@example.com&myshare=BDGSYEHVX&customer={written.format(uuid=member.uuid)}"
    )
    sold.market.report("Created", another_data=named)
    other = sold.market.report(deal_id="other", another_data="customer=noah@example.com")
    members.erase(member)
    deal = Deal.get(Deal.deal_id == "d")
    assert (deal.customer, deal.another_data) == ("", "myshare=BDGSYEHVX")
    assert Deal.get_by_id(other.id).customer == "noah@example.com"
    assert sold.market.report("Paid", another_data=named).status == "Paid"
    with pytest.raises(Invalid):
        sold.market.report("Paid", another_data="myshare=ANOTHER12&customer=mia@example.com")


def test_a_deal_tied_to_an_erased_customers_card_names_nobody_by_old_names_either(sold):
    card = sold.card(deal_gives=10)
    deal = sold.of(card)
    members.erase(card.member)
    assert Deal.get_by_id(deal.id).customer == ""


def test_what_was_written_to_an_erased_customers_deal_goes(sold):
    card, world = sold.card(deal_gives=10), sold.market.world
    deal = sold.of(card)
    refunds.give_back(world.acme.id, "d", Decimal(1), "Mia wants it back")
    asked = questions.ask(world.northwind.id, deal.uuid, "Why did Mia return it?")
    questions.answer(world.acme.id, asked.uuid, "Mia found it too small.")
    sold.of(sold.cards.card(card.template), "other")
    other = refunds.give_back(world.acme.id, "other", Decimal(1), "Too small")
    members.erase(card.member)
    assert not [row for row in Refund.select() if "Mia" in (row.comment or "")]
    written = DealQuestion.get_by_id(asked.id)
    assert "Mia" not in written.question + written.answer
    assert Refund.get_by_id(other.id).comment == "Too small"


def test_a_line_of_an_imported_file_tells_nothing_of_an_erased_customers_deal(sold):
    card, acme = sold.card(deal_gives=10), sold.market.world.acme.id
    deal = sold.of(card)
    done = DealImport.create(
        partner=acme,
        actor="a",
        file_name="f",
        separator=",",
        head=[],
        mapping={},
        state="done",
        total=1,
        new=1,
        done=1,
        forget_at=clock.now(),
    )
    row = ImportRow.create(deal_import=done, line=2, cells=["d", "customer=mia"], state="done", named="d", deal=deal)
    members.erase(card.member)
    assert ImportRow.get_by_id(row.id).cells == []
