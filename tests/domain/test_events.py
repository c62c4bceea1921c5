"""The event log: positions follow the commits without gaps, and nothing that was undone is in it."""

import pytest

from portal.database import transaction
from portal.domain.events import log
from portal.domain.events.tables import Event, Sequence


def positions() -> list:
    return [event.position for event in Event.select().order_by(Event.id)]


def test_positions_follow_one_another_without_gaps(world):
    while log.give_positions(3):
        pass
    first = len(positions())
    for number in range(5):
        log.record(world.acme.id, "deal.paid", "deal", number)
    assert positions()[first:] == [None] * 5
    assert [log.give_positions(2) for _ in range(4)] == [2, 2, 1, 0]
    assert positions() == list(range(1, first + 6))
    assert Sequence.get_by_id("event").value == first + 5


def test_an_undone_fact_takes_no_position(world):
    while log.give_positions():
        pass
    last = len(positions())
    with pytest.raises(RuntimeError), transaction():
        log.record(world.acme.id, "deal.paid", "deal", "undone")
        raise RuntimeError
    log.record(world.acme.id, "deal.paid", "deal", "kept")
    log.give_positions()
    assert (positions()[-1], len(positions())) == (last + 1, last + 1)


def test_listeners_hear_of_a_fact_after_its_commit_alone(world):
    heard = []
    log.when_recorded(lambda: heard.append(Event.select().where(Event.thing_id == "told").count()))
    with transaction():
        log.record(world.acme.id, "deal.paid", "deal", "told")
        assert heard == []
    with pytest.raises(RuntimeError), transaction():
        log.record(world.acme.id, "deal.paid", "deal", "told")
        raise RuntimeError
    log.when_recorded(None)
    assert heard == [1]


def test_a_type_that_nobody_listed_is_an_error_of_ours(world):
    with pytest.raises(KeyError):
        log.record(world.acme.id, "deal.eaten", "deal", 1)
