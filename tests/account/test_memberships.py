"""The partners that one works for, and one more of one's own."""

import pytest

from portal import clock
from portal.domain.accounts.partners import terms
from portal.domain.accounts.partners.terms_tables import TermsAcceptance
from portal.domain.accounts.tables import Membership, Partner
from tests.affiliate.counting import queries

PLACE, NEW = "/account/memberships", "/account/memberships/new"
GOOD = {"name": "Second Shop", "time_zone": "Asia/Tokyo", "currency": "JPY"}


def test_each_partner_is_shown_with_the_role_and_which_one_acts(world):
    Membership.create(user=world.acme.users["owner"], partner=world.rival.partner, role="viewer")
    page = world.as_("acme").get(PLACE).text.split("<main")[1]
    acme, rival = page.split("<tr>")[2:4]
    assert "Acme" in acme and "Owner" in acme and "You work for it now" in acme and "Work for it<" not in acme
    assert "Rival" in rival and "Viewer" in rival and f'value="{world.rival.id}"' in rival
    assert "Northwind" not in page


def test_who_belongs_to_nobody_is_shown_a_way(world):
    Membership.delete().where(Membership.user == world.acme.users["viewer"]).execute()
    visitor = world.as_("acme", "viewer")
    assert f'href="{NEW}"' in visitor.get(PLACE).text
    assert f'href="{NEW}"' in visitor.get("/").text
    assert visitor.post(NEW, GOOD).location == "/"


@pytest.mark.parametrize("role", ["owner", "cashier"])
def test_anybody_founds_another_partner_and_acts_for_it(world, role):
    visitor = world.as_("acme", role)
    assert visitor.post(NEW, GOOD).location == "/"
    made = Partner.get(Partner.name == "Second Shop")
    assert (made.time_zone, made.currency, made.is_test) == ("Asia/Tokyo", "JPY", False)
    assert Membership.get(Membership.partner == made).role == "owner"
    assert visitor.get("/account/partner/edit").status_code == 200
    assert '<span class="menu-text"><strong>Second Shop' in visitor.get(PLACE).text


@pytest.mark.settings(confirm_partners=0)
def test_it_waits_for_the_operator_where_others_wait(world):
    world.as_("acme").post(NEW, GOOD)
    assert Partner.get(Partner.name == "Second Shop").confirmed_at is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "This field is required."),
        ("name", "x" * 121, "Give at most 120 characters."),
        ("time_zone", "Mars/Olympus", "is not a time zone"),
        ("time_zone", "", "Choose a time zone."),
        ("currency", "DOG", "is not a currency that can be paid in"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(world, field, value, sentence):
    answer = world.as_("acme").post(NEW, GOOD | {field: value})
    assert answer.status_code == 422 and sentence in answer.text
    assert not Partner.select().where(Partner.name == "Second Shop").exists()


def test_everything_that_is_wrong_is_told_at_once(world):
    terms.publish("Be kind.", None)
    page = world.as_("acme").post(NEW, {"name": "", "time_zone": "", "currency": "DOG"}).text
    for sentence in ("This field is required.", "Choose a time zone.", "is not a currency", "Read the terms of use"):
        assert sentence in page, sentence


def test_the_terms_in_force_are_accepted_for_it(world):
    terms.publish("Be kind.", None)
    owner = world.as_("acme")
    refused = owner.post(NEW, GOOD)
    assert refused.status_code == 422 and "Read the terms of use, version 1, and accept them." in refused.text
    assert owner.post(NEW, GOOD | {"terms": "1"}).location == "/"
    accepted = TermsAcceptance.get()
    assert (accepted.partner.name, accepted.terms_id) == ("Second Shop", 1)
    assert accepted.accepted_by == world.acme.users["owner"]


@pytest.mark.settings(sign_in_limit=2)
def test_founding_is_limited(world):
    answers = [world.as_("acme").post(NEW, GOOD | {"name": f"Shop {n}"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "Shop 2" in answers[-1].text and answers[-1].headers["Retry-After"]


def test_from_a_test_mode_one_founds_by_the_walls_clock(world):
    owner, twin = world.as_("acme"), world.acme.twin().partner
    Partner.update(clock_offset=40 * 86_400).where(Partner.id == twin.id).execute()
    owner.post("/test-mode", {"on": "1"})
    owner.post(NEW, GOOD)
    made = Partner.get(Partner.name == "Second Shop")
    assert abs(made.created_at - clock.from_micros(clock.wall_micros())).days == 0
    assert not made.is_test


@pytest.mark.on_both_engines
def test_more_partners_take_no_more_queries(world):
    owner = world.as_("acme")
    owner.get(PLACE)
    before = queries(lambda: owner.get(PLACE))
    for party in (world.rival, world.northwind, world.north):
        Membership.create(user=world.acme.users["owner"], partner=party.partner, role="viewer")
    assert queries(lambda: owner.get(PLACE)) == before


@pytest.mark.on_both_engines
def test_the_last_owner_is_told_before_trying_and_cannot_leave_whatever_is_sent(world):
    owner, user = world.as_("acme"), world.acme.users["owner"]
    place = f"/account/memberships/{Membership.get(Membership.user == user).id}/leaving"
    page = owner.get(place).text
    assert "You are the last owner of Acme" in page and 'class="card confirm' not in page
    assert owner.post(place).status_code == 400
    Membership.update(role="owner").where(Membership.user == world.acme.users["manager"].id).execute()
    assert 'class="card confirm' in owner.get(place).text
    assert owner.post(place).location == "/account/memberships"
