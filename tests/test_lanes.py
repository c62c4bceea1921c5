"""No kind of work waits for another, and no partner's for another's, however slow somebody's host is."""

import dataclasses
import threading
import time
from contextlib import contextmanager

import pytest

from portal.config import Settings
from portal.database import transaction
from portal.domain.events import log
from portal.domain.mail import outbox
from portal.domain.mail.tables import Mail
from portal.domain.pictures import album
from portal.domain.pictures.tables import Picture
from portal.worker import drains
from portal.worker.lanes import Drain, Lanes
from tests.delivery.servers import answering, page, serving
from tests.delivery.smtp_server import postman
from tests.delivery.test_pictures import picture
from tests.support.slow_hosts import Dripping
from tests.support.waiting import until

MANY = 300


@contextmanager
def at_work(settings: Settings, *chosen: Drain):
    lanes = Lanes(chosen, settings)
    lanes.start()
    try:
        yield lanes
    finally:
        lanes.end()


def test_a_kind_that_hangs_delays_no_other(engine, settings):
    hangs, quick = threading.Event(), []
    slow = Drain("slow", lambda _: hangs.wait() and False, hands=2)
    with at_work(settings, slow, Drain("quick", lambda _: quick.append(1))) as lanes:
        until(lambda: quick, "the first look")
        lanes.wake("quick")
        until(lambda: len(quick) > 1, "another look")
        hangs.set()


def test_a_lane_is_asked_for_by_its_name_and_an_unknown_one_is_nothing(engine, settings):
    looks = []
    with at_work(settings, Drain("known", lambda _: looks.append(1))) as lanes:
        lanes.wake("of another release")
        until(lambda: looks, "a look")


def test_a_lane_looks_again_by_itself_when_it_asks_for_it(engine, settings):
    looks = []
    with at_work(settings, Drain("again", lambda _: looks.append(1), looks_again=lambda: len(looks) < 3)):
        until(lambda: len(looks) == 3, "the looks")


def test_a_lane_ends_between_two_pieces(engine, settings):
    pieces = []
    with at_work(settings, Drain("endless", lambda _: pieces.append(time.sleep(0.001)) is None)):
        until(lambda: pieces, "the first piece")


def test_a_failure_ends_one_look_and_not_the_lane(engine, settings, caplog):
    looks = []

    def fail_once(_):
        looks.append(1)
        return len(looks) == 1 and 1 // 0

    with at_work(settings, Drain("fragile", fail_once)) as lanes:
        until(lambda: "draining fragile failed" in caplog.text, "the failure")
        lanes.wake("fragile")
        until(lambda: len(looks) == 2, "the next look")


@pytest.mark.parametrize("kind", ["mail", "pictures"])
def test_a_piece_at_which_the_portal_breaks_is_put_off_and_the_next_is_done(world, settings, kind, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(drains.post, "send", broken)
    monkeypatch.setattr(drains.pictures, "fetch", broken)
    with transaction():
        for number in range(3):
            outbox.put(f"mia{number}@members.example", "Hello", "password_reset", name="Mia", link="")
        album.want_all(world.acme.id, [f"http://127.0.0.1/{number}.png" for number in range(3)])
    drains.run(kind, dataclasses.replace(settings, smtp_url="smtp://127.0.0.1"))
    tried = (Mail if kind == "mail" else Picture).select()
    assert [(row.attempts, row.lease_ends, "log" in row.error) for row in tried] == [(1, None, True)] * 3


@pytest.mark.on_both_engines
def test_one_partners_pictures_on_a_host_that_drips_hold_up_nobody(world, settings):
    """300 of them stopped the worker: a stranger's mail waited over 75 seconds."""
    with (
        Dripping().serving() as dripping,
        serving(answering(page(picture("PNG")))) as house,
        serving(postman()) as post,
    ):
        open_to = dataclasses.replace(settings, smtp_url=f"smtp://127.0.0.1:{post.port}", allow_private_addresses=True)
        with transaction():
            album.want_all(world.acme.id, [f"http://127.0.0.1:{dripping.port}/{number}.png" for number in range(MANY)])
        with at_work(open_to, *drains.DRAINS) as lanes:
            until(lambda: dripping.open_now() == album.AT_ONCE, "the slow host to be asked")
            with transaction():
                outbox.put("mia@members.example", "Hello", "password_reset", world.rival.id, name="Mia", link="")
                album.want_all(world.rival.id, [f"http://127.0.0.1:{house.port}/a.png"])
                log.record(world.rival.id, "catalog.created", "catalog", "x")
            for name in ("mail", "pictures", "events"):
                lanes.wake(name)
            stranger = Picture.select().where(Picture.partner == world.rival.id)
            until(lambda: stranger.get().content_type, "the stranger's picture")
            until(lambda: Mail.get().state == "sent", "the stranger's mail")
            assert dripping.most_open == album.AT_ONCE
            dripping.let_go()
