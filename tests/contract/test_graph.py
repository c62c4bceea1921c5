"""The graph: any thing tells what it comes from and what it leads to, over HTTP, in both directions, and to nobody else."""

import re

import pytest

from portal import clock
from portal.database import database
from portal.domain import verify
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS, SELF
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.uses.tables import CouponUse
from portal.domain.graph import ways
from portal.domain.graph.ways import GRAPH
from portal.domain.members import members
from tests.affiliate.counting import queries
from tests.contract.caller import Caller
from tests.support import story

NO_SUCH = "00000000-0000-4000-8000-000000000000"
# Those that the story has none of: of deals that came again, and of cards that were handed on.
NOT_TOLD = {("deal", "reported_again"), ("deal", "again_of"), ("card", "moved_to"), ("card", "moved_from")}


@pytest.fixture
def begin():
    return story.begin


@pytest.fixture
def told(world):
    return world.begun


@pytest.fixture
def ask(api):
    def ask(kind: str, thing_id: object, query: str = "", of: Caller = api) -> dict:
        reply = of.get(f"/graph/{kind}/{thing_id}{query}")
        assert reply.status == 200, reply.body
        return reply.body

    return ask


def ends(links: list[dict], relation: str) -> list[tuple[str, str]]:
    return [(one["kind"], one["id"]) for one in links if one["relation"] == relation]


def with_permits(client, party, *permits: str) -> Caller:
    return Caller(client, tokens.make(party.partner, "Some", list(permits), reach=SELF, rate_limit=1_000_000)[1])


def test_everything_that_is_linked_links_back(ask, told):
    """Every thing of the story is walked to, over every link, and back over its mirror; every relation of every kind is there."""
    assert verify.faults() == []
    assert told.ids.keys() == GRAPH.nodes.keys()
    ahead, links, walked = list(told.ids.items()), {}, set()
    while ahead:
        if (here := ahead.pop()) not in links:
            links[here] = ask(*here)["links"]
            ahead += [(one["kind"], one["id"]) for one in links[here]]
    for here, its in links.items():
        for one in its:
            way = GRAPH.way(here[0], one["relation"])
            (back,) = (other for other in GRAPH.ways if other.link is way.link and other.number != way.number)
            assert here in ends(links[one["kind"], one["id"]], back.relation), (here, one)
            assert {one["direction"], back.direction} == {"from", "to"}
            walked.add((here[0], one["relation"]))
    assert {(way.kind, way.relation) for way in GRAPH.ways} - walked == NOT_TOLD


@pytest.mark.parametrize(
    "steps",
    [
        [("offer", "promoters", "promotion", "offers")],
        [("offer", "member_offer", "member_offer", "offer"), ("member_offer", "uses", "offer_use", "member_offer")],
        [("offer", "feed_listing", "feed_listing", "offer")],
        [("offer", "coupon", "coupon", "offers")],
        [("click", "deals", "deal", "click")],
        [("promo_code", "deals", "by-code", "promo_code")],
        [("deal", "reward", "reward", "deal"), ("reward", "payouts", "payout", "rewards")],
        [("deal", "card_operations", "card_operation", "deal")],
        [("card_operation", "pushes", "push", "operation")],
        [("coupon", "deals", "by-coupon", "coupon")],
        [("card_operation", "card", "card", "operations"), ("card", "member", "member", "cards")],
        [("deal", "member", "member", "deals")],
    ],
    ids=lambda steps: "-".join([steps[0][0], *(step[1] for step in steps)]),
)
def test_a_link_is_walked_in_both_directions(ask, told, steps):
    for kind, relation, other, back in steps:
        end = (other, told.ids[other]) if other in told.ids else ("deal", Deal.get(Deal.deal_id == other).uuid)
        assert end in ends(ask(kind, told.ids[kind])["links"], relation)
        assert (kind, told.ids[kind]) in ends(ask(*end)["links"], back)


def test_a_use_of_a_coupon_leads_to_its_deal_and_back(ask, told):
    deal = Deal.get(Deal.deal_id == "by-coupon").uuid
    (use,) = ends(ask("deal", deal)["links"], "coupon_use")
    assert ends(ask(*use)["links"], "deal") == [("deal", deal)]
    assert ("coupon_use", use[1]) in ends(ask("coupon", told.ids["coupon"])["links"], "uses")


def test_a_cancellation_tells_all_that_it_undid_and_each_of_it_tells_what_undid_it(ask, told):
    by_code, by_coupon = (Deal.get(Deal.deal_id == name).uuid for name in ("by-code", "by-coupon-2"))
    undone = ask("cancellation", by_code)["links"]
    credited = CardOperation.select().where(CardOperation.event == 23).order_by(CardOperation.id.desc()).get()
    assert ends(undone, "undid_reward") == [("reward", by_code)]
    assert ends(undone, "undid_card_operations") == [("card_operation", str(credited.id))]
    (use,) = ends(ask("cancellation", by_coupon)["links"], "undid_coupon_use")
    for thing, relation, deal in (
        (("reward", by_code), "undone_by", by_code),
        (("card_operation", str(credited.id)), "canceled_by", by_code),
        (use, "undone_by", by_coupon),
    ):
        assert ends(ask(*thing)["links"], relation) == [("cancellation", deal)]
    assert ask("reward", by_code)["thing"]["state"] == "taken back"
    assert ask(*use)["thing"]["state"] == "released"


@pytest.mark.parametrize("start", ["deal", "reward", "click", "card_operation", "payout", "push"])
def test_an_id_of_any_notation_tells_its_whole_chain(ask, told, start):
    thing_id = {"reward": "by-click", "payout": told.ids["payout"].upper()}.get(start, told.ids[start])
    found = ask("any" if start != "card_operation" else start, thing_id)
    chain = found["chain"] or ask("any", "by-click")["chain"]
    met = {(one["kind"], one["id"]) for one in chain["things"]}
    assert len(met) == len(chain["things"]) and not chain["is_cut"]
    for kind in (
        "catalog",
        "offer",
        "promotion",
        "click",
        "deal",
        "reward",
        "payout",
        "card_operation",
        "card",
        "push",
        "member",
    ):
        assert (kind, told.ids[kind]) in met, kind
    for one in chain["things"][1:]:
        assert (one["by"]["kind"], one["by"]["id"]) in met and one["distance"] > 0
    assert ("deal", Deal.get(Deal.deal_id == "by-code").uuid) not in met, "it is another deal of the same offer"


def test_a_thing_is_found_by_whatever_it_is_called(ask, told):
    card = told.ids["card"]
    for kind, text in (
        ("card", card.replace("-", "")), ("card", f" {card} "), ("coupon", "spring"), ("promo_code", "PROMO"), ("deal", "by-click"),
        ("catalog", "shop"), ("payout", "1"), ("offer", told.ids["offer"].upper()), ("promotion", told.ids["promotion"].lower()),
    ):  # fmt: skip
        for of in (kind, kind.replace("_", "-").upper(), "any"):
            found = ask(of, text)
            same = [one for one in [found["thing"], *found["others"]] if one["kind"] == kind]
            assert same and same[0]["id"] == told.ids[kind], (of, text)
    assert ask("any", card)["others"] == []


def test_a_number_that_many_things_have_names_the_others(ask, told):
    found = ask("any", "1")
    every = [(one["kind"], one["id"]) for one in (found["thing"], *found["others"])]
    assert len(set(every)) == len(every) > 3
    assert ("payout", told.ids["payout"]) in every


def test_what_is_not_ones_own_answers_like_what_is_missing(api, stranger, client, world, told):
    twin = Caller(client, world.acme.twin().token)
    for kind, thing_id in told.ids.items():
        for other in (stranger, twin, Caller(client, world.north.token)):
            for asked in (f"{kind}/{thing_id}", f"any/{thing_id}"):
                reply, missing = other.get(f"/graph/{asked}"), other.get(f"/graph/{asked.partition('/')[0]}/{NO_SUCH}")
                assert (reply.status, reply.body["error_code"]) == (404, "not_found"), asked
                assert reply.headers["Content-Type"] == "application/problem+json"
                assert {**reply.body, "instance": 0} == {**missing.body, "instance": 0}
    assert api.get("/graph/nothing/1").status == 404


def test_a_promoter_sees_its_side_of_a_deal_and_nothing_of_the_merchants(ask, client, world, told):
    promoter = Caller(client, world.northwind.token)
    allowed = {"promotion", "promo_code", "click", "deal", "reward", "cancellation", "refund", "payout"}
    for kind, thing_id in told.ids.items():
        assert promoter.get(f"/graph/{kind}/{thing_id}").status == (200 if kind in allowed else 404), kind
    found = ask("any", told.ids["deal"], of=promoter)
    met = {one["kind"]: one for one in found["chain"]["things"]}
    assert met.keys() == {"deal", "promotion", "click", "reward", "payout"}
    assert (met["deal"]["name"], met["promotion"]["name"]) == ("Plan", "Shop")
    assert "/promotions/" in met["deal"]["url"] or "/rewards/" in met["deal"]["url"]
    assert promoter.get("/graph/deal/by-click").status == 404, "the order's id is the merchant's"


def test_a_token_reads_what_its_permits_let_it_read(ask, client, world, told):
    of_deals = with_permits(client, world.acme, "Affiliate:Deals:Read")
    found = ask("any", told.ids["deal"], of=of_deals)
    assert {one["kind"] for one in found["links"]} == {"click", "reward"}
    assert {one["kind"] for one in found["chain"]["things"]} == {"deal", "click", "reward", "payout"}
    for kind, node in GRAPH.nodes.items():
        reply = of_deals.get(f"/graph/{kind}/{told.ids[kind]}")
        may = "Affiliate:Deals:Read" in node.permits
        assert reply.status == (200 if may else 403), kind
        assert may or reply.body["error_code"] == "permit_missing"
    assert of_deals.get(f"/graph/any/{told.ids['member']}").status == 404
    assert (
        with_permits(client, world.acme, "Affiliate:Deals:Write").get(f"/graph/deal/{told.ids['deal']}").status == 403
    )
    assert Caller(client, None).get("/graph/any/1").status == 401


def test_an_offer_out_of_a_tokens_scopes_is_not_in_its_graph(client, world, told):
    base = "Offers:Api:"
    caller = with_permits(
        client, world.acme, f"{base}MemberOffers:GetByMemberId", f"{base}Scopes:Parking", "Affiliate:Catalogs:Read"
    )
    assert caller.get(f"/graph/member_offer/{told.ids['offer']}").status == 404
    assert caller.get(f"/graph/offer_use/{told.ids['offer_use']}").status == 404
    assert not ends(caller.get(f"/graph/offer/{told.ids['offer']}").body["links"], "member_offer")
    allowed = with_permits(client, world.acme, f"{base}MemberOffers:GetByMemberId", f"{base}Scopes:Standard")
    assert allowed.get(f"/graph/offer_use/{told.ids['offer_use']}").status == 200


def test_every_kind_asks_for_permits_that_can_be_given():
    assert all(node.permits and node.permits <= PERMITS.keys() for node in GRAPH.nodes.values())


def test_what_is_much_is_told_a_page_at_a_time_and_counted(ask, world, told):
    promotion = Promotion.get(Promotion.uid == told.ids["promotion"])
    now = clock.micros()
    Click.insert_many(
        [{"key": f"{number:022d}", "promotion": promotion.id, "at": now - number // 2} for number in range(1, 41)]
    ).execute()
    found = ask("promotion", promotion.uid)
    assert len(ends(found["links"], "clicks")) == 25 and found["more"] == {"clicks": 16}
    met, after = [], ""
    while after is not None:
        page = ask("promotion", promotion.uid, f"?relation=clicks&limit=7{after and f'&after={after}'}")
        assert len(page["links"]) <= 7 and {one["relation"] for one in page["links"]} == {"clicks"}
        met += ends(page["links"], "clicks")
        after = page["next"]
    assert len(met) == len(set(met)) == 41
    assert met[:25] == ends(found["links"], "clicks")
    cut = ask("any", promotion.uid)["chain"]
    assert cut["is_cut"] and len(cut["things"]) <= 100


def test_a_chain_has_the_latest_25_of_a_way_and_just_25_are_not_cut(ask, world, told):
    promotion = Promotion.get(Promotion.uid == told.ids["promotion"])
    click = {"promotion": promotion.id, "at": clock.micros()}
    Click.insert_many([click | {"key": f"{number:022d}"} for number in range(24)]).execute()
    whole = ask("any", promotion.uid)["chain"]
    assert not whole["is_cut"] and len([one for one in whole["things"] if one["kind"] == "click"]) == 25
    Click.insert_many([click | {"key": "9" * 22}, click | {"key": "8" * 22}]).execute()
    cut = ask("any", promotion.uid)["chain"]
    assert cut["is_cut"] and len([one for one in cut["things"][1:] if one["by"]["relation"] == "clicks"]) == 25


@pytest.mark.parametrize(
    ("query", "field"),
    [("?relation=none", "relation"), ("?after=MQ", "after"), ("?relation=reward&after=!", "after"), ("?relation=reward&after=MS4y", "after"),
     ("?limit=0", "limit")],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_beside_its_field(api, told, query, field):
    assert api.refused("GET", f"/graph/deal/{told.ids['deal']}{query}") == [field]


HOSTILE = (
    "%00", "%27%20OR%201=1", "9" * 400, "-1", "%25", "_", "%F0%9F%92%A9", "1e9", "../deal", "a" * 5000, "%E2%80%AE", "%ED%A0%80",
)  # fmt: skip


def test_a_hostile_id_is_nothing(api, told):
    for kind in ("any", *GRAPH.nodes):
        for thing_id in HOSTILE if kind in ("any", "deal", "coupon") else HOSTILE[:3]:
            assert api.get(f"/graph/{kind}/{thing_id}").status in (400, 404), (kind, thing_id)


def test_a_thing_of_much_costs_as_many_statements_as_one_of_little(ask, told):
    little = queries(lambda: ask("deal", told.ids["deal"]))
    promotion = Promotion.get(Promotion.uid == told.ids["promotion"])
    few = queries(lambda: ask("promotion", promotion.uid))
    Click.insert_many(
        [{"key": f"{number:022d}", "promotion": promotion.id, "at": number} for number in range(20)]
    ).execute()
    assert queries(lambda: ask("promotion", promotion.uid)) == few <= little + 1


def test_a_reservation_that_has_run_out_is_told_so_though_nobody_has_settled_it(ask, told):
    Reservation.update(expires_at=clock.now()).execute()
    assert ask("reservation", told.ids["reservation"])["thing"]["state"] == "expired"
    assert ask("coupon_use", told.ids["coupon_use"])["thing"]["state"] == "released"
    assert CouponUse.get_by_id(told.ids["coupon_use"]).state == "held"


def test_a_customer_who_was_erased_is_in_no_chain(ask, api, told):
    member = Card.get(Card.serial == told.ids["card"]).member
    members.erase(member)
    assert api.get(f"/graph/member/{told.ids['member']}").status == 404
    assert "member" not in {one["kind"] for one in ask("any", told.ids["deal"])["chain"]["things"]}


@pytest.mark.engine("sqlite")
def test_no_way_and_no_name_is_looked_for_in_everybodys_rows(world):
    """A step that scans, but for what was found before, goes through the whole table of the installation."""
    statements = {(way.kind, way.relation): ways.walking((way.number,)) for way in GRAPH.ways}
    statements |= {(kind, "named"): ways.naming((kind,)) for kind in GRAPH.nodes}
    assert {name: steps for name, one in statements.items() if (steps := scanned(one))} == {}


def scanned(statement) -> list[str]:
    """Tables that the statement goes through from end to end, asked for three rows at once."""
    text = re.sub(r"IN :(\w+)", r"IN (:\1, :\1 + 1, :\1 + 2)", statement.written)
    given = dict.fromkeys(re.findall(r":(\w+)", text), 1)
    plan = [row[-1] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {text}", given).fetchall()]
    return [step for step in plan if step.startswith("SCAN") and not re.match(r"SCAN (of_|CONSTANT)", step)]
