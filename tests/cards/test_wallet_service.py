"""What Apple's phones ask of whoever issues passes, as Apple documents it: a phone that speaks it, and what others get."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from portal import clock
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.cards.wallets import registrations, setups
from portal.domain.cards.wallets.tables import WalletRegistration, WalletSetup
from portal.domain.members import members
from portal.domain.members.tables import Member
from tests.support import loyalty, wallets


class Phone:
    """A phone that has taken a pass, and asks at the addresses that stand in it."""

    def __init__(self, world, card, device: str = "d" * 32):
        app = world.anonymous().app
        self.client, self.base, self.device = app.test_client(), app.config["SETTINGS"].public_url, device
        self.take(self.client.get(f"/c/{card.key}.pkpass", base_url=self.base))

    def take(self, answer) -> None:
        self.passed = json.loads(ZipFile(BytesIO(answer.data)).read("pass.json"))
        self.had = answer.headers["Last-Modified"]

    def ask(self, method: str, path: str, **more):
        headers = {"Authorization": f"ApplePass {self.passed['authenticationToken']}"} | more.pop("headers", {})
        place = self.passed["webServiceURL"].removeprefix(self.base)
        return self.client.open(f"{place}/v1/{path}", method=method, base_url=self.base, headers=headers, **more)

    @property
    def named(self) -> str:
        return f"{self.passed['passTypeIdentifier']}/{self.passed['serialNumber']}"

    def register(self, push_token: object = "a1b2", **more):
        return self.ask(
            "POST", f"devices/{self.device}/registrations/{self.named}", json={"pushToken": push_token}, **more
        )

    def unregister(self, **more):
        return self.ask("DELETE", f"devices/{self.device}/registrations/{self.named}", **more)

    def changed(self, since: str | None = None, pass_type: str = wallets.PASS_TYPE):
        asked = {"passesUpdatedSince": since} if since else {}
        return self.ask("GET", f"devices/{self.device}/registrations/{pass_type}", query_string=asked)

    def fetch(self, **more):
        return self.ask("GET", f"passes/{self.named}", headers={"If-Modified-Since": self.had}, **more)


@pytest.fixture
def card(world):
    """A stamp card of acme's that has rested for an hour."""
    wallets.set_up(world.acme)
    return rested(loyalty.card(world.acme, 0, name="Coffee"))


@pytest.fixture
def phone(world, card):
    cards.note_installed(card, "apple")
    rested(card)
    return Phone(world, card)


def rested(card):
    """As if it, its template and its holder had changed an hour ago for the last time."""
    ago = clock.now() - timedelta(hours=1)
    Member.update(updated_at=ago).where(Member.id == card.member_id).execute()
    Card.update(updated_at=ago).where(Card.id == card.id).execute()
    CardTemplate.update(updated_at=ago).where(CardTemplate.id == card.template_id).execute()
    return Card.get_by_id(card.id)


def stamped(world, card) -> None:
    booking.book(world.acme.id, card.serial, Asked("add-stamp", 2))


def test_a_phone_registers_hears_of_a_change_fetches_it_once_and_leaves(world, card, phone):
    assert (phone.register().status_code, phone.register("c3d4").status_code) == (201, 200)
    assert [(row.device, row.push_token) for row in WalletRegistration.select()] == [("d" * 32, "c3d4")]
    first = phone.changed().json
    assert first["serialNumbers"] == [card.serial] and phone.changed(first["lastUpdated"]).status_code == 204
    assert phone.fetch().status_code == 304
    stamped(world, card)
    assert phone.changed(first["lastUpdated"]).json["serialNumbers"] == [card.serial]
    answer = phone.fetch()
    assert answer.status_code == 200 and answer.content_type == "application/vnd.apple.pkpass"
    phone.take(answer)
    assert phone.passed["storeCard"]["primaryFields"][0]["value"] == "2 of 10 stamps"
    assert phone.unregister().status_code == 200 and phone.changed().status_code == 204


def test_every_operation_and_a_new_look_are_changes(world, card, phone):
    phone.register()
    tag = phone.changed().json["lastUpdated"]
    stamped(world, card)
    assert phone.changed(tag).status_code == 200
    rested(card)
    CardTemplate.update(updated_at=clock.now()).where(CardTemplate.id == card.template_id).execute()
    assert phone.changed(tag).status_code == 200


def test_a_holders_new_name_is_a_change(world, card, phone):
    phone.register()
    tag = phone.changed().json["lastUpdated"]
    members.change(card.member, {"first_name": "Another"})
    assert phone.changed(tag).json["serialNumbers"] == [card.serial]
    phone.take(phone.fetch())
    assert "Another" in phone.passed["storeCard"]["auxiliaryFields"][0]["value"]


def test_of_two_cards_the_one_that_changed_is_told_and_once(world, card, phone):
    """At once: nothing has rested here."""
    other = loyalty.card(world.acme, 1)
    phone.register()
    Phone(world, other).register()
    first = phone.changed().json
    assert set(first["serialNumbers"]) == {card.serial, other.serial}
    assert phone.changed(first["lastUpdated"]).status_code == 204
    stamped(world, card)
    second = phone.changed(first["lastUpdated"]).json
    assert second["serialNumbers"] == [card.serial] and phone.changed(second["lastUpdated"]).status_code == 204


def test_what_changes_while_a_phone_asks_is_told_the_next_time(world, card, phone):
    """A change that is written before the answer, and seen after it, lies before the newest one that was told."""
    phone.register()
    other = loyalty.card(world.acme, 1)
    Phone(world, other).register()
    Card.update(updated_at=clock.now()).where(Card.id == other.id).execute()
    tag = phone.changed().json["lastUpdated"]
    Card.update(updated_at=clock.now() - timedelta(seconds=5)).where(Card.id == card.id).execute()
    assert card.serial in phone.changed(tag).json["serialNumbers"]


def test_what_changes_within_the_second_of_a_fetch_is_fetched_and_once(world, card, phone):
    other = Phone(world, card, "e" * 32)
    assert phone.fetch().status_code == 304
    for _ in range(3):
        stamped(world, card)
        phone.take(phone.fetch())
        assert phone.fetch().status_code == 304 and other.fetch().status_code == 200
    other.take(other.fetch())
    assert other.fetch().status_code == phone.fetch().status_code == 304 and other.had == phone.had


@pytest.mark.parametrize("given", ["", "ApplePass", "ApplePass ", "ApplePass wrong", "Bearer {}", "ApplePass {}x"])
def test_nobody_without_the_passs_token_registers_fetches_or_unregisters(world, phone, given):
    phone.register()
    headers = {"Authorization": given.format(phone.passed["authenticationToken"])}
    stranger = {"headers": headers}
    answers = [phone.register("stolen", **stranger), phone.unregister(**stranger)]
    answers.append(phone.ask("GET", f"passes/{phone.named}", **stranger))
    assert {answer.status_code for answer in answers} == {401}
    assert [row.push_token for row in WalletRegistration.select()] == ["a1b2"]


def test_a_token_of_one_card_opens_no_other_and_a_pass_type_only_its_companys(world, card, phone):
    other = loyalty.card(world.acme, 1)
    theirs = loyalty.card(world.rival)
    wallets.set_up(world.rival, wallets.apple(of="rival", pass_type="pass.example.rival"))
    assert phone.register().status_code == 201
    for serial, pass_type in (
        (other.serial, wallets.PASS_TYPE), (theirs.serial, "pass.example.rival"), (card.serial, "pass.example.rival"),
    ):  # fmt: skip
        assert phone.ask("GET", f"passes/{pass_type}/{serial}").status_code == 401
    assert phone.changed(pass_type="pass.example.rival").status_code == 204
    assert Phone(world, card, "another").changed().status_code == 204


def test_a_replaced_card_ends_what_the_old_pass_could_do(world, card, phone):
    Card.update(key="k" * 22).where(Card.id == card.id).execute()
    assert phone.register().status_code == 401


def test_a_deleted_cards_pass_is_fetched_once_more_as_void(world, card, phone):
    phone.register()
    cards.delete(card)
    phone.take(phone.fetch())
    assert phone.passed["voided"] is True


def test_whoever_is_erased_leaves_no_phone_behind(world, card, phone):
    phone.register()
    members.erase(card.member)
    assert WalletRegistration.select().count() == 0


def test_a_wallet_that_is_switched_off_serves_no_phone(world, card, phone):
    phone.register()
    setups.switch(world.acme.id, "apple", False)
    assert (phone.changed().status_code, phone.fetch().status_code, phone.register().status_code) == (204, 401, 401)
    setups.switch(world.acme.id, "apple", True)
    WalletSetup.update(ends_at=clock.now()).where(WalletSetup.wallet == "apple").execute()
    assert phone.fetch().status_code == 404


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("push_token", [None, 7, "", "x" * 256, ["a"], "a\x00", "\ud800", "a b"])
def test_a_push_token_is_a_short_text(phone, push_token):
    assert phone.register(push_token).status_code == 400 and not WalletRegistration.select().count()


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("body", [b"", b"[" * 4000, b"[]", b"{" + b" " * 5000 + b"}", b"\xff"])
def test_what_is_no_registration_is_refused(phone, body):
    place = f"devices/{phone.device}/registrations/{phone.named}"
    assert phone.ask("POST", place, data=body, content_type="application/json").status_code == 400
    phone.device = "d" * 129
    assert phone.register().status_code == 400


@pytest.mark.engine("sqlite")
def test_one_card_is_on_twenty_phones_and_the_oldest_gives_way(world, card, phone):
    for number in range(registrations.MOST + 2):
        phone.device = f"phone-{number}"
        assert phone.register().status_code == 201
    here = [row.device for row in WalletRegistration.select().order_by(WalletRegistration.id)]
    assert len(here) == registrations.MOST and here[0] == "phone-2"


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("tag", ["-1", "x", "9" * 40, "²"])
def test_a_tag_that_we_never_gave_is_none(phone, tag):
    phone.register()
    assert phone.changed(tag).status_code == 200


@pytest.mark.engine("sqlite")
def test_what_a_phone_complains_of_is_answered(phone):
    assert phone.ask("POST", "log", json={"logs": ["[date] a thing"]}).status_code == 200
