"""Codes are mailed by a form that says its bounds before; the page shows how far it is, and who got which."""

import pytest

from portal import clock
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.mailings import writing
from portal.domain.coupons.mailings.tables import CouponMailing
from portal.domain.mail import stops, strangers
from portal.domain.mail.tables import Mail
from portal.worker import drains
from tests.coupons.test_batch_pages import GIVEN
from tests.support import desk


@pytest.fixture
def visitor(world):
    return world.as_("acme", "manager")


@pytest.fixture
def source(visitor, settings) -> str:
    """Three codes, as the form names them."""
    visitor.post("/coupons/batches/new", GIVEN)
    drains.run("coupon codes", settings)
    return f"batch-{Coupon.get().batch_id}"


def begin(visitor, source, addresses, **given):
    return visitor.post("/coupons/mailings/new", {"name": "Press", "source": source, "addresses": addresses} | given)


def test_without_codes_the_form_leads_to_making_some(visitor):
    page = visitor.get("/coupons/mailings/new").text
    assert "Codes come first" in page and 'href="/coupons/batches/new"' in page


def test_the_form_says_its_bounds_and_how_many_codes_there_are(visitor, source):
    page = visitor.get("/coupons/mailings/new").text
    assert "At most 500 codes a day" in page and "more than 5 mails a day" in page
    assert "Season (assigned to nothing yet): 3 codes can be mailed" in page
    desk.assigned(Coupon.get())
    assert "Season: 3 codes can be mailed" in visitor.get("/coupons/mailings/new").text


def test_codes_are_mailed_and_the_page_tells_who_got_which(visitor, source, settings):
    place = begin(visitor, source, "ada@example.com\nbo@example.com", message="Enjoy").location
    page = visitor.get(place).text
    assert "0 of 2" in page and f'hx-get="{place}?" hx-trigger="mailed from:body"' in page
    drains.run("coupon mailings", settings)
    assert visitor.get(f"{place}/progress").headers["HX-Trigger"] == "mailed"
    page = visitor.get(place).text
    assert "mailed from:body" not in page
    code = Coupon.select().order_by(Coupon.id).first().written
    assert "Done" in page and "ada@example.com" in page and code in page
    found = visitor.get(f"{place}?q=bo@").text
    assert "bo@example.com" in found and "ada@example.com" not in found
    assert "No address or code has" in visitor.get(f"{place}?q=nobody").text
    assert "Press" in visitor.get("/coupons/mailings").text
    assert Mail.select().where(Mail.text.contains(code)).count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"addresses": "ada"}, "“ada”"),
        ({"addresses": "Ada a@x.example b@x.example"}, "0 of 2"),
        ({"source": "batch-999"}, "Choose one of the list."),
        ({"addresses": "a@x.example\nb@x.example\nc@x.example\nd@x.example"}, "Addresses: 4. Codes that can be mailed"),
    ],
)
def test_what_cannot_be_mailed_is_said_beside_its_field(visitor, source, given, said):
    answer = begin(visitor, **{"source": source, "addresses": "ada@example.com", **given})
    text = visitor.get(answer.location).text if answer.location else answer.text
    assert said in text


def test_the_page_says_why_it_waits(visitor, source, monkeypatch, settings):
    monkeypatch.setattr(strangers, "CODES_A_DAY", 1)
    place = begin(visitor, source, "ada@example.com\nbo@example.com").location
    late = CouponMailing.update(due_at=clock.wall_micros() - 60_000_000)
    late.execute()
    assert "Nobody works at it" in visitor.get(f"{place}/progress").text
    drains.run("coupon mailings", settings)
    part = visitor.get(f"{place}/progress")
    assert "The rest goes later" in part.text and "1 of 2" in part.text
    assert visitor.get(f"{place}/progress", headers={"If-None-Match": part.headers["ETag"]}).status_code == 304


def test_a_mailing_is_stopped_after_asking(visitor, source, monkeypatch, settings):
    monkeypatch.setattr(writing, "AT_ONCE", 1)
    place = begin(visitor, source, "ada@example.com\nbo@example.com").location
    writing.work_due()
    question = visitor.get(f"{place}/cancellation").text
    assert "1 address gets no code" in question and "1 code that is mailed stays" in question
    assert visitor.post(f"{place}/cancellation").location == place
    drains.run("coupon mailings", settings)
    assert Mail.select().where(Mail.subject.startswith("Your code")).count() == 1
    visitor.post(f"{place}/cancellation")
    assert "ended already" in visitor.get(place).text


def test_one_click_of_a_receiver_ends_such_mails(world, visitor, source, settings):
    begin(visitor, source, "ada@example.com")
    drains.run("coupon mailings", settings)
    [mail] = Mail.select().where(Mail.to == "ada@example.com")
    path = mail.unsubscribe.partition("/no-more-mail/")[2]
    world.anonymous().post(f"/no-more-mail/{path}", {"List-Unsubscribe": "One-Click"})
    assert stops.is_stopped("ada@example.com")
    place = begin(visitor, source, "ada@example.com").location
    drains.run("coupon mailings", settings)
    assert "They want no mail" in visitor.get(place).text


def test_only_editors_see_addresses_and_only_their_own(world, visitor, source):
    place = begin(visitor, source, "ada@example.com").location
    assert world.as_("acme", "viewer").get(place).status_code == 403
    assert world.as_("rival").get(place).status_code == 404
