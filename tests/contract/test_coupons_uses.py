"""Reservations, uses and checks of coupons over JSON (contract: coupons; the documented sample whole)."""

import re
import time
from types import SimpleNamespace

import pytest

from portal import clock
from portal.domain.accounts.origins import origins
from portal.domain.accounts.tokens import tokens
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.tables import AUTO, FIXED, PRESALE, Coupon
from portal.domain.coupons.permits import EVENTS_READ
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.uses import buyers, giving_back
from portal.domain.coupons.uses.tables import CouponUse
from portal.domain.identifiers import digest
from portal.domain.traces import refusals
from portal.server import limits
from tests.contract.caller import Caller
from tests.support import desk, loyalty

SECRET = "Reservation-Secret"


@pytest.fixture
def nobody(client, world):
    """Somebody without a token."""
    return Caller(client, None)


@pytest.fixture
def level(world):
    return desk.level(desk.event(world.acme), price=1000, capacity=50)


@pytest.fixture
def listing(level):
    return desk.listing(level)


def reserved(api, listing, level, quantity=2, **more) -> dict:
    body = {"listing_id": listing.id, "tickets": [{"price_level_id": level.id, "quantity": quantity}], **more}
    reply = api.post("/reservations", body)
    assert reply.status == 201, reply.body
    return reply.body


def usage(level, *codes, **more) -> dict:
    coupons = [
        {"event_id": level.event_id, "code": code, "amount": None, "coupon_type": None, **more} for code in codes
    ]
    return {"data": {"type": "coupon-usage", "attributes": {"coupons": coupons}}}


def used(nobody, made, level, *codes, **more):
    path, secret = f"/reservations/{made['id']}/coupon-usage", {SECRET: made["secret"]}
    return nobody.post(path, usage(level, *codes, **more), headers=secret)


def valid(caller, level, listing, code, **more):
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    return caller.get(f"/coupon-validation?code={code}&eventId={level.event_id}&listingId={listing.id}{asked}")


def test_the_documented_sample_of_a_use(world, nobody, api):
    event = desk.event(world.acme)
    level = desk.level(event)
    coupon = desk.coupon(world.acme, name="Test Discount Code", code="50off", amount=50)
    assignment = desk.assigned(coupon, ticket_limit=10)
    made = reserved(api, desk.listing(level), level, 1)
    body = usage(level, "50off")
    reply = nobody.post(f"/reservations/{made['id']}/coupon-usage", body, headers={SECRET: made["secret"]})
    assert (reply.status, reply.headers["Content-Type"]) == (200, "application/json")
    assert reply.headers[SECRET] == made["secret"]
    assert reply.body == {
        "data": [
            {
                "id": str(CouponUse.get().id),
                "type": "coupon-usage",
                "attributes": {
                    "event_id": event.id,
                    "code": "50off",
                    "amount": 500,
                    "coupon_type": 2,
                    "reservation_id": str(made["id"]),
                    "coupon_name": "Test Discount Code",
                    "ticket_limit": 10,
                    "coupon_link_id": str(assignment.offers.get().id),
                    "valid_reserve_price_level_ids": [],
                },
                "relationships": [],
                "dependents": [],
            }
        ]
    }
    again = nobody.post(
        f"/reservations/{made['id']}/coupon-usage/", usage(level, " 50OFF "), headers={SECRET: made["secret"]}
    )
    assert again.body == reply.body


def test_a_reservation_is_made_read_bought_and_let_go(world, api, nobody, listing, level):
    mia = loyalty.customer(world.acme)
    made = reserved(api, listing, level, "2", customer_id=mia.uuid)
    told = {name: value for name, value in made.items() if name not in ("secret", "token", "expires_at")}
    assert told == {
        "id": Reservation.get().id,
        "listing_id": listing.id,
        "event_id": level.event_id,
        "customer_id": mia.uuid,
        "state": "held",
        "tickets": [{"price_level_id": level.id, "bundle_id": None, "quantity": 2, "price": 1000, "discount": 0}],
        "coupons": [],
        "face": 2000,
        "discount": 0,
        "total": 2000,
        "currency": "EUR",
    }
    assert re.fullmatch(r"[0-9A-Za-z]{32}", made["secret"]) and made["secret"] != made["token"]
    assert Reservation.get().secret_digest == digest(made["secret"])
    path, secret = f"/reservations/{made['id']}", {SECRET: made["secret"]}
    for reply in (api.get(path), nobody.get(path, headers=secret)):
        assert (reply.status, reply.body) == (200, told | {"expires_at": made["expires_at"]})
    bought = nobody.post(f"{path}/purchase", headers=secret)
    assert (bought.status, bought.body["state"]) == (200, "purchased")
    assert api.post(f"{path}/purchase").body == bought.body
    assert api.delete(path).status == 400
    other = reserved(api, listing, level)
    for _ in range(2):
        assert nobody.delete(f"/reservations/{other['id']}", headers={SECRET: other["secret"]}).status == 204
    assert api.get(f"/reservations/{other['id']}").body["state"] == "released"
    assert api.post(f"/reservations/{other['id']}/purchase").status == 400


def test_a_reservation_keeps_its_coupons_however_it_ended_so_that_its_sums_add_up(world, api, nobody, listing, level):
    coupon = desk.coupon(world.acme)
    desk.assigned(coupon)

    def after(end) -> tuple:
        made = reserved(api, listing, level)
        used(nobody, made, level, coupon.code)
        end(made)
        told = api.get(f"/reservations/{made['id']}").body
        (use,) = told["coupons"]
        assert told["discount"] == use["amount"] == told["face"] - told["total"] == 200
        return told["state"], use["state"]

    def run_out(made) -> None:
        Reservation.update(expires_at=clock.now()).where(Reservation.id == made["id"]).execute()

    def give_back(made) -> None:
        api.post(f"/reservations/{made['id']}/purchase")
        giving_back.give_back(giving_back.of_reservation(made["id"]))

    assert after(lambda made: None) == ("held", "held")
    assert after(lambda made: api.post(f"/reservations/{made['id']}/purchase")) == ("purchased", "committed")
    assert after(lambda made: api.delete(f"/reservations/{made['id']}")) == ("released", "released")
    assert after(run_out) == ("expired", "released")
    assert after(give_back) == ("purchased", "released")


def test_the_token_of_a_reservation_opens_nothing(nobody, api, listing, level):
    made = reserved(api, listing, level)
    path, token = f"/reservations/{made['id']}", {SECRET: made["token"]}
    assert nobody.get(path, headers=token).body == {"errors": [{"status": "403", "detail": "Forbidden"}]}
    assert nobody.post(f"{path}/purchase", headers=token).status == nobody.delete(path, headers=token).status == 403
    assert nobody.get(path).body == {"errors": [{"status": "401", "detail": "Unauthorized"}]}


def test_a_wrong_secret_a_missing_one_an_ended_and_an_unknown_reservation_answer_alike(
    world, nobody, api, listing, level
):
    coupon = desk.coupon(world.acme)
    desk.assigned(coupon)
    made, ended, other = (reserved(api, listing, level) for _ in range(3))
    api.delete(f"/reservations/{ended['id']}")
    bodies = []
    for number, headers in (
        (made["id"], {SECRET: "wrong"}), (made["id"], {}), (made["id"], {SECRET: other["secret"]}),
        (ended["id"], {SECRET: ended["secret"]}), (999_999, {SECRET: made["secret"]}), ("x", {SECRET: made["secret"]}),
    ):  # fmt: skip
        reply = nobody.post(f"/reservations/{number}/coupon-usage", usage(level, coupon.code), headers=headers)
        (error,) = reply.body["errors"]
        assert (reply.status, error["status"], error.keys()) == (403, 403, {"id", "status", "detail"})
        bodies.append(error["detail"])
    assert len(set(bodies)) == 1
    assert CouponUse.select().count() == 0


def test_a_refused_use_says_why_and_uses_nothing(world, nobody, api, listing, level):
    one, other = desk.coupon(world.acme), desk.coupon(world.acme)
    desk.assigned(one, limit=1), desk.assigned(other)
    used(nobody, reserved(api, listing, level), level, one.code)
    made = reserved(api, listing, level)
    for codes, more in (([other.code, one.code], {}), ([], {}), ([other.code], {"coupon_type": 7}), ([other.code], {"amount": -1}),
                        ([other.code], {"event_id": 999}), ([other.code] * 21, {}), (["NOBODY-S"], {})):  # fmt: skip
        reply = used(nobody, made, level, *codes, **more)
        (error,) = reply.body["errors"]
        assert (reply.status, error["status"]) == (400, 400), reply.body
        assert error["detail"] and reply.headers["Content-Type"] == "application/json"
        assert SECRET not in reply.headers
    for body in (b"", b"[]", b"{", b'{"data": {}}', b'{"data": {"attributes": {"coupons": 1}}}'):
        path, secret = f"/reservations/{made['id']}/coupon-usage", {SECRET: made["secret"]}
        assert nobody.post(path, body, headers=secret).status == 400
    assert CouponUse.select().count() == 1
    assert (
        used(nobody, made, level, other.code, amount="7", coupon_type="2").body["data"][0]["attributes"]["amount"] == 7
    )


def test_a_buyer_is_told_one_sentence_of_every_code_that_does_not_work_and_its_seller_why(
    world, nobody, api, stranger, listing, level
):
    off, past, later, shut, gone, spent, one = (desk.coupon(world.acme) for _ in range(7))
    (
        desk.assigned(off),
        desk.assigned(past, end="2020-01-02"),
        desk.assigned(later, start="2999-01-01", end="2999-01-02"),
    )
    desk.assigned(shut, blackout={"start": "2020-01-01", "end": "2999-01-01"}), desk.assigned(gone, limit=1)
    desk.assigned(spent), desk.assigned(desk.coupon(world.acme, code="LONE-1", minimum_tickets=3), one)
    coupons.end(world.acme.id, off.id)
    coupons.change(world.acme.id, spent.id, {"budget": 1, "currency": "EUR"})
    for code in (gone.code, spent.code):
        used(nobody, reserved(api, listing, level), level, code)
    made, tried = reserved(api, listing, level), [each.code for each in (off, past, later, shut, gone, spent)]
    seller, rival = ({"X-API-Token": caller.token} for caller in (api, stranger))

    def detail(code, token=None, **more) -> str:
        headers = {SECRET: made["secret"]} | (token or {})
        path = f"/reservations/{made['id']}/coupon-usage"
        return nobody.post(path, usage(level, code, **more), headers=headers).body["errors"][0]["detail"]

    asked = [*tried, "UNKNOWN-1"]
    assert {detail(code) for code in asked} == {detail(code, rival) for code in asked} == {buyers.NOTHING}
    assert {detail(code, coupon_type=11) for code in asked} == {buyers.NOTHING}, "Not by its type either."
    assert detail("LONE-1") == "This code is for 3 tickets or more."
    told = [detail(code, seller) for code in asked]
    assert len(set(told)) == len(asked) and "Make a coupon with it." in told[-1] and "Switch it on" in told[0]
    assert all(row.sentence != buyers.NOTHING for row in refusals.recent(world.acme.id, "coupon")), (
        "Kept for the seller."
    )


def test_auto_coupons_are_named_in_the_answer(world, api, listing, level):
    auto = desk.coupon(world.acme, AUTO, amount_type=FIXED, amount=300, currency="EUR", threshold=2000)
    desk.assigned(auto)
    made = reserved(api, listing, level)
    (told,) = made["coupons"]
    assert told == {
        "code": auto.written, "coupon_name": auto.name, "coupon_type": 8, "amount": 300, "state": "held"
    }  # fmt: skip
    assert (made["face"], made["discount"], made["total"], made["tickets"][0]["discount"]) == (2000, 300, 1700, 300)


def test_a_use_says_which_price_levels_it_opens(world, nobody, api):
    level = desk.level(desk.event(world.acme), is_locked=True)
    coupon = desk.coupon(world.acme, PRESALE)
    desk.assigned(coupon, price_level_ids=[level.id])
    made = reserved(api, desk.listing(level), level)
    assert api.post(f"/reservations/{made['id']}/purchase").status == 400
    (use,) = used(nobody, made, level, coupon.code).body["data"]
    told = {name: use["attributes"][name] for name in ("amount", "ticket_limit", "valid_reserve_price_level_ids")}
    assert told == {"amount": 0, "ticket_limit": None, "valid_reserve_price_level_ids": [level.id]}
    assert api.post(f"/reservations/{made['id']}/purchase").body["state"] == "purchased"


def test_validation_is_a_bare_answer_and_changes_nothing(world, nobody, api, listing, level):
    coupon, ended = desk.coupon(world.acme), desk.coupon(world.acme)
    desk.assigned(coupon), desk.assigned(ended, end="2020-01-02")
    foreign = desk.coupon(world.rival)
    desk.assigned(foreign)
    assert valid(nobody, level, listing, f"%20{coupon.code.lower()}").body == {"valid": True}
    answers = [valid(nobody, level, listing, code) for code in ("UNKNOWN", ended.code, foreign.code, "x" * 300)]
    assert {(answer.status, answer.raw) for answer in answers} == {(200, b'{"valid":false}')}
    path = f"/coupon-validation?code={coupon.code}"
    for asked in (f"&eventId=999999&listingId={listing.id}", f"&eventId={level.event_id}&listingId=999999"):
        assert nobody.get(path + asked).body == {"valid": False}
    for asked in ("", f"&eventId={level.event_id}", f"&eventId={level.event_id}&listingId=x", "&eventId=&listingId=1"):
        reply = nobody.get(path + asked)
        assert (reply.status, reply.body["errors"][0]["status"]) == (400, "400")
        assert isinstance(reply.body["errors"][0]["detail"], list)
    assert nobody.get(f"/coupon-validation?eventId={level.event_id}&listingId={listing.id}").status == 400
    assert (Coupon.get_by_id(coupon.id).uses, CouponUse.select().count()) == (0, 0)


def test_with_the_sellers_token_validation_tells_each_step(world, nobody, api, stranger, listing, level):
    coupon = desk.coupon(world.acme)
    desk.assigned(coupon, end="2020-01-02")
    reply = valid(api, level, listing, coupon.code)
    assert reply.body["valid"] is False
    assert [step["check"] for step in reply.body["checks"]] == [
        "code", "active", "event", "listing", "dates", "blackout", "uses", "budget", "customer", "tickets", "combination",
        "amount",
    ]  # fmt: skip
    (failed,) = [step for step in reply.body["checks"] if step["outcome"] == "failed"]
    assert failed["check"] == "dates" and failed["detail"] and failed["fix"]
    assert valid(stranger, level, listing, coupon.code).body["checks"][0]["outcome"] == "failed"
    wrong = Caller(api.client, "pp_live_" + "x" * 36, api.description)
    assert valid(wrong, level, listing, coupon.code).status == 401


def test_the_token_of_a_reservation_asks_whether_that_one_can_take_the_coupon(world, nobody, api, listing, level):
    coupon = desk.coupon(world.acme, minimum_tickets=2)
    desk.assigned(coupon)
    one, two, ended = (reserved(api, listing, level, quantity) for quantity in (1, 2, 2))
    api.delete(f"/reservations/{ended['id']}")
    asked = {token: valid(nobody, level, listing, coupon.code, token=token).body["valid"]
             for token in (one["token"], two["token"], ended["token"], two["secret"], "none")}  # fmt: skip
    assert [token for token, is_valid in asked.items() if is_valid] == [two["token"]]


def test_after_sixty_wrong_codes_in_a_minute_nobody_is_told_whether_one_is_valid(
    world, nobody, api, stranger, listing, level, monkeypatch
):
    now = [time.time_ns()]
    monkeypatch.setattr(limits, "time", SimpleNamespace(time_ns=lambda: now[0]))
    coupon = desk.coupon(world.acme)
    desk.assigned(coupon)
    made, shop = reserved(api, listing, level), {"X-API-Token": api.token}
    path, body = f"/reservations/{made['id']}/coupon-usage", usage(level, "WRONG")

    def ask(number: int) -> int:
        """By turns checked and used; one a second."""
        now[0] += 10**9
        reply = used(nobody, made, level, "WRONG") if number % 2 else valid(nobody, level, listing, f"WRONG-{number}")
        return {400: 200}.get(reply.status, reply.status)

    for _ in range(5):
        assert valid(nobody, level, listing, coupon.code).body["valid"]
    assert [ask(number) for number in range(60)] == [200] * 60
    reply = valid(nobody, level, listing, coupon.code)
    assert (reply.status, reply.body["errors"][0]["status"]) == (429, "429") and reply.headers["Retry-After"] == "1"
    assert reply.headers.getlist("RateLimit") == ['"guesses";r=0;t=1'], "Of the limit that refused, and of no other."
    assert reply.headers.getlist("RateLimit-Policy") == ['"guesses";q=60;w=60']
    other = reserved(api, listing, level)
    assert used(nobody, other, level, coupon.code).status == 429, "An address counts for checks and uses together."
    rival = {SECRET: other["secret"], "X-API-Token": stranger.token}
    assert (
        nobody.post(f"/reservations/{other['id']}/coupon-usage", usage(level, coupon.code), headers=rival).status == 429
    )
    own = shop | {SECRET: other["secret"]}
    assert (
        nobody.post(f"/reservations/{other['id']}/coupon-usage", usage(level, coupon.code), headers=own).status == 200
    )
    assert valid(api, level, listing, coupon.code).body["valid"], "The seller asks as often as the token may."
    assert [ask(number) for number in range(60)] == [200] * 60, "Each counts for a minute, and then no more."
    now[0] += 60 * 10**9
    tries = [nobody.post(path, body, headers=shop | {SECRET: made["secret"]}).status for _ in range(61)]
    assert tries == [400] * 60 + [429], "With the seller's token a reservation counts alone."
    assert valid(nobody, level, listing, coupon.code).body["valid"]
    assert valid(nobody, level, listing, coupon.code, token=made["token"]).status == 429


def test_a_token_that_may_not_read_coupons_is_told_as_much_as_a_stranger(world, client, listing, level):
    coupon = desk.coupon(world.acme)
    desk.assigned(coupon)
    caller = Caller(client, tokens.make(world.acme.partner, "Another", [EVENTS_READ])[1])
    assert valid(caller, level, listing, coupon.code).body == {"valid": True}
    assert valid(caller, level, listing, "UNKNOWN-1").body == {"valid": False}


def test_a_key_belongs_to_the_reservation_and_its_kept_answer_holds_no_secret(world, nobody, api, listing, level):
    coupon = desk.coupon(world.acme)
    desk.assigned(coupon)
    key = {"Idempotency-Key": "one"}
    body = {"listing_id": listing.id, "tickets": [{"price_level_id": level.id, "quantity": 1}]}
    first, again = (api.post("/reservations", body, headers=key) for _ in range(2))
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.body == first.body | {"secret": None, "token": None}
    path, secret = f"/reservations/{first.body['id']}/coupon-usage", {SECRET: first.body["secret"]}
    one, same = (nobody.post(path, usage(level, coupon.code), headers=key | secret) for _ in range(2))
    assert (one.body, same.headers["Idempotent-Replayed"], same.headers[SECRET]) == (same.body, "true", secret[SECRET])
    other = reserved(api, listing, level)
    assert used(nobody, other, level, coupon.code).status == 200
    moved = nobody.post(
        f"/reservations/{other['id']}/coupon-usage", usage(level, coupon.code), headers=key | {SECRET: other["secret"]}
    )
    assert moved.status == 200 and "Idempotent-Replayed" not in moved.headers


def test_a_reservation_of_another_seller_is_none(world, stranger, api, listing, level):
    made = reserved(api, listing, level)
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/purchase")):
        assert stranger(method, f"/reservations/{made['id']}{path}").status == 404
    body = {"listing_id": listing.id, "tickets": [{"price_level_id": level.id, "quantity": 1}]}
    assert stranger.post("/reservations", body).status == 400
    for tickets in (
        [],
        [{"quantity": 1}],
        [{"price_level_id": level.id, "quantity": 0}],
        [{"price_level_id": 999_999, "quantity": 1}],
    ):
        assert api.post("/reservations", {"listing_id": listing.id, "tickets": tickets}).status == 400
    assert Reservation.select().count() == 1


def test_a_parent_gets_the_tickets_that_ran_out_at_a_company_also_with_a_key(client, world):
    parent = Caller(client, world.northwind.token)
    level = desk.level(desk.event(world.north), capacity=2)
    first = reserved(parent, listing := desk.listing(level), level)
    Reservation.update(expires_at=clock.now()).where(Reservation.id == first["id"]).execute()
    asked = {"listing_id": listing.id, "tickets": [{"price_level_id": level.id, "quantity": 2}]}
    assert parent.post("/reservations", asked, headers={"Idempotency-Key": "again"}).status == 201


def test_a_wrong_verb_is_refused_in_the_shape_of_the_address(nobody):
    for method, path, media in (
        ("GET", "/coupons-assignment", "application/vnd.api+json"),
        ("GET", "/reservations/1/coupon-usage", "application/json"),
        ("PUT", "/coupons", "application/json"),
    ):
        reply = nobody(method, path)
        (error,) = reply.body["errors"]
        assert (reply.status, str(error["status"]), reply.headers["Content-Type"]) == (405, "405", media)
        assert "id" in error if path != "/coupons" else isinstance(error["status"], str)
        assert reply.headers["Allow"]


def test_only_pages_of_the_seller_read_the_answers_about_its_coupons(world, client, api, listing, level):
    coupon = desk.coupon(world.acme)
    desk.assigned(coupon)
    own, others = "https://shop.example", "https://rival.example"
    origins.put(world.acme.partner, [own]), origins.put(world.rival.partner, [others])
    made = reserved(api, listing, level)
    asked = f"/api/coupon-validation?code={coupon.code}&eventId={level.event_id}&listingId={listing.id}"
    for origin, allowed in ((own, own), (others, None)):
        headers = {"Origin": origin}
        used = client.post(f"/api/reservations/{made['id']}/coupon-usage", json=usage(level, coupon.code),
                           headers=headers | {SECRET: made["secret"]})  # fmt: skip
        for answer in (client.get(asked, headers=headers), used):
            assert answer.status_code == 200 and answer.headers.get("Access-Control-Allow-Origin") == allowed


def test_numbers_of_a_query_are_whole_and_in_digits(api, level, listing):
    for name in ("page", "modifiedSince", "sellerId"):
        for wrong in ("4.0", "x", "1e3"):
            assert api.get(f"/coupons?{name}={wrong}").status == 400, (name, wrong)
    many = "1" + "0" * 22
    assert [api.get(f"/coupons?{name}={many}").status for name in ("page", "modifiedSince", "sellerId")] == [
        200,
        200,
        403,
    ]
    assert api.get("/coupons?modifiedSince=-" + many).status == 400


def test_what_is_refused_alike_has_no_404_in_the_description(api):
    paths = api.description.document["paths"]
    told = [operation for verbs in paths.values() for operation in verbs.values()]
    statuses = {one["operationId"]: one["responses"].keys() for one in told}
    for operation in ("get_coupon", "use_coupons"):
        assert "403" in statuses[operation] and "404" not in statuses[operation]
    assert "404" in statuses["update_coupon"]
