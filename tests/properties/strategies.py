"""What merchants send: mostly what works, now and then what must not."""

from hypothesis import strategies as st

from tests.properties.model.terms import Said

SIDES = st.sampled_from([0, 0, 0, 1])
PICKS = st.integers(0, 7)
DEAL_IDS = st.sampled_from([f"order-{number}" for number in range(1, 13)])
STATUSES = st.sampled_from(["Created", "Paid", "Created", "Paid", "Canceled"])
# Minor units whose shares end in a half, whole ones, nothing, and what floats cannot hold.
COSTS = st.sampled_from([10_000, 10, 30, 50, 12_345, 0, 12_999, 1])
OFFERS = st.sampled_from(
    [
        *[("Plan", "shop", "USD")] * 8, *[("Fixed", "shop", "KWD")] * 4, *[("Side", "other", "USD")] * 4,
        ("Plan", "shop", "JPY"), ("Plan B", "shop", "USD"), ("Plan", "shop", "KWD"), ("Plan", "other", "USD"),
        ("Nothing", "shop", "USD"), ("Plan", "nowhere", "USD"),
    ]
)  # fmt: skip
# {0} stands for the merchant's own mark, {1} for the other's.
ANOTHER_DATA = st.sampled_from(
    [
        "myshare={0}NORTH", "myshare={0}SIDE", None, "", "uid={0}WIND&subid=7", "ref={0}NORTH", "myshare=NOBODY22&uid={0}WIND",
        "ref={0}WIND&myshare={0}NORTH", "uid={1}NORTH", "myshare={0}NORTH&click=click-{0}",
        "myshare={0}WIND&click=click-{0}", "subid=7", "myshare={0}north", "myshare={0}NORTH&myshare={0}WIND",
    ]
)  # fmt: skip
PROMO_CODES = st.sampled_from(
    [None, None, "", "{0}WIND-5", "{0}north-5", "{0}SIDE-5", "{0}WIND-OLD", "{1}NORTH-5", "NONE"]
)
DURATIONS = st.sampled_from([0, 3600, 86_400, 172_800, 5 * 86_400])
WAITS = st.sampled_from([86_400, 2 * 86_400, 43_200, 5 * 86_400, 31 * 86_400])
ROADS = st.sampled_from(["domain", "domain", "api", "api with a key"])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["Created", "Paid", "Canceled", None]),
        "cost": COSTS,
        "is_returned": st.booleans(),
        "comment": st.sampled_from([None, "a remark", "another"]),
    },
).filter(bool)
MOVES = st.sampled_from(
    [
        {"status": "Paid"}, {"status": "Canceled"}, {"status": "Canceled", "is_returned": True}, {"is_returned": True},
        {"cost": 50}, {"cost": 12_345}, {"status": "Paid", "cost": 30},
    ]
)  # fmt: skip
OTHER_TERMS = {
    "other terms": {"percent": 1250, "hold": 3600, "wait": 43_200},
    "unpublished": {"published": False},
}
HISTORIES = st.lists(
    st.sampled_from(["days pass", "paid", "other terms", "Paid 2", "Paid 3", "Canceled 1", "unpublished"]), max_size=8
)
CATALOG_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "percent": st.sampled_from([5, 500, 1250, 2000]),
        "hold": DURATIONS,
        "wait": DURATIONS,
        "published": st.sampled_from([True, True, False]),
        "codes": st.sampled_from([True, True, False]),
        "cookie_days": st.sampled_from([1, 30]),
    },
).filter(bool)
OFFER_CHANGES = st.sampled_from(
    [
        ("Plan", {"percent": 500}), ("Plan", {"percent": None}), ("Plan", {"active": False}), ("Plan", {"active": True}),
        ("Plan", {"codes": False}), ("Plan", {"codes": True}), ("Plan", {"currencies": ("USD",)}),
        ("Plan", {"currencies": ("USD", "JPY", "KWD")}), ("Plan", {"name": "Plan B"}), ("Plan", {"name": "Plan"}),
        ("Fixed", {"fixed": 1}), ("Fixed", {"fixed": 3333}), ("Fixed", {"percent": 2000}), ("Side", {"percent": 5}),
        ("Side", {"fixed": 250}), ("Side", {"catalog": "shop"}), ("Side", {"catalog": "other"}),
    ]
)  # fmt: skip


BUT = st.sampled_from(
    [
        *[{}] * 4, {"offer": "Fixed"}, {"offer": "Plan B"}, {"catalog": "other"}, {"cost": 777}, {"cost": 50},
        {"currency": "JPY"}, {"promo_code": "{0}WIND-5"}, {"promo_code": None}, {"another_data": "uid={0}WIND"},
        {"another_data": None},
    ]
)  # fmt: skip


@st.composite
def reports(draw) -> Said:
    """A report of anything; its marks are still to be filled in."""
    offer, catalog, currency = draw(OFFERS)
    return Said(
        draw(DEAL_IDS), draw(STATUSES), offer, catalog, draw(COSTS), currency, draw(st.booleans()), draw(PROMO_CODES),
        draw(ANOTHER_DATA),
    )  # fmt: skip


@st.composite
def new_reports(draw) -> Said:
    """A report of an offer, named by the word that stays with it; catalog and currency are still to be filled in."""
    return Said(
        "", draw(st.sampled_from(["Paid", "Created"])), draw(st.sampled_from(["Plan", "Fixed", "Side"])), "",
        draw(COSTS), "", draw(st.booleans()), draw(PROMO_CODES), draw(ANOTHER_DATA),
    )  # fmt: skip
