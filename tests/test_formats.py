"""How things are written for people."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask_wtf import FlaskForm
from wtforms.validators import Optional

from portal.web import days, formats
from portal.web.inputs import NumberField
from tests.support.speaking import speaking

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (123450, "USD", "1,234.50\u00a0USD"),
        (0, "EUR", "0.00\u00a0EUR"),
        (1234, "JPY", "1,234\u00a0JPY"),
        (1234567, "KWD", "1,234.567\u00a0KWD"),
        (-5, "USD", "\u22120.05\u00a0USD"),
        (None, "USD", "–"),
    ],
)
def test_money_has_the_decimals_of_its_currency(minor, currency, written):
    assert formats.money(minor, currency) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(12345, "12,345"), (-7, "\u22127"), (2.5, "2.5"), (Decimal("3.00"), "3"), (0, "0"), (None, "–")],
)
def test_numbers_are_grouped_by_three(value, written):
    assert formats.number(value) == written


def test_a_number_keeps_the_places_it_is_asked_for():
    assert formats.number(2, 2) == "2.00"


@pytest.mark.parametrize(
    ("value", "written"), [(12.5, "12.5%"), (100, "100%"), (Decimal("0.05"), "0.05%"), (-3, "\u22123%"), (None, "–")]
)
def test_percentages_drop_idle_zeros(value, written):
    assert formats.percent(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(950, "950"), (1200, "1.2K"), (3_000_000, "3M"), (-1500, "\u22121.5K"), (0.25, "0.25"), (100_000, "100K")],
)
def test_axis_labels_are_short(value, written):
    assert formats.compact(value) == written


def test_an_instant_is_shown_on_the_day_it_has_in_the_time_zone():
    late = datetime(2026, 11, 3, 23, 30, tzinfo=UTC)
    assert formats.date(late, "UTC") == "3 Nov 2026"
    assert formats.date(late, "Asia/Tokyo") == "4 Nov 2026"
    assert formats.date_time(late, "Asia/Tokyo") == "4 Nov 2026, 08:30"
    assert formats.date(None, "UTC") == "–"


@pytest.mark.parametrize(
    ("distance", "written"),
    [
        (timedelta(seconds=-20), "just now"),
        (timedelta(seconds=20), "in a moment"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(minutes=5), "in 5 minutes"),
        (timedelta(hours=-23, minutes=-59), "23 hours ago"),
        (timedelta(days=3), "in 3 days"),
        (timedelta(days=-31), "3 Oct 2026"),
    ],
)
def test_what_is_near_is_told_by_its_distance(distance, written):
    assert formats.relative(NOON + distance, NOON, "UTC") == written


@pytest.mark.parametrize(
    ("length", "written"),
    [
        (timedelta(days=30), "30 days"),
        (timedelta(days=30, hours=4), "30 days 4 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=4, minutes=30, seconds=9), "4 h 30 min"),
        (45, "45 s"),
        (0, "none"),
        (None, "–"),
    ],
)
def test_a_duration_is_told_in_its_two_largest_units(length, written):
    assert formats.duration(length) == written


def test_a_time_element_is_exact_in_its_title():
    element = formats.when(NOON, NOON + timedelta(hours=2), "Europe/Berlin")
    assert element == (
        '<time datetime="2026-11-03T12:00:00+00:00" title="3 Nov 2026, 13:00 (Europe/Berlin)">2 hours ago</time>'
    )


def test_another_language_writes_in_its_own_way():
    with speaking("ru"):
        assert formats.number(1234567) == "1\u00a0234\u00a0567" and formats.number(-2.5) == "\u22122,5"
        assert formats.number(2, 2) == "2,00" and formats.money(-123450, "USD") == "\u22121\u00a0234,50\u00a0USD"
        assert formats.money(1234, "JPY") == "1\u00a0234\u00a0JPY" and formats.money(None, "USD") == "–"
        assert formats.percent(12.5) == "12,5\u00a0%" and formats.share(1000) == "10\u00a0%"
        assert formats.date(NOON, "UTC") == "3 нояб. 2026\u202fг." and formats.date_time(NOON, "UTC").endswith(
            "г., 12:00"
        )
        assert formats.relative(NOON - timedelta(minutes=3), NOON, "UTC") == "3 минуты назад"
        assert formats.relative(NOON + timedelta(days=21), NOON, "UTC") == "через 21 день"
        assert formats.duration(timedelta(days=5, hours=4)) == "5 дней 4 ч"
        assert 'title="3 нояб. 2026' in formats.when(NOON, NOON, "UTC")


def test_templates_of_a_language_write_in_its_way(app):
    with speaking("ru"), app.test_request_context():
        assert app.jinja_env.from_string("{{ 1234|number }}").render() == "1\u00a0234"
    assert app.jinja_env.from_string("{{ 1234|number }}").render() == "1,234"


@pytest.mark.parametrize("text", ["2026-W01-1", "20260101", "0001-01-01", "1969-12-31", "2026-02-30", "٢٠٢٦-01-01", ""])
def test_a_day_is_written_in_one_way(text):
    assert days.day(text) is None and str(days.day("2026-01-31")) == "2026-01-31"


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(("typed", "read"), [("", None), ("7,5", Decimal("7.5"))])
def test_a_number_that_is_emptied_is_none_whatever_the_form_had_shown(app, typed, read):
    class Shown(FlaskForm):
        share = NumberField("Share", [Optional()])

    with app.test_request_context(method="POST", data={"share": typed}):
        form = Shown(share=Decimal("12.5"), meta={"csrf": False})
        assert form.validate() and form.share.data == read
