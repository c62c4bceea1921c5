"""Cashiers change places by PIN: what is booked is theirs, nobody keeps anybody out, and the counter is all that a PIN opens."""

import pytest

from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.cards.counter import pins
from portal.domain.cards.counter.tables import CounterPin
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.errors import Forbidden, Invalid, NotFound, Refused
from portal.domain.identifiers import new_uuid
from portal.domain.mail.tables import Mail
from tests.cards.test_counter_pages import kept, proof_of, send
from tests.support import loyalty
from tests.support.cast import PASSWORD

PIN = "7391"


def membership_of(world, role: str, who: str = "acme") -> int:
    party = getattr(world, who)
    return Membership.get(Membership.partner == party.id, Membership.user == party.users[role].id).id


def choose(world, role: str, pin: str = PIN) -> int:
    pins.choose(world.acme.id, world.acme.users[role].id, pin, PASSWORD)
    return membership_of(world, role)


def take_over(visitor, membership: int, pin: str = PIN):
    return visitor.post(f"/counter/cashiers/{membership}", {"pin": pin})


def test_a_pin_is_chosen_with_the_password_of_whose_it_is(world):
    cashier = world.as_("acme", "cashier")
    assert "Nobody of the team has a PIN yet" in cashier.get("/counter/cashiers").text
    for typed in (
        {"pin": PIN},
        {"pin": PIN, "password": "another password"},
        {"pin": "12", "password": PASSWORD},
        {"pin": "1234", "password": PASSWORD},
        {"pin": "55555", "password": PASSWORD},
        {"pin": "12ab", "password": PASSWORD},
    ):
        assert cashier.post("/counter/pin", typed).status_code in (303, 422) and not CounterPin.select().exists(), typed
    cashier.post("/counter/pin", {"pin": PIN, "password": PASSWORD})
    row = CounterPin.get()
    assert row.membership_id == membership_of(world, "cashier") and PIN not in row.pin_hash
    assert "Acme Cashier" in world.as_("acme", "manager").get("/counter/cashiers").text
    with pytest.raises(Invalid):
        pins.choose(world.acme.id, world.acme.users["manager"].id, PIN, "another password")
    for outside in (world.acme.users["viewer"].id, world.rival.users["owner"].id):
        with pytest.raises(Refused):
            pins.choose(world.acme.id, outside, PIN, PASSWORD)


def test_whoever_takes_over_is_who_books_and_who_is_proved(world):
    card, manager = loyalty.card(world.acme), world.as_("acme", "manager")
    answer = take_over(manager, choose(world, "cashier"))
    assert "Acme Cashier serves now" in manager.get(answer.location).text
    send(manager, card, "add-stamp", whole="1")
    manager.post("/counter/queue", kept(card, proof_of(manager), new_uuid(), whole="2"))
    assert {row.manager_id for row in CardOperation.select()} == {world.acme.users["cashier"].id}
    assert CardOperation.select().count() == 2


def test_a_pin_opens_the_counter_alone_though_an_owner_has_signed_in_there(world):
    owner = world.as_("acme")
    take_over(owner, choose(world, "cashier"))
    for place in ("/", "/cards", "/account/details", "/account/team", "/deals"):
        assert owner.get(place).location == "/counter", place
    assert owner.post("/acting-partner", {"partner_id": world.acme.id}).location == "/counter"
    assert owner.get("/counter").status_code == 200 and 'href="/"' not in owner.get("/counter").text


def test_an_owners_pin_makes_no_more_of_a_cashiers_sign_in(world):
    cashier = world.as_("acme", "cashier")
    take_over(cashier, choose(world, "owner"))
    assert cashier.get("/cards").location == "/counter" and cashier.get("/counter").status_code == 200


def test_guesses_are_counted_by_person_and_phone_and_keep_nobody_out_elsewhere(world):
    guesser, other = world.as_("acme", "cashier"), world.as_("acme", "cashier")
    owner, manager = choose(world, "owner"), choose(world, "manager", "8642")
    for guess in ("1111", "2222", "3333", "4444", "5555"):
        assert "This is not the PIN of" in take_over(guesser, owner, guess).text
    answer = take_over(guesser, owner)
    assert (
        answer.status_code == 429
        and "Too many tries" in answer.text
        and "Acme Owner" not in guesser.get("/counter").text
    )
    assert take_over(guesser, manager, "8642").location == "/counter"
    assert take_over(other, owner).location == "/counter"


def test_signing_in_anew_gives_no_more_guesses_of_a_day(world):
    owner = choose(world, "owner")
    for _ in range(4):
        phone = world.as_("acme", "cashier")
        for guess in ("1111", "2222", "3333", "4444", "5555"):
            assert "This is not the PIN of" in take_over(phone, owner, guess).text
    assert take_over(world.as_("acme", "cashier"), owner).status_code == 429
    assert take_over(world.as_("acme", "manager"), owner).location == "/counter"


def test_who_has_left_or_has_another_pin_by_now_serves_no_more(world):
    phone, cashier = world.as_("acme", "manager"), choose(world, "cashier")
    take_over(phone, cashier)
    choose(world, "cashier", "8642")
    assert phone.get("/counter").location == "/counter/cashiers" and phone.get("/cards").location == "/counter"
    take_over(phone, cashier, "8642")
    assert phone.get("/counter").status_code == 200
    User.update(disabled_at=0).where(User.id == world.acme.users["cashier"].id).execute()
    assert phone.get("/counter").location == "/counter/cashiers"
    assert take_over(phone, cashier, "8642").status_code == 404
    Membership.delete_by_id(cashier)
    assert not CounterPin.select().exists()


def test_nobody_of_another_partner_can_take_over(world):
    pins.choose(world.rival.id, world.rival.users["owner"].id, PIN, PASSWORD)
    theirs = membership_of(world, "owner", "rival")
    phone = world.as_("acme", "cashier")
    assert phone.get(f"/counter/cashiers/{theirs}").status_code == take_over(phone, theirs).status_code == 404
    assert "Rival" not in phone.get("/counter/cashiers").text


def mails_of(world, role: str) -> list[str]:
    return [mail.subject for mail in Mail.select().where(Mail.to == world.acme.users[role].mail).order_by(Mail.id)]


def test_the_team_shows_who_has_a_pin_and_each_sets_their_own_there_with_their_password(world):
    cashier = world.as_("acme", "cashier")
    Partner.update(areas="coupons").execute()
    assert "Not set" not in cashier.get("/account/team").text
    Partner.update(areas="coupons loyalty").execute()
    page = cashier.get("/account/team").text
    assert (
        page.count("Not set") == 3
        and 'href="/account/team/pin"' in page
        and "/pin" not in page.replace("/account/team/pin", "")
    )
    assert cashier.post("/account/team/pin", {"pin": PIN, "password": "another password"}).status_code == 422
    assert cashier.post("/account/team/pin", {"pin": PIN, "password": PASSWORD}).location == "/account/team"
    page = cashier.get("/account/team").text
    assert page.count("Not set") == 2 and "Change<span" in page and PIN not in page
    assert mails_of(world, "cashier") == ["Your PIN at the counter was set"]
    assert world.as_("acme", "viewer").get("/account/team/pin").status_code == 403
    assert 'href="/account/team/pin"' not in world.as_("acme", "viewer").get("/account/team").text


def test_a_pin_that_is_taken_away_serves_no_more_and_its_person_is_told(world):
    membership, manager, phone = choose(world, "cashier"), world.as_("acme", "manager"), world.as_("acme", "owner")
    take_over(phone, membership)
    place = f"/account/team/{membership}/pin"
    assert f'href="{place}"' in manager.get("/account/team").text
    assert "somebody else has to take over" in manager.get(place).text and CounterPin.select().exists()
    assert manager.post(place).location == "/account/team" and not CounterPin.select().exists()
    assert phone.get("/counter").location.startswith("/counter/cashiers")
    assert mails_of(world, "cashier")[-1] == "Your PIN at the counter was removed"
    assert manager.post(place).status_code == 404


def test_only_who_may_change_the_partner_takes_a_pin_away_and_of_their_own_team_alone(world):
    membership = choose(world, "cashier")
    assert world.as_("acme", "cashier").post(f"/account/team/{membership}/pin").status_code == 403
    assert world.as_("rival").post(f"/account/team/{membership}/pin").status_code == 404
    for by in (world.acme.users["cashier"].id, world.rival.users["owner"].id):
        with pytest.raises(Forbidden):
            pins.remove(world.acme.id, membership, by)
    with pytest.raises(NotFound):
        pins.remove(world.rival.id, membership, world.rival.users["owner"].id)
    assert CounterPin.select().exists()
    pins.remove(world.acme.id, choose(world, "owner"), world.acme.users["owner"].id)
    assert mails_of(world, "owner") == ["Your PIN at the counter was set"]
