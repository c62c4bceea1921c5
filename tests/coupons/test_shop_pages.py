"""The demo shop: the whole way of a ticket with a coupon, for whoever has the link."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.coupons import guessing
from portal.domain import verify
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.tables import ACCESS, FIXED
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.shop import strangers
from portal.domain.coupons.ticketed_events import events, selling
from portal.domain.coupons.ticketed_events.tables import PriceLevel
from portal.domain.coupons.uses.tables import CouponUse
from portal.server.limits import Policy
from portal.web.formats import NO_BREAK
from tests.support import desk

NOT_HERE = "This code does not work here now."


@pytest.fixture
def stage(world):
    """An event with front rows, and a lounge that a code opens."""
    event = desk.event(world.acme, name="Gala")
    front, lounge = desk.level(event, 4500, 40, name="Front"), desk.level(event, 9000, 5, name="Lounge", is_locked=True)
    listing = selling.switch(world.acme.id, desk.listing(front, lounge).id, True)
    yield Stage(world, event, front, lounge, listing, f"/shop/{listing.key}")
    assert verify.faults() == []


class Stage:
    def __init__(self, world, event, front, lounge, listing, place):
        self.world, self.event, self.front, self.lounge, self.listing, self.place = (
            world,
            event,
            front,
            lounge,
            listing,
            place,
        )

    def reserve(self, visitor, front="2", **more):
        return visitor.post(f"{self.place}/reservation", {f"level-{self.front.id}": front, **more})


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split()).replace(NO_BREAK, " ")


def alert(page: str) -> str:
    return words(re.search(r'id="code-error".*?</p>', page, re.S)[0])


def test_an_open_shop_is_for_anybody_and_one_that_is_not_for_the_team(world, stage):
    nobody = world.anonymous()
    assert "Front" in nobody.get(stage.place).text
    selling.switch(world.acme.id, stage.listing.id, False)
    assert nobody.get(stage.place).status_code == 404 == world.as_("rival").get(stage.place).status_code
    assert "Only your team sees it" in world.as_("acme", "viewer").get(stage.place).text
    selling.switch(world.acme.id, stage.listing.id, True)
    Partner.update(disabled_at=clock.now()).where(Partner.id == world.acme.id).execute()
    assert nobody.get(stage.place).status_code == 404 == nobody.get("/shop/nothing").status_code
    Partner.update(disabled_at=None).where(Partner.id == world.acme.id).execute()


@pytest.mark.on_both_engines
def test_what_the_shop_shows_is_what_is_charged(world, stage):
    coupon = desk.coupon(world.acme, code="Summer-25", amount=25)
    desk.assigned(coupon)
    visitor = world.anonymous()
    assert "25% off" in words(visitor.get(f"{stage.place}?code=summer-25").text)
    stage.reserve(visitor, code="summer-25")
    page = words(visitor.get(stage.place).text)
    assert "2 × Front 90.00 EUR Summer-25 for 2 tickets −22.50 EUR To pay 67.50 EUR" in page and "Pay 67.50 EUR" in page
    coupons.change(world.acme.id, coupon.id, {"amount": 90})
    visitor.post(f"{stage.place}/purchase")
    page = words(visitor.get(stage.place).text)
    assert "These tickets are yours Nothing was charged" in page and "Total 67.50 EUR" in page
    held = Reservation.get()
    assert (held.state, held.face, held.discount) == ("purchased", 9000, 2250)
    assert CouponUse.get().state == "committed"
    visitor.post(f"{stage.place}/again")
    assert "Reserve for 15 minutes" in visitor.get(stage.place).text


def test_a_code_says_for_which_tickets_how_many_and_until_when(world, stage):
    acme, ends = world.acme, {"end": "2031-05-31", "timezone": "Europe/Vienna"}
    desk.assigned(desk.coupon(acme, code="ALL-1"), ticket_limit=1, **ends)
    desk.assigned(desk.coupon(acme, ACCESS, code="LOUNGE-1"), price_level_ids=[stage.lounge.id], **ends)
    page = words(world.anonymous().get(f"{stage.place}?code=ALL-1&code=LOUNGE-1").text)
    until = "until 31 May 2031, 23:59, Vienna time"
    assert f"ALL-1 10% off for all tickets here, at most 1 ticket of an order, {until}" in page
    assert f"LOUNGE-1 opens Lounge {until}" in page
    visitor = world.anonymous()
    stage.reserve(visitor, code="ALL-1")
    assert "ALL-1 for 1 ticket −4.50 EUR" in words(visitor.get(stage.place).text)


def test_a_link_with_a_code_is_used_beside_an_old_receipt_which_stays_to_be_looked_at(world, stage):
    desk.assigned(desk.coupon(world.acme, code="AGAIN-1"))
    visitor, link = world.anonymous(), f"{stage.place}?code=AGAIN-1"
    stage.reserve(visitor)
    assert 'value="AGAIN-1"' in visitor.get(link).text and "To pay" in visitor.get(link).text
    visitor.post(f"{stage.place}/purchase")
    page = visitor.get(link).text
    assert "You bought tickets here before" in page and "10% off" in words(page) and f'href="{stage.place}"' in page
    assert "These tickets are yours" in visitor.get(stage.place).text
    stage.reserve(visitor, "1", code="AGAIN-1")
    assert Reservation.select().count() == 1, "A page that was left open buys nothing twice."
    tried = visitor.post(f"{stage.place}/code", {"code": "AGAIN-1", "anew": "1"}).text
    assert "10% off" in words(tried) and 'name="anew"' in tried
    stage.reserve(visitor, "1", code="AGAIN-1", anew="1")
    assert "AGAIN-1 for 1 ticket" in words(visitor.get(stage.place).text) and Reservation.select().count() == 2


def test_what_is_locked_is_hidden_until_a_code_opens_it(world, stage):
    desk.assigned(desk.coupon(world.acme, ACCESS, code="LOUNGE"), price_level_ids=[stage.lounge.id])
    visitor, wanted = world.anonymous(), {f"level-{stage.lounge.id}": "1"}
    page = visitor.get(stage.place).text
    assert "Lounge" not in page and 'name="code"' in page
    refused = stage.reserve(visitor, "0", **wanted)
    assert "are not sold here any more" in refused.text and Reservation.select().count() == 0
    opened = visitor.post(f"{stage.place}/code", {"code": "lounge", f"level-{stage.front.id}": "2"}).text
    assert "opens Lounge" in words(opened) and f'name="level-{stage.lounge.id}"' in opened
    assert 'value="2" selected' in opened, "What was chosen before stays chosen."
    stage.reserve(visitor, "0", code="LOUNGE", **wanted)
    visitor.post(f"{stage.place}/purchase")
    assert Reservation.get().state == "purchased"


def test_codes_that_are_unknown_ended_or_anothers_answer_alike(world, stage):
    acme = world.acme
    off = desk.coupon(acme, code="OFF-1")
    desk.assigned(off)
    coupons.end(acme.id, off.id)
    desk.assigned(desk.coupon(acme, code="PAST-1"), end="2020-12-31")
    desk.assigned(desk.coupon(world.rival, code="RIVAL-1"))
    desk.coupon(acme, code="UNASSIGNED-1")
    codes, reserved = ("NONE-1", "OFF-1", "PAST-1", "RIVAL-1", "UNASSIGNED-1"), world.anonymous()
    stage.reserve(reserved)
    before = {alert(world.anonymous().get(f"{stage.place}?code={code}").text) for code in codes}
    after = {alert(reserved.post(f"{stage.place}/code", {"code": code}).text) for code in codes}
    assert len(before) == 1 and before == after and NOT_HERE in before.pop()
    assert CouponUse.select().count() == 0


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"minimum_tickets": 3}, "This code is for 3 tickets or more."),
        ({"customer_limit": 1}, "This code is for customers whom the seller knows"),
        ({"is_alone": True}, "This code goes with no other one."),
    ],
)
def test_why_a_good_code_does_not_fit_the_tickets_is_said_plainly(world, stage, given, sentence):
    first = desk.coupon(world.acme, code="FIRST-1", amount_type=FIXED, amount=100, currency="EUR")
    desk.assigned(first, desk.coupon(world.acme, code="SECOND-1", **given))
    visitor = world.anonymous()
    stage.reserve(visitor, code="FIRST-1")
    answer = visitor.post(f"{stage.place}/code", {"code": "SECOND-1"}, htmx=True)
    assert answer.status_code == 422 and sentence in alert(answer.text) and "<html" not in answer.text


def test_a_reservation_that_has_run_out_says_so_and_holds_nothing(world, stage):
    visitor = world.anonymous()
    stage.reserve(visitor)
    assert 'data-left="' in visitor.get(stage.place).text
    Reservation.update(expires_at=clock.now() - timedelta(seconds=1)).execute()
    assert "The time is over" in visitor.get(stage.place).text
    assert Reservation.get().state == "expired" and PriceLevel.get_by_id(stage.front.id).taken == 0
    visitor.post(f"{stage.place}/purchase")
    assert Reservation.get().state == "expired"


def test_letting_go_gives_tickets_and_codes_back(world, stage):
    desk.assigned(desk.coupon(world.acme, code="ONCE-1"), limit=1)
    visitor = world.anonymous()
    stage.reserve(visitor, code="ONCE-1")
    visitor.post(f"{stage.place}/release")
    assert "The tickets are let go" in visitor.get(stage.place).text
    assert CouponUse.get().state == "released" and PriceLevel.get_by_id(stage.front.id).taken == 0


def test_the_secret_stands_in_no_page_and_no_address_and_others_see_nothing(world, stage):
    visitor = world.anonymous()
    answer = stage.reserve(visitor)
    assert answer.location == stage.place
    with visitor.client.session_transaction(base_url=visitor._base()) as session:
        secret = session["shop"][stage.listing.key][1]
    page = visitor.get(stage.place)
    assert secret not in page.text and "$RESERVATION_SECRET" not in page.text
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
    assert "To pay" not in world.anonymous().get(stage.place).text


def test_the_requests_that_it_made_are_told_with_placeholders(world, stage):
    desk.assigned(desk.coupon(world.acme, code="TEN-1"))
    visitor = world.anonymous()
    told = visitor.get(f"{stage.place}?code=TEN-1").text
    assert f"/api/coupon-validation?code=TEN-1&amp;eventId={stage.event.id}&amp;listingId={stage.listing.id}" in told
    stage.reserve(visitor, code="TEN-1")
    visitor.post(f"{stage.place}/purchase")
    told = visitor.get(stage.place).text.replace("&#34;", '"')
    number = Reservation.get().id
    assert f'"listing_id": {stage.listing.id}' in told and '"quantity": 2' in told and "X-API-Token: $TOKEN" in told
    assert f"/api/reservations/{number}/coupon-usage" in told and f"/api/reservations/{number}/purchase" in told
    assert "Reservation-Secret: $RESERVATION_SECRET" in told


def test_strangers_empty_no_shop_and_find_no_code_by_trying(world, stage, monkeypatch):
    visitor = world.anonymous()
    assert "at most 10 tickets" in stage.reserve(visitor, "11").text and Reservation.select().count() == 0
    assert "Choose at least one" in stage.reserve(visitor, "0").text
    monkeypatch.setattr(guessing, "POLICY", Policy("guesses", 2, 60))
    answers = [visitor.get(f"{stage.place}?code=WRONG-{number}") for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Too many codes" in answers[-1].text
    assert visitor.post_without_token(f"{stage.place}/reservation", {}).status_code == 400


@pytest.mark.on_both_engines
def test_strangers_have_twenty_tickets_a_day_from_one_network_and_the_team_as_many_as_there_are(world, stage):
    events.change_level(world.acme.id, stage.front.id, {"capacity": 200})
    for number in ("10", "8"):
        buyer = world.anonymous()
        stage.reserve(buyer, number)
        buyer.post(f"{stage.place}/purchase")
    refused = stage.reserve(world.anonymous(), "3")
    assert refused.status_code == 422 and "20 tickets a day from one network" in refused.text
    assert "There are 2 for you now" in refused.text
    last = world.anonymous()
    assert stage.reserve(last, "2").status_code == 303
    assert "Come again tomorrow, or ask the seller" in stage.reserve(world.anonymous(), "1").text
    elsewhere = world.anonymous()
    elsewhere.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert stage.reserve(elsewhere, "1").status_code == 303
    assert stage.reserve(world.as_("acme", "viewer"), "10").status_code == 303
    last.post(f"{stage.place}/release")
    assert stage.reserve(world.anonymous(), "2").status_code == 303, "What was let go counts no more."
    assert PriceLevel.get_by_id(stage.front.id).taken == 31
    Reservation.update(created_at=clock.now() - timedelta(hours=25)).where(Reservation.state == "purchased").execute()
    assert stage.reserve(world.anonymous(), "10").status_code == 303


@pytest.mark.on_both_engines
def test_strangers_together_have_half_of_what_the_seller_left(world, stage, monkeypatch):
    monkeypatch.setattr(strangers, "A_DAY", 100)
    assert stage.reserve(world.as_("acme"), "10").status_code == 303
    stage.reserve(world.anonymous(), "10")
    refused = stage.reserve(world.anonymous(), "6")
    assert refused.status_code == 422 and "Of Front visitors have half at most" in refused.text
    assert "There are 5 for you now" in refused.text and '<option value="5"' in refused.text
    assert '<option value="6"' not in refused.text
    assert stage.reserve(world.anonymous(), "5").status_code == 303
    visitor = world.anonymous()
    refused = stage.reserve(visitor, "1")
    assert "That half is sold or held" in refused.text and "No more for visitors" in visitor.get(stage.place).text
    assert PriceLevel.get_by_id(stage.front.id).taken == 25
    assert stage.reserve(world.as_("acme", "manager"), "10").status_code == 303


def test_few_reservations_are_made_from_one_address(world, stage, monkeypatch):
    monkeypatch.setattr("portal.coupons.shop.acts._MOST", 2)
    answers = [stage.reserve(world.anonymous(), "1") for _ in range(3)]
    assert "Too much was reserved from here" in answers[-1].text and Reservation.select().count() == 2


def test_it_speaks_russian(world, stage):
    visitor = world.anonymous()
    visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ru"
    assert "Забронировать на 15 минут" in visitor.get(stage.place).text
    stage.reserve(visitor)
    assert "К оплате" in visitor.get(stage.place).text
