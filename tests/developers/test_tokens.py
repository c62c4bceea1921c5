"""API tokens: owners make them, a secret is seen once, and nobody sees another partner's."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import ClientToken
from portal.domain.accounts.tokens import lists as token_queries
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS, SELF, WITH_COMPANIES
from portal.domain.affiliate.permits import CATALOGS_READ, DEALS_READ
from portal.domain.errors import Invalid, Refused

LIST, NEW = "/developers/tokens", "/developers/tokens/new"
GOOD = {"name": "Web shop", "permits": list(PERMITS), "reach": SELF, "mode": "live"}
SECRET = re.compile(r"pp_(?:live|test)_[0-9A-Za-z]{36}")
HOSTILE = "\"><script>alert(1)</script>{{7*7}}'"


def form_at(visitor, path=NEW) -> str:
    """The address of a form with a mark of its own."""
    return visitor.get(path).location


def make(visitor, **values):
    return visitor.post(form_at(visitor), {**GOOD, **values})


def newest() -> ClientToken:
    return ClientToken.select().order_by(ClientToken.id.desc()).get()


def test_the_form_begins_with_every_permit_and_takes_what_is_left(world):
    owner = world.as_("acme")
    assert owner.get(form_at(owner)).text.count("checked") == len(PERMITS) + 2
    make(owner, permits=[DEALS_READ], rate_limit="60", expires_at="2027-01-31", reach=WITH_COMPANIES)
    token = newest()
    assert (token.partner_id, token.permits, token.rate_limit, token.reach) == (
        world.acme.id,
        [DEALS_READ],
        60,
        WITH_COMPANIES,
    )
    assert token.expires_at == datetime(2027, 1, 31, 23, 59, 59, tzinfo=UTC)
    assert token.created_by_id == world.acme.users["owner"].id


def test_the_secret_is_shown_in_one_answer_and_nowhere_else(world, client, caplog):
    caplog.set_level("INFO")
    owner = world.as_("acme")
    place = form_at(owner)
    made = owner.post(place, GOOD)
    secret = SECRET.search(made.text)[0]
    assert made.headers["Cache-Control"] == "no-store"
    assert secret not in str(made.headers) + caplog.text
    with owner.client.session_transaction(base_url="http://127.0.0.1:8000") as session:
        assert secret not in str(dict(session))
    count = ClientToken.select().count()
    assert owner.get(place).status_code == 200  # Back, and the browser asks for the form anew.
    again = owner.post(place, GOOD)
    assert (again.status_code, again.location) == (303, LIST)
    assert ClientToken.select().count() == count
    for path in (LIST, NEW, f"{LIST}/{newest().id}/edit"):
        assert not SECRET.search(owner.get(path).text)
    assert tokens.find(secret).token_id == newest().id


def test_a_new_token_says_in_words_what_it_may_do(world):
    page = make(world.as_("acme"), permits=[DEALS_READ]).text
    assert PERMITS[DEALS_READ] in page and DEALS_READ in page and PERMITS[CATALOGS_READ] not in page


def test_a_form_that_was_refused_can_be_sent_again(world):
    owner = world.as_("acme")
    place = form_at(owner)
    refused = owner.post(place, {**GOOD, "rate_limit": "0", "name": "Till"})
    assert refused.status_code == 422
    assert 'value="Till"' in refused.text
    assert SECRET.search(owner.post(place, GOOD).text)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "This field is required."),
        ("name", "x" * 81, "Give at most 80 characters."),
        ("permits", [], "Choose at least one of the listed permits."),
        ("permits", ["Everything"], "not a valid choice"),
        ("reach", "everybody", "Choose one from the list"),
        ("rate_limit", "1000001", "from 1 to 1,000,000"),
        ("rate_limit", "9" * 5000, "Write a whole number"),
        ("expires_at", "2020-01-01", "Choose a day that lies ahead"),
        ("expires_at", "9999-12-31", "at most ten years"),
        ("expires_at", "tomorrow", "Write a day as year-month-day"),
    ],
)
def test_a_wrong_value_makes_no_token(world, field, value, sentence):
    before = ClientToken.select().count()
    answer = make(world.as_("acme"), **{field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert ClientToken.select().count() == before


def test_a_test_token_belongs_to_the_twin(world):
    owner = world.as_("acme")
    assert SECRET.search(make(owner, mode="test", name="Trying out").text)[0].startswith("pp_test_")
    token = newest()
    assert token.partner.live_partner_id == world.acme.id
    assert "Trying out" in owner.get(LIST).text
    owner.post("/test-mode", {"on": "1"})
    page = owner.get(LIST).text
    assert "Trying out" in page
    assert "Tests" not in page, "In test mode the live tokens are not seen."
    assert SECRET.search(make(owner).text)[0].startswith("pp_test_")


def test_hostile_text_in_a_name_stays_text(world):
    owner = world.as_("acme")
    pages = [make(owner, name=HOSTILE).text, owner.get(LIST).text]
    pages += [owner.get(f"{LIST}/{newest().id}/{room}").text for room in ("edit", "revocation")]
    pages.append(owner.get(form_at(owner, f"{LIST}/{newest().id}/rotation")).text)
    for page in pages:
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page


@pytest.mark.on_both_engines
def test_two_clicks_make_one_token(world):
    """The second comes before the first has answered, so with the same cookie."""
    owner, before = world.as_("acme"), ClientToken.select().count()
    place, name = form_at(owner), owner.app.config["SESSION_COOKIE_NAME"]
    cookie = owner.client.get_cookie(name, "127.0.0.1").value
    assert SECRET.search(owner.post(place, GOOD).text)
    owner.client.set_cookie(name, cookie, domain="127.0.0.1")
    assert owner.post(place, GOOD).location == LIST
    assert ClientToken.select().count() == before + 1


@pytest.mark.parametrize("field", ["name", "permits", "reach", "mode", "rate_limit", "expires_at"])
def test_a_nul_in_a_field_is_refused(world, field):
    assert make(world.as_("acme"), **{field: "a\0"}).status_code == 400


@pytest.mark.parametrize("role", ["manager", "cashier", "viewer"])
def test_only_owners_come_near_tokens(world, role):
    visitor, token = world.as_("acme", role), ClientToken.get(ClientToken.partner == world.acme.partner)
    assert visitor.get(LIST).status_code == visitor.get(NEW).status_code == 403
    assert visitor.post(NEW, GOOD).status_code == 403
    for room in ("edit", "rotation", "revocation"):
        assert visitor.get(f"{LIST}/{token.id}/{room}").status_code == 403
        assert visitor.post(f"{LIST}/{token.id}/{room}").status_code == 403
    assert ClientToken.get_by_id(token.id).revoked_at is None


@pytest.mark.parametrize("room", ["edit", "rotation", "revocation"])
def test_a_foreign_token_looks_like_a_missing_one(world, room):
    owner = world.as_("acme")
    foreign = ClientToken.get(ClientToken.partner == world.rival.partner).id
    foreign_test = ClientToken.get(ClientToken.partner == world.rival.twin().partner).id
    answers = [
        visit(f"{LIST}/{number}/{room}")
        for number in (foreign, foreign_test, 999_999, 2**70)
        for visit in (owner.get, owner.post)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(r'csrf_token" value="[^"]*"', "", answer.text) for answer in answers}) == 1
    assert ClientToken.get_by_id(foreign).revoked_at is None


def test_a_token_is_renamed_and_limited(world):
    owner, token = world.as_("acme"), ClientToken.get(ClientToken.partner == world.acme.partner)
    answer = owner.post(
        f"{LIST}/{token.id}/edit", {"name": "Till", "permits": [CATALOGS_READ], "rate_limit": "", "expires_at": ""}
    )
    assert answer.location == LIST
    token = ClientToken.get_by_id(token.id)
    assert (token.name, token.permits, token.rate_limit, token.expires_at) == ("Till", [CATALOGS_READ], None, None)


def test_renaming_leaves_the_end_as_it_was_to_the_second(world):
    end = clock.now() + timedelta(hours=1)
    token, _ = tokens.make(world.acme.partner, "Short", [DEALS_READ], expires_at=end)
    day = f"{token.expires_at:%Y-%m-%d}"
    world.as_("acme").post(f"{LIST}/{token.id}/edit", {"name": "Other", "permits": [DEALS_READ], "expires_at": day})
    token = ClientToken.get_by_id(token.id)
    assert (token.name, token.expires_at) == ("Other", end)


@pytest.mark.on_both_engines
def test_a_rotated_token_goes_on_working_for_the_overlap(world):
    owner, token = world.as_("acme"), ClientToken.get(ClientToken.partner == world.acme.partner)
    path = f"{LIST}/{token.id}/rotation"
    place = form_at(owner, path)
    answer = owner.post(place, {"overlap": "24"})
    secret = SECRET.search(answer.text)[0]
    successor, old = newest(), ClientToken.get_by_id(token.id)
    assert tokens.find(secret).token_id == successor.id != token.id
    assert (successor.name, successor.permits, successor.expires_at) == (token.name, token.permits, None)
    assert timedelta(hours=23) < old.expires_at - clock.now() <= timedelta(hours=24)
    assert owner.post(place, {"overlap": "24"}).location == LIST


@pytest.mark.on_both_engines
def test_rotating_never_lengthens_a_tokens_life(world):
    end = clock.now() + timedelta(hours=1)
    token, _ = tokens.make(world.acme.partner, "Short", [DEALS_READ], expires_at=end)
    successor, _ = tokens.rotate(token, timedelta(days=7))
    assert ClientToken.get_by_id(token.id).expires_at == end == successor.expires_at


@pytest.mark.on_both_engines
def test_what_works_no_more_cannot_be_rotated(world):
    token, _ = tokens.make(world.acme.partner, "Old", [DEALS_READ], expires_at=clock.now() + timedelta(seconds=5))
    ClientToken.update(expires_at=clock.now() - timedelta(seconds=5)).where(ClientToken.id == token.id).execute()
    with pytest.raises(Refused):
        tokens.rotate(ClientToken.get_by_id(token.id), timedelta(hours=1))
    with pytest.raises(Invalid):
        tokens.rotate(token, timedelta(days=31))


def test_revoking_asks_first_and_ends_the_token(world):
    owner, token = world.as_("acme"), ClientToken.get(ClientToken.partner == world.acme.partner)
    asking = owner.get(f"{LIST}/{token.id}/revocation").text
    assert "Programs that use it are refused within a second." in asking  # As `credentials` remembers it.
    assert token.hint in asking
    assert owner.post_without_token(f"{LIST}/{token.id}/revocation").status_code == 400
    assert ClientToken.get_by_id(token.id).revoked_at is None
    assert owner.post(f"{LIST}/{token.id}/revocation").location == LIST
    assert tokens.find(world.acme.token) is None
    assert "Tests" in owner.get(f"{LIST}?show=revoked").text
    changed = owner.post(f"{LIST}/{token.id}/edit", {"name": "Back", "permits": list(PERMITS)})
    assert "This token is revoked and cannot be changed." in changed.text
    path = f"{LIST}/{token.id}/rotation"
    assert "cannot be rotated" in owner.post(form_at(owner, path), {"overlap": "1"}).text


def test_a_test_tokens_end_goes_by_the_twins_clock(world):
    twin = partners.twin_of(world.acme.partner)
    token, _ = tokens.make(twin, "Trial", [DEALS_READ], expires_at=clock.now() + timedelta(days=1))
    partners.advance_clock(twin, 2 * 86_400)
    assert token_queries.state_of(token_queries.owned(world.acme.id, token.id)) == "expired"


@pytest.mark.on_both_engines
def test_the_list_is_paged_by_key(world):
    for number in range(token_queries.PAGE + 3):
        tokens.make(world.acme.partner, f"Token {number:03}", [DEALS_READ])
    owner = world.as_("acme")
    first = owner.get(LIST).text
    older = re.search(r'href="(/developers/tokens\?before=\d+)"', first)[1]
    second = owner.get(older).text
    names = [re.findall(r"Token \d{3}(?=</a>)", page) for page in (first, second)]
    assert len(names[0]) == token_queries.PAGE
    assert not set(names[0]) & set(names[1])
    assert owner.get(f"{LIST}?before=x").status_code == owner.get(f"{LIST}?before={2**70}").status_code == 200
