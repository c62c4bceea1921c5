"""Entering a deal by hand, a deal's way to the payout, and promoters' questions about it."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals import passport as deal_passport
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.payouts import payouts, sending
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.questions import questions
from portal.domain.events.tables import Event
from tests.affiliate import things
from tests.affiliate.counting import queries

UID = "NRTHWND22"


@pytest.fixture
def catalog(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.promotion(catalog, world.northwind)
    return catalog


@pytest.fixture
def owner(world):
    return world.as_("acme")


def entered(catalog, **changed):
    return {
        "catalog_code": catalog.short_code, "offer": "Spanish A1", "cost": "120.50", "currency": "USD", "status": "Paid",
        "deal_id": "phone-1", "promoter": "", "promo_code": "", "customer": "", **changed,
    }  # fmt: skip


def form_of(visitor):
    """The form, at the address that its proposed id gives it."""
    return visitor.get(visitor.get("/deals/new").location)


def test_a_deal_is_entered_by_hand_and_belongs_to_its_promoter(world, owner, catalog):
    page = form_of(owner).text
    assert re.search(r'value="manual-[A-Z2-9]{8}"', page) and "Spanish A1 (100.00\u00a0USD)" in page
    answer = owner.post("/deals/new", entered(catalog, promoter=f"Northwind · {UID}", customer="C&A 7"))
    deal = Deal.get()
    assert answer.location == f"/deals/{deal.uuid}"
    assert (deal.deal_id, deal.status, deal.cost, deal.payment_sum) == ("phone-1", "Paid", 12050, 1205)
    assert (deal.promotion.uid, deal.customer, deal.another_data) == (UID, "C&A 7", f"myshare={UID}&customer=C%26A+7")
    assert "by Acme Owner" in owner.get(answer.location).text


def test_a_form_that_is_come_back_to_and_sent_again_is_the_same_deal_and_says_so(owner, catalog):
    place = owner.get("/deals/new").location
    proposed = re.search(r"deal_id=(manual-[A-Z2-9]{8})$", place)[1]
    assert owner.get("/deals/new").location != place  # Another form is another deal.
    for _ in range(2):  # Back, and the browser asks for the form anew.
        assert f'value="{proposed}"' in owner.get(place).text
    first = owner.post(place, entered(catalog, deal_id=proposed, promoter=UID))
    again = owner.get(place).text
    assert f'value="{proposed}"' in again and f"The deal {proposed} is recorded" in again and first.location in again
    answer = owner.post(place, entered(catalog, deal_id=proposed, promoter=UID))
    assert (answer.location, Deal.select().count()) == (first.location, 1)
    assert "was recorded before; nothing was recorded twice" in owner.get(answer.location).text
    other = owner.post(place, entered(catalog, deal_id=proposed, promoter=UID, cost="7"))
    assert other.status_code == 422 and "cost" in other.text and Deal.get().cost == 12050


def test_sent_again_with_another_status_it_moves_the_deal(owner, catalog):
    owner.post("/deals/new", entered(catalog, status="Created"))
    answer = owner.post("/deals/new", entered(catalog, status="Paid"))
    assert "was recorded before, and is now: Paid by customer" in owner.get(answer.location).text
    assert (Deal.get().status, Deal.select().count()) == ("Paid", 1)


def test_a_sum_is_typed_with_either_sign_and_one_that_could_be_two_is_asked_back(owner, catalog):
    for typed, cost in (("129,50", 12950), ("1.234,5", 123450), ("1 234.50", 123450), ("7", 700)):
        owner.post("/deals/new", entered(catalog, cost=typed, deal_id=typed))
        assert Deal.get(Deal.deal_id == typed).cost == cost
    for typed in ("1.500", "1,500"):
        refused = owner.post("/deals/new", entered(catalog, cost=typed, deal_id="open"))
        assert refused.status_code == 422 and "could be 1500 or 1.5. Write it so." in refused.text
    deal = Deal.get(Deal.deal_id == "7")
    assert "could be 1500" in owner.post(f"/deals/{deal.uuid}/cost", {"cost": "1.500"}).text
    things.offer(catalog, "In dinars", currency="KWD")
    owner.post("/deals/new", entered(catalog, offer="In dinars", cost="1.500", currency="KWD", deal_id="dinars"))
    assert Deal.get(Deal.deal_id == "dinars").cost == 1500


def test_a_deal_of_nobody_is_entered(owner, catalog):
    owner.post("/deals/new", entered(catalog, status="Created"))
    assert (Deal.get().promotion, Deal.get().status, Deal.get().another_data) == (None, "Created", None)


def test_what_is_wrong_stands_beside_its_field_with_the_steps(world, owner, catalog):
    other = things.catalog(world.acme.partner, "Winter", "winter")
    Promotion.create(uid="WNTR22222", catalog=other, promoter=world.northwind.id)
    for changed, field, sentence in (
        ({"cost": ""}, "cost", "Give what the customer paid."),
        ({"cost": "-1"}, "cost", "below zero"),
        ({"cost": "1.2345"}, "cost", "2 decimals"),
        ({"currency": "EUR"}, "currency", "the offer has no price in EUR"),
        ({"offer": "Klingon"}, "offer", "no offer named “Klingon”"),
        ({"deal_id": ""}, "deal_id", "This field is required."),
        ({"deal_id": "a\tb"}, "deal_id", "printable"),
        ({"promoter": "Nobody Known"}, "promoter", "No promoter is called so"),
        ({"promoter": "WNTR22222"}, "promoter", "This uid sells “Winter”"),
        ({"promo_code": "x" * 256}, "promo_code", "at most 255"),
    ):
        page = owner.post("/deals/new", entered(catalog, **changed))
        assert page.status_code == 422, changed
        error = page.text.partition(f'id="{field}-error"')[2].partition("</p>")[0]
        assert sentence.lower() in error.lower(), (changed, error)
        for name, value in changed.items():
            if name in ("deal_id", "promoter", "cost") and value.isprintable():
                assert f'value="{value}"' in page.text
    assert Deal.select().count() == 0
    steps = owner.post("/deals/new", entered(catalog, currency="EUR")).text
    assert "The offer has a price in this currency" in steps and "Send one of its currencies: USD." in steps


@pytest.mark.on_both_engines
def test_a_number_that_is_taken_by_another_deal_is_refused(owner, catalog):
    things.deal(catalog, "phone-1")
    page = owner.post("/deals/new", entered(catalog))
    assert page.status_code == 422 and "exists with other parameters: cost" in page.text
    assert Deal.get().status == "Created"


def test_without_scripts_a_button_shows_the_offers_of_another_catalog(world, owner, catalog):
    other = things.catalog(world.acme.partner, "Winter", "winter")
    things.offer(other, "Skiing", "80", "EUR")
    page = owner.post("/deals/new", entered(other, show_offers="1"))
    assert page.status_code == 200 and "Skiing (80.00\u00a0EUR)" in page.text and "Spanish" not in page.text
    part = owner.get(f"/deals/new/offers?catalog_code={other.short_code}&cost=7", htmx=True).text
    assert (
        part.lstrip().startswith('<div class="stack" id="offer-fields">') and "Skiing" in part and 'value="7"' in part
    )
    foreign = world.as_("rival").get(f"/deals/new/offers?catalog_code={other.short_code}", htmx=True).text
    assert "Skiing" not in foreign


def test_without_a_catalog_the_first_step_is_one(world):
    assert "A catalog comes first" in form_of(world.as_("rival")).text


def test_a_passport_tells_the_whole_way_from_the_click_to_the_payout(world, owner, catalog):
    promotion = Promotion.get(Promotion.uid == UID)
    landing = things.landing(catalog)
    click = Click.create(key="a" * 22, promotion=promotion, landing=landing, at=clock.now(), query="subid=spring")
    deal = things.deal(catalog, "WAY", another_data=f"myshare={UID}&click={click.key}")
    owner.post(f"/deals/{deal.uuid}/payment")
    Deal.update(due_at=clock.now() - timedelta(days=1)).execute()
    deal_moves.settle_due()
    run, _ = payouts.run(world.acme.id, [(world.northwind.id, "USD", 1000)])
    assert "was sent" not in owner.get(f"/deals/{deal.uuid}").text
    sending.mark_run_sent(world.acme.id, run.uuid)
    page = owner.get(f"/deals/{deal.uuid}").text
    told = [
        "Somebody followed the link of Northwind", "Deal reported", "Deal paid by the customer", "Deal approved", "Put into payout no. 1",
        "Paid out: payout no. 1 was sent",
    ]  # fmt: skip
    places = [page.index(sentence) for sentence in told]
    assert places == sorted(places)
    assert re.search(r'<a href="/payouts/[0-9a-f-]{36}">Paid out: payout no. 1 was sent</a>', page)
    assert "what the shop sends along (another_data) names a promoter" in page
    assert "by Acme Owner" in page and "subid=spring" in page and click.key in page
    assert f'href="/catalogs/{catalog.short_code}"' in page and f'href="/promoters/{UID}"' in page


def test_a_passport_remembers_its_moments_when_the_log_has_forgotten_them(owner, catalog):
    deal = things.deal(catalog, "OLD", "Paid")
    Event.delete().execute()
    page = owner.get(f"/deals/{deal.uuid}").text
    assert "Deal reported" in page and "Deal paid by the customer" in page and "by the portal" not in page


def test_a_self_referral_is_flagged(world, owner, catalog):
    Promotion.create(uid="SELFSELF2", catalog=catalog, promoter=world.acme.id)
    own = things.deal(catalog, "SELF", another_data="myshare=SELFSELF2")
    other = things.deal(catalog, "OTHER", another_data=f"myshare={UID}")
    assert "Self-referral" in owner.get(f"/deals/{own.uuid}").text
    assert "Self-referral" not in owner.get(f"/deals/{other.uuid}").text


def test_a_question_waits_until_it_is_answered_once(world, owner, catalog):
    deal = things.deal(catalog, "ASKED", another_data=f"myshare={UID}")
    assert "No question waits" in owner.get("/deals/questions").text
    asked = questions.ask(
        world.northwind.id, deal.uuid, f"Why so late? {things.HOSTILE}", world.northwind.users["owner"].id
    )
    waiting = owner.get("/deals/questions").text
    assert "Why so late? &lt;script&gt;" in waiting and f"/deals/{deal.uuid}#question-{asked.uuid}" in waiting
    assert '<span class="count">1<' in owner.get("/deals").text
    place = f"/deals/{deal.uuid}/questions/{asked.uuid}"
    empty = owner.post(place, {"answer": " "})
    assert empty.status_code == 422 and "This field is required." in empty.text
    long = owner.post(place, {"answer": "x" * 2001})
    assert long.status_code == 422 and "at most 2000" in long.text and "x" * 2001 in long.text
    assert owner.post(place, {"answer": "On Monday."}).location == f"/deals/{deal.uuid}"
    page = owner.get(f"/deals/{deal.uuid}").text
    assert "On Monday." in page and "Acme Owner answered" in page
    again = owner.post(place, {"answer": "On Tuesday."})
    assert again.status_code == 422 and "Somebody answered this question" in again.text
    assert (
        "No question waits" in owner.get("/deals/questions").text
        and '<span class="count">' not in owner.get("/deals").text
    )


@pytest.mark.on_both_engines
def test_a_question_is_answered_by_its_merchant_alone(world, catalog):
    deal = things.deal(catalog, "ASKED", another_data=f"myshare={UID}")
    other = things.deal(catalog, "OTHER", another_data=f"myshare={UID}")
    asked = questions.ask(world.northwind.id, deal.uuid, "Why?")
    place = f"/deals/{deal.uuid}/questions/{asked.uuid}"
    for who in ("rival", "northwind"):
        assert world.as_(who).post(place, {"answer": "So"}).status_code == 404
        assert "Why?" not in world.as_(who).get("/deals/questions").text
    assert world.as_("acme").post(f"/deals/{other.uuid}/questions/{asked.uuid}", {"answer": "So"}).status_code == 404
    viewer = world.as_("acme", "viewer")
    assert viewer.post(place, {"answer": "So"}).status_code == 403
    page = viewer.get(f"/deals/{deal.uuid}").text
    assert "Why?" in page and "Nobody has answered yet." in page


@pytest.mark.on_both_engines
def test_a_passport_takes_as_many_queries_for_many_questions_as_for_one(world, owner, catalog):
    deal = things.deal(catalog, "ASKED", another_data=f"myshare={UID}")
    owner.get("/deals")  # Whoever acted last is who asks, in every question here the same.
    questions.ask(world.northwind.id, deal.uuid, "One?")
    few, few_waiting = (
        queries(lambda place=place: owner.get(place)) for place in (f"/deals/{deal.uuid}", "/deals/questions")
    )
    questions.ask(world.northwind.id, deal.uuid, "Two?")
    questions.ask(world.northwind.id, deal.uuid, "Three?")
    assert queries(lambda: owner.get(f"/deals/{deal.uuid}")) == few
    assert queries(lambda: owner.get("/deals/questions")) == few_waiting
    assert deal_passport.of(world.acme.id, deal.uuid).uid == UID
