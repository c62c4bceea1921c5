"""What the contract settles of deals: create-or-move, statuses, costs, times."""

import json
import re

import pytest

from portal import clock
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from tests.contract.caller import Caller
from tests.contract.promoters import promoted

DAY = 86_400
FINAL = "This deal is canceled, and that is final. Report a new deal with another deal_id."


def test_a_report_is_echoed_with_every_documented_key(shop):
    assert shop.report(promo_code="Promo").body == {
        "another_data": "myshare=BDGSYEHVX",
        "cost": 100.0,
        "is_returned": False,
        "promo_code": "Promo",
        "currency": "USD",
        "status": "Created",
        "offer": "Plan",
        "deal_id": "order-1",
    }


def test_an_identical_repeat_changes_nothing(shop):
    for status in ("Created", "Paid"):
        first = shop.report(status=status).body
        shown = shop.deal()
        assert shop.report(status=status).body == first
        assert shop.deal() == shown
    assert Deal.select().count() == 1


def test_a_late_created_to_a_paid_deal_answers_the_present_status(shop):
    shop.report(status="Paid")
    shown = shop.deal()
    assert shop.report(status="Created").body["status"] == "Paid"
    assert shop.deal() == shown


def test_a_deal_may_be_paid_from_the_start(shop):
    assert shop.report(status="Paid").body["status"] == "Paid"
    shown = shop.deal()
    assert (shown["payment_sum"], shown["paid_at"]) == (20.0, shown["conversion_time"])


def test_other_parameters_are_refused_and_named(shop, api):
    api.made("/catalog/", {"title": "Other", "catalog_code": "other"})
    shop.report(promo_code="Promo")
    shown = shop.deal()
    for name, value in {
        "offer": "Plan B", "cost": 99, "currency": "RUB", "promo_code": "Else", "another_data": "uid=X", "catalog_code": "other",
    }.items():  # fmt: skip
        reply = shop.report(**{"promo_code": "Promo", "status": "Paid", name: value})
        assert (reply.status, reply.fields) == (400, [name])
        assert name in reply.body["detail"]
    reply = shop.report(cost=1, another_data=..., status="Paid")
    assert (reply.status, reply.fields) == (400, ["cost", "promo_code", "another_data"])
    assert shop.deal() == shown


def test_null_empty_and_absent_parameters_are_equal(shop):
    shop.report(promo_code=None, another_data="")
    for empty in (None, "", ...):
        assert shop.report(promo_code=empty, another_data=empty, is_returned=empty).status == 200
    assert shop.deal()["promo"] is None


def test_cost_is_compared_with_the_present_or_the_first(shop, api):
    shop.report()
    api.patch("/deal/order-1/", {"cost": 50})
    for cost in (100, 50, "100.00", "50"):
        assert shop.report(cost=cost).body["cost"] == 50.0
    assert shop.report(cost=75).fields == ["cost"]
    assert shop.report(status="Paid").status == 200
    assert shop.deal()["payment_sum"] == 10.0


def test_a_deal_keeps_the_offer_and_the_name_it_was_made_with(shop, api):
    shop.report()
    api.patch(f"/offer/{shop.offer['id']}/", {"name": "Renamed"})
    for name in ("Plan", "Renamed"):
        assert shop.report(offer=name).body["offer"] == "Plan"
    assert shop.deal()["offer"]["name"] == "Plan"


def test_the_terms_of_a_deal_are_those_it_was_made_under(shop, api):
    shop.report()
    api.patch(f"/offer/{shop.offer['id']}/", {"reward_percent": 50})
    shop.report(status="Paid")
    assert shop.deal()["payment_sum"] == 20.0


def test_canceled_is_final_by_whichever_road(shop, api):
    for number, cancel in enumerate(
        (
            lambda **more: shop.report(status="Canceled", **more),
            lambda deal_id: api.patch(f"/deal/{deal_id}/", {"status": "Canceled"}),
        )
    ):
        deal_id = f"order-{number}"
        shop.report(deal_id=deal_id, status="Paid")
        assert cancel(deal_id=deal_id).body["status"] == "Canceled"
        shown = shop.deal(deal_id)
        assert cancel(deal_id=deal_id).status == 200
        for status in ("Created", "Paid"):
            assert shop.report(deal_id=deal_id, status=status).body["detail"] == FINAL
            assert api.patch(f"/deal/{deal_id}/", {"status": status}).body["detail"] == FINAL
        assert api.refused("PATCH", f"/deal/{deal_id}/", {"cost": 5}) == ["status"]
        assert shop.deal(deal_id) == shown


def test_a_deal_that_was_never_reported_cannot_be_canceled(shop):
    assert shop.report(status="Canceled").fields == ["status"]
    assert Deal.select().count() == 0


def test_returned_takes_effect_only_with_canceled(shop, api):
    assert shop.report(is_returned=True).body["is_returned"] is False
    assert shop.report(is_returned=True, status="Paid").body["is_returned"] is False
    assert api.patch("/deal/order-1/", {"is_returned": True}).body["is_returned"] is False
    assert api.patch("/deal/order-1/", {"status": "Canceled"}).body["is_returned"] is False
    assert api.patch("/deal/order-1/", {"is_returned": True}).body["is_returned"] is True
    assert api.patch("/deal/order-1/", {"is_returned": False}).body["is_returned"] is True
    shop.report(deal_id="order-2")
    assert shop.report(deal_id="order-2", status="Canceled", is_returned=True).body["is_returned"] is True


def test_patch_moves_as_the_statuses_allow(shop, api):
    shop.report()
    for status, answer in (
        ("Created", 200),
        ("Paid", 200),
        ("Paid", 200),
        ("Created", 400),
        ("Canceled", 200),
        ("Paid", 400),
    ):
        assert api.patch("/deal/order-1/", {"status": status}).status == answer, status
    assert api.refused("PATCH", "/deal/order-1/", {"status": "paid"}) == ["status"]


def test_an_empty_patch_changes_nothing(shop, api):
    shop.report()
    shown = shop.deal()
    for body in (None, {}, {"status": "", "cost": "", "comment": ""}, {"nothing": "known"}):
        assert api.patch("/deal/order-1/", body).body == {
            "status": "Created",
            "cost": 100.0,
            "is_returned": False,
            "comment": None,
        }
    assert shop.deal() == shown


def test_a_comment_is_set_kept_and_cleared(shop, api):
    shop.report()
    for sent, kept in (
        ({"comment": "one"}, "one"),
        ({"comment": ""}, "one"),
        ({"cost": 90}, "one"),
        ({"comment": None}, None),
    ):
        assert api.patch("/deal/order-1/", sent).body["comment"] == kept


def test_a_changed_cost_reworks_the_reward_until_approval(shop, api):
    shop.report()
    assert (api.patch("/deal/order-1/", {"cost": 60}).body["cost"], shop.deal()["payment_sum"]) == (60.0, 0.0)
    api.patch("/deal/order-1/", {"status": "Paid", "cost": "50.00"})
    assert shop.deal()["payment_sum"] == 10.0
    for cost, field in ((-1, "cost"), (1.001, "cost"), (10**16, "cost"), ("x", "cost")):
        assert api.refused("PATCH", "/deal/order-1/", {"cost": cost}) == [field]
    api.patch("/deal/order-1/", {"cost": 0.13})
    assert shop.deal()["payment_sum"] == 0.03
    Deal.update(due_at=0).execute()
    deal_moves.settle_due()
    refused = api.patch("/deal/order-1/", {"cost": 5})
    assert (refused.status, refused.body["detail"]) == (
        400,
        "This deal is approved: its cost can no longer change. Cancel it instead.",
    )
    assert api.patch("/deal/order-1/", {"cost": 0.13, "comment": "the same cost is no change"}).status == 200


def test_the_reward_is_rounded_half_even_to_the_minor_unit(shop):
    for number, (cost, sum_) in enumerate(((0.12, 0.02), (0.13, 0.03), (0.125 * 100, 2.5), (0.02, 0.0), (0.03, 0.01))):
        shop.report(deal_id=f"r-{number}", cost=cost, status="Paid")
        assert shop.deal(f"r-{number}")["payment_sum"] == sum_


def test_a_deal_is_named_by_the_merchants_id_first_then_by_ours(shop, api):
    shop.report(deal_id="a")
    system_id = shop.deal("a")["id"]
    assert api.get(f"/deal/{system_id}/").body["deal_id"] == "a"
    assert api.get(f"/deal/{system_id.upper()}/").body["deal_id"] == "a"
    shop.report(deal_id=system_id)
    assert api.get(f"/deal/{system_id}/").body["deal_id"] == system_id
    assert api.patch(f"/deal/{system_id}/", {"comment": "the merchant's"}).status == 200
    assert api.patch("/deal/a/", {}).body["comment"] is None


@pytest.mark.parametrize("deal_id", ["Custom Deal ID", "a/b", "заказ №1", "x" * 255, "50%+1?&#", "..", "null"])
def test_a_deal_id_may_be_any_printable_text(shop, api, deal_id):
    assert shop.report(deal_id=deal_id).body["deal_id"] == deal_id
    listed = api.client.get("/api/deal/", query_string={"deal_id": deal_id}, headers={"Authorization": api.token}).json
    assert [deal["deal_id"] for deal in listed] == [deal_id]


def test_text_around_which_somebody_left_spaces_names_the_same_thing(shop, api):
    """Catalog codes and offer names are kept without them, so a report that repeats what was sent must find them."""
    made = api.made(
        "/offer/",
        {
            "name": " Spaced ",
            "catalog_id": shop.catalog["id"],
            "prices": [{"cost": 1, "currency": "USD"}],
            "reward_percent": 5,
        },
    )
    assert made["name"] == "Spaced"
    for _ in range(2):
        assert shop.report(offer=" Spaced ", catalog_code=" shop ", deal_id=" 1 ", promo_code=" promo ").status == 200
    assert shop.deal("1")["promo"] == {"code": "promo", "percent_discounts": 5.0}


def test_a_report_that_cannot_be_is_refused_and_named(shop):
    for said, fields in (
        ({"deal_id": ""}, ["deal_id"]),
        ({"deal_id": "x" * 256}, ["deal_id"]),
        ({"deal_id": "a\nb"}, ["deal_id"]),
        ({"deal_id": 7}, ["deal_id"]),
        ({"status": "created"}, ["status"]),
        ({"status": None}, ["status"]),
        ({"cost": -0.01}, ["cost"]),
        ({"cost": 0.001}, ["cost"]),
        ({"currency": "XAU"}, ["currency"]),
        ({"currency": "EUR"}, ["currency"]),
        ({"offer": "No such"}, ["offer"]),
        ({"catalog_code": "none"}, ["catalog_code"]),
        ({"is_returned": "yes"}, ["is_returned"]),
        ({"promo_code": "x" * 256}, ["promo_code"]),
        ({"another_data": "x" * 4001}, ["another_data"]),
    ):
        reply = shop.report(**said)
        assert (reply.status, reply.fields) == (400, fields), said
    assert Deal.select().count() == 0


def test_a_refusal_is_short_and_in_plain_words(shop, api):
    shop.report()
    for reply, message in (
        (shop.report(deal_id="2", cost=None), "Send a number."),
        (shop.report(deal_id="2", currency="x" * 9999), f"“{'x' * 40}” is not a currency that can be paid in"),
        (api.patch("/deal/order-1/", {"comment": "x" * 2001}), "Give at most 2000 characters."),
        (api.get("/deal/?status=paid"), "Send 'Created', 'Paid' or 'Canceled'."),
    ):
        assert reply.status == 400
        assert reply.body["errors"][0]["message"].startswith(message)


def test_cost_may_differ_from_the_price_and_be_a_string(shop):
    assert shop.report(cost="12.30").body["cost"] == 12.3
    assert shop.report(deal_id="free", cost=0, status="Paid").body["cost"] == 0.0
    written_long = json.dumps(shop.said(deal_id="zero", cost=0)).replace('"cost": 0', '"cost": -0.0e400')
    assert shop.api.post("/deal/", written_long.encode()).body["cost"] == 0.0


def test_times_are_null_until_they_come_and_end_in_z(shop, api):
    def times():
        return {name: value is not None for name, value in shop.deal().items() if name.endswith(("_at", "_time"))}

    expected = {
        "conversion_time": True,
        "modified_at": True,
        "paid_at": False,
        "approved_at": False,
        "canceled_at": False,
    }
    shop.report()
    assert times() == expected
    shop.report(status="Paid")
    assert times() == expected | {"paid_at": True}
    Deal.update(due_at=0).execute()
    deal_moves.settle_due()
    assert (times(), shop.deal()["status"]) == (expected | {"paid_at": True, "approved_at": True}, "Paid")
    api.patch("/deal/order-1/", {"status": "Canceled"})
    assert times() == dict.fromkeys(expected, True)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", shop.deal()["canceled_at"])


def test_durations_are_those_of_the_day_the_deal_was_made(client, world):
    """In test mode, whose clock can be put ahead."""
    twin = partners.twin_of(world.acme.partner)
    api = Caller(client, tokens.make(twin, "Test", list(PERMITS), rate_limit=100_000)[1])
    made = api.made(
        "/catalog/",
        {"title": "T", "catalog_code": "t", "hold_duration": "2 00:00:00", "canceled_duration": "1 00:00:00"},
    )
    api.made(
        "/offer/",
        {"name": "O", "catalog_id": made["id"], "prices": [{"cost": 9, "currency": "USD"}], "reward_percent": 5},
    )
    report = {"offer": "O", "cost": 9, "currency": "USD", "catalog_code": "t"}
    for deal_id, status in (("late", "Created"), ("held", "Paid"), ("paid later", "Created")):
        api.made("/deal/", {**report, "deal_id": deal_id, "status": status})
    api.patch(f"/catalog/{made['id']}/", {"hold_duration": "0 00:00:00", "canceled_duration": "0 00:00:00"})

    def states():
        deal_moves.settle_due()
        deals = {deal["deal_id"]: deal for deal in api.get("/deal/").body}
        return {name: (deal["status"], deal["approved_at"] is not None) for name, deal in deals.items()}

    assert states() == {"late": ("Created", False), "held": ("Paid", False), "paid later": ("Created", False)}
    ahead(client, twin, DAY - 60)
    api.patch("/deal/paid later/", {"status": "Paid"})
    ahead(client, twin, 120)
    assert states() == {"late": ("Canceled", False), "held": ("Paid", False), "paid later": ("Paid", False)}
    ahead(client, twin, DAY)
    assert states() == {"late": ("Canceled", False), "held": ("Paid", True), "paid later": ("Paid", False)}
    ahead(client, twin, DAY)
    assert states()["paid later"] == ("Paid", True)
    assert api.get(f"/catalog/{made['id']}/").body["approval_rate"] == "66.7"


def ahead(client, twin, seconds: int) -> None:
    from portal.api import credentials

    partners.advance_clock(twin, seconds)
    credentials._cache.clear()


def test_the_approval_rate_counts_deals_that_have_ended(shop, api):
    def rate():
        return api.get(f"/catalog/{shop.catalog['id']}/").body["approval_rate"]

    for number in range(8):
        shop.report(deal_id=f"d-{number}", status="Paid")
    assert rate() == "b/d"
    api.patch("/deal/d-0/", {"status": "Canceled"})
    assert rate() == "0.0"
    Deal.update(due_at=clock.micros()).where(Deal.status == "Paid").execute()
    deal_moves.settle_due()
    assert rate() == "87.5"
    for status in ("Canceled", "Canceled"):
        api.patch("/deal/d-1/", {"status": status})
    assert rate() == "75.0"


def test_promo_shows_the_code_with_its_discount(shop):
    shop.report(deal_id="known", promo_code="pRoMo", another_data=...)
    shop.report(deal_id="unknown", promo_code="Nobody's", another_data=...)
    assert shop.deal("known")["promo"] == {"code": "pRoMo", "percent_discounts": 5.0}
    assert shop.deal("unknown")["promo"] == {"code": "Nobody's", "percent_discounts": None}


def test_a_deal_id_is_unique_within_the_partner_alone(shop, stranger, world):
    shop.report()
    made = stranger.made("/catalog/", {"title": "Shop", "catalog_code": "shop"})
    stranger.made(
        "/offer/",
        {"name": "Plan", "catalog_id": made["id"], "prices": [{"cost": 7, "currency": "USD"}], "reward_percent": 1},
    )
    assert stranger.post("/deal/", shop.said(cost=7)).body["cost"] == 7.0
    assert stranger.get("/deal/order-1/").body["cost"] == 7.0
    assert shop.deal()["cost"] == 100.0


def test_fixed_rewards_are_paid_whatever_the_cost(shop, api, world):
    api.patch(f"/offer/{shop.offer['id']}/", {"fix_remuneration": "7.77"})
    shop.report(status="Paid", cost=1)
    assert shop.deal()["payment_sum"] == 7.77
    api.patch("/deal/order-1/", {"cost": 2})
    assert shop.deal()["payment_sum"] == 7.77


def test_an_offer_without_a_reward_pays_the_catalogs(api, world):
    catalog = api.made("/catalog/", {"title": "C", "catalog_code": "c", "reward_percent": 12.5})
    api.made("/offer/", {"name": "O", "catalog_id": catalog["id"], "prices": [{"cost": 1, "currency": "JPY"}]})
    promoted(catalog["id"], world.rival, uid="RIVALUID2", code=None)
    said = {
        "status": "Paid",
        "offer": "O",
        "cost": 100,
        "currency": "JPY",
        "deal_id": "d",
        "catalog_code": "c",
        "another_data": "ref=rivaluid2",
    }
    api.made("/deal/", said)
    assert api.get("/deal/d/").body["payment_sum"] == 12.0


def test_a_repeat_under_the_old_names_is_still_the_same_deal(shop):
    shop.report()
    shop.api.patch(f"/offer/{shop.offer['id']}/", {"name": "Plan B"})
    shop.api.patch(f"/catalog/{shop.catalog['id']}/", {"catalog_code": "new-shop"})
    for names in ({}, {"offer": "Plan B", "catalog_code": "new-shop"}):
        assert shop.report(**names).status == 200
    assert shop.report(catalog_code="other").body["errors"][0]["field"] == "catalog_code"
    assert shop.report(status="Paid").body["status"] == "Paid"
