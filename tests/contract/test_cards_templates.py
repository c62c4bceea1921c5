"""Templates and their reward tiers over JSON (contract: cards)."""

import re
from decimal import Decimal

import pytest

from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates import fields, membership_tiers, templates
from portal.domain.cards.templates.tables import RewardTier
from portal.domain.events.tables import Event
from tests.affiliate.counting import queries
from tests.support import loyalty

LINK = re.compile(r"https?://[^/]+/c/new/[0-9A-Za-z]{22}")


@pytest.fixture
def points(world):
    return loyalty.template(world.acme, 7, name="Points")


def tiers_of(template) -> str:
    return f"/v2/templates/{template.id}/reward_tiers"


def test_a_template_has_every_key(api, world, points):
    fields.add(points, {"name": "Town", "kind": "text", "is_required": True})
    tier = api.post(
        tiers_of(points), {"name": "Half", "type": 2, "value": 50, "threshold": 10, "valueLimit": 7.5}
    ).body["data"]
    template = api.get(f"/v2/templates/{points.id}").body["data"]
    assert LINK.fullmatch(template["installLink"]) and template["qrLink"] == template["installLink"] + ".svg"
    assert points.key in template["installLink"]
    assert {name: value for name, value in template.items() if not name.endswith(("Link", "At"))} == {
        "id": points.id,
        "companyId": world.acme.id,
        "name": "Points",
        "type": 7,
        "customFields": [
            {"id": template["customFields"][0]["id"], "name": "Town", "type": "text", "order": 1, "value": None,
             "required": True, "unique": False}
        ],
        "membershipTiers": [],
        "rewardTiers": [tier],
    }  # fmt: skip
    assert tier == {
        "id": tier["id"], "name": "Half", "type": 2, "value": 50, "threshold": 10, "usageLimit": None, "valueLimit": 7.5,
    }  # fmt: skip
    assert template["createdAt"].endswith("+00:00") and template["updatedAt"].endswith("+00:00")


def test_the_list_is_paged_by_number_with_what_belongs_to_each(api, world):
    made = [loyalty.template(world.acme, 6, name=f"Template {number}") for number in range(3)]
    membership_tiers.create(made[1], {"name": "Gold", "visits": Decimal(4)})
    templates.archive(made[0])
    page = api.get("/v2/templates?itemsPerPage=1&page=2").body
    assert page["meta"] == {"totalItems": 2, "itemsPerPage": 1, "currentPage": 2}
    assert [one["membershipTiers"][0]["visits"] for one in page["data"]] == [4]
    assert api.get("/v2/templates?page=9&itemsPerPage=").body["data"] == []
    assert api.get(f"/v2/templates/{made[0].id}").status == 200  # An archived one is still read.


def test_a_list_asks_as_often_however_long_it_is(api, world):
    loyalty.template(world.acme, 7)
    api.get("/v2/templates")  # The token is known from then on.
    few = queries(lambda: api.get("/v2/templates"))
    for _ in range(5):
        loyalty.template(world.acme, 7)
    assert queries(lambda: api.get("/v2/templates")) == few


def test_numbers_may_be_texts_and_what_is_left_out_may_be_empty(api, points):
    body = {
        "name": "Sum",
        "type": "1",
        "value": "5.50",
        "threshold": "7",
        "usageLimit": "3",
        "valueLimit": None,
        "id": 9,
    }
    reply = api.post(f"{tiers_of(points)}/", body)
    assert (reply.status, reply.body["code"]) == (200, 200)
    assert {**reply.body["data"], "id": 0} == {
        "id": 0, "name": "Sum", "type": 1, "value": 5.5, "threshold": 7, "usageLimit": 3, "valueLimit": None,
    }  # fmt: skip


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": ""}, "name"), ({"name": None}, "name"), ({"type": 5}, "type"), ({"type": "many"}, "type"), ({"type": 1.5}, "type"),
     ({"value": None}, "value"), ({"value": "x"}, "value"), ({"value": -1}, "value"), ({"value": 1.234}, "value"), ({"value": 1e30}, "value"),
     ({"value": 0, "type": 1}, "value"), ({"value": 101, "type": 2}, "value"), ({"threshold": 1.5}, "threshold"),
     ({"threshold": -1}, "threshold"), ({"threshold": 0}, "threshold"), ({"threshold": ""}, "threshold"), ({"threshold": None}, "threshold"), ({"threshold": 1_000_001}, "threshold"), ({"usageLimit": 0}, "usageLimit"), ({"valueLimit": 1}, "valueLimit")],
)  # fmt: skip
def test_a_tier_with_a_wrong_value_is_a_400_that_names_it_and_writes_nothing(api, points, wrong, field):
    reply = api.post(tiers_of(points), {"name": "Coffee", "type": 0, "value": 1, "threshold": 5, **wrong})
    assert (reply.status, reply.body["data"]) == (400, None)
    assert field in [one["field"] for one in reply.body["error"]["details"]]
    assert not RewardTier.select().exists() and not Event.select().where(Event.type == "card_template.changed").exists()


def test_a_tier_says_what_it_costs_and_how_little_it_may_be_worth(api, points):
    free = api.post(tiers_of(points), {"name": "Coffee", "type": 0, "value": 1})
    assert (free.status, [one["field"] for one in free.body["error"]["details"]]) == (400, ["threshold"])
    reply = api.post(tiers_of(points), {"name": "Coffee", "type": 0, "value": -1, "threshold": 1})
    assert "zero or more" in reply.body["error"]["message"]


def test_a_tier_that_cards_could_receive_is_a_422_and_goes_once_they_cannot(api, world, points):
    tier = api.post(tiers_of(points), {"name": "Coffee", "type": 0, "value": 1, "threshold": 5}).body["data"]
    card = cards.issue(world.acme.id, loyalty.customer(world.acme).id, points.id)
    Card.update(bonus=5).where(Card.id == card.id).execute()
    reply = api.delete(f"{tiers_of(points)}/{tier['id']}")
    assert (reply.status, reply.body["error"]["error_code"]) == (422, "tier_in_use")
    assert reply.body["error"]["message"] == "1 card has enough points for this tier."
    Card.update(bonus=4).where(Card.id == card.id).execute()
    assert api.delete(f"{tiers_of(points)}/{tier['id']}").body["data"] == {"id": tier["id"]}
    assert api.get(f"/v2/templates/{points.id}").body["data"]["rewardTiers"] == []
    assert api.delete(f"{tiers_of(points)}/{tier['id']}").status == 404


def test_a_template_of_another_type_or_partner_takes_no_tier(api, world):
    tier = {"name": "Coffee", "type": 0, "value": 1, "threshold": 1}
    reply = api.post(tiers_of(loyalty.template(world.acme)), tier)
    assert (reply.status, reply.body["error"]["error_code"]) == (422, "no_reward_tiers")
    foreign = loyalty.template(world.rival, 7)
    assert api.post(tiers_of(foreign), tier).status == api.get(f"/v2/templates/{foreign.id}").status == 404
    for strange in ("0", "-1", "x", "9" * 40):
        assert api.get(f"/v2/templates/{strange}").status == 404
