"""Whatever is asked of coupons at one moment is answered as some order of the calls would have been."""

from itertools import combinations, permutations

import pytest

from tests.races.test_coupons import Door

pytestmark = pytest.mark.races
LIMIT = 2  # of both codes together; the first reservation has used one already
CALLS = (("use", 1, "A"), ("use", 1, "B"), ("use", 2, "AB"), ("let go", 0, ""), ("buy", 0, ""))


def in_order(calls) -> tuple:
    """What each of the calls is answered with when they come one after another, and how many uses count at the end."""
    state, used, answers = "held", {0: {"A"}, 1: set(), 2: set()}, {}
    for call in calls:
        verb, place, codes = call
        if verb == "use":
            more = set(codes) - used[place]
            fits = sum(map(len, used.values())) + len(more) <= LIMIT
            used[place] |= more if fits else set()
            answers[call] = 200 if fits else 400
        elif verb == "buy":
            answers[call] = 400 if state == "released" else 200
            state = "bought" if state == "held" else state
        else:
            answers[call] = 400 if state == "bought" else 204
            if state == "held":
                state, used[0] = "released", set()
    return tuple(answers[call] for call in sorted(calls)), sum(map(len, used.values()))


@pytest.mark.parametrize(
    "calls", list(combinations(CALLS, 4)), ids=lambda calls: "-".join(f"{verb}{codes}" for verb, _, codes in calls)
)
def test_calls_at_once_are_answered_as_some_order_of_them_would_be(merchant, calls):
    calls = sorted(calls)
    door = Door(merchant)
    coupons = dict(zip("AB", door.coupons(2, limit=LIMIT, is_shared=True), strict=True))
    made = door.reserve(3)
    assert door.used([door.use(made[0], coupons["A"])]) == {200: 1}

    def asked(verb, place, codes):
        path, secret = f"/reservations/{made[place].reservation.id}", {"Reservation-Secret": made[place].secret}
        if verb != "use":
            return ("POST", f"{path}/purchase", {}, secret) if verb == "buy" else ("DELETE", path, {}, secret)
        each = [{"event_id": made[place].reservation.event_id, "code": coupons[code].code} for code in codes]
        return "POST", f"{path}/coupon-usage", {"data": {"attributes": {"coupons": each}}}, secret

    answers = merchant.at_once([asked(*call) for call in calls])
    found = tuple(answer.status_code for answer in answers), door.live()
    assert found in {in_order(order) for order in permutations(calls)}
