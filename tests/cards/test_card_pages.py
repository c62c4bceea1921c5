"""Cards through their pages: found, issued, booked on with what it will do said before, undone, moved, deleted."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.cards import sentences
from portal.domain.accounts.locations.tables import Location
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking, crediting, locking, refusals, reversing
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.templates.tables import CardField, MembershipTier, RewardTier
from portal.domain.cards.words import CASHBACK, CERTIFICATE
from portal.domain.members.tables import Member
from tests.support import loyalty
from tests.support.loyalty import NEEDS

TABS = ("overview", "operations", "history", "customer", "links")


def place(card, rest: str = "") -> str:
    return f"/cards/{card.serial}{rest}"


def book(card, verb, quantity=None, **more):
    return booking.book(card.partner_id, card.serial, Asked(verb, quantity, **more))


def form_of(visitor, card, verb) -> str:
    """The address of a fresh form: each has a mark of its own."""
    return visitor.get(place(card, f"/operations/new?verb={verb}")).location


def send(visitor, card, verb, **typed):
    """Look what it does, and do it; the answer to the second."""
    address = form_of(visitor, card, verb)
    asked = visitor.post(address, typed).text
    seen = re.search(r'name="seen" value="(\w+)"', asked)
    return visitor.post(address, {**typed, "seen": seen[1]}) if seen else asked


def now(card) -> Card:
    return Card.get_by_id(card.id)


def listed(visitor, query: str = "") -> list[str]:
    page = visitor.get(f"/cards{query}").text
    return re.findall(r'class="row-link[^"]*" href="/cards/([\d-]+)"', page)


@pytest.fixture
def stamps(world):
    """A stamp card of Mia's, of whom all is known that can be."""
    template = loyalty.template(world.acme, 0, name="Coffee")
    mia = loyalty.customer(
        world.acme, "Mia", surname="Berger", phone="+49 (0)151 23456789", mail="mia@example.com", gender=2,
        date_of_birth="1990-09-24", external_user_id="C-1",
    )  # fmt: skip
    return cards.issue(world.acme.id, mia.id, template.id)


def test_a_card_is_found_by_its_number_in_any_notation_and_by_who_holds_it(world, stamps):
    other = loyalty.card(world.acme)
    loyalty.card(world.rival)
    owner, digits = world.as_("acme"), stamps.serial.replace("-", "")
    assert listed(owner) == [other.serial, stamps.serial]
    spaced = f"{digits[:4]} {digits[4:8]} {digits[8:]}"
    for text in (stamps.serial, digits, spaced, digits[:7], "Berger mi", "0151 234", "MIA@example", "+49 151 23456789"):
        assert listed(owner, f"?q={text.replace('+', '%2B')}") == [stamps.serial], text
    assert listed(owner, "?q=nobody") == [] and "No card fits" in owner.get("/cards?q=nobody").text
    assert listed(owner, "?q=--") == []


def test_the_list_is_narrowed_by_template_state_end_and_debt(world, stamps):
    owing, gone, soon = (loyalty.card(world.acme, kind) for kind in (1, 2, 3))
    cards.delete(gone)
    cards.set_expiration(soon, clock.now() + timedelta(days=3))
    Card.update(owed=80).where(Card.id == owing.id).execute()
    cards.note_installed(soon)
    owner = world.as_("acme")
    assert listed(owner, f"?template={owing.template.uuid}") == [owing.serial]
    assert listed(owner, "?state=deleted") == [gone.serial] and listed(owner, "?state=installed") == [soon.serial]
    assert listed(owner, "?state=not_installed") == [owing.serial, stamps.serial]
    assert listed(owner, "?only=owed") == [owing.serial] and listed(owner, "?only=expiring") == [soon.serial]
    assert "owes 0.80" in owner.get("/cards?only=owed").text
    file = owner.get("/cards/export.csv?only=owed").text
    assert owing.serial in file and "0.80" in file and stamps.serial not in file


def test_who_may_look_at_a_list_may_take_it_along(world, stamps):
    viewer, cashier = world.as_("acme", "viewer"), world.as_("acme", "cashier")
    for place in ("/cards", "/customers"):
        assert f'href="{place}/export.csv' in viewer.get(place).text
        assert stamps.member.uuid in viewer.get(f"{place}/export.csv").text
        assert cashier.get(f"{place}/export.csv").status_code == 403


def test_a_card_is_issued_to_a_customer_who_is_found_by_typing(world, stamps):
    template, owner = loyalty.template(world.acme, 1), world.as_("acme")
    field = CardField.create(template=template, name="Town", kind="text", place=1, is_required=True)
    mia = Member.get_by_id(stamps.member_id)
    assert "Mia Berger" in owner.get("/cards/new/customers?looked_for=berg", htmx=True).text
    assert "Town" in owner.get(f"/cards/new/fields?template={template.uuid}", htmx=True).text
    chosen = {"customer": mia.uuid, "template": template.uuid}
    assert "Nothing was saved yet" in owner.post("/cards/new", chosen).text and Card.select().count() == 1
    answer = owner.post("/cards/new", {**chosen, f"field-{field.id}": "Vienna"})
    issued = Card.get(Card.template == template)
    assert answer.location == place(issued) and "Vienna" in owner.get(place(issued)).text
    assert "has a card of" in owner.post("/cards/new", {**chosen, f"field-{field.id}": "Graz"}).text
    assert Card.select().count() == 2


def test_what_the_customer_has_need_not_be_typed_again(world, stamps):
    template = loyalty.template(world.acme, 1)
    phone = CardField.create(template=template, name="Number", kind="phone", place=1, is_required=True)
    omar = loyalty.customer(world.acme, "Omar")
    for customer, issued in ((omar, 0), (stamps.member, 1)):
        chosen = {"customer": customer.uuid, "template": str(template.uuid)}
        world.as_("acme").post("/cards/new", chosen)
        assert Card.select().where(Card.template == template).count() == issued
    card = Card.get(Card.template == template)
    typed = {f"field-{phone.id}": ""}
    assert world.as_("acme").post(place(card, "/fields"), typed).location == place(card)
    assert "+49 (0)151 23456789" in world.as_("acme").get(place(card, "/fields")).text


def test_without_scripts_the_customer_is_found_by_a_button(world, stamps):
    asked = world.as_("acme").post("/cards/new", {"looked_for": "berger", "look": "1"}).text
    assert "Mia Berger" in asked and "Nothing was saved" not in asked


@pytest.mark.parametrize("kind, mechanics", NEEDS)
def test_each_tab_of_a_card_of_each_type_opens_with_what_may_be_done_to_it(world, kind, mechanics):
    card, owner = loyalty.card(world.acme, kind, mechanics), world.as_("acme")
    page = owner.get(place(card)).text
    for verb in booking.allowed(card):
        assert f"verb={verb.name}" in page
    assert all(owner.get(place(card, f"?tab={tab}")).status_code == 200 for tab in TABS)
    assert "verb=" not in world.as_("acme", "viewer").get(place(card)).text


def test_who_holds_a_card_is_told_with_all_that_is_known_of_them(world, stamps):
    page = world.as_("acme").get(place(stamps, "?tab=customer")).text
    told = ("Mia Berger", "+49 (0)151 23456789", "mia@example.com", "24 Sep 1990", "Female", "C-1")
    assert [part for part in told if part not in page] == []


def test_an_operation_says_what_it_will_do_before_it_is_done(world, stamps):
    owner = world.as_("acme")
    book(stamps, "add-stamp", 9)
    live = owner.get(place(stamps, "/operations/foreseen?verb=add-stamp&whole=3"), htmx=True).text
    assert "9 stamps →" in live and "<strong>2 stamps</strong>" in live and "<strong>1 reward</strong>" in live
    asked = owner.post(form_of(owner, stamps, "add-stamp"), {"whole": "3"}).text
    assert "<strong>2 stamps</strong>" in asked and now(stamps).uses == 9, "Nothing is done before it was seen."
    assert send(owner, stamps, "add-stamp", whole="3", comment="Two coffees").location == place(stamps)
    assert (now(stamps).uses, now(stamps).rewards) == (2, 1)
    page = owner.get(place(stamps, "?tab=operations")).text
    assert "Stamps: 9 stamps → 2 stamps" in page and "Two coffees" in page and "in the portal" in page
    assert world.acme.users["owner"].name in page


def test_what_was_shown_and_is_no_longer_so_is_shown_again(world, stamps):
    owner = world.as_("acme")
    address = form_of(owner, stamps, "add-stamp")
    seen = re.search(r'name="seen" value="(\w+)"', owner.post(address, {"whole": "1"}).text)[1]
    book(stamps, "add-stamp", 5)
    again = owner.post(address, {"whole": "1", "seen": seen}).text
    assert "5 stamps →" in again and "The card was changed a moment ago" in again and now(stamps).uses == 5
    assert (
        owner.post(address, {"whole": "1", "seen": re.search(r'name="seen" value="(\w+)"', again)[1]}).status_code
        == 303
    )
    assert now(stamps).uses == 6


def test_what_was_shown_is_compared_while_the_card_is_held(world, stamps, monkeypatch):
    owner, held = world.as_("acme"), locking.locked
    address = form_of(owner, stamps, "add-stamp")
    seen = re.search(r'name="seen" value="(\w+)"', owner.post(address, {"whole": "1"}).text)[1]

    def overtaken(*asked):
        monkeypatch.setattr(locking, "locked", held)
        book(stamps, "add-stamp", 5)
        return held(*asked)

    monkeypatch.setattr(locking, "locked", overtaken)
    again = owner.post(address, {"whole": "1", "seen": seen})
    assert again.status_code == 422 and "The card was changed a moment ago" in again.text
    assert now(stamps).uses == 0, "What came between was undone with it, for it came in the same transaction."


def test_a_form_that_is_sent_twice_books_once(world, stamps):
    owner = world.as_("acme")
    address = form_of(owner, stamps, "add-stamp")
    seen = re.search(r'name="seen" value="(\w+)"', owner.post(address, {"whole": "1"}).text)[1]
    both = [owner.post(address, {"whole": "1", "seen": seen}) for _ in range(2)]
    assert [answer.location for answer in both] == [place(stamps)] * 2 and now(stamps).uses == 1


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "1000001", "many", ""])
def test_a_quantity_that_nothing_has_is_asked_back_for(world, stamps, typed):
    assert "Nothing was saved yet" in send(world.as_("acme"), stamps, "add-stamp", whole=typed)
    assert CardOperation.select().count() == 0


def test_a_refusal_tells_its_steps_with_the_nearest_fix(world, stamps):
    owner = world.as_("acme")
    refused = send(owner, stamps, "subtract-stamp", whole="2")
    assert "There is enough on the card" in refused and "Nearest fix:" in refused
    assert (
        "Nearest fix:" in owner.get(place(stamps, "/operations/foreseen?verb=subtract-stamp&whole=2"), htmx=True).text
    )


def test_an_expired_card_leads_back_to_itself(world, stamps):
    cards.set_expiration(stamps, clock.now() - timedelta(days=1))
    assert world.as_("acme").get(place(stamps, "/operations/new")).location == place(stamps)
    assert "Expired" in world.as_("acme").get(place(stamps)).text


def test_money_and_points_are_booked_with_what_was_paid_and_where(world):
    card, owner = loyalty.card(world.acme, 1), world.as_("acme")
    shop, other = (Location.create(partner=party.id, name="Main street") for party in (world.acme, world.rival))
    live = place(card, "/operations/foreseen?verb=add-transaction-amount&amount=49.90")
    assert "What it will do" in owner.get(live, htmx=True).text, "Without a place, too."
    assert "There is no such location" in send(
        owner, card, "add-transaction-amount", amount="49,90", location=str(other.id)
    )
    done = send(owner, card, "add-transaction-amount", amount="49,90", location=str(shop.id))
    assert done.location == place(card) and "Main street" in owner.get(place(card)).text
    assert now(card).bonus == 250
    assert send(owner, card, "subtract-point", amount="1.20", purchase_sum="10").location == place(card)
    page = owner.get(place(card, "?tab=operations")).text
    assert now(card).bonus == 130 and "paid 10.00" in page


def test_a_reward_is_chosen_among_those_within_reach(world):
    card, owner = loyalty.card(world.acme, 7), world.as_("acme")
    cake, _car = (
        RewardTier.create(template=card.template, name=name, kind=0, value=0, threshold=at)
        for name, at in (("Cake", 10), ("Car", 1000))
    )
    book(card, "add-scores", 50)
    page = owner.get(form_of(owner, card, "receive-reward")).text
    assert "Cake: 10 points" in page and "Car:" not in page
    assert send(owner, card, "receive-reward", tier=str(cake.id)).location == place(card) and now(card).bonus == 40


def test_undoing_asks_by_naming_what_it_takes_and_is_done_once(world, stamps):
    owner, operation = world.as_("acme"), book(stamps, "add-stamp", 3)
    address = place(stamps, f"/operations/{operation.id}/reversal")
    asked = owner.get(address).text
    assert "3 stamps →" in asked and "<strong>0 stamps</strong>" in asked and now(stamps).uses == 3
    assert owner.post(address).location == place(stamps) and now(stamps).uses == 0
    again = owner.post(address).text
    assert "It cannot be undone" in again and now(stamps).uses == 0
    page = owner.get(place(stamps, "?tab=operations")).text
    assert "reversal" not in page and "undoes an earlier one" in page


@pytest.mark.parametrize("check", sorted({*refusals._CHECKS, *refusals._OF_REVERSAL}))
def test_each_check_of_a_refusal_is_told_in_words_of_its_own(check):
    (told,) = sentences.steps([{"check": check, "outcome": "failed", "detail": "", "fix": ""}])
    assert told["name"].lower() != check


def test_what_the_balance_cannot_bear_is_not_undone(world, stamps):
    owner, operation = world.as_("acme"), book(stamps, "add-stamp", 3)
    book(stamps, "subtract-stamp", 2)
    assert "It cannot be undone" in owner.get(place(stamps, f"/operations/{operation.id}/reversal")).text


def test_another_cards_operation_is_not_undone_here(world, stamps):
    other = book(loyalty.card(world.acme), "add-stamp", 1)
    owner = world.as_("acme")
    assert owner.get(place(stamps, f"/operations/{other.id}/reversal")).status_code == 404
    assert owner.post(place(stamps, f"/operations/{other.id}/reversal")).status_code == 404


def test_each_figure_tells_where_it_comes_from_and_what_is_owed_says_why(world):
    card, owner = loyalty.card(world.acme, 7, deal_gives=100), world.as_("acme")
    credit = crediting.credit(card.id, 5000, "Order 7")
    book(card, "subtract-scores", 80)
    crediting.take_back(credit.id, 5000, 5000)
    page = owner.get(place(card)).text
    assert "owes 80 points" in page and "The next credits settle it first" in page
    why = owner.get(place(card, "/figures/bonus")).text
    assert re.findall(r'data-label="Sum">([^<]+)<', why) == ["100 points", "20 points", "0 points"]
    assert "80 points" in owner.get(place(card, "/figures/owed")).text
    assert owner.get(place(card, "/figures/nonsense")).status_code == 404


def test_what_a_purchase_left_over_for_the_next_stands_on_the_card_and_tells_why(world):
    card, owner = loyalty.card(world.acme, 0, "spend"), world.as_("acme")
    book(card, "add-purchase", 12)
    page = owner.get(place(card)).text
    assert "Left over for the next purchase" in page and "2.00\xa0EUR" in page and place(card, "/figures/rest") in page
    assert "2.00\xa0EUR" in owner.get(place(card, "/figures/rest")).text
    book(card, "add-purchase", 3)
    assert place(card, "/figures/rest") not in owner.get(place(card)).text


def test_a_purchase_that_is_taken_back_says_what_went_back(world):
    card = loyalty.card(world.acme, 1)
    book(card, "add-transaction-amount", 100, purchase_sum=Decimal(100))
    book(card, "subtract-transaction-amount", 40, purchase_sum=Decimal(40))
    page = world.as_("acme").get(place(card, "?tab=operations")).text
    assert "paid 100.00\xa0EUR" in page and "40.00\xa0EUR went back" in page and "paid 40.00" not in page


def test_stamps_that_became_a_reward_are_told_as_they_were_given_on_every_page(world):
    card = loyalty.card(world.acme, stamps_total=5)
    book(card, "add-stamp", 2)
    operation, said = book(card, "add-stamp", 4), "+4 stamps: 5 stamps became 1 reward"
    owner, public = world.as_("acme"), f"/club/acme/c/{card.key}"
    pages = [
        place(card),
        place(card, "?tab=operations"),
        place(card, "/figures/uses"),
        place(card, "/figures/rewards"),
        public,
    ]
    for address in pages:
        assert owner.get(address).text.count(said) == 1, address
    reversing.reverse(world.acme.id, operation.id, source="portal")
    assert "−4 stamps: 1 reward became 5 stamps again" in owner.get(place(card)).text


@pytest.mark.parametrize("kind", [CASHBACK, CERTIFICATE])
def test_money_is_not_called_points(world, kind):
    card = loyalty.card(world.acme, kind)
    book(card, "add-point", 20)
    book(card, "subtract-point", 5)
    owner = world.as_("acme")
    for address in (
        place(card),
        place(card, "?tab=operations"),
        form_of(owner, card, "add-point"),
        f"/club/acme/c/{card.key}",
        "/cards",
    ):
        assert "points" not in owner.get(address).text.lower().split("<main")[1].split("</main")[0], address
    assert "Money added" in owner.get(place(card)).text and "Take money off" in owner.get(place(card)).text


def test_the_end_of_a_card_is_set_and_taken_away(world, stamps):
    owner = world.as_("acme")
    assert owner.post(place(stamps, "/expiration"), {"until": "2090-01-31T10:00"}).location == place(stamps)
    assert now(stamps).expires_at.year == 2090 and 'value="2090-01-31T' in owner.get(place(stamps, "/expiration")).text
    owner.post(place(stamps, "/expiration"), {"until": ""})
    assert now(stamps).expires_at is None
    assert owner.post(place(stamps, "/expiration"), {"until": "soon"}).status_code == 422


def test_a_membership_gets_its_level_and_keeps_it_when_it_is_moved(world, stamps):
    card, owner = loyalty.card(world.acme, 6), world.as_("acme")
    gold = MembershipTier.create(template=card.template, name="Gold", visits=8)
    assert owner.post(place(card, "/level"), {"tier": str(gold.id), "period": "week"}).location == place(card)
    assert now(card).balance == 8 and "Gold, 8 visits left in this period" in owner.get("/cards").text
    assert owner.get(place(stamps, "/level")).status_code == 404
    owner.post(place(card, "/move"))
    newer = now(card).moved_to
    assert (newer.balance, newer.membership_tier_id, newer.tier_period, newer.tier_next_at) == (
        8, gold.id, "week", now(card).tier_next_at,
    )  # fmt: skip


def test_answers_of_the_holder_are_changed(world, stamps):
    field = CardField.create(template=stamps.template_id, name="Newsletter", kind="boolean", place=1)
    owner = world.as_("acme")
    assert owner.post(place(stamps, "/fields"), {f"field-{field.id}": "y"}).location == place(stamps)
    assert f'name="field-{field.id}" type="checkbox" value="y" checked' in re.sub(
        r'(checked) (id="[^"]*") (name="[^"]*") (role="switch") (type="checkbox") (value="y")', r"\3 \5 \6 \1",
        owner.get(place(stamps, "/fields")).text,
    )  # fmt: skip


def test_a_lost_card_is_moved_with_all_that_is_on_it_and_the_old_one_leads_there(world, stamps):
    owner = world.as_("acme")
    field = CardField.create(template=stamps.template_id, name="Town", kind="text", place=1, is_unique=True)
    cards.change_fields(stamps, [{"id": field.id, "value": "Graz"}])
    book(stamps, "add-stamp", 13)
    asked = owner.get(place(stamps, "/move")).text
    assert "3 stamps" in asked and "1 reward" in asked and now(stamps).moved_to_id is None
    owner.post(place(stamps, "/move"))
    newer = now(stamps).moved_to
    assert (newer.uses, newer.rewards, newer.key != stamps.key) == (3, 1, True)
    assert "Graz" in owner.get(place(newer)).text
    old = owner.get(place(stamps)).text
    assert f"moved to {newer.serial}" in old and "verb=" not in old
    assert owner.post(place(stamps, "/move")).location == place(stamps) and Card.select().count() == 2


def test_sums_that_go_along_or_are_lost_say_what_they_are_of(world):
    card = loyalty.card(world.acme, 1)
    book(card, "add-transaction-amount", 100)
    for act in ("/move", "/deletion"):
        asked = world.as_("acme").get(place(card, act)).text
        assert "<li>Money spent: 100.00\xa0EUR</li>" in asked and "<li>Cashback: 5.00\xa0EUR</li>" in asked


def test_a_coupon_counts_its_use_and_no_points(world):
    card = loyalty.card(world.acme, 3)
    new = world.as_("acme").get(place(card)).text
    book(card, "redeem-coupon")
    used = world.as_("acme").get(place(card)).text
    assert "0 uses" in new and "1 use" in used and "points" not in new + used


def test_deleting_a_card_names_what_is_lost(world, stamps):
    owner = world.as_("acme")
    book(stamps, "add-stamp", 3)
    assert "<li>3 stamps</li>" in owner.get(place(stamps, "/deletion")).text and now(stamps).deleted_at is None
    assert owner.post(place(stamps, "/deletion")).location == "/cards" and now(stamps).deleted_at
    page = owner.get(place(stamps)).text
    assert "This card is deleted" in page and "3 stamps" in page and "verb=" not in page
    assert owner.post(place(stamps, "/deletion")).location == place(stamps)


def test_the_history_goes_on_to_what_is_there_now(world, stamps):
    book(stamps, "add-stamp", 4)
    page = world.as_("acme").get(place(stamps, "?tab=history")).text
    assert "Stamps, at the end of each day" in page and 'data-label="Stamps">4</td>' in page


@pytest.mark.on_both_engines
def test_what_a_phones_end_finds_is_exported_whole(world):
    card = loyalty.card(world.acme)
    Member.update(phone="+4915723456700").where(Member.id == card.member_id).execute()
    assert card.serial in world.as_("acme").get("/cards/export.csv?q=6700").text
