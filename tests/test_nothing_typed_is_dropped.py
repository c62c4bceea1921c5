"""What is typed into a form is used or refused with a sentence, whichever choice stands beside it and however odd it is: on every
form of the portal."""

import re
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from itertools import count, cycle

import pytest

from portal.database import database
from portal.domain.accounts.tables import Partner
from portal.domain.offers.tables import Catalog
from portal.domain.schema import MODELS
from portal.routing import PUBLIC_KIND
from portal.worker import drains
from tests.support import things
from tests.support.cast import PASSWORD
from tests.support.forms import TYPED, Field, Form, forms_of
from tests.test_route_matrix import address, browser_of, may, routes_of

pytestmark = pytest.mark.engine("sqlite")
DAY = 86_400
# A password is no data: it is asked for where a choice needs one. The others name something that must be there.
PROOFS = frozenset({"password", "present"})
NAMES = frozenset(
    {"codes", "logo", "club_logo", "promoter", "promo_code", "addresses", "drawn_for", "own_reward", "test_card"}
)
# What an address asks beside its path.
ASKED = {
    "deals.views.new": "?status=Paid",
    "deals.entries.new": "?deal_id=typed&catalog={catalog}",
    "special_rewards.for_group": "?catalog={catalog}",
    "assignments.new": "?coupon={coupon}&event={event}",
    "mailings.new": "?addresses=typed%40example.com",
}
FILES = {"/coupons/imports": b"code\nTYPED-1\n"}
# What nobody types who means well: neither a number nor a day where one is asked for, or one that is nowhere; nothing but a space.
ODD = (
    " ",
    "9" * 30,
    "²",
    "-1",
    "9" * 5000,
    "x" * 70_000,
    "1e999",
    "NaN",
    "٣",
    "1.5",
    "0001-01-01",
    "9999-12-31T23:59",
    "a\0b",
    "[]",
)
# These end what the others need: a sign-in, a membership, the mode.
ENDING = ("sign-out", "ending", "memberships", "test-mode")
_found: dict[str, list] = {}
LAST = ("/account/memberships/new",)  # From then on one acts for another partner.


@pytest.fixture
def begin():
    return things.begin


def rows() -> Counter:
    """All that is stored."""
    found: Counter = Counter()
    for model in MODELS:
        table = model._meta.table_name
        found.update((table, *map(str, row)) for row in database.execute_sql(f'SELECT * FROM "{table}"').fetchall())
    return found


class Typist:
    """Types something of its own into each field, that its field takes; and finds it again in what was stored."""

    def __init__(self):
        self.numbers = count(11)

    def typed(self, one: Field) -> str:
        number = next(self.numbers)
        if one.name in PROOFS:
            return PASSWORD
        if one.name in ("redirect_uris", "origins"):
            return f"https://zq{number}.typed.example"
        if one.name == "date_of_birth":
            return f"{1990 + number % 7}-0{number % 9 + 1}-04"
        if one.kind.startswith("date"):
            return f"{2028 + number % 7}-0{number % 9 + 1}-04" + ("T05:06" if one.kind == "datetime-local" else "")
        if is_number(one):
            return str(number % (23 if one.name.endswith("_hours") else 60) + 1)
        if one.kind == "tel":
            return f"+49151{10_000_000 + number}"
        words = {"url": "https://typed.example/zq{}", "email": "zq{}@typed.example"}
        return words.get(one.kind, "zq{}").format(number)


def is_number(one: Field) -> bool:
    words = ("percent", "cost", "fix_remuneration", "amount", "discount")
    return one.kind == "number" or (one.kind == "text" and any(word in one.name for word in words))


def is_stored(one: Field, typed: str, changed: list[str]) -> bool:
    """Whether it stands in what has changed: a number as it is, in hundredths, or as a part of a duration; a day as a moment of it."""
    numbers = {int(number) for value in changed for number in re.findall(r"\d{1,18}", value)}
    if is_number(one):
        ways = (lambda n: n, lambda n: n / 100, lambda n: n // DAY, lambda n: n % DAY // 3600)
        return any(way(number) == int(typed) for number in numbers for way in ways)
    if one.kind.startswith("date") and not any(typed in value for value in changed):
        moments = {datetime.fromtimestamp(n / 1_000_000, UTC).isoformat() for n in numbers if 1e15 < n < 4e15}
        return any(moment.startswith(typed[:10]) for moment in moments)
    return any(typed.lower() in value.lower() for value in changed)


def forms_for(app, visitor, named, who):
    """The address of each page with a form that is sent, and which of its forms that is."""
    for route in routes_of(app, is_api=False):
        if "GET" not in route.methods or not may(who, route):
            continue
        asked = {
            "catalog": named(route, "short_code"),
            "coupon": named(route, "coupon_id"),
            "event": named(route, "event_id"),
        }
        place = address(route, named) + ASKED.get(route.endpoint, "").format(**asked)
        for number, form in enumerate(forms_on(visitor, place)):
            yield route, place, number, form


def all_forms(app, world, named, who="owner") -> list:
    """All of them, in a world as it begins: it is looked through once for each."""
    if who not in _found:
        _found[who] = list(forms_for(app, browser_of(world, who), named, who))
    return _found[who]


def all_with_choices(app, world, named) -> list:
    """Those with a choice and something to type."""
    return [
        (place, number, form)
        for route, place, number, form in all_forms(app, world, named)
        if route.access.kind != PUBLIC_KIND
        and form.choices()
        and any(one.kind in TYPED - {"password"} for one in form.fields)
    ]


def forms_on(visitor, place: str) -> list[Form]:
    page = visitor.get(place)
    page = visitor.get(page.location) if page.status_code == 302 else page
    return forms_of(page.text) if page.status_code == 200 and page.mimetype == "text/html" else []


def fresh(visitor, place: str, number: int) -> Form:
    """The form as it stands now: what it changes, and that it acts once, is written in it."""
    form = [*forms_on(visitor, place), *[Form("", "post")] * 9][number]
    form.action = form.action or place
    return form


def filled(form: Form, group: str, chosen: str | None, typist: Typist) -> tuple[dict, dict[str, tuple[Field, str]]]:
    """The form with something typed into each field that does not hang on another choice."""
    sent, typed = form.sent(), {}
    sent.pop(group, None)
    sent |= {group: [chosen]} if chosen is not None else {}
    for one in form.fields:
        if one.kind in TYPED and one.name not in NAMES and not hangs_elsewhere(one, sent):
            typed[one.name] = one, typist.typed(one)
            sent[one.name] = [typed[one.name][1]]
    return sent, {name: given for name, given in typed.items() if name not in PROOFS}


def sent_whole(visitor, form: Form, sent: dict):
    """Send it, with the file that it asks for; what says first what it will do is sent once more, as it came back."""
    if form.action in FILES:
        sent = sent | {"file": (BytesIO(FILES[form.action]), "typed.csv")}
    answer, names = visitor.post(form.action, sent), {one.name for one in form.fields}
    if answer.status_code != 200:
        return answer
    again = next((one for one in forms_of(answer.text) if names <= {each.name for each in one.fields}), None)
    return answer if again is None else visitor.post(again.action or form.action, again.sent())


def hangs_elsewhere(one: Field, sent: dict) -> bool:
    return bool(one.chooses) and sent.get(one.chooses, [None])[0] != one.chosen


def test_what_is_typed_beside_any_choice_is_stored(app, world):
    own, owner, typist, taken, tried = things.of(world.acme), world.as_("acme"), Typist(), set(), set()
    stored = rows()
    found = sorted(all_with_choices(app, world, own.named), key=lambda page: page[0] in LAST)
    for place, number, form in found:
        tried.add(place)
        for group, chosen in [(group, value) for group, values in form.choices().items() for value in values]:
            while drains.coupon_imports(app.config["SETTINGS"]):
                pass  # A file that is being checked takes no columns, and says so.
            form = fresh(owner, place, number)
            standing = form.sent()
            if any(hangs_elsewhere(one, standing) for one in form.fields if one.name == group):
                continue
            sent, typed = filled(form, group, chosen, typist)
            answer, before, stored = sent_whole(owner, form, sent), stored, rows()
            if answer.status_code < 400:
                taken.add(place)
                changed = [value for row in stored - before for value in row]
                lost = [name for name, given in typed.items() if not is_stored(*given, changed)]
                assert not lost, (place, group, chosen, lost)
    assert tried == taken, "Each was taken at least once, so that what it stores was seen."


def test_what_hangs_on_another_choice_is_refused_with_the_way_to_use_it(app, world):
    own, owner, typist, tried = things.of(world.acme), world.as_("acme"), Typist(), set()
    for place, number, form in all_with_choices(app, world, own.named):
        for one in [one for one in form.fields if one.chooses and not one.options]:
            for chosen in form.choices()[one.chooses]:
                form = fresh(owner, place, number)
                sent, _ = filled(form, one.chooses, chosen, typist)
                if hangs_elsewhere(one, sent):
                    answer = owner.post(form.action, sent | {one.name: [typist.typed(one)]})
                    assert answer.status_code == 422 and "or empty this field." in answer.text, (
                        place,
                        one.name,
                        chosen,
                    )
                    tried.add((place.rpartition("/")[2].partition("?")[0], one.name))
    of_offers = {(page, name) for page in ("new", "edit") for name in ("reward_percent", "fix_remuneration")}
    of_codes = {("new", name) for name in ("threshold", "start", "end", "limit", "ticket_limit")}
    of_pushes = {("new", name) for name in ("days", "card")}
    assert tried == of_offers | of_codes | of_pushes | {
        ("rules", name) for name in ("step", "step_gives", "visit_gives")
    }


@pytest.mark.parametrize(
    ("endpoint", "name"),
    [
        ("deals.entries.new", "cost"),
        ("promotions.show", "slug"),
        ("ticketed_events.selling.level", "price"),
        ("ticketed_events.sold.bundle", "price"),
    ],
)
def test_spaces_are_told_as_an_empty_field_is(app, world, endpoint, name):
    own, owner = things.of(world.acme), world.as_("acme")
    place, form = next(
        (form.action or place, form)
        for route, place, _, form in all_forms(app, world, own.named)
        if route.endpoint == endpoint and name in form.sent()
    )
    told = [owner.post(place, form.sent() | {"csrf_token": owner.csrf_token, name: [typed]}) for typed in ("", "  ")]
    assert [(one.status_code, f'id="{name}-error"' in one.text) for one in told] == [(422, True)] * 2


def test_whatever_stands_in_a_field_is_used_or_refused(app, world):
    """Of the odd values each field gets one in turn; at length, every one."""
    values = cycle(ODD)
    assert broken_by(app, world, "owner", lambda: [next(values)]) == []


@pytest.mark.long
@pytest.mark.engine("sqlite", "postgresql")
@pytest.mark.parametrize("who", ["owner", "operator", "member", "nobody"])
def test_whatever_stands_in_a_field_is_used_or_refused_at_length(app, world, who):
    assert broken_by(app, world, who, lambda: ODD) == []


def broken_by(app, world, who, values) -> list:
    """What no form may do: not answer, when one of its fields has such a value and the others are as they were."""
    own, broken, known = things.of(world.acme), [], set()
    forms, visitor = all_forms(app, world, own.named, who), browser_of(world, who)
    for _, place, _, form in forms:
        action, names = form.action or place, sorted({one.name for one in form.fields} - {"csrf_token", "acting_for"})
        action = action.partition("?form=")[0]  # Without the mark by which it would act once.
        if (action, *names) in known or any(word in action for word in ENDING):
            continue
        known.add((action, *names))
        for name, value in [(name, value) for name in names for value in values()]:
            answer = visitor.post(action, form.sent() | {"csrf_token": visitor.csrf_token, name: [value]})
            broken += [(action, name, value[:30])] if answer.status_code >= 500 else []
            answer.close()
    assert known
    return broken


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("euro", "EUR"),
        ("GBP", "GBP"),
        ("dollar", "USD"),
        ("pound", None),
        ("nothing so called", None),
        ("", "USD"),
        ("US Dollar", "USD"),
    ],
)
def test_what_was_looked_for_is_taken_where_it_names_one_and_refused_where_nothing_was_chosen(world, typed, stands):
    form = {"name": "Acme", "logo": "", "time_zone": "UTC", "currency": "USD", "language": "", "currency_search": typed}
    answer = world.as_("acme").post("/account/partner/edit", form)
    stored = Partner.get_by_id(world.acme.id).currency
    assert (answer.status_code, stored) == ((303, stands) if stands else (422, "USD"))
    assert stands or f"You looked for “{typed}” and chose none of them." in answer.text


def test_a_country_that_was_looked_for_is_added_to_those_that_are_chosen(world):
    things.of(world.acme)
    catalog = Catalog.get(Catalog.catalog_code == "things")
    form = {"title": "Things", "catalog_code": "things", "reward_percent": "5", "offer_geo": "DE", "offer_geo_search": "austria",
            "moderation_type": "FREE_ENTRY", "reward_type": "CPS", "devices": "All"}  # fmt: skip
    assert world.as_("acme").post(f"/catalogs/{catalog.short_code}/edit", form).status_code == 303
    assert sorted(Catalog.get_by_id(catalog.id).offer_geo) == ["AT", "DE"]
