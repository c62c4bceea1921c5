"""Many workers at one push, while somebody cancels it: each card is posted to once, and every recipient is counted once."""

from collections import Counter
from itertools import chain

import pytest

from portal.domain.cards.pushes import pushes
from portal.domain.cards.pushes.automatic import automatic
from portal.domain.cards.pushes.browsers import subscriptions
from portal.domain.cards.pushes.tables import Push, PushRecipient
from portal.domain.verify import faults
from tests.races.control import is_lost
from tests.support import loyalty
from tests.support.pushes import browser, installed

pytestmark = pytest.mark.races
CARDS = 60


def push_of(merchant) -> Push:
    """A push to cards of the merchant's, whose holders have a browser each."""
    with merchant.server.connected():
        template = loyalty.template(merchant.partner)
        for number in range(CARDS):
            subscriptions.subscribe(installed(merchant.partner, template).member, *browser(number))
        return pushes.send(merchant.partner.id, "Race", template.id)


def posted_to(crowd, task: str, *given) -> Counter:
    """How often each recipient was posted to."""
    return Counter(chain.from_iterable(crowd.all(task, *given)))


def test_workers_post_to_each_card_once(merchant, crowd):
    push = push_of(merchant)
    assert sorted(posted_to(crowd, "send_pushes").values()) == [1] * CARDS
    with merchant.server.connected():
        assert (Push.get_by_id(push.id).state, Push.get_by_id(push.id).sent) == ("sent", CARDS)


def test_what_is_cancelled_meanwhile_is_counted_once_and_posted_to_nobody_more(merchant, crowd):
    push = push_of(merchant)
    posted = posted_to(crowd, "send_or_cancel", merchant.partner.id, push.uuid)
    with merchant.server.connected():
        states = Counter(row.state for row in PushRecipient.select().where(PushRecipient.push == push))
        now = Push.get_by_id(push.id)
        assert set(posted.values()) <= {1} and states["sent"] == len(posted) == now.sent
        assert states["sent"] + states["cancelled"] == now.recipients
        assert now.state in ("sent", "cancelled")


def test_without_the_guard_recipients_are_posted_to_twice_or_miscounted(unguarded, unguarded_crowd):
    def play(_):
        push_of(unguarded)
        posted = posted_to(unguarded_crowd, "send_pushes")
        with unguarded.server.connected():
            return any(times > 1 for times in posted.values()) or any("Push " in fault for fault in faults())

    assert is_lost(play)


def told(merchant, crowd, *occasion) -> int:
    """How many pushes a card got by itself of one occasion, or of more than its week allows, all found at the same moment."""
    with merchant.server.connected():
        template = loyalty.template(merchant.partner)
        card = installed(merchant.partner, template)
        kept = automatic.save(merchant.partner.id, template.id, automatic.WELCOME, "Hello")
    crowd.all("tell_occasion", kept.id, card.id, *occasion)
    with merchant.server.connected():
        return Push.select().where(Push.card == card).count()


def test_an_occasion_is_told_once_however_many_found_it(merchant, crowd):
    assert told(merchant, crowd, "once") == 1


def test_without_the_guard_an_occasion_is_told_twice(unguarded, unguarded_crowd):
    assert is_lost(lambda _: told(unguarded, unguarded_crowd, "once") > 1)


def test_a_card_gets_its_most_of_a_week_and_no_more_however_many_tell_it(merchant, crowd):
    assert told(merchant, crowd) == 3


def test_without_the_guard_a_card_gets_more_than_its_most_of_a_week(unguarded, unguarded_crowd):
    assert is_lost(lambda _: told(unguarded, unguarded_crowd) > 3)
