"""The real worker, one partner whose hosts drip and hang, and everybody else, who notices nothing."""

import threading
from datetime import timedelta

from portal import clock
from portal.database import transaction
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.mail import outbox
from portal.domain.mail.tables import Mail
from portal.domain.offers.tables import Catalog
from portal.domain.pictures import album
from portal.domain.pictures.tables import Picture
from tests.affiliate import things
from tests.delivery.servers import answering, page, serving
from tests.delivery.smtp_server import postman
from tests.delivery.test_pictures import picture
from tests.faults.due import wake
from tests.faults.shop import report
from tests.support.slow_hosts import Dripping
from tests.support.waiting import until

MANY = 300


def test_one_partners_slow_hosts_delay_no_strangers_work(start_portal, engine_name):
    let_go = threading.Event()
    with (
        Dripping().serving() as dripping,
        serving(postman(before_reply=lambda row: b"@hanging" in row and let_go.wait())) as post,
        serving(answering(page(picture("PNG")))) as house,
    ):
        portal = start_portal(engine_name, smtp_url=f"smtp://127.0.0.1:{post.port}")
        acme, rival = portal.world.acme, portal.world.rival
        with portal.connected(), transaction():
            album.want_all(acme.id, [f"http://127.0.0.1:{dripping.port}/{number}.png" for number in range(MANY)])
            for number in range(MANY):
                outbox.put(f"{number}@hanging.example", "Hello", "password_reset", acme.id, name="Mia", link="")
        portal.start("worker")
        until(lambda: dripping.open_now() == album.AT_ONCE, "the slow host to be asked")
        with portal.connected():
            leave_work(rival, house.port)
            assert report(portal, "waker").ok
            wake(portal)
            theirs = Mail.select(Mail.state, Mail.error, Mail.attempts).where(Mail.partner == rival.id).dicts()
            until(lambda: theirs.get()["state"] == "sent", lambda: f"the stranger's mail: {theirs.get()}")
            until(lambda: Picture.get(Picture.partner == rival.id).content_type, "the stranger's picture")
            until(lambda: Deal.get(Deal.deal_id == "due").status == "Canceled", "the due deal")
            assert Mail.select().where(Mail.partner == acme.id, Mail.sent_at.is_null(False)).count() == 0
        assert dripping.most_open == album.AT_ONCE
        let_go.set()
        dripping.let_go()


def leave_work(rival, port: int) -> None:
    """A mail, a picture and a due deal of a stranger's."""
    with transaction():
        outbox.put("mia@members.example", "Hello", "password_reset", rival.id, name="Mia", link="")
        album.want_all(rival.id, [f"http://127.0.0.1:{port}/a.png"])
    things.deal(Catalog.get(), "due")
    Deal.update(due_at=clock.now() - timedelta(seconds=1)).where(Deal.deal_id == "due").execute()
