"""A cashier's morning at the counter, with the connection cut three times: nothing is lost, and nothing is booked twice."""

import secrets

import pytest
from playwright.sync_api import expect

from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations.tables import CardOperation
from tests.support import loyalty, waiting
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.browser
CARD, COUNTER = "#content .counter-balance", "/counter"


@pytest.fixture
def card(server):
    """A stamp card of a customer whom nobody else is called."""
    with server.connected():
        acme = server.world.acme
        name = f"Ida{secrets.token_hex(4)}"
        holder = loyalty.customer(acme, name, surname="Morning")
        return cards.issue(acme.id, holder.id, loyalty.template(acme, 0, name="Coffee").id)


def booked(server, card) -> list[tuple[int, int | None]]:
    """The amounts of the card's operations, and who made each."""
    with server.connected():
        rows = CardOperation.select().where(CardOperation.card == card).order_by(CardOperation.id)
        return [(row.amount, row.manager_id) for row in rows]


def look(page, card, stamps: str) -> None:
    """Type how many stamps are added, and wait until it is said what that does."""
    page.goto(f"/counter/cards/{card.serial}/add-stamp")
    page.get_by_label("Stamps").fill(stamps)
    expect(page.locator("#foreseen input[name=seen]")).to_be_attached()
    expect(page.locator("#foreseen strong").first).to_contain_text("stamp")


def press(page) -> None:
    page.locator(".counter-do").click()


def is_back(page) -> None:
    """The page without a connection has given way to the counter, by itself."""
    expect(page.get_by_role("button", name="Find")).to_be_visible()


def unsent(page, count: int) -> None:
    expect(page.locator("[data-unsent]")).to_have_text(str(count))


KEPT = """async () => (await navigator.serviceWorker.ready).active.state === "activated" && navigator.serviceWorker.controller
    && (await caches.has("counter-shell")) && (await (await caches.open("counter-shell")).keys()).length > 5"""


def is_kept(page) -> None:
    """The worker has the page that opens without a connection, and answers for this one."""
    page.wait_for_function(KEPT)
    page.reload()
    page.wait_for_function(KEPT)


def test_a_cashiers_morning_with_the_connection_cut_three_times(server, card, open_page, axe):
    cashier, manager = (server.world.acme.users[role] for role in ("cashier", "manager"))
    page = open_page("acme", "cashier", device="iPhone 13", axe=True)
    page.goto("/")
    page.wait_for_url("**/counter")
    is_kept(page)
    with server.connected():
        name = Card.get_by_id(card.id).member.first_name
    page.get_by_label("Number of the card").fill(name)
    page.get_by_role("link", name=name).click()
    expect(page.locator(CARD)).to_have_text("0 of 10 stamps")
    assert not axe(page)
    look(page, card, "2")
    assert not axe(page)
    press(page)
    expect(page.locator(CARD)).to_have_text("2 of 10 stamps")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator(CARD)).to_have_text("0 of 10 stamps")
    made = [(2, cashier.id), (-2, cashier.id)]
    assert booked(server, card) == made

    # The connection is gone before it is sent.
    look(page, card, "1")
    page.context.set_offline(True)
    expect(page.locator(".counter-do")).to_have_text("Keep it, and send it later")
    press(page)
    unsent(page, 1)
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.locator("#counter-kept")).to_contain_text(f"Add stamps: 1 · {card.serial}")
    assert not axe(page)
    page.get_by_label("Number of the card").fill(card.serial)
    page.get_by_label("How much").fill("3")
    page.get_by_role("button", name="Keep it").click()
    unsent(page, 2)
    assert booked(server, card) == made
    page.context.set_offline(False)
    unsent(page, 0)
    is_back(page)
    made += [(1, cashier.id), (3, cashier.id)]
    assert booked(server, card) == made

    # The server books it, and its answer is lost; the same is sent again.
    lost, loses = [], [True]

    def lose(route):
        if not loses:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    page.route("**/counter/queue", lose)
    look(page, card, "2")
    press(page)
    page.wait_for_url("**/counter?kept=1")
    unsent(page, 1)
    expect(page.locator("#counter-kept")).to_contain_text("Sent, but not answered")
    expect(page.locator("#counter-kept").get_by_role("button", name="Undo")).to_have_count(0)
    assert set(lost) == {200} and booked(server, card) == [*made, (2, cashier.id)]
    loses.clear()
    page.evaluate("dispatchEvent(new Event('online'))")
    unsent(page, 0)
    made += [(2, cashier.id)]
    assert booked(server, card) == made

    page.unroute("**/counter/queue")
    # The sign-in ends while there is no connection, and another cashier signs in.
    look(page, card, "1")
    page.context.set_offline(True)
    press(page)
    unsent(page, 1)
    with server.connected():
        sign_ins.end_all(cashier.id)
    page.context.set_offline(False)
    page.get_by_text("You are signed out").wait_for()
    unsent(page, 1)
    page.locator("#counter-standing").get_by_role("link", name="Sign in").click()
    page.get_by_label("Mail").fill(manager.mail)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    waiting.until(lambda: booked(server, card) == [*made, (1, cashier.id)])
    unsent(page, 0)


def test_what_is_refused_later_stays_on_the_screen_until_somebody_has_seen_it(server, card, open_page):
    page = open_page("acme", "cashier", device="iPhone 13")
    page.goto("/counter")
    is_kept(page)
    page.context.set_offline(True)
    page.goto("/counter/day")
    page.get_by_label("Number of the card").fill(card.serial.replace("-", ""))
    page.get_by_label("Operation").select_option("redeem-coupon")
    page.get_by_role("button", name="Keep it").click()
    unsent(page, 1)
    page.context.set_offline(False)
    unsent(page, 0)
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(page.locator("#counter-kept")).to_contain_text("is not for this stamp card")
    page.goto("/counter")
    expect(page.locator("#counter-kept")).to_contain_text("is not for this stamp card")
    page.get_by_role("button", name="Seen").click()
    expect(page.locator("#counter-kept")).to_be_hidden()
    assert booked(server, card) == []


def test_what_was_not_sent_is_undone_and_never_sent_and_the_page_is_not_left_unasked_before(server, card, open_page):
    page = open_page("acme", "cashier", device="iPhone 13")
    page.goto("/counter")
    is_kept(page)
    page.context.set_offline(True)
    page.goto("/counter/day")
    for stamps in ("1", "2"):
        page.get_by_label("Number of the card").fill(card.serial)
        page.get_by_label("How much").fill(stamps)
        page.get_by_role("button", name="Keep it").click()
        unsent(page, int(stamps))
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    page.get_by_role("button", name="Undo").first.click()
    unsent(page, 1)
    page.context.set_offline(False)
    unsent(page, 0)
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(page.locator("#counter-kept")).to_be_hidden()
    assert booked(server, card) == [(2, server.world.acme.users["cashier"].id)]
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def test_without_a_connection_the_card_that_was_opened_is_the_one_that_is_meant(server, card, open_page):
    page = open_page("acme", "cashier", device="iPhone 13")
    page.goto(f"/counter/cards/{card.serial}")
    is_kept(page)
    page.context.set_offline(True)
    page.get_by_role("link", name="Take stamps away").click()
    expect(page.get_by_label("Number of the card")).to_have_value(card.serial)
    expect(page.get_by_label("Operation")).to_have_value("subtract-stamp")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Take stamps away")).to_be_visible()


def test_one_stamp_is_two_taps(card, open_page):
    """It is what is given mostly, and is typed over by whoever gives more."""
    page = open_page("acme", "cashier", device="iPhone 13")
    page.goto(f"/counter/cards/{card.serial}")
    page.get_by_role("link", name="Add stamps").tap()
    page.get_by_role("button", name="Add stamps").tap()
    expect(page.locator(CARD)).to_have_text("1 of 10 stamps")
    page.get_by_role("link", name="Add stamps").tap()
    expect(page.get_by_label("Stamps")).to_be_focused()
    expect(page.locator("#foreseen strong").first).to_have_text("2 stamps")
    page.keyboard.type("3")
    expect(page.get_by_label("Stamps")).to_have_value("3")
    expect(page.locator("#foreseen strong").first).to_have_text("4 stamps")


def test_whoever_signs_out_leaves_nothing_personal_on_the_phone(card, open_page):
    page = open_page("acme", "cashier", device="iPhone 13")
    page.goto(f"/counter/cards/{card.serial}")
    is_kept(page)
    page.locator(".counter-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    assert page.evaluate("caches.has('counter-shell')") is False
    assert (
        page.evaluate(
            """() => new Promise((done) => { indexedDB.open("counter").onsuccess = (event) => {
            event.target.result.transaction("till").objectStore("till").count().onsuccess = (asked) => done(asked.target.result); }; })"""
        )
        == 0
    )


def test_an_operation_is_booked_and_undone_without_scripts(server, card, open_page):
    page = open_page("acme", "cashier", java_script_enabled=False)
    page.goto(f"/counter?q={card.serial}")
    page.get_by_role("link", name="Add stamps").click()
    page.get_by_label("Stamps").fill("4")
    page.get_by_role("button", name="Look what it does").click()
    press(page)
    expect(page.locator(CARD)).to_have_text("4 of 10 stamps")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator(CARD)).to_have_text("0 of 10 stamps")
    assert [amount for amount, _ in booked(server, card)] == [4, -4]


def test_a_russian_cashier_works_on_in_russian_without_a_connection(server, card, open_page, axe):
    page = open_page("acme", "cashier", device="iPhone 13", locale="ru-RU", color_scheme="dark", axe=True)
    page.goto(f"/counter/cards/{card.serial}/add-stamp")
    is_kept(page)
    page.get_by_label("Штампы").fill("2")
    expect(page.locator("#foreseen strong").first).to_have_text("2 штампа")
    assert not axe(page)
    page.context.set_offline(True)
    press(page)
    expect(page.get_by_role("heading", name="Нет связи")).to_be_visible()
    expect(page.locator("#counter-kept")).to_contain_text("Ещё не отправлено")
    assert not axe(page)
    page.context.set_offline(False)
    unsent(page, 0)
    assert [amount for amount, _ in booked(server, card)] == [2]
