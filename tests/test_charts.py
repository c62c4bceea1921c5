"""Charts: well-formed, described, within their frame, and never dressed inline."""

import itertools
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from portal.web import charts, formats
from portal.web.charts.axes import LETTER, spacing, steps

DAYS = [date(2026, 9, 1) + timedelta(days=place) for place in range(90)]
CLICKS = charts.Series("Clicks", [place * 7 % 60 for place in range(90)])
DEALS = charts.Series("Deals", [None if place == 40 else place % 5 for place in range(90)])

FIGURES = {
    "line": charts.line("Clicks and deals", DAYS, [CLICKS, DEALS]),
    "one day": charts.line("Clicks", DAYS[:1], [charts.Series("Clicks", [3])]),
    "bars": charts.bars("Uses", DAYS[:7], [0, 1, 2, 3, 4, 5, 6]),
    "below zero": charts.stacked_bars(
        "Balance", DAYS[:3], [charts.Series("In", [5, 0, 2]), charts.Series("Out", [-2, -9, 0])]
    ),
    "funnel": charts.funnel("Funnel", [("Clicks", 200), ("Deals", 20), ("Paid", 0), ("Approved", 0)]),
    "ranked": charts.ranked(
        "Offers", [("A name that is far too long for the room there is, whatever the width may be " * 2, 3)]
    ),
    "nothing": charts.line("Clicks", [], [charts.Series("Clicks", [])]),
    "zeros": charts.bars("Uses", DAYS[:3], [0, 0, 0]),
    "hostile": charts.bars("<script>", ['"><b>', "&"], [1, 2], name="</svg>"),
}


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_a_drawing_is_well_formed_and_described(figure):
    for drawing in (figure.wide, figure.narrow):
        svg = ElementTree.fromstring(drawing)
        assert svg.get("role") == "img"
        assert svg.get("aria-label").startswith(figure.title)
        assert svg.find("desc") is not None
        assert not re.search(r"<[^>]*\s(style|on\w+)=", drawing)
        assert "nan" not in drawing and "inf" not in drawing


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_labels_stay_in_the_frame_and_do_not_touch(figure):
    for drawing in (figure.wide, figure.narrow):
        svg = ElementTree.fromstring(drawing)
        width = float(svg.get("viewBox").split()[2])
        middles = [text for text in svg.iter("text") if text.get("text-anchor") == "middle"]
        edges = [(float(text.get("x")), len(text.text) * LETTER / 2) for text in middles]
        assert all(x - half >= -0.1 and x + half <= width + 0.1 for x, half in edges)
        assert all(x + half <= following - next_half for (x, half), (following, next_half) in itertools.pairwise(edges))


def test_the_table_has_every_value_in_words():
    figure = charts.bars("Sales", DAYS[:2], [12345, 0], name="Sum", write=lambda value: formats.money(value, "USD"))
    assert figure.columns == ("Day", "Sum")
    assert figure.rows == (("1 Sep", "123.45\u00a0USD"), ("2 Sep", "0.00\u00a0USD"))


def test_what_is_unknown_leaves_a_gap():
    drawing = ElementTree.fromstring(FIGURES["line"].wide)
    lines = [path.get("class") for path in drawing.iter("path")]
    assert lines == ["chart-line series-1", "chart-line series-2", "chart-line series-2"]


def test_a_funnel_tells_the_share_of_the_step_before():
    assert "20   (10%)" in FIGURES["funnel"].wide


def test_nothing_to_draw_is_said_not_drawn():
    assert FIGURES["nothing"].is_empty and FIGURES["zeros"].is_empty
    assert not FIGURES["bars"].is_empty


@pytest.mark.parametrize(
    ("lowest", "highest", "expected"),
    [
        (0, 0, [0, 1]),
        (0, 3, [0, 1, 2, 3]),
        (0, 97, [0, 25, 50, 75, 100]),
        (-9, 7, [-10, -5, 0, 5, 10]),
        (0, 1_000_000, [0, 250_000, 500_000, 750_000, 1_000_000]),
    ],
)
def test_steps_are_round_and_hold_every_value(lowest, highest, expected):
    assert steps(lowest, highest) == expected


def test_fractions_have_fractional_steps():
    assert steps(0, 0.9, whole=False) == [0, 0.25, 0.5, 0.75, 1.0]


def test_labels_are_thinned_until_they_fit():
    assert spacing(["1 Sep", "2 Sep"], [0, 100]) == 1
    assert spacing(["10 Sep"] * 90, [place * 4 for place in range(90)]) == 14


def test_a_sparkline_is_one_stroke():
    svg = ElementTree.fromstring(charts.sparkline("Rising", [1, 2, 3]))
    assert svg.get("aria-label") == "Rising"
    assert ElementTree.fromstring(charts.sparkline("Flat", [])) is not None
