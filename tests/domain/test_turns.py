"""Partners take turns at background work, each with a share of its own; what is taken is leased, and done once."""

import threading

import pytest

from portal import clock
from portal.database import drop_connection, transaction
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.imports import imports
from portal.domain.affiliate.imports.work import DEALS
from portal.domain.events import log
from portal.domain.mail import outbox
from portal.domain.mail.tables import Mail
from portal.domain.pictures import album
from portal.domain.pictures.tables import Picture
from tests.affiliate import things

pytestmark = pytest.mark.on_both_engines
MANY = 30


def want(party, many: int = MANY) -> None:
    with transaction():
        album.want_all(party.id, [f"https://{party.partner.slug}.example/{number}.png" for number in range(many)])


def put(to: str, **options) -> Mail:
    with transaction():
        return outbox.put(to, "Hello", "password_reset", name="Mia", link="", **options)


def settled() -> str:
    """Take a picture and be done with it; whose it was."""
    picture = album.take_due()
    album.failed(picture, "none", for_good=True)
    return picture.partner.name


def test_a_strangers_picture_is_next_whatever_one_partner_queued(world):
    want(world.acme)
    first = settled()
    want(world.rival, 1)
    assert [first, settled(), settled()] == ["Acme", "Rival", "Acme"]


def test_turns_go_round(world):
    for party in (world.acme, world.northwind, world.rival):
        want(party, 2)
    order = [settled() for _ in range(6)]
    assert order[:3] == order[3:] and len(set(order)) == 3


def test_of_one_partner_only_a_share_is_worked_at_at_once(world):
    want(world.acme)
    taken = [album.take_due() for _ in range(album.AT_ONCE)]
    assert None not in taken and album.take_due() is None
    want(world.rival, 1)
    assert album.take_due().partner_id == world.rival.id
    album.failed(taken[0], "slow", for_good=False)
    assert album.take_due().partner_id == world.acme.id
    assert album.take_due() is None


def test_many_workers_together_take_no_more_than_the_share(world):
    want(world.acme)
    ready, taken = threading.Barrier(6), []

    def take():
        ready.wait()
        taken.append(album.take_due())
        drop_connection()

    workers = [threading.Thread(target=take) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    ids = [picture.id for picture in taken if picture]
    assert len(ids) == len(set(ids)) == album.AT_ONCE


def test_what_a_worker_says_after_its_lease_went_to_another_changes_nothing(world):
    want(world.acme, 1)
    late = album.take_due()
    with clock.acting(121):
        other = album.take_due()
        assert other.id == late.id
        album.failed(late, "late", for_good=True)
        assert Picture.get().error is None
        album.failed(other, "gone", for_good=True)
    assert Picture.get().error == "gone"


def test_what_ends_every_worker_is_given_up(world):
    want(world.acme, 1)
    for times in range(album.MOST_ATTEMPTS):
        with clock.acting(121 * times):
            assert album.take_due()
    with clock.acting(121 * album.MOST_ATTEMPTS):
        assert album.take_due() is None
    assert (Picture.get().due_at, Picture.get().lease_ends) == (None, None)
    assert Picture.get().error


def test_a_mail_takes_the_turn_of_the_partner_that_caused_it(world):
    """However many others it writes to: a merchant's promoters, those who are invited."""
    log.acting_as("user:1", world.acme.id)
    for number in range(MANY):
        put(f"mia{number}@members.example", partner_id=world.northwind.id)
    log.acting_as(log.SYSTEM)
    first = outbox.take_due()
    stranger = put("owner@rival.example", partner_id=world.rival.id)
    assert (first.share, outbox.take_due().id) == (world.acme.id, stranger.id)
    assert outbox.take_due().share == world.acme.id
    assert outbox.take_due() is None


def test_mails_that_no_partner_caused_take_turns_by_the_house_they_go_to(world):
    for number in range(MANY):
        put(f"{number}@hanging.example")
    stranger = put("mia@members.example")
    taken = [outbox.take_due() for _ in range(4)]
    assert stranger in taken and taken[-1] is None


def test_mails_and_pictures_of_a_test_mode_are_due_by_the_walls_clock(world):
    with clock.acting(86_400):
        want(world.acme.twin(), 1)
        put("mia@members.example", partner_id=world.acme.twin().id)
    assert album.take_due() and outbox.take_due()


def test_imports_of_partners_take_turns_and_one_of_each_is_worked_at(world):
    for party, files in ((world.acme, 3), (world.rival, 1)):
        for _ in range(files):
            imports.start(party.id, "a.csv", b"deal_id,status\nA,Paid\n")
    first, second = DEALS.leases.taken(), DEALS.leases.taken()
    assert {first.partner_id, second.partner_id} == {world.acme.id, world.rival.id}
    assert DEALS.leases.taken() is None
    DEALS.leases.put_back(first)
    DEALS.leases.put_back(second)
    assert [DEALS.leases.taken().partner_id for _ in range(2)] == [first.partner_id, second.partner_id]


def test_the_due_deals_of_one_partner_hold_up_no_others(world):
    for party, many in ((world.acme, 5), (world.rival, 1)):
        catalog = things.catalog(party.partner)
        things.offer(catalog)
        for number in range(many):
            things.deal(catalog, f"D{number}")
    longer_ago = clock.now() - clock.MICROSECOND * 1_000_000
    Deal.update(due_at=longer_ago).where(Deal.partner == world.acme.id).execute()
    Deal.update(due_at=clock.now()).where(Deal.partner == world.rival.id).execute()
    assert [deal_moves.settle_due(2) for _ in range(4)] == [3, 2, 1, 0]
    assert Deal.select().where(Deal.status == "Created").count() == 0
