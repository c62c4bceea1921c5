"""What grows for ever is kept for a while, as README says, and money for ever."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from portal import clock
from portal.database import transaction
from portal.domain import verify
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import IdempotencyRecord
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.ledger.tables import Entry
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Refused
from portal.domain.events.tables import Sequence
from portal.domain.keeping import keeping
from portal.domain.mail import outbox
from portal.domain.mail.tables import Mail
from portal.domain.schema import AREAS
from portal.domain.traces import refusals
from portal.domain.traces.keeping import REFUSALS
from portal.domain.traces.tables import Refusal, RefusalCount
from portal.worker import drains
from tests.affiliate import things

README = Path(__file__).parents[2] / "README.md"
DAY = 86_400


def click(promotion: Promotion, key: str) -> Click:
    return Click.create(key=key, promotion=promotion, at=clock.now())


def all_forgotten(most: int = 2) -> None:
    while keeping.forget_old(most):
        pass


@pytest.fixture
def programme(world):
    """Acme's catalog with a promoter."""
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    return catalog, things.promotion(catalog, world.northwind)


def refuse(world, thing_id: str, partner=None) -> None:
    about = ((partner or world.acme).id, "deal", thing_id)
    refusals.note(Refused("No.", about=about))


def test_refusals_and_their_counts_go_after_ninety_days(world):
    for number in range(5):
        refuse(world, f"old {number}")
    with clock.acting(50 * DAY):
        refuse(world, "new")
    with clock.acting(89 * DAY):
        all_forgotten()
        assert (Refusal.select().count(), RefusalCount.select().count()) == (6, 6)
    with clock.acting(92 * DAY):
        all_forgotten()
    assert [row.thing_id for row in Refusal.select()] == [row.thing_id for row in RefusalCount.select()] == ["new"]


def test_a_test_modes_traces_age_by_its_own_clock(world):
    twin = world.acme.twin()
    partners.advance_clock(twin.partner, 3000 * DAY)
    with clock.acting(3000 * DAY):
        refuse(world, "ahead", twin)
    refuse(world, "of today")
    with clock.acting(88 * DAY):
        all_forgotten()
        assert Refusal.select().count() == 2
    with clock.acting(92 * DAY):
        all_forgotten()
    assert (Refusal.select().count(), RefusalCount.select().count()) == (0, 0)


def test_answers_kept_for_a_test_mode_go_by_the_wall(world, client):
    twin = world.acme.twin()
    partners.advance_clock(twin.partner, 3000 * DAY)
    sent = {"headers": {**twin.bearer, "Idempotency-Key": "k"}, "json": {"title": "Shop", "catalog_code": "shop"}}
    first, again = (client.post("/api/catalog/", **sent).json["id"] for _ in range(2))
    clock.use(0)
    keeping.forget_old()
    assert first == again and IdempotencyRecord.select().count() == 1
    with clock.acting(25 * 3600):
        keeping.forget_old()
    assert IdempotencyRecord.select().count() == 0


def test_mails_go_after_ninety_days_unless_they_still_wait(world, settings):
    with transaction():
        for _ in range(3):
            outbox.put("mia@members.example", "Hello", "password_reset", name="Mia", link="")
    with clock.acting(91 * DAY):
        all_forgotten()
        assert Mail.select().count() == 3
    drains.run("mail", settings)  # Without a server they are kept for the operator.
    with clock.acting(89 * DAY):
        all_forgotten()
        assert Mail.select().count() == 3
    with clock.acting(91 * DAY):
        all_forgotten()
    assert Mail.select().count() == 0


def test_clicks_go_after_400_days_but_a_deals_stays(world, programme):
    catalog, promotion = programme
    kept = click(promotion, "with a deal")
    things.deal(catalog, "A", "Paid", another_data=f"myshare={promotion.uid}")
    Deal.update(click=kept.id).execute()
    for number in range(4):
        click(promotion, f"old {number}")
    with clock.acting(200 * DAY):
        click(promotion, "new")
    with clock.acting(399 * DAY):
        all_forgotten()
        assert Click.select().count() == 6
    with clock.acting(401 * DAY):
        all_forgotten()
        assert [row.key for row in Click.select().order_by(Click.id)] == ["with a deal", "new"]
        assert keeping.forget_old() == 0
    with clock.acting(601 * DAY):
        all_forgotten()
    assert [row.key for row in Click.select()] == ["with a deal"]
    assert Sequence.get_by_id("clicks looked at").value >= kept.id


def test_money_never_ages(world, programme, settings):
    catalog, promotion = programme
    things.deal(catalog, "A", "Paid", another_data=f"myshare={promotion.uid}")
    before = (Deal.select().count(), Entry.select().count())
    drains.run("events", settings)
    with clock.acting(4000 * DAY):
        while drains.tidy(settings):
            pass
    assert before == (Deal.select().count(), Entry.select().count()) and before[1]
    assert verify.faults() == []


def test_many_rows_go_in_short_steps(world):
    for number in range(7):
        refuse(world, f"old {number}")
    with clock.acting(92 * DAY):
        assert REFUSALS.forget(3) == 3
        assert Refusal.select().count() == 4
        assert [REFUSALS.forget(3) for _ in range(3)] == [3, 1, 0]


def lasting() -> list[tuple[str, timedelta]]:
    return [(kept.what, kept.lasts) for area in AREAS for kept in area.keeping]


def test_what_ages_is_what_was_meant_to():
    assert {what: lasts.days for what, lasts in lasting()} == {
        "clicks": 400, "what tells a deal which member clicked": 400, "mails": 90, "refusals": 90, "sign-ins, invitations": 90, "links that set a password": 7,
        "answers kept": 1, "marks that count a visitor once a day, and the day's salt": 1, "files and rows of imports": 30,
            "files and rows of imports of customers": 30, "files and rows of imports of coupons": 30,
        "counted tries to sign in": 1,
        "how many mails somebody wrote to others": 2, "cards that somebody asked for and did not get": 7,
        "codes that were made at the counter for an offer": 1,
        "who got a push, and what their phones’ push services answered (the counts stay)": 400, "pushes that were tried on oneself": 30,
        "browsers whose push service refuses every push": 90, "phones that keep a card in their wallet": 90,
        "that a card stands in wallets": 90,
    }  # fmt: skip


@pytest.mark.parametrize(("line", "lasts"), lasting())
def test_readme_says_how_long(line, lasts):
    said = re.search(rf"^\| {re.escape(line)}[^|]*\| (\d+) days?\b", README.read_text(), re.MULTILINE)
    assert said and timedelta(days=int(said[1])) == lasts
