"""What push services get from the portal and what their answers come to, over real connections on loopback."""

import json
import threading
import time
from datetime import timedelta

import pytest

from portal import clock
from portal.delivery import addresses, web_push
from portal.delivery.errors import ForbiddenAddress, TimedOut, Unreachable
from portal.domain.cards.pushes import pushes
from portal.domain.cards.pushes.browsers import keys, payloads, shown, subscriptions
from portal.domain.cards.pushes.tables import Push, PushAttempt, PushRecipient
from portal.domain.verify import faults
from portal.worker import drains, posting
from tests.support import loyalty
from tests.support.push_service import push_service
from tests.support.pushes import browser, installed

CONTACT = "mailto:me@shop.example"


@pytest.fixture
def service():
    with push_service() as service:
        yield service


@pytest.fixture
def sender(engine):
    return web_push.Sender(*keys.pair(), CONTACT, allow_private=True)


def post(sender, service, answer: str = "201", message: bytes = b'{"body":"Hello"}', timeout: float = 10.0):
    endpoint, *of_browser = service.browser(1, answer)
    return sender.post(endpoint, web_push.Keys(*of_browser), message, "t" * 32, timeout)


def test_a_browser_reads_what_was_sent_and_the_service_knows_who_sent_it(sender, service):
    assert (post(sender, service).status, post(sender, service, "200").status) == (201, 200)
    got = service.got[0]
    assert got.message == {"body": "Hello"}
    assert got.claims["aud"] == service.at and got.claims["sub"] == CONTACT
    assert time.time() < got.claims["exp"] <= time.time() + 12 * 3600
    assert got.headers["authorization"].endswith(f"k={keys.public()}")
    wanted = {
        "ttl": "86400",
        "topic": "t" * 32,
        "content-encoding": "aes128gcm",
        "x-wns-cache-policy": "cache",
        "urgency": "normal",
    }
    assert wanted.items() <= got.headers.items()


def test_claims_are_made_for_each_origin(sender, service):
    with push_service() as other:
        post(sender, service), post(sender, other)
        assert (service.got[0].claims["aud"], other.got[0].claims["aud"]) == (service.at, other.at)


def test_the_longest_message_fits(sender, service):
    message = payloads.of(1, "0" * 36, "/c/x", "Café", "😀" * 1000)
    assert payloads.LARGEST - 16 < len(message) <= payloads.LARGEST
    assert post(sender, service, message=message).status == 201
    assert service.got[0].message["body"].endswith("…")


@pytest.mark.parametrize(("answer", "wait"), [("429", 120), ("503", 86_400), ("500", None), ("413", None)])
def test_what_a_service_says_is_told_and_how_long_to_wait_is_bounded(sender, service, answer, wait):
    assert post(sender, service, answer) == (int(answer), f"It is {answer}.", wait)


def test_silence_and_breaking_off_are_told_apart(sender, service):
    with pytest.raises(TimedOut):
        post(sender, service, "slowly", timeout=0.2)
    with pytest.raises(Unreachable):
        post(sender, service, "nothing")


def test_no_redirect_is_followed(sender, service):
    assert post(sender, service, "301").status == 301 and len(service.got) == 1


@pytest.mark.parametrize(
    "endpoint", ["http://push.example/1", "https://127.0.0.1/1", "https://169.254.169.254/1", "https://[::1]/"]
)
def test_an_address_in_the_network_here_is_refused_at_subscription_and_at_each_sending(engine, service, endpoint):
    sender = web_push.Sender(*keys.pair(), CONTACT)
    with pytest.raises(ForbiddenAddress):
        web_push.refuse_address(endpoint)
    with pytest.raises(ForbiddenAddress):
        sender.post(endpoint, web_push.Keys(*service.browser(1)[1:]), b"{}", "t", 1.0)


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(
    ("message", "room", "cut"),
    [
        ("Hello world again", 17, "Hello world again"), ("Hello world again", 16, "Hello world…"), ("Hello world", 8, "Hello…"),
        ("Unbreakable", 8, "Unbre…"), ("Жж жж", 8, "Жж…"), ("One\nmore", 8, "One…"), ('"a" bcd', 8, '"a"…'), ("", 0, ""),
    ],
)  # fmt: skip
def test_a_message_is_cut_at_a_word_by_its_bytes(message, room, cut):
    assert payloads.cut(message, room) == cut


@pytest.mark.settings(allow_private_addresses="1")
class TestWorker:
    """The worker's own drains, against the service."""

    @pytest.fixture
    def sent(self, world, service, settings):
        """Send a push to cards with these browsers each; by card the recipient."""
        template = loyalty.template(world.acme)

        def sent(*cards: tuple[str, ...], message: str = "Hello") -> list[PushRecipient]:
            numbers = iter(range(100))
            for answers in cards:
                card = installed(world.acme, template)
                for answer in answers:
                    subscriptions.subscribe(card.member, *service.browser(next(numbers), answer))
            pushes.send(world.acme.id, message, template.id)
            drains.run("pushes", settings)
            drains.run("push recipients", settings)
            return list(PushRecipient.select().order_by(PushRecipient.card))

        yield sent
        assert faults() == []

    def test_each_card_becomes_what_its_services_answered(self, sent, monkeypatch):
        monkeypatch.setattr(posting, "_LONGEST", 0.3)
        ends = {
            ("201",): "sent", ("slowly",): "sent", ("404",): "sent", ("410", "201"): "sent", (): "sent", ("413", "201"): "sent",
            ("429", "201"): "sent", ("413",): "failed", ("400", "403"): "failed", ("301",): "failed", ("410", "401"): "failed",
            ("429",): "queued", ("500",): "queued", ("nothing",): "queued", ("410", "503"): "queued",
        }  # fmt: skip
        rows = sent(*ends)
        assert [row.state for row in rows] == list(ends.values())
        waits = {answers: row.due_at - clock.now() for answers, row in zip(ends, rows, strict=True) if row.due_at}
        assert timedelta(seconds=50) < waits["500",] <= timedelta(minutes=1) < waits["429",] <= timedelta(minutes=2)
        assert timedelta(hours=23) < waits["410", "503"] <= timedelta(days=1)
        push = Push.get()
        assert (push.state, push.sent, push.failed) == ("sending", 7, 4)
        left = {endpoint.split("/")[3] for endpoint in _endpoints()}
        assert left.isdisjoint({"404", "410"}) and {"413", "403", "slowly"} <= left
        assert PushAttempt.get(PushAttempt.status == 413).said == "It is 413."
        PushRecipient.update(due_at=clock.now()).where(PushRecipient.due_at.is_null(False)).execute()

    def test_what_never_left_is_tried_again(self, world, settings, monkeypatch, request):
        """As of a name that nobody tells in time: that is no silence of who may have got it."""
        release = threading.Event()
        request.addfinalizer(release.set)
        template = loyalty.template(world.acme)
        subscriptions.subscribe(installed(world.acme, template).member, *browser(1, at="https://slow.example"))
        pushes.send(world.acme.id, "Hello", template.id)
        drains.run("pushes", settings)
        monkeypatch.setattr(posting, "_LONGEST", 0.05)
        monkeypatch.setattr(addresses, "_ask", lambda *_: release.wait() and [])
        drains.run("push recipients", settings)
        row = PushRecipient.get()
        assert (row.state, row.attempts) == ("queued", 1) and "slow.example" in PushAttempt.get().said

    def test_what_a_phone_shows_leads_to_the_card_and_proves_that_it_was_shown(self, world, sent, service):
        (row,) = sent(("201",), message="Coffee ☕")
        told, card = service.got[0].message, row.card
        assert told.pop("signature") == shown.signature(row.id)
        assert told == {
            "title": "Acme", "body": "Coffee ☕", "tag": row.push.uuid.replace("-", ""), "recipient": row.id,
            "url": f"http://127.0.0.1:8000/club/acme/c/{card.key}",
        }  # fmt: skip
        assert service.got[0].headers["topic"] == told["tag"]
        assert json.loads(payloads.of(row.id, row.push.uuid, "/", "Acme", "Coffee ☕"))["body"] == "Coffee ☕"

    def test_what_there_is_no_time_for_waits_for_the_next_look(self, sent, service, settings, monkeypatch):
        monkeypatch.setattr(posting, "_WITHIN", 0.0)
        looked = []
        monkeypatch.setattr(drains.push_sending, "take", _once(drains.push_sending.take, looked))
        (row,) = sent(("201",))
        assert (row.state, row.attempts, service.got) == ("queued", 0, [])
        monkeypatch.undo()
        drains.run("push recipients", settings)
        assert Push.get().state == "sent"


def _endpoints() -> list[str]:
    return [row.endpoint for row in subscriptions.PushSubscription.select()]


def _once(take, looked: list):
    def once():
        looked.append(None)
        return take() if len(looked) == 1 else None

    return once
