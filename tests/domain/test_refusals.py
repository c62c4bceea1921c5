"""Why something was refused is kept: a count a day, and the last twenty in full, also for requests that were undone."""

from portal.domain.traces import refusals
from portal.domain.traces.tables import Refusal, RefusalCount
from tests.contract.conftest import api, begin, shop

__all__ = ["api", "begin", "shop"]


def test_a_refused_report_leaves_its_steps(shop, world):
    shop.report(offer="Nothing")
    shop.report(currency="EUR")
    shop.report(catalog_code="none")
    kept = refusals.recent(world.acme.id, "deal")
    assert [(one.thing_id, [step["outcome"] for step in one.steps], one.actor.split(":")[0]) for one in kept] == [
        ("order-1", ["failed", "not reached", "not reached"], "token"),
        ("order-1", ["passed", "passed", "failed"], "token"),
        ("order-1", ["passed", "failed", "not reached"], "token"),
    ]
    assert all(one.sentence.endswith(".") for one in kept)
    counts = {row.step: row.count for row in RefusalCount.select()}
    assert counts == {"catalog known": 1, "offer known": 1, "currency priced": 1}


def test_only_the_last_twenty_are_kept_but_all_are_counted(shop, world):
    for number in range(23):
        shop.report(offer=f"Nothing {number}")
    shop.report(offer="Nothing", deal_id="another")
    sentences = [one.sentence for one in refusals.recent(world.acme.id, "deal", 100) if one.thing_id == "order-1"]
    assert len(sentences) == 20
    assert "Nothing 22" in sentences[0]
    assert "Nothing 3" in sentences[-1]
    assert RefusalCount.get(RefusalCount.thing_id == "order-1").count == 23


def test_a_refused_move_names_the_rule(shop, api, world):
    shop.report(status="Paid")
    api.patch("/deal/order-1/", {"status": "Canceled"})
    api.patch("/deal/order-1/", {"status": "Paid"}, headers={"Idempotency-Key": "k"})
    (kept,) = refusals.recent(world.acme.id, "deal")
    assert kept.sentence.startswith("This deal is canceled, and that is final.")
    assert RefusalCount.get().step == "rule"


def test_what_is_merely_mistyped_leaves_no_trace(shop):
    shop.report(cost=-1)
    shop.report(status="paid")
    assert Refusal.select().count() == 0
