"""What a coupon takes off, to the minor unit: the figures of the contract, and what holds for any of them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.domain.coupons.coupons.tables import ACCESS, AUTO, COMP, DISCOUNT, FIXED, PERCENTAGE
from portal.domain.coupons.uses.amounts import Line, Share, Terms, shares, together


def percent(hundredths: int, kind: int = DISCOUNT) -> Terms:
    return Terms(kind, PERCENTAGE, hundredths)


def fixed(minor: int, kind: int = DISCOUNT) -> Terms:
    return Terms(kind, FIXED, minor)


def lines(*tickets: tuple[int, int]) -> list[Line]:
    return [Line(place, price, quantity) for place, (price, quantity) in enumerate(tickets)]


def off(terms: Terms, *tickets: tuple[int, int], **more) -> list[int]:
    return [share.amount for share in shares(terms, lines(*tickets), **more)]


def after(found: list[Line], taken: list[Share]) -> list[Line]:
    by_line = {share.line_id: (share.tickets, share.amount) for share in taken}
    return [line._replace(before=(*line.before, by_line[line.id])) if line.id in by_line else line for line in found]


@pytest.mark.parametrize(
    ("terms", "tickets", "more", "amounts"),
    [
        (percent(2500), [(1999, 1)], {}, [500]),
        (percent(1000), [(275, 1)], {}, [28]),
        (percent(1000), [(265, 1)], {}, [26]),
        (percent(1000), [(275, 2)], {}, [55]),  # one rounding, over its tickets
        (percent(3333), [(100, 1), (100, 1), (100, 1)], {}, [34, 33, 33]),
        (percent(10000), [(1000, 5)], {"ticket_limit": 1}, [1000]),
        (percent(10000), [(1000, 2)], {"ticket_limit": 1}, [1000]),
        (fixed(300), [(1000, 3)], {}, [900]),
        (fixed(300), [(1000, 3)], {"ticket_limit": 2}, [600]),
        (fixed(300), [(200, 2), (1000, 1)], {}, [400, 300]),  # never below zero for a ticket
        (fixed(1000, AUTO), [(2000, 3)], {}, [1000]),
        (fixed(1000, AUTO), [(2000, 1), (2000, 1), (2000, 1)], {}, [334, 333, 333]),
        (fixed(1000, AUTO), [(300, 1), (300, 1)], {}, [300, 300]),  # nor in total
        (percent(1000, AUTO), [(1000, 2)], {}, [200]),
        (Terms(COMP), [(1000, 2), (500, 1)], {}, [2000, 500]),
        (Terms(COMP), [(1000, 2), (500, 1)], {"ticket_limit": 2}, [2000]),
        (percent(5000), [(1000, 2)], {"most": 700}, [700]),
        (percent(5000), [(1000, 1), (1000, 1)], {"most": 701}, [351, 350]),
        (percent(5000), [(0, 2)], {}, []),
        (Terms(ACCESS), [(1000, 4), (0, 2)], {"ticket_limit": 5}, [0, 0]),
    ],
)
def test_a_coupon_takes_off_what_the_contract_says(terms, tickets, more, amounts):
    assert off(terms, *tickets, **more) == amounts


def test_of_several_each_is_from_the_face_price_whatever_their_order():
    for first, second in ((fixed(15), percent(2000)), (percent(2000), fixed(15))):
        found = lines((100, 1))
        one = shares(first, found)
        assert 100 - together(one) - together(shares(second, after(found, one))) == 65


def test_a_ticket_that_is_free_already_is_not_paid_for_by_another():
    found = lines((1000, 5))
    found = after(found, shares(Terms(COMP), found, ticket_limit=1))
    assert together(shares(fixed(700), found)) == 4 * 700
    assert together(shares(Terms(COMP), found, ticket_limit=1)) == 1000


_TERMS = some.one_of(
    some.builds(percent, some.integers(1, 10_000), some.sampled_from([DISCOUNT, AUTO])),
    some.builds(fixed, some.integers(1, 3_000), some.sampled_from([DISCOUNT, AUTO])),
    some.just(Terms(COMP)),
    some.just(Terms(ACCESS)),
)
_LIMIT = some.none() | some.integers(1, 8)
_TICKETS = some.lists(some.tuples(some.integers(0, 2_000), some.integers(1, 5)), min_size=1, max_size=4)


@given(_TICKETS, some.lists(some.tuples(_TERMS, _LIMIT, some.none() | some.integers(0, 900)), min_size=1, max_size=4))
def test_no_ticket_and_no_line_goes_below_zero_and_no_limit_is_passed(tickets, uses):
    found = lines(*tickets)
    left = [line.price * line.quantity for line in found]
    for terms, limit, most in uses:
        taken = shares(terms, found, limit, most)
        assert sum(share.tickets for share in taken) <= (limit or 100)
        assert most is None or together(taken) <= most
        for share in taken:
            left[share.line_id] -= share.amount
            assert share.amount >= 0 and 1 <= share.tickets <= found[share.line_id].quantity
        assert min(left) >= 0
        found = after(found, taken)


@given(_TICKETS, some.integers(1, 10_000))
def test_a_percentage_adds_up_over_its_lines(tickets, hundredths):
    face = sum(price * quantity for price, quantity in tickets)
    assert abs(sum(off(percent(hundredths), *tickets)) * 10_000 - face * hundredths) <= 5_000


@given(some.integers(1, 5), some.integers(1, 5_000))
def test_a_sum_off_equal_lines_differs_by_at_most_one_and_falls(count, amount):
    parts = off(fixed(amount, AUTO), *[(2_000, 1)] * count)
    assert sum(parts) == min(amount, 2_000 * count)
    assert all(0 <= first - second <= 1 for first, second in pairwise(parts))
