"""One number may be two; what stands beside it decides, or somebody says so."""

from decimal import Decimal

import pytest

from portal.domain.typed import numbers
from portal.domain.typed.numbers import COMMA, POINT

FILES = [
    (["1.500", "129,50"], COMMA), (["1,500", "129.50"], POINT), (["1.500", "1.234.567"], COMMA), (["1.500", "1234.500"], POINT),
    (["1.500", "0.500"], POINT), (["1 234,50", "7"], COMMA), (["1'234.50", "1.500"], POINT), (["1.500", "2.50"], POINT),
    (["1\xa0234", "5"], POINT), ([], POINT), (["five", "€5"], POINT), (["1.500"], None), (["1,000", "2,000"], None),
    (["1.500", "five"], None), (["129,50", "129.50"], None), (["1.500", "7"], None),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "sign"), FILES, ids=ascii)
def test_the_sign_before_decimals_is_that_of_all_numbers_or_nobodys(texts, sign):
    assert numbers.sign_of(texts) == sign


def test_a_number_that_somebody_types_has_either_sign():
    assert numbers.least("129,50") == numbers.least("129.50") == numbers.least("１２９．５") == Decimal("129.5")
    assert numbers.least("1.234,50") == numbers.least("1,234.50") == numbers.least("1 234.5") == Decimal("1234.5")
    assert numbers.least("1.2.3") is numbers.least("") is numbers.least("NaN") is numbers.least("1e3") is None
    assert numbers.is_open("1.500") and numbers.is_open("1,500") and not numbers.is_open("1.50")


def test_the_longest_cell_is_read_once():
    for text in ("1" + " 000" * 100_000, "1" * 400_000, "1'" * 200_000):
        assert numbers.sign_of([text]) == POINT
