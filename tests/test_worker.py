"""What is due is done once, by whichever worker comes first, and a dead worker's share is taken up by the next."""

import dataclasses
import threading

import psycopg
import pytest
import requests
from huey.serializer import Serializer
from huey.storage import PostgresStorage

from portal import clock, worker
from portal.database import database, drop_connection, transaction
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import IdempotencyRecord, SignIn
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.events import chain, log
from portal.domain.events.tables import Event
from portal.domain.keeping import keeping
from portal.domain.mail import outbox
from portal.domain.mail.tables import Mail
from portal.domain.pictures import album
from portal.domain.pictures.tables import Picture
from portal.worker import drains
from portal.worker.queue import Waker, drain_task, queue_for
from tests.affiliate import things
from tests.delivery.servers import answering, page, serving
from tests.delivery.smtp_server import postman
from tests.delivery.test_pictures import picture
from tests.support.waiting import until

DAY = 86_400


def by_two_workers(name: str, settings) -> None:
    def work():
        drains.run(name, settings)
        drop_connection()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def put_mail(partner_id=None) -> Mail:
    with transaction():
        return outbox.put("mia@members.example", "Hello", "password_reset", partner_id, name="Mia", link="")


def ahead(seconds: int):
    return clock.acting(seconds)


# Events


def test_each_event_gets_one_position_in_its_order(world, settings):
    by_two_workers("events", settings)
    positions = [event.position for event in Event.select().order_by(Event.id)]
    assert positions == list(range(1, len(positions) + 1))


def test_a_batch_is_closed_though_events_are_recorded_all_the_time(world, settings, monkeypatch):
    given, give = [], log.give_positions

    def give_while_others_write():
        given.append(give())
        assert len(given) < 10, "the drain waits for a pause"
        with transaction():
            log.record(world.acme.id, "catalog.changed", "catalog", "busy")
        return given[-1]

    monkeypatch.setattr(log, "give_positions", give_while_others_write)
    drains.events(settings)
    assert chain.head().last_position == sum(given) > 0


def test_events_are_kept_for_400_days(world, settings):
    drains.run("events", settings)
    before = Event.select().count()
    with ahead(399 * DAY):
        assert not drains.tidy(settings)
    assert before and Event.select().count() == before
    with ahead(401 * DAY):
        assert drains.tidy(settings)
    assert Event.select().count() == 0


# Deals


def test_a_paid_deal_is_approved_once_when_its_hold_is_over(world, settings):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.deal(catalog, "A", "Paid")
    Deal.update(due_at=clock.now()).execute()
    by_two_workers("deals", settings)
    assert Deal.get().approved_at is not None
    assert Event.select().where(Event.type == "deal.approved").count() == 1


def test_a_deal_that_stays_created_too_long_is_canceled(world, settings):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.deal(catalog, "A")
    drains.run("deals", settings)
    assert Deal.get().status == "Created"
    Deal.update(due_at=clock.now()).execute()
    by_two_workers("deals", settings)
    assert Deal.get().status == "Canceled"
    assert Event.select().where(Event.type == "deal.canceled").count() == 1


def test_a_twins_deal_is_due_by_the_twins_own_clock(world, settings):
    twin = world.acme.twin()
    for party in (world.acme, twin):
        catalog = things.catalog(party.partner)
        things.offer(catalog)
        things.deal(catalog, "A", "Paid")
    partners.advance_clock(twin.partner, 31 * DAY)
    drains.run("deals", settings)
    assert Deal.get(Deal.partner == twin.id).approved_at is not None
    assert Deal.get(Deal.partner == world.acme.id).approved_at is None


# Mail


def test_a_mail_is_sent_once_by_two_workers(world, settings):
    with serving(postman()) as served:
        sending = settings_with(settings, smtp_url=f"smtp://127.0.0.1:{served.port}")
        put_mail()
        by_two_workers("mail", sending)
    assert Mail.get().state == "sent"
    assert b"".join(served.received).count(b"Subject: Hello") == 1


def test_without_a_server_mail_waits_for_the_operator(world, settings):
    put_mail()
    drains.run("mail", settings)
    assert (Mail.get().state, Mail.get().due_at) == ("kept", None)


def test_a_twin_sends_no_mail(world, settings):
    with serving(postman()) as served:
        put_mail(world.acme.twin().id)
        drains.run("mail", settings_with(settings, smtp_url=f"smtp://127.0.0.1:{served.port}"))
    assert Mail.get().state == "kept"
    assert served.received == []


def test_a_mail_that_a_dead_worker_had_taken_is_sent_by_the_next(world, settings):
    put_mail()
    assert outbox.take_due()  # Whoever took it is never heard of again.
    drains.run("mail", settings)
    assert Mail.get().state == "waiting"
    with ahead(121):
        drains.mail(settings)
    assert Mail.get().state == "kept"


def test_a_refused_mail_is_given_up_and_a_deferred_one_tried_again(world, settings):
    for reply, state in (("550 unknown", "failed"), ("451 later", "waiting")):
        Mail.delete().execute()
        put_mail()
        with serving(postman({"RCPT": reply})) as served:
            drains.run("mail", settings_with(settings, smtp_url=f"smtp://127.0.0.1:{served.port}"))
        assert Mail.get().state == state


# Pictures


def test_a_picture_is_fetched_once_by_two_workers(world, settings):
    with serving(answering(page(picture("PNG")))) as served:
        want(world.acme.id, served.port)
        by_two_workers("pictures", settings_with(settings, allow_private_addresses=True))
    assert Picture.get().content_type == "image/webp"
    assert len(served.received) == 1


def test_a_picture_inside_the_house_is_not_fetched(world, settings):
    with serving(answering(page(picture("PNG")))) as served:
        want(world.acme.id, served.port)
        drains.run("pictures", settings)
    assert (Picture.get().body, Picture.get().due_at) == (None, None)
    assert served.received == []


def test_a_twin_fetches_nothing(world, settings):
    with serving(answering(page(picture("PNG")))) as served:
        want(world.acme.twin().id, served.port)
        drains.run("pictures", settings_with(settings, allow_private_addresses=True))
    assert served.received == []


def test_a_picture_that_a_dead_worker_had_taken_is_fetched_by_the_next(world, settings):
    with serving(answering(page(picture("PNG")))) as served:
        want(world.acme.id, served.port)
        album.take_due()
        with ahead(121):
            drains.fetch_picture(settings_with(settings, allow_private_addresses=True))
    assert Picture.get().content_type == "image/webp"


# Housekeeping


def test_what_is_kept_for_a_while_is_removed_after_it(world, settings):
    world.key_of("acme")
    IdempotencyRecord.create(credential="token:1", key="k", request_digest="d", created_at=clock.now())
    drains.run("housekeeping", settings)
    assert (SignIn.select().count(), IdempotencyRecord.select().count()) == (1, 1)
    with ahead(25 * 3600):
        keeping.forget_old()
    assert (SignIn.select().count(), IdempotencyRecord.select().count()) == (1, 0)
    with ahead(120 * DAY):
        keeping.forget_old()
    assert SignIn.select().count() == 0


# The queue


def test_many_wakings_are_one_task(engine, settings):
    waker = Waker(settings)
    queue = queue_for(settings)
    queue.flush()
    for _ in range(20):
        waker.wake("events")
    assert queue.pending_count() + queue.scheduled_count() == 1
    queue.flush()


@pytest.mark.engine("postgresql")
def test_two_that_make_the_queue_at_once_both_find_it(engine, settings):
    """A web process and a worker that begin on an empty database."""
    settings, opened = dataclasses.replace(settings, database_url=engine.bare("queue")), []
    with (
        psycopg.connect(settings.database_url) as first,
        psycopg.connect(settings.database_url, autocommit=True) as looking,
    ):
        for table in PostgresStorage("portal", create_tables=False).ddl:
            first.execute(table)
        second = threading.Thread(target=lambda: opened.append(queue_for(settings)))
        second.start()
        waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        until(lambda: looking.execute(waits).fetchone(), "the second to wait for the first")
        first.commit()
        second.join()
    assert opened and opened[0].pending() == []


def test_a_commit_that_records_events_wakes_the_worker(world, settings):
    queue_for(settings).flush()
    worker.wake_on_events(settings)
    try:
        with transaction():
            log.record(world.acme.id, "catalog.created", "catalog", "x")
        names = {task.args[0] for task in queue_for_reading(settings).pending()}
    finally:
        log.when_recorded(None)
        queue_for(settings).flush()
    assert names == {"events", "links", "mail", "pictures", "pushes", "push recipients", "wallets"}


@pytest.mark.engine("sqlite")
def test_a_lost_queue_fails_nobody(world, settings, tmp_path, caplog):
    (tmp_path / "queue.db").mkdir()
    Waker(settings_with(settings, data_dir=tmp_path)).on_events()
    assert "could not be told" in caplog.text


def test_a_task_that_nobody_signed_is_not_run(engine, settings):
    queue = queue_for(settings)
    task = drain_task(queue).s("events")
    queue.storage.enqueue(Serializer()._serialize(queue.serialize_task(task)[:-1]))
    with pytest.raises(ValueError, match="ignature|eparator"):
        queue.dequeue()
    queue.flush()


@pytest.mark.parametrize("name", sorted(drain.name for drain in drains.DRAINS))
def test_a_lost_database_ends_a_drain_and_not_the_worker(world, settings, name):
    database.connection().close()
    drains.run(name, settings)
    drains.run(name, settings)
    assert Event.select().exists()


def test_the_real_worker_does_what_a_request_left_it(launch_server, engine_name):
    server = launch_server(engine_name, worker=True)
    requests.get(f"{server.url}/livez", timeout=60)
    with server.connected():
        waiting = Event.select().where(Event.position.is_null())
        until(lambda: not waiting.exists(), "every event's position")  # The schedule looks once a minute.
    assert server.stop("worker") == 0
    server.kill_all()


def settings_with(settings, **values):
    return dataclasses.replace(settings, **values)


def queue_for_reading(settings):
    queue = queue_for(settings)
    drain_task(queue)
    return queue


def want(partner_id: int, port: int) -> None:
    with transaction():
        album.want_all(partner_id, [f"http://127.0.0.1:{port}/a.png"])
