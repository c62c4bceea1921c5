"""The club on a phone: what its worker shows and keeps, and what is left of who has signed out."""

import json

import pytest
from playwright.sync_api import expect

from portal import clock
from portal.domain import sealing
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes.browsers import keys, shown, subscriptions
from portal.domain.cards.pushes.tables import Push, PushRecipient, PushSubscription, ServerKey
from tests.support import club_offers, things, waiting
from tests.support.pushes import browser

ENDPOINT = "https://93.184.215.14/push/phone"
# No push service is there: the browser says what one would have given it.
STUB = """
Object.defineProperty(Notification, "permission", { get: () => "granted" });
Notification.requestPermission = async () => "granted";
const POINT = "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM";
const place = () => ENDPOINT + (sessionStorage.pushAgain ?? "");
const made = (key) => ({
  endpoint: place(), options: { applicationServerKey: key.buffer ?? key },
  toJSON: () => ({ endpoint: place(), keys: { p256dh: POINT, auth: "tBHItJI5svbpez7KI4CCXg" } }),
  unsubscribe: async () => { delete sessionStorage.pushKey; sessionStorage.pushAgain = "/again"; return true; },
});
PushManager.prototype.subscribe = async (asked) => {
  sessionStorage.pushKey = asked.applicationServerKey.join(" ");
  return made(asked.applicationServerKey);
};
PushManager.prototype.getSubscription = async () =>
  sessionStorage.pushKey ? made(new Uint8Array(sessionStorage.pushKey.split(" "))) : null;
""".replace("ENDPOINT", f'"{ENDPOINT}"')
# A browser without a screen has no leave to show any.
NOTES = """() => {
  self.noted = [];
  ServiceWorkerRegistration.prototype.showNotification = async (title, { body, tag }) => { noted.push([title, body, tag]); };
}"""
# The browser gives a subscription another address; none of its own is there, and no page can make it do so.
CHANGED = """({ old, new: given }) => {
  PushManager.prototype.subscribe = async () => ({ toJSON: () => given });
  const event = new Event("pushsubscriptionchange");
  event.oldSubscription = { endpoint: old, options: {} };
  event.waitUntil = () => {};
  dispatchEvent(event);
}"""
AWAKE = """
window.held = 0;
Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
  await new Promise((given) => setTimeout(given, 100));
  held += 1;
  return Object.assign(new EventTarget(), { async release() { held -= 1; this.dispatchEvent(new Event("release")); } });
} } });
"""
KEPT = "async () => (await (await caches.open('club-pages')).keys()).map((one) => new URL(one.url).pathname)"
WORKS = (
    "async () => Boolean((await navigator.serviceWorker.ready).active) && Boolean(navigator.serviceWorker.controller)"
)


@pytest.fixture
def card(server, app_pool):
    app_pool(server.settings)
    sealing.use_secret(server.settings.secret_key)  # It signs as the server does.
    with server.connected():
        PushSubscription.delete().execute()
        own = things.of(server.world.acme)
        return Card.get(Card.serial == own.names["card_id"])


def kept(page) -> list[str]:
    return page.evaluate(KEPT)


def until_kept(page, path: str) -> None:
    waiting.until(lambda: path in kept(page))


@pytest.mark.browser
def test_the_worker_shows_each_push_and_reports_it_unreadable_ones_too(server, open_page, card):
    with server.connected():
        push = Push.create(
            partner=card.partner_id, template=card.template_id, audience="template", message="Free coffee", made_by="x",
            state="sent", recipients=1, sent=1,
        )  # fmt: skip
        recipient = PushRecipient.create(
            push=push, partner=card.partner_id, card=card, state="sent", settled_at=clock.now()
        ).id
        told = {
            "title": "Acme", "body": "Free coffee", "url": f"/c/{card.key}", "tag": push.uuid.replace("-", ""),
            "recipient": recipient, "signature": shown.signature(recipient),
        }  # fmt: skip
    page = open_page()
    page.goto(f"/club/acme/c/{card.key}")
    page.wait_for_function(WORKS)
    with server.connected():
        PushRecipient.update(shown_at=None).where(PushRecipient.id == recipient).execute()
        Push.update(shown=0).where(Push.id == push.id).execute()
    deliver, worker = delivering(page), page.context.service_workers[0]
    worker.evaluate(NOTES)
    for data in (json.dumps(told), "{", ""):
        deliver(data)
    news = ["There is news about your card", "", ""]
    waiting.until(lambda: worker.evaluate("noted.length") == 3)
    assert sorted(worker.evaluate("noted")) == sorted([["Acme", "Free coffee", told["tag"]], news, news])
    with server.connected():
        waiting.until(lambda: PushRecipient.get_by_id(recipient).shown_at is not None)


def delivering(page):
    """What hands the worker a push."""
    devtools, found = page.context.new_cdp_session(page), []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    devtools.send("ServiceWorker.enable")
    waiting.until(lambda: found or page.wait_for_timeout(50))
    origin, number = page.evaluate("location.origin"), found[-1]["registrationId"]
    return lambda data: devtools.send(
        "ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": number, "data": data}
    )


@pytest.mark.browser
def test_notifications_are_asked_for_after_a_tap_and_end_with_another(server, open_page, card):
    page = open_page(device="iPhone 13")
    page.add_init_script(STUB)
    page.goto(f"/club/acme/c/{card.key}")
    page.get_by_role("button", name="Show it in this browser").click()
    expect(page.get_by_text("This browser shows it, too.")).to_be_visible()
    with server.connected():
        assert PushSubscription.get().endpoint == ENDPOINT
    page.reload()
    expect(page.get_by_text("This browser shows it, too.")).to_be_visible()
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_text("Switched off: no news comes.")).to_be_visible()
    with server.connected():
        assert not PushSubscription.select().exists()
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_text("This browser shows it, too.")).to_be_visible()


@pytest.mark.browser
def test_a_browser_subscribes_anew_where_our_key_is_another_one(server, open_page, card):
    page = open_page(device="iPhone 13")
    page.add_init_script(STUB)
    page.goto(f"/club/acme/c/{card.key}")
    page.get_by_role("button", name="Show it in this browser").click()
    expect(page.get_by_text("This browser shows it, too.")).to_be_visible()
    with server.connected():
        before = PushSubscription.get(PushSubscription.endpoint == ENDPOINT).server_key
        ServerKey.delete().execute()
    page.reload()

    def has_subscribed() -> bool:
        with server.connected():
            found = {one.endpoint: one.server_key for one in subscriptions.of(card.member)}
            return found.get(f"{ENDPOINT}/again") == keys.public() != before

    waiting.until(has_subscribed)
    expect(page.get_by_text("This browser shows it, too.")).to_be_visible()


@pytest.mark.browser
def test_a_browser_whose_address_changed_is_found_at_the_new_one(server, open_page, card):
    with server.connected():
        old = subscriptions.subscribe(card.member, *browser(1, at="https://93.184.215.14"))
    page = open_page()
    page.goto(f"/club/acme/c/{card.key}")
    page.wait_for_function(WORKS)
    new, point, secret = browser(2, at="https://93.184.215.14")
    given = {"old": old.endpoint, "new": {"endpoint": new, "keys": {"p256dh": point, "auth": secret}}}
    page.context.service_workers[0].evaluate(CHANGED, given)

    def has_moved() -> bool:
        with server.connected():
            return [one.endpoint for one in subscriptions.of(card.member)] == [new]

    waiting.until(has_moved)


@pytest.mark.browser
def test_the_screen_stays_awake_while_the_code_shows_and_no_longer(open_page, card):
    page = open_page(device="iPhone 13")
    page.add_init_script(AWAKE)
    page.goto(f"/club/acme/c/{card.key}")
    page.locator("#card-code").scroll_into_view_if_needed()
    page.wait_for_function("() => held === 1")
    page.evaluate(
        "for (const _ of [1, 2, 3]) document.body.dispatchEvent(new Event('htmx:afterSettle', { bubbles: true }))"
    )
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function("() => held === 0")


@pytest.mark.browser
def test_an_iphone_that_can_show_none_says_what_to_do(server, open_page, card):
    page = open_page(device="iPhone 13")
    page.add_init_script("delete window.PushManager")
    page.goto(f"/club/acme/c/{card.key}")
    expect(page.get_by_text("To have it on your Home Screen")).to_be_visible()
    page.get_by_role("button", name="Show it in this browser").click()
    expect(page.get_by_text("tap Share, then Add to Home Screen. Open it from there")).to_be_visible()


@pytest.mark.browser
def test_a_card_is_read_without_a_connection_and_nothing_is_left_of_who_has_signed_out(server, open_page, card):
    page = open_page("member")
    place = f"/club/acme/cards/{card.serial}"
    page.goto(place)
    until_kept(page, place)
    page.goto("/club/acme/")
    until_kept(page, "/club/acme/")
    page.context.set_offline(True)
    page.goto(place)
    expect(page.get_by_text("No connection: this is how it stood")).to_be_visible()
    expect(page.get_by_text("this is the number", exact=False)).to_be_visible()
    expect(page.locator("[data-live]")).to_be_hidden()
    page.context.set_offline(False)
    page.goto("/club/acme/")
    expect(page.get_by_text("No connection")).to_be_hidden()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    waiting.until(lambda: not [path for path in kept(page) if path != "/club/acme/"])
    page.context.set_offline(True)
    page.goto(place)
    expect(page.get_by_text("this page was not opened before")).to_be_visible()
    page.goto("/club/acme/")
    expect(page.get_by_text("My cards")).to_be_hidden()


@pytest.mark.browser
def test_nothing_is_left_of_whose_sign_in_has_ended_elsewhere(server, open_page, card):
    page = open_page("member")
    place = f"/club/acme/cards/{card.serial}"
    page.goto(place)
    until_kept(page, place)
    page.context.clear_cookies()
    page.goto("/club/acme/")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    waiting.until(lambda: place not in kept(page))


@pytest.mark.browser
def test_an_offer_is_read_without_a_connection_and_a_members_page_of_it_goes_with_them(server, open_page):
    with server.connected():
        place = f"/club/acme/offers/{club_offers.offer(server.world.acme, 'Kept tea').offer_id}"
    page = open_page("member")
    page.goto(place)
    until_kept(page, place)
    page.context.clear_cookies()
    page.goto("/club/acme/")
    waiting.until(lambda: place not in kept(page))
    page.goto(place)
    until_kept(page, place)
    page.context.set_offline(True)
    page.goto(place)
    expect(page.get_by_text("No connection: this is how it stood")).to_be_visible()
    expect(page.get_by_role("heading", name="Kept tea")).to_be_visible()
    expect(page.get_by_text("To use it or like it, you need a connection.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in to use or like it")).to_be_hidden()
