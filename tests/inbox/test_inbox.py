"""The inbox: what waits, of every area, since when, and what may be done at once."""

import pytest

from portal import clock
from portal.database import Statement
from portal.domain.accounts.partners import terms
from portal.domain.accounts.team import invitations
from portal.domain.accounts.team.tables import Invitation
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.questions.tables import DealQuestion
from portal.domain.areas import Area, Waits
from portal.domain.errors import DomainError
from portal.domain.schema import AS_SHOWN
from portal.domain.traces import refusals
from portal.domain.waiting import waiting
from portal.domain.waiting.bound import COUNTED, few
from portal.web import waits
from tests.affiliate import things
from tests.affiliate.counting import queries


@pytest.fixture
def catalog(world):
    made = things.catalog(world.acme)
    things.offer(made)
    return made


@pytest.fixture
def waiting_things(world, catalog):
    """An application, and a question about a deal."""
    promotion = things.promotion(catalog, world.northwind, "APPLYING1")
    Promotion.update(state="waiting", message="We write about trails.").where(Promotion.id == promotion.id).execute()
    things.promotion(catalog, world.rival, "RIVALS001")
    things.deal(catalog, "A-1", "Paid", another_data="uid=RIVALS001")
    DealQuestion.create(
        deal=Deal.get(deal_id="A-1"), merchant=world.acme.id, promoter=world.rival.id, question="When is it due?"
    )
    return promotion


def test_everything_that_waits_stands_in_the_inbox_and_is_counted_in_the_menu(world, waiting_things):
    page = world.as_("acme", "manager").get("/inbox").text
    assert "1 promoter wants to join" in page and "Northwind for" in page and "We write about trails." in page
    assert "1 question about a deal" in page and "Rival about A-1" in page and "When is it due?" in page
    assert page.count('<span class="nav-count">2<') == 2, "In the menu, and in the bar of a phone."
    assert 'class="nav-count">2<' in world.as_("acme").get("/catalogs").text
    assert "nav-count" not in world.as_("acme", "cashier").get("/").text


def test_an_application_is_decided_in_the_inbox(world, waiting_things):
    manager = world.as_("acme", "manager")
    place = f"/promoters/{waiting_things.uid}/approval?here=inbox"
    assert f'action="{place}"' in manager.get("/inbox").text
    assert manager.post(place).location == "/inbox"
    assert Promotion.get(uid=waiting_things.uid).state == "approved"
    assert "wants to join" not in manager.get("/inbox").text


def test_a_viewer_reads_and_decides_nothing(world, waiting_things):
    page = world.as_("acme", "viewer").get("/inbox").text
    assert "Northwind for" in page and "/approval" not in page and ">Answer" not in page


def test_what_others_have_to_do_stands_apart_and_is_not_counted(world, waiting_things):
    page = world.as_("northwind").get("/inbox").text
    assert "Waiting for others" in page and "1 application waits for the merchant" in page
    assert "no payout account is given" in page and '<span class="nav-count">1<' in page


def test_an_empty_inbox_says_what_it_is_for(world):
    page = world.as_("acme").get("/inbox").text
    assert "Nothing waits for you" in page and '<span class="nav-count"></span>' in page


@pytest.mark.on_both_engines
def test_however_much_waits_a_page_asks_once_for_how_much(world, catalog, waiting_things):
    owner = world.as_("acme")
    few_wait = [queries(lambda path=path: owner.get(path)) for path in ("/inbox", "/catalogs")]
    for number, party in enumerate((world.north, world.wind, world.acme)):
        things.promotion(catalog, party, f"MORE{number}")
    Promotion.update(state="waiting").execute()
    assert few_wait == [queries(lambda path=path: owner.get(path)) for path in ("/inbox", "/catalogs")]


@pytest.mark.on_both_engines
def test_what_another_area_knows_to_wait_is_counted_by_the_same_statement(world):
    garden = Area(waits={"weeds": Waits(few("partner WHERE id = :partner"), "garden")})
    try:
        counted = dict(waiting.statement((*AS_SHOWN, garden)).rows(partner=world.acme.id))
    finally:
        Statement.every.pop()
    assert counted["weeds"] == 1 and set(waiting.counts(world.acme.id)) == set(counted) - {"weeds"}


def test_what_is_counted_up_to_a_bound_is_said_to_be_over_it():
    assert waits.many(COUNTED + 1, "1 question", "{number} questions") == "over 100 questions"
    assert waits.many(1, "1 question", "{number} questions") == "1 question"


def test_what_waits_since_when_is_told(world, waiting_things):
    Promotion.update(created_at=clock.from_micros(clock.micros() - 3 * 86_400_000_000)).where(
        Promotion.id == waiting_things.id
    ).execute()
    assert "3 days ago" in world.as_("acme").get("/inbox").text


def test_what_was_refused_lately_and_who_did_not_come_stand_there_and_are_not_counted(world, catalog):
    with pytest.raises(DomainError) as refused:
        things.deal(catalog, "LOST-1", "Paid", currency="JPY")
    refusals.note(refused.value)
    invited = invitations.invite(world.acme.partner, "late@new.example", "viewer", world.acme.users["owner"].id, str)
    Invitation.update(expires_at=clock.from_micros(0)).where(Invitation.id == invited.id).execute()
    page = world.as_("acme").get("/inbox").text
    assert "Reports of deals were refused" in page and "LOST-1" in page
    assert "Invitations have run out" in page and f"/invitations/{invited.id}/resending" in page
    assert '<span class="nav-count"></span>' in page and 'id="waiting"' not in world.as_("acme").get("/").text
    assert "Invitations" not in world.as_("acme", "manager").get("/inbox").text, "Owners invite."


def test_terms_wait_for_an_owner(world):
    terms.publish("Be fair.", None)
    page = world.as_("acme").get("/inbox").text
    assert "New terms of use are to be accepted" in page and "Read and accept" in page
    assert "to be accepted" not in world.as_("acme", "viewer").get("/inbox").text
