"""The checks of single values: what is taken, as it is stored, and what is refused with a sentence."""

from decimal import Decimal

import pytest

from portal.domain import values
from portal.domain.errors import Invalid
from portal.domain.values import Wrong

DAY = 86_400
TAKEN = [
    (values.required_text(3), " abc ", "abc"),
    (values.optional_text(3), None, None),
    (values.optional_text(3), "  ", None),
    (values.optional_text(3), " a ", "a"),
    (values.optional_text(4), "cafe\u0301", "café"),
    (values.printable_text(5), "a é", "a é"),
    (values.optional_name(5), " ", None),
    (values.texts(2, 3), None, []),
    (values.texts(2, 3), ["abc", ""], ["abc", ""]),
    (values.url, None, None),
    (values.url, "", None),
    (values.url, "http://[::1]:8080/x?y#z", "http://[::1]:8080/x?y#z"),
    (values.url, "HTTPS://EXAMPLE.com", "HTTPS://EXAMPLE.com"),
    (values.one_of(("a", "b"), "a"), None, "a"),
    (values.one_of(("a", "b"), "a"), "b", "b"),
    (values.some_of(("a", "b"), ["a"]), None, ["a"]),
    (values.some_of(("a", "b"), ["a"]), ["b", "a", "b"], ["b", "a"]),
    (values.some_of(("a", "b"), ["a"]), [], []),
    (values.flag(True), None, True),
    (values.flag(True), False, False),
    (values.whole_number(1, 9, 3), None, 3),
    (values.whole_number(1, 9, 3), 9, 9),
    (values.percent("0.05", "95"), None, None),
    (values.percent("0.05", "95"), Decimal("0.05"), 5),
    (values.percent("0.05", "95"), Decimal("95.000"), 9500),
    (values.percent("0", "95"), Decimal("-0"), 0),
    (values.duration(7), None, 7),
    (values.duration(7), 0, 0),
    (values.duration(7), "30 00:00:00", 30 * DAY),
    (values.duration(7), " 0 00:00:01 ", 1),
    (values.duration(7), "23:59:59", DAY - 1),
    (values.duration(7), "36500 00:00:00", 36_500 * DAY),
]
REFUSED = [
    (values.required_text(3), ["", "  ", None, "abcd", 5]),
    (values.optional_text(3), ["abcd"]),
    (values.printable_text(9), ["a\nb", "a\tb", "a\u200bb", "a\x7f", "a\u2028b"]),
    (values.texts(2, 3), [["a", "b", "c"], ["abcd"]]),
    (values.url, ["x", "/x", "//x", "ftp://x", "http://", "http:///x", "http://a b", "http://a:b", "http://me:secret@a", "http://a:99999", "javascript:x", "http://[x", "http://a/<b>", "http://a/\\b", 'http://a/"', "https://" + "a" * 2048]),
    (values.required_url, ["", None, "x"]),
    (values.one_of(("a",), "a"), ["A", "", 1]),
    (values.one_of(("a",)), [None]),
    (values.some_of(("a",), []), [["b"], ["a", "A"], [""]]),
    (values.whole_number(1, 9, 3), [0, 10]),
    (values.percent("0.05", "95"), [Decimal(text) for text in ("0", "0.049", "95.01", "NaN", "Infinity", "5.001", "1E-30", "5." + "0" * 50 + "1")]),
    (values.duration(7), ["", "x", "1", "1 1", "1 1:1", "1 24:00:00", "1 00:60:00", "1 00:00:60", "-1 00:00:00", "1 -1:00:00", "١ 00:00:00", "36501 00:00:00", "9999999 00:00:00", -1, "1.5 00:00:00"]),
]  # fmt: skip


def test_what_is_taken_is_stored_as_said():
    for check, value, stored in TAKEN:
        taken = check(value)
        assert (type(taken), taken) == (type(stored), stored), value


def test_what_is_refused_says_how_to_mend_it():
    for check, refused in REFUSED:
        for value in refused:
            with pytest.raises(Wrong) as wrong:
                pytest.fail(f"took {value!r} as {check(value)!r}")
            assert str(wrong.value).endswith(".")


def test_every_wrong_field_is_named_at_once():
    checks = {"a": values.whole_number(1, 2, 1), "b": values.url, "c": values.flag(True)}
    with pytest.raises(Invalid) as refused:
        values.checked({"a": 3, "b": "x", "c": None}, checks)
    assert [field for field, _ in refused.value.errors] == ["a", "b"]
    assert refused.value.field == "a"


def test_durations_read_back_as_they_are_shown():
    for seconds in (0, 1, 59, 3600, DAY - 1, DAY, 14 * DAY, 36_500 * DAY):
        assert values.duration(1)(values.duration_text(seconds)) == seconds
    assert values.duration_text(30 * DAY + 3661) == "30 01:01:01"
