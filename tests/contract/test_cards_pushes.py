"""Pushes over JSON: sent, scheduled, cancelled and listed (contract: cards, "Pushes")."""

from datetime import timedelta

import pytest

from portal import clock
from portal.domain.cards.cards import cards
from portal.domain.cards.companies import tariffs
from portal.domain.cards.companies.tables import Company
from portal.domain.cards.pushes.tables import Push
from portal.domain.cards.pushes.told import inbox
from portal.domain.verify import faults
from tests.contract.caller import Caller
from tests.support import loyalty
from tests.support.pushes import installed, work

KEYS = {
    "id", "templateId", "cardId", "type", "status", "message", "sentAmount", "deliveredAmount", "scheduledAt", "createdAt",
}  # fmt: skip


@pytest.fixture
def template(world):
    return loyalty.template(world.acme)


@pytest.fixture(autouse=True)
def sound(engine):
    yield
    assert faults() == []


def sent(api, template, **more) -> dict:
    reply = api.post("/v2/pushes", {"message": "Double stamps!", "templateId": template.id} | more)
    assert (reply.status, reply.body["code"]) == (200, 200), reply.body
    return reply.body["data"]


def again(api, push: dict) -> dict:
    return api.get(f"/v2/pushes/{push['id']}").body["data"]


def test_a_push_is_accepted_at_once_and_sent_in_the_background_to_every_installed_card(api, world, template):
    one, other = installed(world.acme, template), installed(world.acme, template)
    cards.issue(world.acme.id, loyalty.customer(world.acme).id, template.id)
    installed(world.acme, loyalty.template(world.acme))
    push = sent(api, template)
    assert push == {
        "id": push["id"], "templateId": template.id, "cardId": None, "type": "manual", "status": "scheduled",
        "message": "Double stamps!", "sentAmount": 0, "deliveredAmount": 0, "scheduledAt": None, "createdAt": push["createdAt"],
    }  # fmt: skip
    work()
    told = again(api, push)
    assert (told["status"], told["sentAmount"], told["deliveredAmount"]) == ("sent", 2, 0)
    assert inbox.opened(one.id).rows[0].message == "Double stamps!"
    assert again(api, push)["deliveredAmount"] == 1
    assert inbox.messages(other.id).rows[0].is_new


def test_a_push_goes_to_the_one_card_that_is_named_in_any_notation(api, world, template):
    card, other = installed(world.acme, template), installed(world.acme, template)
    push = sent(api, template, cardId=card.serial.replace("-", ""), templateId=str(template.id))
    work()
    assert (again(api, push)["cardId"], again(api, push)["sentAmount"]) == (card.serial, 1)
    assert inbox.messages(other.id).rows == []


def test_to_a_card_that_is_not_installed_it_is_taken_and_reaches_nobody(api, world, template):
    card = cards.issue(world.acme.id, loyalty.customer(world.acme).id, template.id)
    push = sent(api, template, cardId=card.serial)
    work()
    assert (again(api, push)["status"], again(api, push)["sentAmount"]) == ("sent", 0)


def test_a_push_waits_for_its_minute_and_is_cancelled_until_it_has_ended(api, world, template):
    installed(world.acme, template)
    later = clock.now().replace(microsecond=0) + timedelta(hours=2)
    push = sent(api, template, scheduledAt=later.isoformat())
    assert (push["status"], push["scheduledAt"]) == ("scheduled", later.isoformat()[:19] + "+00:00")
    work()
    assert again(api, push)["status"] == "scheduled"
    cancelled = api.delete(f"/v2/pushes/{push['id']}")
    assert (cancelled.status, cancelled.body["data"]["status"]) == (200, "cancelled")
    with clock.acting(3 * 3600):
        work()
    assert again(api, push)["sentAmount"] == 0
    refusal = api.delete(f"/v2/pushes/{push['id']}")
    assert (refusal.status, refusal.body["error"]["error_code"]) == (422, "push_ended")


@pytest.mark.parametrize(
    "written",
    [
        "2099-01-31T10:00:00Z",
        "2099-01-31t10:00:00z",
        "2099-01-31 10:00:00",
        "2099-01-31T12:00:00 02:00",
        "2099-01-31T10:00",
    ],
)
def test_a_moment_is_taken_in_any_notation_of_rfc_3339(api, template, written):
    assert sent(api, template, scheduledAt=written)["scheduledAt"] == "2099-01-31T10:00:00+00:00"


def test_a_moment_that_has_passed_is_now(api, world, template):
    installed(world.acme, template)
    push = sent(api, template, scheduledAt="2026-01-31T10:00:00+02:00")
    work()
    assert (again(api, push)["status"], push["scheduledAt"]) == ("sent", "2026-01-31T08:00:00+00:00")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"message": ""}, "message"), ({"message": " \n"}, "message"), ({"message": "x" * 1001}, "message"),
        ({"message": None}, "message"), ({"message": "\u200b\u2060"}, "message"), ({"templateId": "x"}, "templateId"), ({"templateId": None}, "templateId"),
        ({"scheduledAt": "tomorrow"}, "scheduledAt"), ({"scheduledAt": "9999-06-01T00:00:00+00:00"}, "scheduledAt"),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_a_400_and_nothing_is_written(api, template, given, field):
    reply = api.post("/v2/pushes", {"message": "Hello", "templateId": template.id} | given)
    assert reply.status == 400
    assert [wrong["field"] for wrong in reply.body["error"]["details"]] == [field]
    assert Push.select().count() == 0


def test_a_thousand_characters_of_any_script_are_taken(api, template):
    assert sent(api, template, message="Ж" * 1000)["message"] == "Ж" * 1000


def test_cards_and_templates_of_others_are_missing_and_wrong_ones_are_refused(api, world, template):
    foreign = installed(world.rival, loyalty.template(world.rival))
    other = installed(world.acme, loyalty.template(world.acme))
    deleted = installed(world.acme, template)
    cards.delete(deleted)
    asked = {"message": "Hello", "templateId": template.id}
    for given, status, code in (
        ({"templateId": foreign.template_id}, 404, "not_found"),
        ({"cardId": foreign.serial}, 404, "not_found"),
        ({"cardId": "000000-000-000"}, 404, "not_found"),
        ({"cardId": other.serial}, 422, "other_template"),
        ({"cardId": deleted.serial}, 422, "card_deleted"),
    ):
        reply = api.post("/v2/pushes", asked | given)
        assert (reply.status, reply.body["error"]["error_code"]) == (status, code), given
    assert Push.select().count() == 0


def test_a_push_is_its_companys_alone(api, stranger, template):
    push = sent(api, template)
    assert stranger.get(f"/v2/pushes/{push['id']}").status == stranger.delete(f"/v2/pushes/{push['id']}").status == 404
    assert stranger.get("/v2/pushes").body["data"] == []


def test_pushes_are_listed_newest_first(api, template):
    made = [sent(api, template, message=f"Number {number}")["id"] for number in range(3)]
    reply = api.get("/v2/pushes?itemsPerPage=2").body
    assert [push["id"] for push in reply["data"]] == made[:0:-1]
    assert reply["meta"] == {"totalItems": 3, "itemsPerPage": 2, "currentPage": 1}
    assert set(reply["data"][0]) == KEYS
    assert [push["id"] for push in api.get("/v2/pushes?itemsPerPage=2&page=2").body["data"]] == made[:1]


def test_a_tariff_without_pushes_or_one_that_has_ended_sends_none(client, world):
    made = loyalty.company(world.northwind)
    company = Caller(client, made.secret)
    template = loyalty.template(made.company.partner)
    asked = {"message": "Hello", "templateId": template.id}
    later = company.post("/v2/pushes", asked | {"scheduledAt": (clock.now() + timedelta(hours=1)).isoformat()})
    assert later.status == 200
    tariffs.change(Company.get().tariff, {"push": False})
    reply = company.post("/v2/pushes", asked)
    assert (reply.status, reply.body["error"]["error_code"]) == (422, "option_missing")
    with clock.acting(7200):
        work()
    Push.update(due_at=clock.now()).where(Push.state == "scheduled").execute()
    work()
    assert company.get("/v2/pushes").body["data"][0]["status"] == "failed"
    tariffs.change(Company.get().tariff, {"push": True})
    Company.update(expires_at=clock.now()).execute()
    reply = company.post("/v2/pushes", asked)
    assert (reply.status, reply.body["error"]["error_code"]) == (422, "tariff_expired")
