"""Money is whole minor units; one place rounds, half-even; nothing without a minor unit is a currency."""

from decimal import Decimal

import pytest

from portal.domain import money
from portal.domain.errors import Invalid


def test_amounts_become_minor_units_exactly_or_not_at_all():
    for amount, currency, minor in (
        ("0", "USD", 0), ("0.01", "USD", 1), ("-0.01", "USD", -1), ("100.00000", "USD", 10_000), ("1E+2", "USD", 10_000),
        ("100", "JPY", 100), ("1.001", "KWD", 1001), ("0.0001", "CLF", 1), ("10000000000", "USD", 10**12),
    ):  # fmt: skip
        assert money.to_minor(Decimal(amount), currency) == minor
        assert money.to_minor(money.to_decimal(minor, currency), currency) == minor
    for amount, currency in (
        ("0.001", "USD"), ("0.1", "JPY"), ("1.0001", "KWD"), ("10000000000.01", "USD"), ("1E+30", "JPY"), ("1E-400", "USD"),
        ("0." + "0" * 60 + "1", "USD"), ("1." + "0" * 60 + "1", "USD"), ("NaN", "USD"), ("Infinity", "USD"), ("-Infinity", "JPY"),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            money.to_minor(Decimal(amount), currency)


@pytest.mark.parametrize("code", ["XAU", "XXX", "XTS", "XDR", "usd", "", "BTC", "US", "HRK", None])
def test_what_is_no_currency_is_refused_by_name(code):
    with pytest.raises(money.UnknownCurrency) as refused:
        money.to_minor(Decimal(1), code)
    assert refused.value.field == "currency"


def test_every_currency_of_the_list_has_a_minor_unit():
    assert len(money.EXPONENTS) > 150
    assert {money.EXPONENTS[code] for code in ("USD", "RUB", "EUR", "MGA", "MRU")} == {2}
    assert (money.EXPONENTS["JPY"], money.EXPONENTS["KWD"], money.EXPONENTS["UYW"]) == (0, 3, 4)


def test_the_wire_number_is_the_nearest_and_reads_back_exactly():
    for minor in (0, 1, 5, 10, 29, 1005, 123_456_789_012, 10**12 - 1, 10**12, -1):
        for currency in ("USD", "JPY", "KWD", "CLF"):
            wire = money.to_wire(minor, currency)
            assert isinstance(wire, int if currency == "JPY" else float)
            assert money.to_minor(Decimal(repr(wire)), currency) == minor


def test_shares_round_half_even():
    for minor, hundredths, share in (
        (1, 5000, 0), (3, 5000, 2), (5, 5000, 2), (-3, 5000, -2), (250, 100, 2), (350, 100, 4), (10_000, 5, 5), (100, 9500, 95),
        (10**15, 9500, 950_000_000_000_000), (10**15 - 1, 5, 500_000_000_000), (0, 9500, 0), (7, 0, 0),
    ):  # fmt: skip
        assert money.share(minor, hundredths) == share
