"""Companies and their tariffs: nobody has more than is allowed, nothing is deleted by a tariff, and a deleted company is gone."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.accounts.locations import locations
from portal.domain.accounts.partners import disabling
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.accounts.team import invitations, team
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.cards.cards import cards
from portal.domain.cards.companies import carried as carried
from portal.domain.cards.companies import changes, companies, countries, limits, lists, periods, tariffs, used
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.cards.operations import booking
from portal.domain.cards.segments import segments
from portal.domain.cards.templates import fields, reward_tiers, templates
from portal.domain.errors import Forbidden, Invalid, NotFound, Refused, Taken
from portal.domain.events.tables import Event
from portal.domain.members import members, merging
from tests.support import loyalty

PAST = datetime(2020, 1, 1, tzinfo=UTC)
of_values = pytest.mark.engine("sqlite")  # They are refused before any engine is asked.


@pytest.fixture
def reseller(world):
    yield world.northwind
    assert verify.faults() == []


@pytest.fixture
def branch(reseller):
    return loyalty.company(reseller, loyalty.tariff(reseller, templates=1, managers=1, locations=1, integrations=2))


def template(partner_id: int, **more):
    return templates.create(
        partner_id, 0, {"name": "Coffee", "currency": "EUR", "mechanics": "stamps", "stamps_total": Decimal(10), **more}
    )


def code_of(raised) -> str:
    return raised.value.code.name


def end_tariff(company: Company) -> None:
    Company.update(expires_at=clock.now() - timedelta(seconds=1)).where(Company.partner == company.partner_id).execute()


def test_a_company_is_made_with_its_owner_its_tariff_and_a_token(reseller, branch):
    found = companies.find(reseller.id, branch.company.partner_id)
    assert (found.partner.parent_id, found.owner.name, found.country, lists.state_of(found)) == (
        reseller.id, "Bea Branch", "AT", "active",
    )  # fmt: skip
    assert Membership.get(Membership.partner == found.partner_id).role == "owner"
    assert found.owner.proved_at is None
    credential = tokens.find(branch.secret)
    assert (credential.partner_id, credential.reach) == (found.partner_id, "self")
    assert found.expires_at == periods.end("month", found.partner.created_at, "UTC").replace(
        microsecond=found.expires_at.microsecond, second=found.expires_at.second
    )


def test_a_tariff_without_integrations_gives_no_token(reseller):
    for lacking in ({"may_integrate": False}, {"integrations": 0}):
        assert loyalty.company(reseller, loyalty.tariff(reseller, **lacking)).secret is None


@of_values
@pytest.mark.parametrize(
    ("period", "since", "ends"),
    [
        ("month", "2026-01-31", "2026-02-28"),
        ("two_months", "2026-01-31", "2026-03-31"),
        ("quarter", "2026-11-30", "2027-02-28"),
        ("year", "2028-02-29", "2029-02-28"),
        ("trial", "2026-01-31", "2026-02-14"),
    ],
)
def test_a_period_is_whole_months_and_keeps_the_day(period, since, ends):
    began = datetime.fromisoformat(f"{since}T10:00:00+00:00")
    assert periods.end(period, began, "Europe/Vienna").isoformat()[:10] == ends


@of_values
def test_a_country_is_known_by_its_name_and_by_its_code():
    assert {countries.code(text) for text in ("Austria", "AT", "at", " austria ")} == {"AT"}
    assert [countries.code(text) for text in ("USA", "United Kingdom", "Côte d’Ivoire", "Germany")] == [
        "US",
        "GB",
        "CI",
        "DE",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"country": "Atlantis"}, "country"),
        ({"country": "EU"}, "country"),
        ({"email": "no mail"}, "email"),
        ({"password": "short"}, "password"),
        ({"phone": "12"}, "phone"),
        ({"phone": "4.41E+11"}, "phone"),
        ({"name": " "}, "name"),
        ({"tariffPeriod": "week"}, "tariffPeriod"),
        ({"userName": "x" * 60}, "userName"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_makes_no_company_is_refused_and_nothing_is_written(reseller, wrong, field):
    tariff, before = loyalty.tariff(reseller), (Partner.select().count(), User.select().count())
    with pytest.raises(Invalid) as raised:
        loyalty.company(reseller, tariff, **wrong)
    assert raised.value.field == field
    assert (Partner.select().count(), User.select().count()) == before


def test_every_wrong_value_is_told_at_once(reseller):
    with pytest.raises(Invalid) as raised:
        loyalty.company(reseller, country="Atlantis", phone="12", email="x", password="short")
    assert {field for field, _ in raised.value.errors} == {"country", "phone", "email", "password"}


def test_a_tariff_of_somebody_else_an_unknown_and_a_withdrawn_one_are_given_to_nobody(reseller, world):
    foreign, withdrawn = loyalty.tariff(world.acme), loyalty.tariff(reseller)
    tariffs.withdraw(withdrawn)
    tariffs.withdraw(withdrawn)
    for reference in (foreign.id, 999_999, 0, 10**30):
        with pytest.raises(NotFound):
            loyalty.company(reseller, tariffId=reference)
    with pytest.raises(Refused, match="withdrawn"):
        loyalty.company(reseller, withdrawn)
    tariffs.offer_again(withdrawn)
    assert loyalty.company(reseller, withdrawn).company.tariff_id == withdrawn.id


def test_a_mail_address_that_a_company_or_a_person_has_is_taken(reseller, branch, world):
    for mail in (branch.company.mail.upper(), world.rival.users["viewer"].mail):
        with pytest.raises(Taken) as raised:
            loyalty.company(reseller, email=mail)
        assert code_of(raised) == "company_taken"


def test_a_companys_mail_address_stays_taken_when_its_owner_has_another_one(reseller, branch):
    mail = branch.company.mail
    User.update(mail="bea@elsewhere.example").where(User.id == branch.company.owner_id).execute()
    people = User.select().count()
    with pytest.raises(Taken) as raised:
        loyalty.company(reseller, email=mail)
    assert (code_of(raised), raised.value.field, User.select().count()) == ("company_taken", "email", people)


def test_of_a_company_that_was_deleted_the_mail_address_tells_so_to_its_parent_alone(reseller, branch, world):
    changes.delete(branch.company)
    for party, said in (
        (reseller, f"was that of {branch.company.partner.name}, which you deleted"),
        (world.acme, "has the e-mail"),
    ):
        with pytest.raises(Taken, match=said):
            loyalty.company(party, email=branch.company.mail)


@pytest.mark.parametrize(
    ("period", "prices"),
    [
        ("month", "m"),
        ("two_months", "m"),
        ("quarter", "q"),
        ("six_months", "mq"),
        ("nine_months", "mq"),
        ("year", "y"),
        ("trial", ""),
    ],
)
def test_a_tariff_is_sold_for_the_periods_that_it_has_a_price_of(reseller, period, prices):
    names = {"m": "month_price", "q": "quarter_price", "y": "year_price"}
    others = {name: None if short in prices else Decimal(9) for short, name in names.items()}
    if prices:
        with pytest.raises(Refused, match="not sold for this long") as raised:
            loyalty.company(reseller, loyalty.tariff(reseller, **others), tariffPeriod=period)
        assert raised.value.field == "tariffPeriod"
    for short in prices or "m":
        sold = loyalty.tariff(reseller, **dict.fromkeys(names.values()) | {names[short]: Decimal(0)})
        made = loyalty.company(reseller, sold, tariffPeriod=period).company
        if prices:
            with pytest.raises(Refused, match="not sold for this long"):
                changes.change_tariff(made, loyalty.tariff(reseller, **others), period)


def test_a_trial_is_had_as_a_trial_alone_whatever_prices_it_has(reseller, branch):
    trial = loyalty.tariff(reseller, kind="trial")
    for give in (
        lambda: loyalty.company(reseller, trial, tariffPeriod="year"),
        lambda: changes.change_tariff(branch.company, trial, "month"),
    ):
        with pytest.raises(Refused, match="is a trial") as raised:
            give()
        assert raised.value.field == "tariffPeriod"
    assert loyalty.company(reseller, trial, tariffPeriod="trial").company.tariff_period == "trial"


def test_a_tariff_is_given_to_companies_of_its_country(reseller):
    german = loyalty.tariff(reseller, country="Germany")
    with pytest.raises(Refused, match="sold in Germany alone") as raised:
        loyalty.company(reseller, german)
    assert raised.value.field == "tariffId"
    assert loyalty.company(reseller, german, country="DE").company.tariff_id == german.id
    with pytest.raises(Refused, match="sold in Germany alone"):
        changes.change_tariff(loyalty.company(reseller).company, german, "month")


def test_a_company_has_no_companies_and_no_tariffs(world):
    with pytest.raises(Forbidden):
        loyalty.tariff(world.north)
    with pytest.raises(Forbidden):
        loyalty.company(world.north, loyalty.tariff(world.northwind))


def test_test_mode_has_no_companies(world):
    with pytest.raises(Refused, match="test mode"):
        loyalty.company(world.northwind.twin())


def test_a_strangers_company_is_a_missing_one(branch, world):
    for reference in (branch.company.partner_id, world.northwind.id, 999_999):
        with pytest.raises(NotFound):
            companies.find(world.acme.id, reference)


def test_no_template_more_than_the_tariff_allows(branch):
    partner = branch.company.partner_id
    first = template(partner)
    with pytest.raises(Refused, match="allows 1 template, and there is one") as raised:
        template(partner)
    assert code_of(raised) == "limit_reached"
    templates.archive(first)
    template(partner)
    with pytest.raises(Refused, match="1 template"):
        templates.restore(first)


def test_no_manager_more_than_the_tariff_allows_whoever_is_invited_counts(reseller, branch):
    partner = branch.company.partner
    owner = branch.company.owner_id
    User.update(proved_at=clock.now()).where(User.id == owner).execute()
    invited = invitations.invite(partner, "first@people.example", "manager", owner, str)
    for attempt in (
        lambda: invitations.invite(partner, "second@people.example", "viewer", owner, str),
        lambda: team.enrol("third@people.example", "Third", "correct horse battery", partner, "cashier"),
    ):
        with pytest.raises(Refused, match="1 person") as raised:
            attempt()
        assert code_of(raised) == "limit_reached"
    invitations.accept_as_new(invited, "First", "correct horse battery")
    assert used.present("managers", partner.id) == 1
    second = team.enrol("owner@people.example", "Second owner", "correct horse battery", partner, "owner")
    row = Membership.get(Membership.user == second)
    with pytest.raises(Refused, match="1 person"):
        team.change_role(partner.id, row.id, "viewer", owner)


def test_no_location_more_than_the_tariff_allows(branch):
    partner = branch.company.partner_id
    first = locations.open_(partner, "Main street")
    with pytest.raises(Refused, match="1 location"):
        locations.open_(partner, "Side street")
    locations.close(first)
    second = locations.open_(partner, "Side street")
    with pytest.raises(Refused, match="1 location"):
        locations.reopen(first)
    locations.close(second)
    locations.reopen(first)


def test_no_token_more_than_the_tariff_allows_and_one_is_replaced(branch):
    partner, permits = branch.company.partner, list(PERMITS)[:1]
    token, _ = tokens.make(partner, "Second", permits)
    for attempt in (lambda: tokens.make(partner, "Third", permits),):
        with pytest.raises(Refused, match="2 API tokens"):
            attempt()
    newer, _ = tokens.rotate(token, timedelta(days=1))
    with pytest.raises(Refused, match="2 API tokens"):
        tokens.rotate(newer, timedelta(days=1))  # The one that it replaced works still.
    tokens.revoke(token)
    ended = clock.now() - timedelta(seconds=1)
    type(newer).update(expires_at=ended).where(type(newer).id == newer.id).execute()
    tokens.make(partner, "Third", permits)
    newer.expires_at = ended
    with pytest.raises(Refused, match="2 API tokens"):
        tokens.change(newer, "Second", permits, None, None)


def test_an_option_that_the_tariff_lacks_is_refused(reseller):
    made = loyalty.company(
        reseller, loyalty.tariff(reseller, custom_fields=False, referral_program=False, may_integrate=False)
    )
    partner = made.company.partner
    for attempt in (
        lambda: fields.add(template(partner.id), {"name": "Town", "kind": "text"}),
        lambda: template(partner.id, referrer_gets=Decimal(1)),
        lambda: tokens.make(partner, "One", list(PERMITS)[:1]),
    ):
        with pytest.raises(Refused) as raised:
            attempt()
        assert code_of(raised) == "option_missing"
    assert not limits.offers(partner.id, "custom_fields")
    assert limits.offers(partner.id, "reports") and limits.offers(reseller.id, "custom_fields")


def test_a_smaller_tariff_is_refused_by_what_is_used_and_nothing_is_deleted(reseller, branch):
    partner, small = branch.company.partner_id, loyalty.tariff(reseller, name="Small", templates=0)
    template(partner)
    with pytest.raises(Refused, match="Small allows 0 templates, and Branch") as raised:
        changes.change_tariff(branch.company, small, "month")
    assert code_of(raised) == "limit_reached"
    assert (companies.find(reseller.id, partner).tariff_id, used.present("templates", partner)) == (
        branch.company.tariff_id,
        1,
    )


def test_a_tariff_is_not_made_smaller_than_what_a_company_of_it_uses(reseller, branch):
    template(branch.company.partner_id)
    tariff = tariffs.find(reseller.id, branch.company.tariff_id)
    with pytest.raises(Refused, match="allows 0 templates, and Branch"):
        tariffs.change(tariff, {"templates": 0})
    assert tariffs.change(tariff, {"templates": 1, "name": "Tiny"}).name == "Tiny"
    assert Tariff.get_by_id(tariff.id).templates == 1


def test_a_tariff_begins_on_the_day_it_is_given(reseller, branch):
    larger = loyalty.tariff(reseller, name="Large")
    changed = changes.change_tariff(branch.company, larger, "year")
    assert (changed.tariff_id, changed.tariff_period) == (larger.id, "year")
    assert (changed.expires_at - clock.now()).days >= 364
    told = Event.select().where(Event.type == "company.tariff_changed")
    assert {event.partner_id for event in told} == {reseller.id, changed.partner_id}
    with pytest.raises(Invalid):
        changes.change_tariff(changed, larger, "fortnight")


def test_a_withdrawn_tariff_is_its_own_to_whom_has_it_now_and_not_to_whom_had_it_before(reseller, branch):
    seen, had, other = branch.company, branch.company.tariff, loyalty.tariff(reseller)
    tariffs.withdraw(had)
    assert changes.change_tariff(seen, had, "year").tariff_id == had.id
    changes.change_tariff(seen, other, "month")
    with pytest.raises(Refused, match="withdrawn"):
        changes.change_tariff(seen, had, "month")  # as somebody saw the company a moment ago
    assert companies.find(reseller.id, seen.partner_id).tariff_id == other.id


def test_an_ended_tariff_reads_and_changes_nothing_that_it_carries(reseller):
    made = loyalty.company(reseller)
    partner = made.company.partner_id
    mia, coffee = loyalty.customer(made.company.partner), template(partner)
    points = loyalty.template(made.company.partner, 7)
    card = cards.issue(partner, mia.id, coffee.id)
    omar = loyalty.customer(made.company.partner, "Omar")
    end_tariff(made.company)
    for attempt in (
        lambda: template(partner),
        lambda: templates.change(coffee, {"name": "Tea"}),
        lambda: cards.issue(partner, omar.id, coffee.id),
        lambda: cards.set_expiration(card, None),
        lambda: booking.book(partner, card.serial, booking.Asked("add-stamp", 1)),
        lambda: booking.foreseen(partner, card.serial, booking.Asked("add-stamp", 1)),
        lambda: locations.open_(partner, "Main street"),
        lambda: members.create(partner, {"first_name": "Zoe"}),
        lambda: members.change(omar, {"first_name": "Zoe"}),
        lambda: merging.merge(omar, mia),
        lambda: segments.make(partner, "Regulars"),
        lambda: reward_tiers.create(points, {"name": "Tea", "type": 0, "value": Decimal(1), "threshold": 1}),
        lambda: cards.change_fields(card, []),
    ):
        with pytest.raises(Refused, match="tariff ended on 20") as raised:
            attempt()
        assert code_of(raised) == "tariff_expired"
    assert lists.state_of(companies.find(reseller.id, partner)) == "expired"
    cards.delete(card)  # What is taken away is carried by no tariff.
    members.erase(mia)
    changes.change(companies.find(reseller.id, partner), {"expiresAt": clock.now() + timedelta(days=1)})
    assert cards.issue(partner, omar.id, coffee.id)


def test_an_end_before_the_company_was_made_is_refused(reseller, branch):
    with pytest.raises(Invalid) as raised:
        changes.change(branch.company, {"expiresAt": PAST})
    assert raised.value.field == "expiresAt"
    assert changes.change(branch.company, {"expiresAt": None, "name": "Corner"}).partner.name == "Corner"
    assert companies.find(reseller.id, branch.company.partner_id).expires_at is None


def test_a_company_with_cards_stays_and_one_without_is_gone_for_good(reseller, branch):
    partner, owner = branch.company.partner, branch.company.owner
    card = cards.issue(partner.id, loyalty.customer(partner).id, template(partner.id).id)
    with pytest.raises(Refused, match="has 1 card") as raised:
        changes.delete(branch.company)
    assert code_of(raised) == "still_in_use"
    assert companies.find(reseller.id, partner.id)
    cards.delete(card)
    key = sign_ins.begin(owner, "127.0.0.1", "tests")
    changes.delete(branch.company)
    assert sign_ins.find(key) is None and tokens.find(branch.secret) is None
    assert sign_ins.acting_for(owner.id, None) is None
    with pytest.raises(NotFound):
        members.create(partner.id, {"first_name": "Zoe"})
    for again in (lambda: changes.delete(branch.company), lambda: companies.find(reseller.id, partner.id)):
        with pytest.raises(NotFound):
            again()
    with pytest.raises(NotFound):
        template(partner.id)
    with pytest.raises(Refused, match="was deleted"):
        disabling.enable(Partner.get_by_id(partner.id))


def test_people_of_the_parent_step_into_its_companies_and_both_logs_tell(world):
    viewer = world.northwind.users["viewer"]
    key = sign_ins.begin(viewer, "127.0.0.1", "tests")
    sign_in = sign_ins.find(key).sign_in_id
    sign_ins.act_for(sign_in, viewer.id, world.north.id)
    acted = sign_ins.acting_for(viewer.id, world.north.id)
    assert (acted.id, acted.role, bool(acted.is_inherited)) == (world.north.id, "viewer", True)
    told = {(event.partner_id, event.type) for event in Event.select().where(Event.type.startswith("sign_in."))}
    assert told == {(world.north.id, "sign_in.acted_for"), (world.northwind.id, "sign_in.stepped_in")}
    assert sign_ins.find(sign_ins.begin(viewer, "127.0.0.1", "tests")).acting_partner_id == world.northwind.id
    Membership.delete().where(Membership.user == viewer, Membership.partner == world.northwind.id).execute()
    assert sign_ins.acting_for(viewer.id, world.north.id) is None


@pytest.mark.parametrize(("who", "role"), [("northwind", "cashier"), ("rival", "owner"), ("wind", "owner")])
def test_nobody_else_steps_into_a_company(world, who, role):
    person = getattr(world, who).users[role]
    sign_in = sign_ins.find(sign_ins.begin(person, "127.0.0.1", "tests")).sign_in_id
    with pytest.raises(NotFound):
        sign_ins.act_for(sign_in, person.id, world.north.id)
    acted = sign_ins.acting_for(person.id, world.north.id)
    assert acted.id == getattr(world, who).id


def test_a_company_that_is_kept_out_is_not_stepped_into(world):
    owner = world.northwind.users["owner"]
    assert sign_ins.acting_for(owner.id, world.north.id).id == world.north.id
    disabling.disable(world.north.partner)
    assert sign_ins.acting_for(owner.id, world.north.id).id == world.northwind.id
