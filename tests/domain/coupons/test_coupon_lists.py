"""How coupons are listed for people: how each stands, what finds it, and what those of a tag did."""

import pytest

from portal.database import Statement, database
from portal.domain.coupons.coupons import coupons, found, standing, tag_totals
from portal.domain.coupons.coupons.filters import Filter
from portal.domain.coupons.coupons.searches import SEARCHES
from portal.domain.coupons.reservations import reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.uses import course, holding
from portal.domain.coupons.uses.course import Sum
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.search import search
from tests.support import desk


def held(coupon, tickets: int = 2):
    """A reservation that holds a use of the coupon."""
    level = desk.level(desk.event(coupon.partner))
    made = reserving.reserve(coupon.partner_id, desk.listing(level).id, [Wanted(level.id, tickets)]).reservation
    holding.use(made.id, [AskedUse(level.event_id, coupon.written)])
    return made


@pytest.fixture
def every(world):
    """A coupon for each way of standing."""
    names = (*standing.EVERY, "spent", "taken away", "shared")
    made = {name: desk.coupon(world.acme, code=f"STANDS-{n}", name=name) for n, name in enumerate(names)}
    coupons.change(world.acme.id, made["spent"].id, {"budget": 200, "currency": "EUR"})
    desk.assigned(made[standing.RUNNING])
    desk.assigned(made[standing.COMING], start="2040-01-01")
    desk.assigned(made[standing.USED_UP], limit=1)
    desk.assigned(made[standing.OVER], end="2020-12-31")
    desk.assigned(made["spent"])
    desk.assigned(made[standing.OFF])
    desk.assigned(made["shared"], made["taken away"], limit=1, is_shared=True)
    for name in (standing.USED_UP, "spent", "shared"):
        held(made[name])
    coupons.end(world.acme.id, made[standing.OFF].id)
    return made


def test_each_stands_as_it_can_be_used_in_the_list_and_in_its_filter(world, every):
    expected = {name: name for name in standing.EVERY} | dict.fromkeys(
        ("spent", "taken away", "shared"), standing.USED_UP
    )
    assert {row.name: row.standing for row in found.page(world.acme.id, Filter()).rows} == expected
    for state in standing.EVERY:
        chosen = Filter(state=state)
        names = {row.name for row in found.page(world.acme.id, chosen).rows}
        assert names == {name for name, stands in expected.items() if stands == state}
        assert found.count(world.acme.id, chosen) == len(names)
    assert found.standing(every["spent"].id) == standing.USED_UP and found.count(world.rival.id, Filter()) == 0


def test_the_text_is_how_a_code_begins_or_ends_or_words_of_the_name(world, every):
    for text, names in (("stands-0", {"running"}), ("DS-1", {"coming"}), ("away taken", {"taken away"}), ("s_", set())):
        assert {row.name for row in found.page(world.acme.id, Filter(text=text)).rows} == names
    hits = [hit.note for hit in search.find(world.acme.id, "owner", "stands-0") if hit.kind == "coupon"]
    assert hits == ["running"] and not search.find(world.rival.id, "owner", "stands-0")


@pytest.mark.engine("sqlite")
def test_the_search_reads_the_latest_names_in_an_index_alone(engine):
    by_name = Statement(SEARCHES[0].by_words(1, frozenset()))
    given = {"partner": 1, "key": "", "key_begins": "", "word_1": ""}
    plan = [row[-1] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {by_name.text}", given).fetchall()]
    assert any("USING COVERING INDEX coupon_of_partner" in step for step in plan), plan


def test_what_was_given_back_is_no_part_of_the_course_nor_of_the_totals(world):
    coupon = desk.coupon(world.acme, tags=("Radio",))
    desk.assigned(coupon)
    bought, let_go = held(coupon), held(coupon)
    settling.purchase(bought.id)
    settling.release(let_go.id)
    its = course.by_day(coupon, "Europe/Vienna")
    assert (its.uses, its.sums) == (1, [Sum("EUR", 200, 1800)]) and sum(uses for _, uses in its.days) == 1
    assert its.days[-1][1] == 1
    (radio,) = tag_totals.of(world.acme.id)
    assert (radio.coupons, radio.uses, radio.sums) == (1, 1, [Sum("EUR", 200, 1800)])
    assert tag_totals.of(world.rival.id) == []
