"""Automatic pushes: each occasion is told once, to whom it happened, within the cap and the tariff (contract: cards, "Pushes")."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.companies.tables import Tariff
from portal.domain.cards.operations import booking, reversing
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.operations.tables import CardLot, CardOperation
from portal.domain.cards.pushes import pieces, quiet, settings
from portal.domain.cards.pushes.automatic import automatic, looking, occasions
from portal.domain.cards.pushes.automatic.automatic import BIRTHDAY, EXPIRING, KINDS, LEFT, WELCOME, WIN_BACK
from portal.domain.cards.pushes.tables import AutomaticPush, Push
from portal.domain.errors import Invalid, Refused
from portal.domain.members import members
from portal.domain.members.tables import Member
from tests.support import loyalty
from tests.support.pushes import installed, work

DAY = 86_400
VIENNA = ZoneInfo("Europe/Vienna")


@pytest.fixture
def template(world):
    yield loyalty.template(world.acme)
    assert verify.faults() == []


@pytest.fixture
def switch(world, template):
    def switch(kind: str, message: str | None = None, number: int | None = None, of=None, **given) -> AutomaticPush:
        usual = KINDS[kind]
        kept = automatic.save(
            world.acme.id, (of or template).id, kind, message or usual.text, number or usual.usual, **given
        )
        return put_back(kept)

    return switch


def put_back(kept: AutomaticPush, days: int = 2) -> AutomaticPush:
    """As if it had been switched on some days ago, and looked at since."""
    then = clock.now() - timedelta(days=days)
    AutomaticPush.update(since=then, looked_at=then).where(AutomaticPush.id == kept.id).execute()
    return AutomaticPush.get_by_id(kept.id)


def look() -> None:
    """The worker looks at all, whatever the hour."""
    AutomaticPush.update(due_at=0).where(AutomaticPush.is_on).execute()
    while occasions.work_due():
        pass


def told(card: Card | None = None) -> list[str]:
    its = Push.select().where(Push.kind == "auto", *([Push.card == card] if card else []))
    return [push.message for push in its.order_by(Push.id)]


def born(card: Card, day: date) -> None:
    members.change(Member.get_by_id(card.member_id), {"date_of_birth": day})


def today_at(party) -> date:
    """The partner's own day: elsewhere it may be another."""
    return clock.now().astimezone(ZoneInfo(Partner.get_by_id(party.id).time_zone)).date()


def test_a_welcome_is_told_once_when_the_card_is_installed_and_lies_in_its_inbox(world, template, switch):
    kept = switch(WELCOME, "Hello {name}", keeps_quiet=False)
    card = installed(world.acme, template)
    cards.issue(world.acme.id, loyalty.customer(world.acme).id, template.id)
    look(), look()
    [push] = Push.select()
    assert (push.kind, push.card_id, push.automatic_id, push.occasion) == ("auto", card.id, kept.id, "welcome")
    assert push.message == f"Hello {card.member.first_name}"
    work()
    assert Push.get().state == "sent" and Push.get().sent == 1


def test_only_what_happens_after_it_was_switched_on_counts(world, template, switch):
    before = installed(world.acme, template, installed_at=clock.now() - timedelta(days=3))
    switch(WELCOME)
    look()
    assert told(before) == []
    after = installed(world.acme, template)
    look()
    assert len(told(after)) == 1
    automatic.save(world.acme.id, template.id, WELCOME, "x", is_on=False)
    off = installed(world.acme, template)
    look()
    assert told(off) == []


def test_whoever_wants_none_is_not_told(world, template, switch):
    switch(WELCOME)
    installed(world.acme, template, muted_at=clock.now())
    look()
    assert told() == []


@pytest.mark.parametrize(
    ("today", "kept"),
    [
        (date(2027, 2, 28), ["02-28", "02-29"]),
        (date(2028, 2, 28), ["02-28"]),
        (date(2028, 2, 29), ["02-29"]),
        (date(2027, 3, 1), ["03-01"]),
    ],
)
def test_a_birthday_of_29_february_is_kept_on_the_28th_in_common_years(today, kept):
    assert looking.days_of(today) == kept


def test_a_birthday_is_told_once_a_year_however_often_it_is_changed(world, template, switch):
    switch(BIRTHDAY)
    card, other = installed(world.acme, template), installed(world.acme, template)
    today = today_at(world.acme)
    born(card, today.replace(year=1992))
    born(other, today - timedelta(days=40))
    look(), look()
    assert len(told(card)) == 1 and told(other) == []
    for _ in range(3):
        Push.update(created_at=Push.created_at - DAY * 1_000_000, occasion="2001").execute()
        look()
    assert len(told(card)) == 1
    Push.update(created_at=Push.created_at - 365 * DAY * 1_000_000).execute()
    look()
    assert len(told(card)) == 2


def test_a_birthday_that_is_told_after_new_year_is_of_the_year_before(world, template, switch):
    kept = switch(BIRTHDAY)
    late, early = installed(world.acme, template), installed(world.acme, template)
    born(late, date(1992, 12, 31)), born(early, date(1992, 1, 1))
    kept.looked_at = datetime(2026, 12, 30, 12, tzinfo=UTC)
    found, _ = looking.look(kept, VIENNA, datetime(2027, 1, 1, 12, tzinfo=UTC), 100)
    assert [(one.card_id, one.occasion) for one in found] == [(late.id, "2026"), (early.id, "2027")]


def test_whoever_was_told_late_has_the_next_birthday_on_its_day(world, template, switch):
    switch(BIRTHDAY)
    card = installed(world.acme, template)
    born(card, today_at(world.acme).replace(year=1992))
    look()
    Push.update(created_at=Push.created_at - 363 * DAY * 1_000_000, occasion="of last year").execute()
    look()
    assert len(told(card)) == 2


def test_few_stamps_left_are_told_once_a_round(world, template, switch):
    switch(LEFT, "{left} left", 2)
    card = installed(world.acme, template)
    total = template.stamps_total
    booking.book(world.acme.id, card.serial, Asked("add-stamp", total - 3))
    look()
    assert told() == []
    booking.book(world.acme.id, card.serial, Asked("add-stamp", 1))
    look(), look()
    booking.book(world.acme.id, card.serial, Asked("add-stamp", 1))
    look()
    assert told() == ["2 left"]
    booking.book(world.acme.id, card.serial, Asked("add-stamp", total - 1))
    look()
    assert told() == ["2 left", "2 left"]


def test_a_reward_that_is_given_without_stamps_begins_no_round(world, template, switch):
    switch(LEFT, "{left} left", 3)
    card = installed(world.acme, template)
    booking.book(world.acme.id, card.serial, Asked("add-stamp", template.stamps_total - 3))
    look()
    booking.book(world.acme.id, card.serial, Asked("add-reward", 1))
    booking.book(world.acme.id, card.serial, Asked("add-stamp", 1))
    look()
    assert told() == ["3 left"]
    last = booking.book(world.acme.id, card.serial, Asked("add-stamp", 2))
    reversing.reverse(world.acme.id, last.id, source="portal")
    look()
    assert told() == ["3 left"]


def test_what_is_about_to_end_is_told_with_how_much_and_when(world, switch, template):
    points = loyalty.template(world.acme, 7, lot_days=30)
    switch(EXPIRING, "{amount} until {day}", 7, of=points)
    card = installed(world.acme, points)
    booking.book(world.acme.id, card.serial, Asked("add-scores", 40))
    look()
    assert told() == []
    ends = clock.now() + timedelta(days=6)
    CardLot.update(expires_at=ends).execute()
    Card.update(due_at=ends).where(Card.id == card.id).execute()
    look(), look()
    zone = ZoneInfo(Partner.get_by_id(world.acme.id).time_zone)
    assert told() == [f"40 points until {automatic.day(ends.astimezone(zone).date(), 'en')}"]


def test_somebody_away_is_told_once_an_absence(world, template, switch):
    put_back(switch(WIN_BACK, "Come back", 30), days=100)
    card, never = installed(world.acme, template), installed(world.acme, template)
    booking.book(world.acme.id, card.serial, Asked("add-stamp", 1))
    look()
    assert told() == []
    move_back(31)
    look(), look()
    assert told() == ["Come back"] and told(never) == []
    booking.book(world.acme.id, card.serial, Asked("add-stamp", 1))
    look()
    assert len(told()) == 1


def move_back(days: int) -> None:
    CardOperation.update(created_at=CardOperation.created_at - days * DAY * 1_000_000).execute()


def test_a_card_gets_no_more_in_a_week_than_the_company_allows_of_all_kinds_together(world, template, switch):
    settings.change(world.acme.id, 0, 0, 1)
    switch(WELCOME), switch(BIRTHDAY)
    card = installed(world.acme, template)
    born(card, today_at(world.acme).replace(year=1992))
    look()
    assert len(told(card)) == 1
    settings.change(world.acme.id, 0, 0, 0)
    other = installed(world.acme, template)
    look()
    assert told(other) == []
    assert quiet.settings(world.acme.id).weekly_most == 0


def test_the_same_finding_is_told_once_whoever_writes_it(world, template, switch):
    """As of two workers of whom the lease of one had ended: both found the card before either wrote."""
    kept = switch(WELCOME)
    installed(world.acme, template)
    found, came_to = looking.look(kept, VIENNA, clock.now(), 100)
    assert len(found) == 1 and came_to is None
    for _ in range(2):
        occasions.tell(kept, found, VIENNA)
    assert len(told()) == 1


def test_cards_are_gone_through_in_pieces(world, template, switch, monkeypatch):
    monkeypatch.setattr(occasions, "AT_ONCE", 2)
    switch(WELCOME)
    for _ in range(5):
        installed(world.acme, template)
    look()
    assert len(told()) == 5


def test_a_look_of_a_day_is_at_few_cards_at_a_time_whether_or_not_they_have_the_occasion(
    world, template, switch, monkeypatch
):
    monkeypatch.setattr(pieces, "_LAST", pieces.Statement(pieces._LAST.written.replace("LIMIT 1000", "LIMIT 2")))
    kept = switch(BIRTHDAY)
    made = [installed(world.acme, template) for _ in range(5)]
    born(made[4], today_at(world.acme).replace(year=1992))
    AutomaticPush.update(due_at=0).execute()
    assert occasions.work_due()
    assert AutomaticPush.get_by_id(kept.id).looked_to == made[1].id and told() == []
    look()
    assert len(told(made[4])) == 1 and AutomaticPush.get_by_id(kept.id).looked_to is None


@pytest.mark.parametrize(
    ("kind", "message", "number", "field"),
    [
        (WELCOME, "Hi {left}", None, "message"),
        (WELCOME, "Hi {Name}", None, "message"),
        (WELCOME, "Hi {name", None, "message"),
        (WELCOME, " ", None, "message"),
        (WELCOME, "Hi", 3, "number"),
        (LEFT, "Hi", None, "number"),
        (LEFT, "Hi", 400, "number"),
        (WIN_BACK, "Hi", 0, "number"),
        (WIN_BACK, "Hi", 366, "number"),
        (EXPIRING, "Hi", 3, "kind"),
        ("easter", "Hi", None, "kind"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(world, template, kind, message, number, field):
    with pytest.raises(Invalid) as refused:
        automatic.save(world.acme.id, template.id, kind, message, number)
    assert refused.value.field == field


def test_a_name_in_braces_is_no_word():
    assert automatic.filled("{name}, {left}", {"name": "{left}", "left": "2"}) == "{left}, 2"


def test_a_tariff_is_kept_when_it_is_saved_and_when_it_is_sent(world):
    made = loyalty.company(world.northwind, loyalty.tariff(world.northwind)).company
    partner = made.partner
    template = loyalty.template(partner)
    put_back(automatic.save(partner.id, template.id, WELCOME, "Our own words"))
    Tariff.update(custom_auto_push=False).execute()
    with pytest.raises(Refused):
        automatic.save(partner.id, template.id, WELCOME, "Other words")
    installed(partner, template)
    look()
    assert told()[0].startswith("Welcome, ")
    Tariff.update(auto_push=False).execute()
    with pytest.raises(Refused):
        automatic.save(partner.id, template.id, BIRTHDAY, KINDS[BIRTHDAY].text)
    installed(partner, template)
    look()
    assert len(told()) == 1
    automatic.save(partner.id, template.id, WELCOME, "Our own words", is_on=False)


def test_each_holder_reads_the_usual_text_in_their_own_language(world, template, switch):
    switch(WELCOME)
    held = {}
    for choice in (None, "ru", "en"):
        card = held[choice] = installed(world.acme, template)
        Member.update(language=choice).where(Member.id == card.member_id).execute()
    look()
    assert [told(held[choice])[0].split(",")[0] for choice in held] == ["Welcome", "Добро пожаловать", "Welcome"]
    Partner.update(language="ru").where(Partner.id == world.acme.id).execute()
    late = installed(world.acme, template)
    look()
    assert told(late)[0].startswith("Добро пожаловать")


def test_a_usual_text_stays_usual_in_whatever_language_it_was_saved(world, template, switch):
    switch(WELCOME, KINDS[WELCOME].text.said("ru"))
    card = installed(world.acme, template)
    look()
    assert told(card)[0].startswith("Welcome, ")


@pytest.mark.parametrize(
    ("text", "of_company", "said"),
    [
        ("Noch {amount}, bis {day}", None, "Noch 2 points, bis 1 Dec 2031"),
        ("Noch {amount}, bis {day}", "ru", "Noch 2 балла, bis 1 дек. 2031"),
        (None, None, "{name}, на вашей карте 2 балла, срок — до 1 дек. 2031. Успейте воспользоваться."),
    ],
)
def test_what_a_company_wrote_names_amounts_and_days_in_its_language_and_the_usual_text_in_the_holders(
    world, switch, text, of_company, said
):
    points = loyalty.template(world.acme, 7, lot_days=30)
    kept, card = switch(EXPIRING, text, 7, of=points), installed(world.acme, points)
    Member.update(language="ru").where(Member.id == card.member_id).execute()
    Partner.update(language=of_company).where(Partner.id == world.acme.id).execute()
    ends = clock.to_micros(datetime(2031, 12, 1, 12, tzinfo=UTC))
    occasions.tell(kept, [looking.Found(card.id, "Mia", "ru", "lot", 2, "bonus", ends)], VIENNA)
    assert told(card) == [said.format(name="Mia")]


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 9, tzinfo=UTC)),
        (datetime(2026, 6, 1, 7, 59, tzinfo=UTC), datetime(2026, 6, 1, 8, tzinfo=UTC)),
        (datetime(2026, 6, 1, 8, tzinfo=UTC), datetime(2026, 6, 2, 8, tzinfo=UTC)),
    ],
)
def test_kinds_of_a_day_are_looked_for_at_ten_of_the_company(moment, then):
    assert occasions.next_look(VIENNA, moment) == then


def test_a_test_mode_is_told_when_its_clock_is_advanced(world):
    twin = world.acme.twin()
    template = loyalty.template(twin)
    automatic.save(twin.id, template.id, WIN_BACK, "Come back", 30)
    card = installed(twin, template)
    booking.book(twin.id, card.serial, Asked("add-stamp", 1))
    while occasions.work_due():
        pass
    assert told() == []
    partners.advance_clock(twin.partner, 32 * DAY)
    while occasions.work_due():
        pass
    assert told(card) == ["Come back"]
