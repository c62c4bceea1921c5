"""Two job workers on one database: all that is due is done, and done once."""

from datetime import timedelta

import pytest

from portal import clock
from portal.database import transaction
from portal.domain import verify
from portal.domain.affiliate.tables import Catalog, Deal
from portal.domain.events.tables import Event
from portal.domain.mail import outbox
from portal.domain.mail.tables import Mail
from portal.domain.pictures import album
from portal.domain.pictures.tables import Picture
from tests.affiliate import things
from tests.delivery.servers import answering, page, serving
from tests.delivery.smtp_server import postman
from tests.delivery.test_pictures import picture
from tests.faults.shop import report, until

MANY = 12


@pytest.fixture
def houses():
    """A mail server and a shop with pictures, outside."""
    with serving(postman()) as mail, serving(answering(page(picture("PNG")))) as pictures:
        yield mail, pictures


def leave_work(portal, picture_port: int) -> None:
    """Deals whose hold is over, mails, and pictures to fetch."""
    with portal.connected():
        acme = portal.world.acme
        for number in range(MANY):
            things.deal(Catalog.get(), f"due-{number}", "Paid", another_data="myshare=NRTHWND22")
            with transaction():
                outbox.put(f"mia{number}@members.example", "Hello", "already_signed_up", name="Mia")
                album.want_all(acme.id, [f"http://127.0.0.1:{picture_port}/{number}.png"])
        Deal.update(due_at=clock.now() - timedelta(seconds=1)).execute()


def is_done(portal) -> bool:
    with portal.connected():
        waiting = (
            Deal.select().where(Deal.approved_at.is_null(), Deal.deal_id != "waker"),
            Mail.select().where(Mail.state == "waiting"),
            Picture.select().where(Picture.content_type.is_null()),
            Event.select().where(Event.position.is_null()),
        )
        return not any(query.exists() for query in waiting)


def test_everything_is_done_once(start_portal, engine_name, houses):
    mail, pictures = houses
    portal = start_portal(engine_name, smtp_url=f"smtp://127.0.0.1:{mail.port}")
    leave_work(portal, pictures.port)
    for _ in range(2):
        portal.start("worker")
        portal.processes[f"worker{len(portal.processes)}"] = portal.processes.pop("worker")
    assert report(portal, "waker").ok
    until(lambda: is_done(portal), "all of the work", 90)  # Deals wait for the schedule, which looks once a minute.

    assert b"".join(mail.received).count(b"Subject: Hello") == MANY
    assert len(pictures.received) == MANY
    with portal.connected():
        assert Event.select().where(Event.type == "deal.approved").count() == MANY
        positions = [event.position for event in Event.select().order_by(Event.position)]
        assert positions == list(range(1, len(positions) + 1))
        assert verify.faults() == []
