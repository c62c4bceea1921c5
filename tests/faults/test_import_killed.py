"""A worker that is killed in the middle of an import: no line is imported twice, none is left out."""

import pytest

from portal.domain import verify
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.imports import imports
from portal.domain.affiliate.imports.tables import DealImport, ImportRow
from portal.domain.events.tables import Event
from tests.faults.importing import go_on, kill_in_the_middle

ROUNDS = [pytest.param(1, id="short"), pytest.param(10, id="long", marks=pytest.mark.long)]
MANY = 600
HEAD = "deal_id,status,offer,cost,currency,catalog_code,another_data\n"


def state_of(uuid: str) -> str:
    return DealImport.get(DealImport.uuid == uuid).state


def imported(round_: int) -> int:
    return Deal.select().where(Deal.deal_id.startswith(f"R{round_}-")).count()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_each_line_is_imported_once(portal, rounds):
    """A round in which the worker was quicker than its killer is played once more."""
    in_the_middle = played = 0
    with portal.connected():
        while in_the_middle < rounds:
            round_, played = played, played + 1
            assert round_ < rounds + 4, "the worker is never killed in the middle"
            lines = "".join(f"R{round_}-{n},Paid,Spanish A1,100,USD,summer,myshare=NRTHWND22\n" for n in range(MANY))
            uuid = imports.start(portal.world.acme.id, "many.csv", (HEAD + lines).encode()).uuid
            rows = ImportRow.select().join(DealImport).where(DealImport.uuid == uuid, ImportRow.state == "new")
            kill_in_the_middle(portal, DealImport, "imports", lambda rows=rows: rows.count() >= 50)
            assert state_of(uuid) in ("checking", "checked") and imported(round_) == 0

            go_on(portal, lambda uuid=uuid: state_of(uuid) == "checked")
            imports.confirm(portal.world.acme.id, uuid)
            kill_in_the_middle(portal, DealImport, "imports", lambda round_=round_: imported(round_) >= 20)
            in_the_middle += state_of(uuid) == "applying" and imported(round_) < MANY

            go_on(portal, lambda uuid=uuid: state_of(uuid) == "done")
            found = DealImport.get(DealImport.uuid == uuid)
            assert (found.total, found.checked, found.new, found.done, found.failed) == (MANY, MANY, MANY, MANY, 0)
            assert imported(round_) == MANY
        told = Event.select(Event.thing_id).where(Event.type == "deal.created")
        assert told.count() == told.distinct().count() == MANY * played
        assert verify.faults() == []
