"""Two job workers on one database: all that is due is done, and done once."""

import pytest

from portal.database import transaction
from portal.domain import verify
from portal.domain.events.tables import Event
from portal.domain.mail import outbox
from portal.domain.mail.tables import Mail
from portal.domain.pictures import album
from portal.domain.pictures.tables import Picture
from tests.delivery.servers import answering, page, serving
from tests.delivery.smtp_server import postman
from tests.delivery.test_pictures import picture
from tests.faults.due import due_now, leave_due_deals, refuse_twice
from tests.faults.shop import report
from tests.support.waiting import until

MANY, DEALS = 12, 200


@pytest.fixture
def houses():
    """A mail server and a shop with pictures, outside."""
    with serving(postman()) as mail, serving(answering(page(picture("PNG")))) as pictures:
        yield mail, pictures


def leave_work(portal, picture_port: int) -> None:
    """Deals whose time is over, mails, and pictures to fetch."""
    leave_due_deals(portal, DEALS)
    with portal.connected():
        acme = portal.world.acme
        for number in range(MANY):
            with transaction():
                outbox.put(f"mia{number}@members.example", "Hello", "password_reset", name="Mia", link="")
                album.want_all(acme.id, [f"http://127.0.0.1:{picture_port}/{number}.png"])


def is_done(portal) -> bool:
    with portal.connected():
        waiting = (
            Mail.select().where(Mail.state == "waiting"),
            Picture.select().where(Picture.content_type.is_null()),
            Event.select().where(Event.position.is_null()),
        )
        return not due_now() and not any(query.exists() for query in waiting)


def test_everything_is_done_once(start_portal, engine_name, houses):
    mail, pictures = houses
    portal = start_portal(engine_name, smtp_url=f"smtp://127.0.0.1:{mail.port}")
    leave_work(portal, pictures.port)
    for name in ("worker", "worker2"):
        portal.start(name)
    assert report(portal, "waker").ok
    until(lambda: is_done(portal), "all of the work")  # Deals wait for the schedule, which looks once a minute.

    assert b"".join(mail.received).count(b"Subject: Hello") == MANY
    assert len(pictures.received) == MANY
    with portal.connected():
        refuse_twice(DEALS)
        positions = [event.position for event in Event.select().order_by(Event.position)]
        assert positions == list(range(1, len(positions) + 1))
        assert verify.faults() == []
