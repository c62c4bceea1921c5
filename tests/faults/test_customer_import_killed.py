"""A worker that is killed while customers are imported, and while that is undone: no line is brought in or taken back twice."""

from collections import Counter

import pytest

from portal.domain import verify
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.imports import imports, undoing, work
from portal.domain.cards.imports.tables import CardImport
from portal.domain.cards.operations import events
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.events.tables import Event
from portal.domain.members.tables import Member
from portal.domain.totals import totals
from tests.faults.importing import go_on, kill_in_the_middle
from tests.support import loyalty

ROUNDS = [pytest.param(1, id="short"), pytest.param(5, id="long", marks=pytest.mark.long)]
MANY, BEGUN = 150, 15


def there(round_: int) -> int:
    return Member.select().where(Member.mail.startswith(f"r{round_}-")).count()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_each_customer_is_made_and_taken_back_once(portal, rounds):
    """A round in which the worker was quicker than its killer is played once more."""
    in_the_middle = played = 0
    with portal.connected():
        acme = portal.world.acme
        template = loyalty.template(acme, 7)
        while in_the_middle < rounds:
            round_, played = played, played + 1
            assert round_ < rounds + 4, "the worker is never killed in the middle"
            lines = "".join(f"Mia,r{round_}-{number}@shop.example,7\n" for number in range(MANY))
            text = f"firstName,email,bonusBalance\n{lines}"
            uuid = imports.start(acme.id, "many.csv", text.encode(), template=template).uuid
            found = lambda uuid=uuid: CardImport.get(CardImport.uuid == uuid)  # noqa: E731
            while work.work_due():
                pass
            imports.confirm(acme.id, uuid)
            begun = lambda round_=round_: there(round_) >= BEGUN  # noqa: E731
            kill_in_the_middle(portal, CardImport, "customer imports", begun)
            is_in_the_middle = found().state == "applying"
            assert found().done == there(round_)
            go_on(portal, lambda found=found: found().state == "done")
            assert (found().done, found().failed, there(round_)) == (MANY, 0, MANY)

            undoing.begin(acme.id, uuid)
            begun = lambda round_=round_: there(round_) <= MANY - BEGUN  # noqa: E731
            kill_in_the_middle(portal, CardImport, "customer imports", begun)
            is_in_the_middle &= found().state == "undoing"
            assert found().undone == MANY - there(round_)
            go_on(portal, lambda found=found: found().state == "undone")
            assert (found().undone, found().stayed, there(round_)) == (MANY, 0, 0)
            in_the_middle += is_in_the_middle
        each_once(MANY * played)
        assert totals.of(acme.id, "customers") == totals.of(acme.id, "cards") == 0
        assert verify.faults() == []


def each_once(many: int) -> None:
    """Each customer, card and balance came once, and went once."""
    for fact in ("member.created", "member.erased", "card.issued", "card.deleted"):
        things = Counter(event.thing_id for event in Event.select().where(Event.type == fact))
        assert len(things) == many and set(things.values()) == {1}, fact
    booked = Counter((one.card_id, one.event) for one in CardOperation.select())
    assert booked == {(card.id, event): 1 for card in Card.select() for event in (events.OPENED, events.REVERSED)}
