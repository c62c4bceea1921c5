"""Activity: who did what at a partner, filtered by anything, for owners and managers alone."""

import csv
import io
import itertools
import re

import pytest

from portal import clock
from portal.database import database
from portal.domain.accounts.tables import ClientToken, Membership
from portal.domain.accounts.team import team
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.affiliate.catalogs import landings, terms
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.events import chain, history, log
from portal.domain.events.history import Filter
from portal.domain.events.kinds import KINDS, types_of
from portal.domain.events.tables import Event
from portal.domain.events.types import FIELDS, TYPES
from portal.domain.members import merging
from portal.domain.offers import catalog_fields, catalogs
from tests.affiliate import money, things
from tests.affiliate.counting import queries
from tests.support import loyalty
from tests.support import things as all_things

PLACE = "/account/activity"
DAY = 86_400


def placed() -> None:
    """What the worker does."""
    while log.give_positions():
        pass
    while chain.close(20):
        pass


def said(page) -> list[str]:
    """The sentences of the list."""
    return [
        re.sub(r"<[^>]+>", "", line).strip() for line in re.findall(r'<th scope="row">(.*?)(?:<span|</th>)', page.text)
    ]


@pytest.fixture
def busy(world):
    """Acme with a catalog, a deal by a token, and somebody promoted."""
    owner = world.as_("acme")
    owner.get("/")
    log.acting_as(f"user:{world.acme.users['owner'].id}")
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    catalogs.change(catalog, {"title": "Trail <b>running</b>"})
    viewer = Membership.get(Membership.user == world.acme.users["viewer"], Membership.partner == world.acme.id)
    team.change_role(world.acme.id, viewer.id, "manager", world.acme.users["owner"].id)
    log.acting_as(f"token:{ClientToken.get(ClientToken.partner == world.acme.id).id}")
    things.deal(catalog, "ORDER-1", "Paid")
    log.acting_as(log.SYSTEM)
    placed()
    return catalog


def test_every_type_of_event_is_of_one_kind():
    for name in TYPES:
        assert len([kind for kind in KINDS if name in types_of(kind)]) == 1, name


@pytest.mark.on_both_engines
def test_it_says_who_did_what_with_which_thing(world, busy):
    page = world.as_("acme").get(PLACE)
    assert page.status_code == 200
    assert said(page)[:3] == [TYPES["deal.paid"], TYPES["deal.created"], TYPES["team.role_changed"]]
    text = " ".join(re.sub(r"<[^>]+>", " ", page.text).split())
    assert "from viewer to manager" in text and "Acme Viewer" in text and "the API token “Tests”" in text
    assert "Trail &lt;b&gt;running&lt;/b&gt;" in page.text and "<b>running" not in page.text
    assert f"/catalogs/{busy.uuid}" in page.text
    assert chain.head().digest in page.text


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("manager", 200), ("viewer", 403), ("cashier", 403)])
def test_owners_and_managers_read_it(world, busy, role, status):
    if role == "viewer":  # Promoted in the fixture.
        Membership.update(role="viewer").where(Membership.user == world.acme.users["viewer"]).execute()
    assert world.as_("acme", role).get(PLACE).status_code == status
    assert world.as_("acme", role).get(f"{PLACE}/export.csv").status_code == status


@pytest.mark.on_both_engines
def test_filters_narrow_it(world, busy):
    owner, who = world.as_("acme"), world.acme.users["owner"].id
    token = ClientToken.get(ClientToken.partner == world.acme.id).id
    assert said(owner.get(f"{PLACE}?kind=deals")) == [TYPES["deal.paid"], TYPES["deal.created"]]
    assert said(owner.get(f"{PLACE}?kind=deals&type=deal.created")) == [TYPES["deal.created"]]
    assert said(owner.get(f"{PLACE}?who=token:{token}")) == [TYPES["deal.paid"], TYPES["deal.created"]]
    assert said(owner.get(f"{PLACE}?who=token:{token}&kind=team")) == []
    assert TYPES["deal.paid"] not in said(owner.get(f"{PLACE}?who=user:{who}"))
    assert said(owner.get(f"{PLACE}?of=catalog:{busy.uuid}")) == [
        TYPES["catalog.changed"],
        TYPES["offer.created"],
        TYPES["catalog.created"],
    ]
    assert said(owner.get(f"{PLACE}?of=catalog:{busy.uuid}&type=offer.created")) == [TYPES["offer.created"]]
    assert "Nothing fits" in owner.get(f"{PLACE}?type=payout.made").text


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("trail run", "Catalog changed"),
        ("order-1", "Deal reported"),
        ("role chang", "Role changed"),
        ("nothing such", None),
    ],
)
def test_a_word_that_stands_in_a_line_finds_it(world, busy, typed, finds):
    placed()
    owner = world.as_("acme")
    page = owner.get(f"{PLACE}?q={typed}")
    assert finds in said(page) if finds else "Nothing fits" in page.text
    assert len(said(page)) < len(said(owner.get(PLACE)))
    rows = list(csv.reader(io.StringIO(owner.get(f"{PLACE}/export.csv?q={typed}").text)))[1:]
    assert [row[1] for row in rows] == said(page)


def test_what_is_looked_for_is_looked_for_further_back(world, monkeypatch):
    for number in range(120):
        log.record(
            world.acme.id, "partner.changed" if number else "partner.areas_changed", "partner", world.acme.partner.uuid
        )
    placed()
    monkeypatch.setattr(history, "AT_ONCE", 10)
    owner = world.as_("acme")
    page = owner.get(f"{PLACE}?q=areas")
    assert "Not among the latest" in page.text and said(page) == []
    older = re.search(r'href="([^"]+before=[^"]+)">Look through older', page.text)[1].replace("&amp;", "&")
    assert len(said(owner.get(older))) == 1


def test_a_partner_reads_the_other_ones_name_and_not_those_of_its_people(world, busy):
    owner, promoter = world.as_("acme"), world.as_("northwind")
    catalogs.change(busy, {"moderation_type": "MANUAL_MODERATION"})
    things.landing(busy)
    promoter.post(f"/marketplace/{busy.short_code}/application", {"message": "Let me."})
    uid = Promotion.get().uid
    owner.post(f"/promoters/{uid}/approval")
    placed()
    actors = {(event.type, event.partner_id): event.actor for event in Event.select().where(Event.thing_id == uid)}
    people = {name: f"user:{getattr(world, name).users['owner'].id}" for name in ("acme", "northwind")}
    assert actors == {
        ("promotion.applied", world.northwind.id): people["northwind"],
        ("promotion.applied", world.acme.id): f"partner:{world.northwind.id}",
        ("promotion.approved", world.acme.id): people["acme"],
        ("promotion.approved", world.northwind.id): f"partner:{world.acme.id}",
    }
    for reader, own, other in ((owner, "Acme Owner", "Northwind"), (promoter, "Northwind Owner", "Acme")):
        text = " ".join(
            re.sub(r"<[^>]+>", " ", reader.get(f"{PLACE}?of=promotion:{uid}").text.partition("<main")[2]).split()
        )
        assert own in text and other in text and f"{other} Owner" not in text
    assert "by Northwind<" in owner.get(f"/promoters/{world.northwind.partner.uuid}?tab=activity").text


def test_a_payout_is_called_by_its_word_and_number(world):
    shop = money.shop(world)
    shop.due("a")
    shop.tell()
    shop.pay()
    placed()
    assert ">Payout 1<" in world.as_("acme").get(f"{PLACE}?kind=payouts").text


def test_things_lead_to_all_that_happened_to_them(world, busy):
    promotion, deal = things.promotion(busy, world.northwind), Deal.get(Deal.deal_id == "ORDER-1")
    owner, viewer = world.as_("acme"), world.as_("acme", "cashier")
    Membership.update(role="viewer").where(Membership.user == world.acme.users["cashier"]).execute()
    for place in (
        f"/catalogs/{busy.short_code}",
        f"/promoters/{promotion.promoter.uuid}?tab=activity",
        f"/deals/{deal.uuid}",
    ):
        way = re.search(r'href="(/account/activity\?of=[^"]+)"', owner.get(place).text)[1]
        page = owner.get(way)
        assert page.status_code == 200 and "Remove the filter Of:" in page.text, way
        assert "/account/activity" not in viewer.get(place).text
    for place, kind in (("/account/team", "team"), ("/developers/tokens", "tokens")):
        assert f"/account/activity?kind={kind}" in owner.get(place).text


@pytest.mark.on_both_engines
def test_days_are_the_partners(world, busy):
    with clock.acting(10 * DAY):
        log.record(world.acme.id, "partner.changed", "partner", world.acme.partner.uuid)
    placed()
    today = clock.now().date()
    with clock.acting(10 * DAY):
        later = clock.now().date()
    with clock.acting(10 * DAY + 700):
        placed()
        owner = world.as_("acme")
        assert said(owner.get(f"{PLACE}?from={later}")) == [TYPES["partner.changed"]]
        assert TYPES["partner.changed"] not in said(owner.get(f"{PLACE}?to={today}"))
        assert TYPES["deal.paid"] in said(owner.get(f"{PLACE}?from={today}&to={today}"))
        assert "From lies after To" in owner.get(f"{PLACE}?from={later}&to={today}").text


@pytest.mark.on_both_engines
def test_nobody_elses_is_shown(world, busy):
    rival = world.as_("rival")
    assert TYPES["deal.paid"] not in said(rival.get(PLACE))
    page = rival.get(f"{PLACE}?of=catalog:{busy.uuid}")
    assert "Trail" not in page.text and TYPES["offer.created"] not in said(page)
    page = rival.get(f"{PLACE}?who=user:{world.acme.users['owner'].id}")
    assert "Acme Owner" not in page.text


@pytest.mark.parametrize(
    "query", ["who='", "of=catalog:'", "of='):x", "kind=%00", "from=0000-13-99", "before=-1", "before=x"]
)
def test_what_cannot_be_read_is_left_out(world, busy, query):
    page = world.as_("acme").get(f"{PLACE}?{query}")
    assert page.status_code == (400 if "%00" in query else 200)


@pytest.mark.on_both_engines
def test_pages_follow_one_another(world):
    for number in range(120):
        log.record(world.acme.id, "deal.paid", "deal", number)
    placed()
    owner, place, seen = world.as_("acme"), f"{PLACE}?kind=deals", []
    while place:
        page = owner.get(place)
        seen.append(len(said(page)))
        older = re.search(r'href="([^"]+)" rel="next"', page.text)
        newer = re.search(r'href="([^"]+)" rel="prev"', page.text)
        place = older and older[1].replace("&amp;", "&")
    assert seen == [50, 50, 20]
    back = owner.get(newer[1].replace("&amp;", "&"))
    assert len(said(back)) == 50 and 'rel="prev"' in back.text


@pytest.mark.on_both_engines
def test_the_file_has_all_that_is_filtered(world, busy):
    owner = world.as_("acme")
    rows = list(csv.reader(io.StringIO(owner.get(f"{PLACE}/export.csv?kind=deals").text.lstrip("\ufeff"))))
    assert [row[1] for row in rows[1:]] == [TYPES["deal.paid"], TYPES["deal.created"]]
    assert dict(zip(rows[0], rows[1], strict=True))["name"] == "ORDER-1"
    assert rows[1][8] == "token"
    everything = list(csv.reader(io.StringIO(owner.get(f"{PLACE}/export.csv").text)))
    assert len(everything) - 1 == len(list(itertools.chain(*history.each(world.acme.id, Filter()))))


@pytest.mark.on_both_engines
def test_its_queries_do_not_grow_with_its_rows(world, busy):
    owner = world.as_("acme")
    owner.get(PLACE)
    few = queries(lambda: owner.get(PLACE))
    for number in range(40):
        log.acting_as(f"user:{world.acme.users['manager'].id}")
        things.deal(busy, f"MORE-{number}", "Paid")
    log.acting_as(log.SYSTEM)
    placed()
    assert len(said(owner.get(PLACE))) == 50
    assert queries(lambda: owner.get(PLACE)) <= few


def test_every_thing_of_the_log_leads_somewhere(app, world):
    """Whatever the cast's things left in the log is shown, and what is linked is there."""
    all_things.of(world.acme)
    tokens.revoke(tokens.make(world.acme.partner, "Old", list(PERMITS))[0])
    placed()
    owner = world.as_("acme")
    page = owner.get(PLACE)
    places = set(re.findall(r'class="row-link" href="([^"]+)"', page.text))
    assert len(places) > 6
    for place in places:
        assert owner.get(place.replace("&amp;", "&"), follow_redirects=True).status_code == 200, place


@pytest.mark.parametrize("value", ["abc", "9" * 30, "-1", "1_0", "\N{SUPERSCRIPT TWO}"])
def test_a_thing_that_no_number_can_be_is_left_out(world, busy, value):
    for thing in ("user", "token", "invitation"):
        page = world.as_("acme").get(f"{PLACE}?of={thing}:{value}")
        assert page.status_code == 200 and f"Of: {thing}" not in page.text


def test_nobody_is_named_who_is_not_in_the_partners_log(world, busy):
    owner, promoted, stranger = world.as_("acme"), world.acme.users["viewer"], world.rival.users["owner"]
    assert f"Of: user {promoted.name}" in owner.get(f"{PLACE}?of=user:{promoted.id}").text
    assert stranger.name not in owner.get(f"{PLACE}?of=user:{stranger.id}").text


@pytest.mark.on_both_engines
@pytest.mark.engine("sqlite")  # The other's planner reads so few rows whole, whatever indexes there are.
def test_each_filter_has_its_index(world, busy, monkeypatch):
    asked, now = [], clock.now()
    run = database.obj.execute_sql

    def noted(sql, parameters=None, *rest):
        asked.append((sql, parameters))
        return run(sql, parameters, *rest)

    monkeypatch.setattr(database.obj, "execute_sql", noted)
    kinds = ((), ("deal.paid",), types_of("deals"))
    for actor, types, thing, day in itertools.product(("", "user:1"), kinds, ("", "catalog", "deal"), (None, now)):
        chosen = Filter(actor, types, thing, thing and "x", day, day)
        for place in ({}, {"before": 10}, {"after": 1}):
            history.page(world.acme.id, chosen, **place)
    monkeypatch.undo()
    for sql, parameters in dict(asked).items():
        plan = [row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()]
        assert not [step for step in plan if re.match(r"SCAN (e|event)\b(?!.*USING)", step)], plan
        searched = [step for step in plan if step.startswith("SEARCH e ")]
        wanted = ("event_of_", "thing_thing_id", "event_by_position (position=?)")
        assert searched or " event e " not in sql, plan
        assert all(any(one in step for one in wanted) for step in searched), plan


def test_every_field_that_an_event_can_name_is_called_by_a_word():
    of_partners = {"name", "time_zone", "currency", "logo", "language"}
    named = {*catalog_fields.FIELDS, *terms.FIELDS, *landings.FIELDS, "catalog", *tokens.FIELDS, *of_partners}
    assert named <= FIELDS.keys()


def test_what_was_changed_is_said_in_the_words_of_the_pages(world, busy):
    catalogs.change(busy, {"hold_duration": "5 00:00:00", "is_published": False})
    things.promotion(busy, world.northwind)
    placed()
    page = world.as_("acme").get(PLACE).text
    assert "Hold, Whether it is published" in page and "hold_duration" not in page and "hold duration" not in page


def test_two_customers_that_were_made_one_are_a_line_like_any_other(world):
    kept, gone = (loyalty.customer(world.acme, name) for name in ("Mia", "Mia B"))
    merging.merge(gone, kept)
    placed()
    page = world.as_("acme").get(PLACE)
    assert page.status_code == 200 and "Two customers made one" in said(page)
