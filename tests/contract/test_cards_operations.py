"""Operations over JSON: which card takes what, what it changes, what is refused, and their list (contract: cards)."""

import pytest

from portal import clock
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import reversing
from portal.domain.cards.operations.tables import CardLot
from portal.domain.cards.templates.tables import MembershipTier, RewardTier
from portal.domain.events.tables import Event
from portal.domain.members import merging
from portal.domain.verify import faults
from tests.support import loyalty

# The contract's table, as it stands there: each operation, and the cards that take it.
TAKE = {
    "add-transaction-amount": {(1, "percent")},
    "subtract-transaction-amount": {(1, "percent")},
    "add-point": {(4, "levels"), (1, "percent"), (5, "money")},
    "subtract-point": {(4, "levels"), (1, "percent"), (5, "money")},
    "add-reward": {(0, "stamps"), (0, "visits"), (0, "spend")},
    "subtract-reward": {(0, "stamps"), (0, "visits"), (0, "spend")},
    "add-scores": {(7, "points"), (2, "visits")},
    "subtract-scores": {(7, "points"), (7, "visits"), (7, "spend"), (2, "visits")},
    "add-stamp": {(0, "stamps"), (0, "visits"), (0, "spend")},
    "subtract-stamp": {(0, "stamps"), (0, "visits"), (0, "spend")},
    "add-visit": {(2, "visits"), (6, "no_limits"), (0, "visits"), (7, "visits")},
    "subtract-visit": {(2, "visits"), (6, "limits")},
    "add-purchase": {(0, "spend"), (7, "spend")},
    "subtract-purchase": {(0, "spend"), (7, "spend")},
    "add-amount": {(1, "percent"), (0, "spend"), (7, "spend")},
    "subtract-amount": {(1, "percent"), (0, "spend"), (7, "spend")},
    "receive-reward": {(7, "points"), (7, "visits"), (7, "spend")},
    "redeem-coupon": {(3, "use")},
}
QUANTITY = {"reward": "rewards", "stamp": "stamps", "scores": "scores", "visit": "visits", "point": "points"}


@pytest.mark.engine("sqlite")
def test_the_reference_calls_money_money(client):
    paths = client.get("/api/openapi.json").json["paths"]
    for path in (path for path in paths if path.endswith("-point/")):
        told = paths[path]["post"]
        assert "money" in told["summary"] and "cashback card or a certificate" in told["description"]


def body_of(verb: str, quantity=1) -> dict:
    if verb in ("receive-reward", "redeem-coupon"):
        return {}
    return {QUANTITY.get(verb.split("-", 1)[1], "amount"): quantity}


def book(api, card, verb: str, quantity=1, **more):
    return api.post(f"/v2/cards/{card.serial}/{verb}", body_of(verb, quantity) | more)


@pytest.mark.parametrize(("kind", "mechanics"), loyalty.NEEDS, ids=lambda part: str(part))
def test_a_card_takes_the_operations_of_its_type_and_no_other(api, world, kind, mechanics):
    card = loyalty.card(world.acme, kind, mechanics)
    for verb, takers in TAKE.items():
        reply = book(api, card, verb)
        if (kind, mechanics) not in takers:
            assert (reply.status, reply.body["error"]["error_code"]) == (422, "wrong_card_type"), verb
        elif reply.status != 200:  # It takes the operation, and has nothing to take from.
            assert (reply.status, verb.partition("-")[0]) in ((422, "subtract"), (422, "receive")), (verb, reply.body)
            assert reply.body["error"]["error_code"] != "wrong_card_type"
    assert faults() == []


def test_stamps_become_rewards_and_the_whole_card_is_answered(api, world):
    card = loyalty.card(world.acme)
    reply = book(api, card, "add-stamp", 23, comment="A party", purchaseSum="99.90")
    told = reply.body["data"]
    assert (told["id"], told["totalRewardsEarned"], told["lastStampEarnedAt"] is not None) == (card.serial, 2, True)
    assert told["balance"] == {
        "currentNumberOfUses": 3,
        "numberStampsTotal": 10,
        "numberRewardsUnused": 2,
        "balance": None,
        "bonusBalance": None,
        "discountPercentage": None,
        "discountAmount": None,
        "stampsBeforeReward": 7,
    }
    opened = book(api, card, "subtract-stamp", 4)
    assert (opened.status, opened.body["error"]["error_code"]) == (422, "not_enough")
    assert "3" in opened.body["error"]["message"] and "4" in opened.body["error"]["message"]
    assert book(api, card, "subtract-reward", 2).body["data"]["balance"]["numberRewardsUnused"] == 0


def test_money_keeps_its_remainder_for_the_next_purchase(api, world):
    card = loyalty.card(world.acme, 0, "spend")  # A stamp for each 5 EUR.
    assert book(api, card, "add-purchase", "12.50").body["data"]["balance"]["currentNumberOfUses"] == 2
    assert book(api, card, "add-amount", 2.5).body["data"]["balance"]["currentNumberOfUses"] == 3


def test_cashback_sums_are_exact(api, world):
    card = loyalty.card(world.acme, 1)
    assert book(api, card, "add-point", 267.39).status == 200
    assert book(api, card, "add-point", 0.89).body["data"]["balance"]["bonusBalance"] == 268.28
    assert book(api, card, "add-transaction-amount", 100).body["data"]["balance"]["bonusBalance"] == 273.28


def test_a_reward_is_received_by_its_tier_or_the_only_one_in_reach(api, world):
    card = loyalty.card(world.acme, 7)
    small = RewardTier.create(template=card.template_id, name="Coffee", kind=0, value=100, threshold=10)
    large = RewardTier.create(template=card.template_id, name="Cake", kind=1, value=350, threshold=30)
    book(api, card, "add-scores", 25)
    reached = api.get(f"/v2/cards/{card.serial}").body["data"]["availableRewardTiers"]
    assert reached == [
        {
            "id": small.id,
            "name": "Coffee",
            "type": 0,
            "value": 1,
            "threshold": 10,
            "usageLimit": None,
            "valueLimit": None,
        }
    ]
    assert book(api, card, "receive-reward").body["data"]["balance"]["bonusBalance"] == 15
    assert book(api, card, "receive-reward", body_id=large.id).status == 422
    book(api, card, "add-scores", 25)
    assert book(api, card, "receive-reward").status == 422  # Two are in reach, and none is named.
    told = book(api, card, "receive-reward", id=str(large.id)).body["data"]
    assert (told["balance"]["bonusBalance"], told["totalRewardsRedeemed"]) == (10, 2)


def test_a_coupon_is_redeemed_once(api, world):
    card = loyalty.card(world.acme, 3)
    assert api("POST", f"/v2/cards/{card.serial}/redeem-coupon").body["data"]["couponRedeemed"] is True
    again = book(api, card, "redeem-coupon")
    assert (again.status, again.body["error"]["error_code"]) == (422, "already_redeemed")


@pytest.mark.parametrize(
    ("verb", "quantity"),
    [
        *(("add-stamp", wrong) for wrong in (0, -1, 1.5, 10**6 + 1, 10**30, "x", None, True, [], "1e3")),
        *(("add-point", wrong) for wrong in (0, -0.01, 1.234, 10**7, "x", None, False)),
        ("add-purchase", 0.001),
    ],
)
def test_a_quantity_that_cannot_be_is_a_400_and_nothing_is_written(api, world, verb, quantity):
    card = loyalty.card(world.acme, *{"add-stamp": (0,), "add-point": (1,), "add-purchase": (0, "spend")}[verb])
    reply = book(api, card, verb, quantity)
    assert reply.status == 400, reply.body
    assert reply.body["error"]["message"]
    assert api.get("/v2/operations").body["meta"]["totalItems"] == 0


def test_numbers_may_be_texts_and_what_is_left_out_may_be_empty(api, world):
    card = loyalty.card(world.acme)
    reply = book(api, card, "add-stamp", "2", comment="", purchaseSum="")
    assert reply.body["data"]["balance"]["currentNumberOfUses"] == 2


def test_a_deleted_or_expired_card_takes_nothing(api, world):
    gone, over = loyalty.card(world.acme), loyalty.card(world.acme)
    api.delete(f"/v2/cards/{gone.serial}")
    api.post(f"/v2/cards/{over.serial}/set-expiration-date", {"expiresAt": "2020-01-01T00:00:00+00:00"})
    for card, code in ((gone, "card_deleted"), (over, "card_expired")):
        reply = book(api, card, "add-stamp")
        assert (reply.status, reply.body["error"]["error_code"]) == (422, code)


def test_operations_are_listed_with_every_key_newest_first(api, world):
    card = loyalty.card(world.acme)
    book(api, card, "add-stamp", 12, comment="First", purchaseSum=20.5)
    book(api, card, "subtract-stamp", 2)
    listed = api.get("/v2/operations").body
    assert listed["meta"] == {"totalItems": 2, "itemsPerPage": 30, "currentPage": 1}
    second, first = listed["data"]
    told = ("cardId", "eventId", "amount", "balance", "purchaseSum", "source", "comment", "managerId")
    assert [first[name] for name in told] == [card.serial, 1, 12, 2, 20.5, "api", "First", None]
    assert [second[name] for name in told] == [card.serial, 2, -2, 0, None, "api", None, None]
    assert first["customer"]["id"] == first["customerId"] == card.member.uuid


def test_operations_are_narrowed(api, world):
    card, other = loyalty.card(world.acme), loyalty.card(world.acme, 1)
    book(api, card, "add-stamp")
    book(api, other, "add-point")
    theirs = loyalty.card(world.rival)
    narrowed = {
        f"cardId={card.serial.replace('-', '')}": 1,
        f"customerId={card.member.uuid}": 1,
        f"templateId={other.template_id}": 1,
        f"templateId={other.template_id}&cardId={card.serial}": 0,
        f"cardId={theirs.serial}": 0,
        "cardId=nothing": 0,
        "startDate=2020-01-01": 2,
        "endDate=2020-01-01": 0,
        "startDate=2020-01-01&endDate=9999-12-31": 2,
        "startDate=&endDate=": 2,
    }
    for query, total in narrowed.items():
        answer = api.get(f"/v2/operations?{query}").body
        assert (answer["meta"]["totalItems"], len(answer["data"])) == (total, total), query
    for wrong in ("startDate=2026-W01-1", "startDate=20260101", "startDate=0001-01-01", "endDate=٢٠٢٦-01-01"):
        assert api.get(f"/v2/operations?{wrong}").status == 400, wrong
    for wrong in ("startDate=01.02.2026", "startDate=2026-02-30", "startDate=2026-02-02&endDate=2026-02-01", "page=0"):
        assert api.get(f"/v2/operations?{wrong}").status == 400, wrong


def test_an_operation_with_a_key_is_booked_once(api, world):
    card = loyalty.card(world.acme)
    path, headers = f"/v2/cards/{card.serial}/add-stamp", {"Idempotency-Key": "till-1"}
    first, again = (api.post(path, {"stamps": 1}, headers=headers) for _ in range(2))
    assert (first.body, again.headers["Idempotent-Replayed"]) == (again.body, "true")
    assert api.get("/v2/operations").body["meta"]["totalItems"] == 1


def test_a_membership_gets_its_level_and_uses_its_visits(api, world):
    card = loyalty.card(world.acme, 6)
    tier = MembershipTier.create(template=card.template_id, name="Gold", visits=8)
    path = f"/v2/cards/{card.serial}/set-membership-tier"
    told = api.post(path, {"tierId": str(tier.id), "period": "month"}).body["data"]
    assert told["membershipTier"] == {"id": tier.id, "name": "Gold", "visits": 8}
    assert told["customerSubscription"]["period"] == "month"
    assert book(api, card, "subtract-visit", 3).body["data"]["balance"]["balance"] == 5
    assert book(api, card, "subtract-visit", 6).status == 422
    for wrong, status in (
        ({"tierId": tier.id, "period": "era"}, 400),
        ({"tierId": 999, "period": "day"}, 404),
        ({}, 400),
    ):
        assert api.post(path, wrong).status == status
    other = loyalty.card(world.acme)
    assert api.post(f"/v2/cards/{other.serial}/set-membership-tier", {"tierId": tier.id, "period": "day"}).status == 422
    assert faults() == []


def test_a_card_is_read_as_moments_that_have_passed_have_decided(api, world):
    card = loyalty.card(world.acme, 7, lot_days=1)
    book(api, card, "add-scores", 5)
    Card.update(due_at=clock.now()).where(Card.id == card.id).execute()
    CardLot.update(expires_at=clock.now()).execute()
    assert api.get(f"/v2/cards/{card.serial}").body["data"]["balance"]["bonusBalance"] == 0
    book(api, card, "add-scores", 5)
    Card.update(due_at=clock.now()).where(Card.id == card.id).execute()
    CardLot.update(expires_at=clock.now()).execute()
    assert api.get("/v2/cards").body["data"][0]["balance"]["bonusBalance"] == 0
    listed = api.get("/v2/operations").body["data"]
    assert [(one["eventId"], one["amount"], one["source"]) for one in listed[:2]] == [
        (18, -5, "system"), (5, 5, "api"),
    ]  # fmt: skip


def listed(api, query="") -> list[dict]:
    return api.get(f"/v2/operations?{query}").body["data"]


def test_a_customer_who_is_gone_leaves_the_same_operations_as_their_card(api, world):
    erased, merged = loyalty.card(world.acme), loyalty.card(world.acme)
    for card in (erased, merged):
        book(api, card, "add-stamp")
    old = merged.member.uuid
    merging.merge(merged.member, loyalty.customer(world.acme, "Omar"))
    assert api.delete(f"/v2/customers/{erased.member.uuid}").status == 200
    for card, uuid in ((erased, erased.member.uuid), (merged, old)):
        by_card = listed(api, f"cardId={card.serial}")
        assert listed(api, f"customerId={uuid}") == by_card and len(by_card) == 1
    rival = loyalty.customer(world.rival)
    assert listed(api, f"customerId={rival.uuid}") == []


@pytest.mark.parametrize(("kind", "mechanics"), [(0, "spend"), (1, "percent")])
def test_what_is_taken_back_or_undone_tells_the_sum_that_it_was_of(api, world, kind, mechanics):
    card = loyalty.card(world.acme, kind, mechanics)
    book(api, card, "add-amount", 20)
    book(api, card, "subtract-amount", 10)
    book(api, card, "add-amount", 15)
    reversing.reverse(world.acme.id, listed(api)[0]["id"], source="portal")
    assert [one["purchaseSum"] for one in listed(api)] == [15, 15, 10, 20]
    assert [one["amount"] > 0 for one in listed(api)] == [False, True, False, True]


def test_a_reward_is_earned_at_the_latest_when_it_is_received(api, world):
    card, coupon = loyalty.card(world.acme, 7), loyalty.card(world.acme, 3)
    RewardTier.create(template=card.template_id, name="Coffee", kind=0, value=100, threshold=10)
    book(api, card, "add-scores", 25)
    received, used = book(api, card, "receive-reward").body["data"], book(api, coupon, "redeem-coupon").body["data"]
    for told in (received, used):
        assert (told["totalRewardsEarned"], told["totalRewardsRedeemed"]) == (1, 1)
        assert told["lastRewardEarnedAt"] == told["lastRewardRedeemedAt"] is not None
    reversing.reverse(world.acme.id, listed(api, f"cardId={card.serial}")[0]["id"], source="portal")
    undone = api.get(f"/v2/cards/{card.serial}").body["data"]
    told = ("totalRewardsEarned", "totalRewardsRedeemed", "lastRewardEarnedAt", "lastRewardRedeemedAt")
    assert [undone[name] for name in told] == [0, 0, None, None]


def test_a_level_that_changes_no_count_books_nothing_and_is_told_in_the_cards_activity(api, world):
    card = loyalty.card(world.acme, 6)
    gold, silver = (
        MembershipTier.create(template=card.template_id, name=name, visits=8) for name in ("Gold", "Silver")
    )
    for tier in (gold, silver, silver):
        level = {"tierId": tier.id, "period": "month"}
        told = api.post(f"/v2/cards/{card.serial}/set-membership-tier", level).body["data"]
        assert told["membershipTier"]["name"] == tier.name
    assert [one["amount"] for one in api.get("/v2/operations").body["data"]] == [8]
    assert Event.select().where(Event.type == "card.tier_set", Event.thing_id == card.serial).count() == 3
    assert faults() == []
