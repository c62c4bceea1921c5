"""Every way of the graph, and every way to name a thing, goes by an index on both engines; a page of what is much is read in order."""

import re

from portal.database import database
from portal.database.statements import _LIST
from portal.domain.graph import ways
from portal.domain.graph.graph import Reader
from portal.domain.graph.ways import GRAPH

# What one thing may have a hundred thousand of.
MUCH = {
    ("catalog", "offers"), ("catalog", "promoters"), ("offer", "deals"), ("offer", "promoters"), ("promotion", "clicks"),
    ("promotion", "deals"), ("promo_code", "deals"), ("landing", "clicks"), ("payout", "rewards"), ("coupon_batch", "coupons"),
    ("coupon", "uses"), ("coupon", "deals"), ("ticketed_event", "reservations"), ("card_template", "cards"), ("card", "operations"),
    ("card", "pushes"), ("push", "cards"), ("member", "cards"), ("member_offer", "uses"), ("feed_listing", "drawn_coupons"),
    ("coupon_assignment", "coupons"),
}  # fmt: skip
_GIVEN = {"ids": [1], "most": 26, "place_1": 9, "place_2": 9}


def plan(statement, **given) -> str:
    """How the engine goes about it; PostgreSQL is told to leave out reading a whole table, and sorting,
    wherever it can."""
    given = {name: value for name, value in given.items() if re.search(rf":{name}\b", statement.written)}
    lists = {name: given.pop(name) for name in _LIST.findall(statement.written) if name in given}
    text, values = statement._with_lists(given | lists) if lists else (statement.text, given)
    if database.param == "?":
        return "\n".join(row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {text}", values).fetchall())
    database.execute_sql("SET enable_seqscan = off")
    database.execute_sql("SET enable_sort = off")
    try:
        return "\n".join(row[0] for row in database.execute_sql(f"EXPLAIN {text}", values).fetchall())
    finally:
        database.execute_sql("RESET enable_seqscan")
        database.execute_sql("RESET enable_sort")


def reader_given() -> dict:
    return Reader(1, frozenset().union(*(node.permits for node in GRAPH.nodes.values()))).given


def whole_tables(told: str) -> list[str]:
    return re.findall(r"^.*(?:SCAN (?!of_|found|CONSTANT)\w+|Seq Scan on \w+).*$", told, re.M)


def test_every_way_is_walked_by_an_index_and_what_is_much_in_its_order(engine):
    given = _GIVEN | reader_given()
    for way in GRAPH.ways:
        for statement in (ways.walking((way.number,)), ways.going_on(way.number), ways.counting(way.number)):
            told = plan(statement, **given)
            assert whole_tables(told) == [], told
            if (way.kind, way.relation) in MUCH:
                assert not re.search("TEMP B-TREE FOR ORDER|(?<!Incremental )Sort  ", told), told


def test_a_thing_of_any_kind_is_named_by_an_index(engine):
    typed = dict.fromkeys(("uuid", "key", "code", "text", "mail", "digits", "click"), "x") | {"number": 1}
    for kind in GRAPH.nodes:
        assert whole_tables(plan(ways.naming((kind,)), **typed, **reader_given())) == []
