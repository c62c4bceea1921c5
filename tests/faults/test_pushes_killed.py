"""A worker that is killed while it sends a push: whoever goes on sends it to the rest, and nobody is lost."""

from datetime import timedelta

from portal import clock
from portal.domain import verify
from portal.domain.cards.pushes import pushes, sending
from portal.domain.cards.pushes.browsers import subscriptions
from portal.domain.cards.pushes.tables import Push, PushRecipient
from tests.support import loyalty
from tests.support.push_service import push_service
from tests.support.pushes import installed
from tests.support.waiting import until

MANY = 120


def test_the_rest_is_sent_and_what_is_sent_twice_takes_the_place_of_the_first(start_portal, engine_name):
    with push_service() as service:
        portal = start_portal(engine_name, allow_private_addresses="1")
        with portal.connected():
            acme = portal.world.acme
            template = loyalty.template(acme)
            for number in range(MANY):
                subscriptions.subscribe(installed(acme, template).member, *service.browser(number))
            push = pushes.send(acme.id, "Hello", template.id)
            service.most = 30  # The worker waits for the next answers when it is killed.
            portal.start("worker")
            until(lambda: len(service.got) > 30, "the first posts", 60)
            portal.kill("worker")
            service.most = None
            service.let_go.set()
            assert Push.get_by_id(push.id).state == "sending"
            # A second of the dead worker's leases is left.
            ends = clock.from_micros(clock.wall_micros()) + timedelta(seconds=1)
            PushRecipient.update(due_at=ends).where(PushRecipient.due_at > ends).execute()
            portal.start("worker")
            until(lambda: Push.get_by_id(push.id).state == "sent", "the rest", 90)
            assert Push.get_by_id(push.id).sent == MANY
            assert verify.faults() == []
        assert {got.path for got in service.got} == {f"/201/{number}" for number in range(MANY)}
        assert {got.headers["topic"] for got in service.got} == {push.uuid.replace("-", "")}
        assert len(service.got) <= MANY + 3 * sending.AT_ONCE
