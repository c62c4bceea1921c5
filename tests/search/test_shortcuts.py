"""The search knows pages and acts by the words that people type, and nobody finds one that they may not open."""

import re

import pytest

from tests.affiliate import things

TYPED = {
    "payouts": "/payouts", "team": "/account/team", "api tokens": "/developers/tokens", "second factor": "/account/second-factor",
    "2fa": "/account/second-factor", "settings": "/account/partner", "password": "/account/password", "iban": "/rewards/details",
    "enter a deal": "/deals/new", "new catalog": "/catalogs/new", "add a colleague": "/account/team/invitations/new",
    "import deals": "/deals/imports", "make a token": "/developers/tokens/new", "Ключ": None, "dark theme": "data-theme-toggle",
    "sign out": 'form="sign-out"', "log out": 'form="sign-out"', "test mode": 'form="test-mode"', "inbox": "/inbox",
    "sales": "/deals", "my links": "/promotions", "bank": "/payouts", "PAYÓUTS": "/payouts", "deal enter": "/deals/new",
}  # fmt: skip


def group(page, title: str) -> list[str]:
    """What a group of the search's page leads to, in its order."""
    part = page.text.partition(f">{title}</h2>")[2].partition("</section>")[0]
    return re.findall(r'<li><(?:a|button)[^>]*?(?: href="([^"]+)"|( form="[^"]+"| data-[a-z-]+))', part)


def pages_of(visitor, text: str) -> list[str]:
    page = visitor.get(f"/search?q={text}")
    return (
        [page.headers["Location"]]
        if page.status_code == 303
        else ["".join(one).strip() for one in group(page, "Pages and acts")]
    )


def test_what_people_type_finds_the_page_or_the_act(world):
    owner = world.as_("acme")
    for typed, place in TYPED.items():
        found = pages_of(owner, typed)
        assert place in found if place else not found, (typed, found)


@pytest.mark.parametrize(
    "who", [("acme",), ("acme", "manager"), ("acme", "viewer"), ("acme", "cashier"), ("operator",)], ids="-".join
)
def test_whatever_is_found_may_be_opened(world, who):
    visitor = world.as_(*who)
    found = [place for place in pages_of(visitor, "") if place.startswith("/")]
    answers = {place: visitor.get(place).status_code for place in found}
    assert len(found) > 5 and set(answers.values()) <= {200, 302}, (
        answers
    )  # 302: a form takes a number of its own first


def test_nobody_finds_what_they_may_not_do(world):
    assert (
        pages_of(world.as_("acme", "viewer"), "enter a deal")
        == []
        != pages_of(world.as_("acme", "manager"), "enter a deal")
    )
    assert pages_of(world.as_("acme", "manager"), "make token") == []
    assert pages_of(world.as_("acme"), "outbox") == [] != pages_of(world.as_("operator"), "outbox")
    assert pages_of(world.as_("acme", "cashier"), "deals") == []


def test_a_cashier_finds_pages_and_no_things(world):
    things.catalog(world.acme.partner, title="Password")
    cashier = world.as_("acme", "cashier")
    assert cashier.get("/search?q=password").headers["Location"] == "/account/password"
    assert "Password" in world.as_("acme").get("/search?q=password").text
    assert "Looked through is every page" in cashier.get("/search?q=catalogs").text


def test_the_palette_tells_acts_before_anything_is_typed_and_pages_before_things_unless_one_is_meant(world):
    catalog = things.catalog(world.acme.partner, title="Payouts of summer", code="payouts")
    owner = world.as_("acme")
    empty = owner.get("/search", htmx=True).text
    assert 'id="recent" hidden' in empty and 'href="/deals/new"' in empty and 'href="/payouts"' not in empty
    some = owner.get("/search?q=payouts", htmx=True).text
    place = f'href="/catalogs/{catalog.short_code}"'
    assert some.index(place) < some.index('href="/payouts"'), "its code is the text itself"
    some = owner.get("/search?q=payout", htmx=True).text
    assert some.index('href="/payouts"') < some.index(place)


def test_lists_that_find_the_text_are_offered(world):
    catalog = things.catalog(world.acme.partner, title="Marathon")
    things.promotion(catalog, world.northwind)
    found = world.as_("acme").get("/search?q=northwind")
    assert [one for one, _ in group(found, "In lists")] == [
        "/deals?q=northwind",
        "/payouts/made?q=northwind",
        "/marketplace?q=northwind",
    ]
    nothing = world.as_("acme").get("/search?q=zzz")
    assert [one for one, _ in group(nothing, "In lists")] == ["/marketplace?q=zzz"]
    assert [one for one, _ in group(world.as_("operator").get("/search?q=zzz"), "In lists")][:1] == [
        "/operator/partners?q=zzz"
    ]


def test_where_nothing_is_found_the_nearest_is_offered_and_what_was_looked_through_is_told(world):
    catalog = things.catalog(world.acme.partner, title="Trail running")
    things.offer(catalog, "Running vest")
    things.promotion(catalog, world.northwind)
    owner = world.as_("acme")
    for typed, name in (
        ("nortwind", "Northwind"),
        ("runing vets", "Running vest"),
        ("trial", "Trail running"),
        ("Nörthwnd", "Northwind"),
    ):
        page = owner.get(f"/search?q={typed}").text
        assert name in page.partition(">Did you mean</h2>")[2].partition("</section>")[0], typed
        assert f"Nothing is called “{typed}”" in page and "Looked through are catalogs" in page
    assert "Did you mean" not in owner.get("/search?q=qqqqqq").text
    assert "Northwind" not in world.as_("rival").get("/search?q=nortwind").text.partition('id="found"')[2]
    assert "Did you mean" not in owner.get("/search?q=northwind").text
