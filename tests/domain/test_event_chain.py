"""The event log is closed in batches that hang on one another: whatever is changed in it afterwards shows."""

import dataclasses
import threading
from datetime import timedelta

import pytest

from portal import clock, database
from portal.database import database as db
from portal.domain import verify
from portal.domain.events import ageing, chain, chain_proof, log
from portal.domain.events.tables import Event, EventBatch
from portal.server import backup
from portal.worker import drains
from tests.support.engines import settings_for

TOGETHER = 4
DAY = 86_400


def written(world, count: int) -> None:
    """So many facts with their positions."""
    for number in range(count):
        log.record(world.acme.id, "deal.paid", "deal", f"é{number}", {"fields": ["title"]})
    while log.give_positions():
        pass


def close_all() -> None:
    """The full batches, and the rest ten minutes later."""
    for seconds in (0, 601):
        with clock.acting(seconds):
            while chain.close(TOGETHER):
                pass


@pytest.fixture
def closed(world):
    """Some full batches, and the rest of the cast's own facts beside them."""
    written(world, 3 * TOGETHER)
    close_all()
    assert EventBatch.select().count() > 3
    assert chain_proof.faults() == []
    return world


def batch(number: int) -> EventBatch:
    return EventBatch.get_by_id(number)


def event_of(number: int) -> Event:
    return Event.get(Event.position == batch(number).last_position)


def changed(**values):
    return lambda: Event.update(**values).where(Event.id == event_of(2)).execute()


def rewritten():
    """An event of the second batch, and the batch's row made to fit it."""
    changed(thing_id="another")()
    rows = db.execute_sql(
        f"SELECT {chain.EVENT} FROM event WHERE position BETWEEN {batch(2).first_position} AND {batch(2).last_position}"
        " ORDER BY position"
    ).fetchall()
    EventBatch.update(content=chain.content_of(rows)).where(EventBatch.number == 2).execute()


def rewritten_with_its_digest():
    rewritten()
    row = EventBatch.select().where(EventBatch.number == 2).tuples().get()
    said = [clock.to_micros(value) if hasattr(value, "year") else value for value in row[:8]]
    EventBatch.update(digest=chain.digest_of(tuple(said))).where(EventBatch.number == 2).execute()


def test_batches_are_full_or_wait_ten_minutes(world):
    written(world, 2 * TOGETHER)
    close_all()
    before = chain.head()
    written(world, 1)
    assert chain.close(TOGETHER) == 0
    written(world, TOGETHER - 1)
    assert chain.close(TOGETHER) == TOGETHER
    written(world, 1)
    with clock.acting(590):
        assert chain.close(TOGETHER) == 0
    with clock.acting(601):
        assert chain.close(TOGETHER) == 1
    assert chain.head().number == before.number + 2
    assert chain_proof.faults() == []


@pytest.mark.parametrize(
    ("damage", "number", "why"),
    [
        (changed(thing_id="another"), 2, "its events are not those"),
        (changed(actor="user:1"), 2, "its events are not those"),
        (changed(at=5), 2, "its events are not those"),
        (changed(data={"fields": []}), 2, "its events are not those"),
        (changed(type="deal.canceled"), 2, "its events are not those"),
        (lambda: event_of(2).delete_instance(), 2, "its events are not those"),
        (lambda: EventBatch.update(closed_at=7).where(EventBatch.number == 2).execute(), 2, "its own row was changed"),
        (rewritten, 2, "its own row was changed"),
        (rewritten_with_its_digest, 3, "does not follow"),
        (lambda: batch(2).delete_instance(), 3, "does not follow"),
        (lambda: batch(1).delete_instance(), 2, "does not follow"),
        (lambda: EventBatch.update(dropped_at=clock.now()).where(EventBatch.number == 2).execute(), 2, "too early"),
    ],
)
def test_the_first_batch_that_does_not_hold_is_named(closed, damage, number, why):
    damage()
    (sentence,) = chain_proof.faults()
    assert sentence.startswith(f"Batch {number} of the event log") and why in sentence
    assert sentence in verify.faults()


def test_a_chain_made_anew_shows_by_a_digest_that_was_noted(closed):
    noted = chain.head()
    assert chain.number_of(f" {noted.digest.upper()}\n") == noted.number
    EventBatch.delete().execute()
    Event.update(actor="user:1").where(Event.position == 1).execute()
    close_all()
    assert chain_proof.faults() == []
    assert chain.number_of(noted.digest) is None


def test_two_workers_close_each_batch_once(world, engine):
    written(world, 10 * TOGETHER)

    def work():
        close_all()
        database.drop_connection()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert chain_proof.faults() == []
    assert sum(row.events for row in EventBatch.select()) == Event.select().count()
    numbers = [row.number for row in EventBatch.select().order_by(EventBatch.number)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_old_events_go_by_whole_batches_and_the_chain_still_holds(closed, settings):
    known = Event.select().count()
    with clock.acting(100 * DAY):
        written(closed, TOGETHER)
        chain.close(TOGETHER)
    with clock.acting(400 * DAY + 700):
        while drains.tidy(settings):
            pass
        assert Event.select().count() == TOGETHER
        assert EventBatch.select().where(EventBatch.dropped_at.is_null()).count() == 1
        assert chain_proof.faults() == []
        written(closed, TOGETHER)
        chain.close(TOGETHER)
        assert chain_proof.faults() == []
    assert known > TOGETHER


def test_the_days_are_a_setting(closed, settings):
    brief = dataclasses.replace(settings, event_days=31)
    with clock.acting(30 * DAY):
        while drains.tidy(brief):
            pass
        assert EventBatch.select().where(EventBatch.dropped_at.is_null(False)).count() == 0
    with clock.acting(31 * DAY + 700):
        while drains.tidy(brief):
            pass
        assert Event.select().count() == 0


def test_what_is_not_closed_is_not_dropped(world):
    written(world, 3)
    with clock.acting(500 * DAY):
        assert not ageing.drop_old(400)
    assert Event.select().where(Event.thing == "deal").count() == 3


def test_events_slipped_in_where_old_ones_were_dropped_show(closed):
    with clock.acting(401 * DAY):
        assert ageing.drop_old(400)
        assert chain_proof.faults() == []
        Event.create(
            partner=closed.acme.id, type="deal.paid", thing="deal", thing_id="x", actor="system", data={},
            at=clock.now() - timedelta(days=900), position=batch(1).last_position,
        )  # fmt: skip
        assert "put where the old ones" in chain_proof.faults()[0]


def test_a_backup_keeps_the_chain(closed, engine, tmp_path):
    noted = chain.head()
    backup.write(tmp_path / "backup")
    database.drop_connection()
    database.connect(settings_for(engine.bare("restored"), engine.folder))
    backup.read(tmp_path / "backup")
    assert chain.head() == noted
    assert chain_proof.faults() == []
