"""Nothing of a file reaches the deals before it is confirmed; then each good row does, once, whoever is killed or cancels."""

import pytest

from portal import clock
from portal.affiliate.deals.exports import _cells
from portal.domain import verify
from portal.domain.affiliate.deal_lists import export as deal_export
from portal.domain.affiliate.deal_lists.export import COLUMNS
from portal.domain.affiliate.deal_lists.filters import Filter
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.imports import imports
from portal.domain.affiliate.imports import keeping as import_keeping
from portal.domain.affiliate.imports import rows as import_rows
from portal.domain.affiliate.imports import work as import_work
from portal.domain.affiliate.imports.tables import DealImport, ImportFile, ImportRow
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.events.tables import Event
from portal.domain.importing import work as importing
from portal.domain.importing.leases import Ended
from portal.web import spreadsheets
from portal.worker import drains
from tests.affiliate import things

pytestmark = pytest.mark.on_both_engines

HEADER = "deal_id,status,offer,cost,currency,catalog_code,promo_code,another_data,is_returned,comment\n"
GOOD = "A-1,Paid,Spanish A1,100,USD,summer,,myshare=NRTHWND22,,\n"


@pytest.fixture
def shop(world):
    """Acme's catalog that northwind sells, with a deal that is paid and one that is canceled."""
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.promotion(catalog, world.northwind)
    things.deal(catalog, "KNOWN", "Created")
    things.deal(catalog, "OVER", "Created")
    deals.update(world.acme.id, "OVER", "Canceled")
    return catalog


def start(world, text, name="deals.csv") -> DealImport:
    log.acting_as(f"user:{world.acme.users['manager'].id}")
    try:
        return imports.start(world.acme.id, name, text.encode())
    finally:
        log.acting_as(log.SYSTEM)


def work():
    while import_work.work_due():
        pass


def checked(world, text) -> DealImport:
    found = start(world, text)
    work()
    return DealImport.get_by_id(found.id)


def confirm(world, found) -> DealImport:
    log.acting_as(f"user:{world.acme.users['owner'].id}")
    try:
        imports.confirm(world.acme.id, found.uuid)
    finally:
        log.acting_as(log.SYSTEM)
    return DealImport.get_by_id(found.id)


def imported(world, text) -> DealImport:
    found = confirm(world, checked(world, text))
    work()
    return DealImport.get_by_id(found.id)


def counts(found) -> dict:
    names = ("total", "checked", "new", "changed", "same", "bad", "done", "failed")
    return {name: getattr(found, name) for name in names if getattr(found, name)}


def said_of(found, line) -> list:
    return ImportRow.get(ImportRow.deal_import == found.id, ImportRow.line == line).errors


def everything() -> list:
    return [list(model.select().order_by(model._meta.primary_key).tuples()) for model in (Deal, Event)]


def test_the_preview_counts_every_kind_of_row_and_writes_nothing(world, shop):
    before = everything()
    text = (
        GOOD
        + "KNOWN,Paid,,,,,,,,\nKNOWN2,Paid,,,,,,,,\nOVER,Canceled,,,,,,,,\nOVER2,Created,Spanish A1,5,USD,summer,,,,\n"
    )
    found = checked(world, HEADER + text)
    assert (found.state, counts(found)) == (
        "checked",
        {"total": 5, "checked": 5, "new": 2, "changed": 1, "same": 1, "bad": 1},
    )
    assert everything() == before
    assert said_of(found, 4) == [
        [field, "A deal that is new here needs this."] for field in ("offer", "catalog_code", "cost", "currency")
    ]
    assert not ImportFile.select().exists()


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("N,Paid,Spanish A1,100,USD,winter,,,,", "catalog_code", "No catalog has the code “winter”"),
        ("N,Paid,Latin,100,USD,summer,,,,", "offer", "no offer named “Latin”"),
        ("N,Paid,Spanish A1,100,EUR,summer,,,,", "currency", "Send one of its currencies: USD"),
        ("N,Paid,Spanish A1,100.0012,USD,summer,,,,", "cost", "USD has 2 decimals"),
        ("N,Paid,Spanish A1,-1,USD,summer,,,,", "cost", "below zero"),
        ("N,Lost,Spanish A1,100,USD,summer,,,,", "status", "must be Created or Paid"),
        ("N,Canceled,Spanish A1,100,USD,summer,,,,", "status", "never reported cannot be canceled"),
        ("OVER,Paid,Spanish A1,100,USD,summer,,,,", "status", "canceled, and that is final"),
        ("OVER,,,7,,,,,,", "status", "canceled, and that is final"),
        ("KNOWN,Paid,Spanish A1,99,USD,summer,,,,", "cost", "exists with other parameters: cost"),
        ("KNOWN,Paid,,,,,OTHER,,,", "promo_code", "exists with other parameters: promo_code"),
        ("KNOWN,Paid,,,,,,,perhaps,", "is_returned", "neither true nor false"),
        (f"KNOWN,,,,,,,,,{'x' * 2001}", "comment", "at most 2000 characters"),
        ("\u202eN,Paid,Spanish A1,100,USD,summer,,,,", "deal_id", "printable"),
        (f"{'N' * 256},Paid,Spanish A1,100,USD,summer,,,,", "deal_id", "at most 255 characters"),
        ("N,Paid,Spanish A1,1,5,USD,summer,,,,x", "line", "more cells (11) than the file has columns"),
        ('N,"a"b,,,,,,,,', "line", "cannot be divided"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_with_its_field_and_what_mends_it(world, shop, row, field, says):
    found = checked(world, f"{HEADER}{row}\n{GOOD}")
    assert counts(found) == {"total": 2, "checked": 2, "new": 1, "bad": 1}
    [sentence] = [why for named, why in said_of(found, 2) if named == field]
    assert says in sentence


def test_a_deal_that_stands_twice_in_the_file_counts_once(world, shop):
    far = "".join(f"F-{number},Paid,Spanish A1,1,USD,summer,,,,\n" for number in range(70))
    found = checked(world, HEADER + GOOD + GOOD + far + " A-1 ,Canceled,,,,,,,,\n")
    assert counts(found) == {"total": 73, "checked": 73, "new": 71, "bad": 2}
    for line in (3, 74):
        assert said_of(found, line) == [["deal_id", "Line 2 has this deal_id already. Keep one line for each deal."]]


def test_confirmed_rows_are_reported_and_changed_in_the_name_of_who_confirmed(world, shop):
    text = GOOD + "KNOWN,Paid,,,,,,,,noted\nOVER,Canceled,,,,,,,yes,\nN-2,Created,Latin,1,USD,summer,,,,\n"
    found = imported(world, HEADER + text)
    assert (found.state, counts(found)) == (
        "done", {"total": 4, "checked": 4, "new": 1, "changed": 2, "bad": 1, "done": 3},
    )  # fmt: skip
    new, known, over = (Deal.get(Deal.deal_id == name) for name in ("A-1", "KNOWN", "OVER"))
    assert (new.status, new.promotion.uid, new.payment_sum) == ("Paid", "NRTHWND22", 1000)
    assert (known.status, known.comment, over.is_returned) == ("Paid", "noted", True)
    owner = f"user:{world.acme.users['owner'].id}"
    actors = {event.actor for event in Event.select().where(Event.thing_id.in_([new.uuid, known.uuid]))}
    assert actors == {owner, log.SYSTEM}
    assert Event.get(Event.type == "import.confirmed").actor == owner
    row = ImportRow.get(ImportRow.deal_import == found.id, ImportRow.line == 2)
    assert (row.state, row.deal_id) == ("done", new.id)
    assert verify.faults() == []


def test_the_cost_and_the_status_of_a_known_deal_change_together(world, shop):
    imported(world, "deal_id,cost,status\nKNOWN,55.5,Paid\n")
    deal = Deal.get(Deal.deal_id == "KNOWN")
    assert (deal.status, deal.cost, deal.first_cost) == ("Paid", 5550, 10000)


def test_an_import_that_is_imported_again_has_nothing_to_do(world, shop):
    imported(world, HEADER + GOOD)
    again = checked(world, HEADER + GOOD)
    assert counts(again) == {"total": 1, "checked": 1, "same": 1}
    with pytest.raises(Refused, match="Nothing in this file"):
        imports.confirm(world.acme.id, again.uuid)


def test_the_export_of_all_deals_has_nothing_to_do_when_it_is_imported(world, shop):
    things.deal(shop, "=1+1", "Paid", another_data="myshare=NRTHWND22", promo_code="@code")
    deals.update(world.acme.id, "KNOWN", "Paid", comment="-4; =x\nnext")
    exported = [_cells(deal, clock.now().tzinfo) for deal in deal_export.each(world.acme.id, Filter())]
    found = checked(world, "".join(spreadsheets.written(COLUMNS, exported)))
    assert counts(found) == {"total": 3, "checked": 3, "same": 3}


@pytest.mark.parametrize(
    "text",
    [
        "  two\r\n\tlines ",
        '"=1+1", said; she',
        "'=1",
        "' ;=x\n'+y",
        "\n-5\n",
        "Cafe\u0301 – ＝x",
        "a\rb",
        "it's;\t@x",
        "'",
        '""',
    ],
)
def test_an_export_that_is_imported_changes_nothing(world, shop, text):
    """Also of texts that an older release kept as they came."""
    deals.update(world.acme.id, "KNOWN", comment=text)
    things.deal(shop, f"'{text.split()[0]}", "Paid", promo_code=text, another_data=f"{text}&a=1")
    things.deal(shop, "old", "Paid", promo_code="p", another_data="a=b")
    Deal.update(comment=text, another_data=" a=b ").where(Deal.deal_id == "old").execute()
    exported = [_cells(deal, clock.now().tzinfo) for deal in deal_export.each(world.acme.id, Filter())]
    found = checked(world, "".join(spreadsheets.written(COLUMNS, exported)))
    assert counts(found) == {"total": 4, "checked": 4, "same": 4}


def test_of_an_export_nobody_is_asked_how_its_sums_are_written(world, shop):
    """Though each of a currency with three decimals could be a thousand times as much."""
    said = {"deal_id": "A-1", "status": "Paid", "cost": "1.500", "currency": "KWD", "offer": "Spanish A1"}
    cells = [said.get(name, "") for name in COLUMNS]
    for separator, asks in ((",", False), (";", True)):
        found = checked(world, f"{separator.join(COLUMNS)}\n{separator.join(cells)}\n")
        assert imports.asks_for_sign(found) is asks
        imports.cancel(world.acme.id, found.uuid)


OF_SUMS = "deal_id;cost;status;offer;currency;catalog_code\n"


def of_costs(*costs) -> str:
    return OF_SUMS + "".join(f"A-{number};{cost};Paid;Spanish A1;USD;summer\n" for number, cost in enumerate(costs))


def costs() -> list[int]:
    return [deal.cost for deal in Deal.select().where(Deal.deal_id.startswith("A-")).order_by(Deal.deal_id)]


def test_sums_are_read_as_all_rows_of_the_file_write_them(world, shop):
    found = imported(world, "sep=;\n" + of_costs("1.500", "129,50", "1\xa0234,50", "7"))
    assert (found.found_sign, costs()) == (",", [150_000, 12_950, 123_450, 700])


def test_a_sum_that_the_other_rows_do_not_write_so_is_a_bad_row(world, shop):
    found = imported(world, of_costs("1.500", "129.50", "1,234.50", "€5"))
    assert (found.found_sign, costs()) == (".", [12_950, 123_450])
    assert "thousands or decimals" in said_of(found, 2)[0][1] and "such as 1,234.50" in said_of(found, 5)[0][1]


@pytest.mark.parametrize(("sign", "cost"), [(".", 150), (",", 150_000)])
def test_where_the_rows_leave_it_open_somebody_says_how_sums_are_written(world, shop, sign, cost):
    found = checked(world, of_costs("1.500", "7"))
    assert imports.asks_for_sign(found) and counts(found) == {"total": 2}
    columns = ["deal_id", "cost", "status", "offer", "currency", "catalog_code"]
    imports.take_columns(world.acme.id, found.uuid, columns)
    work()
    assert imports.asks_for_sign(DealImport.get_by_id(found.id))
    with pytest.raises(Invalid):
        imports.take_columns(world.acme.id, found.uuid, columns, "x")
    imports.take_columns(world.acme.id, found.uuid, columns, sign)
    work()
    imports.check_again(world.acme.id, found.uuid)
    work()
    confirm(world, found)
    work()
    assert costs() == [cost, 700]


def test_nobody_says_how_sums_are_written_where_the_file_has_none(world, shop):
    assert counts(checked(world, "deal_id,comment\nKNOWN,1.500\n")) == {"total": 1, "checked": 1, "changed": 1}


def test_text_that_looks_like_a_formula_stays_text(world, shop):
    imported(world, HEADER + '"=HYPERLINK(""x"")",Paid,Spanish A1,1,USD,summer,,,,=1+1\n')
    deal = Deal.get(Deal.comment == "=1+1")
    assert deal.deal_id == '=HYPERLINK("x")'


def test_a_row_that_went_bad_after_the_preview_fails_alone_and_says_why(world, shop):
    found = checked(world, HEADER + GOOD + "KNOWN,Paid,,,,,,,,\n")
    deals.update(world.acme.id, "KNOWN", "Canceled")
    confirm(world, found)
    work()
    found = DealImport.get_by_id(found.id)
    assert (found.state, found.done, found.failed) == ("done", 1, 1)
    assert "canceled, and that is final" in said_of(found, 3)[0][1]


def test_a_row_at_which_the_portal_breaks_holds_up_no_other(world, shop, monkeypatch):
    found = confirm(world, checked(world, HEADER + GOOD + GOOD.replace("A-1", "A-2")))
    whole = import_rows.apply
    monkeypatch.setattr(
        import_rows, "apply", lambda partner, row: 1 / 0 if row.deal_id == "A-1" else whole(partner, row)
    )
    work()
    found = DealImport.get_by_id(found.id)
    assert (found.state, found.done, found.failed) == ("done", 1, 1)
    assert "log" in said_of(found, 2)[0][1]


def test_columns_of_other_names_are_asked_for_and_then_taken(world, shop):
    found = checked(world, "Order;What;Money;In;List;State;Rest\nA-1;Spanish A1;100;usd;summer;paid;x\n")
    assert (found.state, found.total) == ("mapping", 0)
    with pytest.raises(Refused):
        imports.confirm(world.acme.id, found.uuid)
    columns = ["deal_id", "offer", "cost", "currency", "catalog_code", "status", None]
    imports.take_columns(world.acme.id, found.uuid, columns)
    work()
    found = DealImport.get_by_id(found.id)
    assert (found.state, counts(found)) == ("checked", {"total": 1, "checked": 1, "new": 1})


@pytest.mark.parametrize(
    "columns", [["offer", "status"], ["deal_id", None], ["deal_id", "deal_id"], ["deal_id", "id"], []]
)
def test_columns_that_cannot_be_are_refused(world, shop, columns):
    found = start(world, "a,b\n1,2\n")
    with pytest.raises(Invalid) as refused:
        imports.take_columns(world.acme.id, found.uuid, columns)
    assert refused.value.field == "columns"


def test_a_file_is_checked_again_once_the_catalog_was_mended(world, shop):
    found = checked(world, HEADER + GOOD + "N,Paid,Latin,100,USD,summer,,,,\n")
    assert found.bad == 1
    things.offer(shop, "Latin")
    imports.check_again(world.acme.id, found.uuid)
    work()
    found = DealImport.get_by_id(found.id)
    assert (found.state, counts(found)) == ("checked", {"total": 2, "checked": 2, "new": 2})


@pytest.mark.parametrize("steps", range(4))
def test_it_can_be_canceled_at_any_moment_and_what_was_done_stays(world, shop, monkeypatch, steps):
    monkeypatch.setattr(importing, "SLICE_SECONDS", 0.0)  # Nothing happens in a turn: each step is taken by hand.
    found = start(world, HEADER + GOOD + GOOD.replace("A-1", "A-2"))
    for _ in range(steps):
        step(found)
        if DealImport.get_by_id(found.id).state == "checked":
            confirm(world, found)
    imports.cancel(world.acme.id, found.uuid)
    done = Deal.select().where(Deal.deal_id.in_(["A-1", "A-2"])).count()
    work()
    found = DealImport.get_by_id(found.id)
    assert (found.state, found.due_at, found.done) == ("canceled", None, done)
    assert Deal.select().where(Deal.deal_id.in_(["A-1", "A-2"])).count() == done
    for act in (imports.cancel, imports.confirm, imports.check_again):
        with pytest.raises(Refused):
            act(world.acme.id, found.uuid)


def step(found) -> None:
    """One write of the worker's."""
    taken = import_work.DEALS.leases.taken()
    import_work.DEALS.steps[taken.state](taken, clock.wall_micros())
    DealImport.update(due_at=clock.from_micros(clock.wall_micros())).where(
        DealImport.id == found.id, DealImport.due_at.is_null(False)
    ).execute()


def test_a_worker_whose_lease_another_has_taken_undoes_its_write(world, shop):
    confirm(world, checked(world, HEADER + GOOD))
    late = import_work.DEALS.leases.taken()
    assert import_work.DEALS.leases.taken() is None
    DealImport.update(due_at=clock.from_micros(clock.wall_micros())).execute()
    work()
    with pytest.raises(Ended):
        import_work.DEALS.settled(late, ImportRow.get(), import_work.DEALS.bring, "new", "done", "failed")
    assert (DealImport.get().done, Deal.select().where(Deal.deal_id == "A-1").count()) == (1, 1)


def test_test_mode_imports_by_its_own_clock(world, shop):
    twin = world.acme.twin()
    things.offer(things.catalog(twin.partner))
    twin.partner.clock_offset = 86_400 * 10
    twin.partner.save()
    log.acting_as("user:1")
    found = imports.start(twin.id, "x.csv", (HEADER + GOOD).encode())
    work()
    imports.confirm(twin.id, found.uuid)
    work()
    deal = Deal.get(Deal.partner == twin.id)
    assert (deal.conversion_time - clock.now()).days == 9
    assert imports.find(twin.id, found.uuid).done == 1


def test_a_stranger_finds_nothing(world, shop):
    found = checked(world, HEADER + GOOD)
    for act in (imports.find, imports.confirm, imports.cancel, imports.check_again):
        with pytest.raises(NotFound):
            act(world.rival.id, found.uuid)
    with pytest.raises(NotFound):
        imports.take_columns(world.rival.id, found.uuid, ["deal_id", "status"])
    assert DealImport.get_by_id(found.id).state == "checked"


def test_rows_are_forgotten_after_thirty_days_and_the_counts_stay(world, shop, settings):
    done, waiting = imported(world, HEADER + GOOD), start(world, "a,b\n1,2\n")
    drains.run("housekeeping", settings)
    assert ImportRow.select().count() == 1 and ImportFile.select().count() == 1
    DealImport.update(forget_at=clock.now()).execute()
    drains.run("housekeeping", settings)
    assert not ImportRow.select().exists() and not ImportFile.select().exists()
    assert counts(DealImport.get_by_id(done.id)) == counts(done)
    assert [found.state for found in DealImport.select().order_by(DealImport.id)] == ["done", "canceled"]
    assert DealImport.get_by_id(waiting.id).forget_at is None
    assert import_keeping.forget_old() == 0
    assert verify.faults() == []


def test_what_is_underway_is_not_forgotten(world, shop):
    found = confirm(world, checked(world, HEADER + GOOD))
    DealImport.update(forget_at=clock.now()).execute()
    assert import_keeping.forget_old() == 0
    work()
    assert DealImport.get_by_id(found.id).done == 1


def test_a_few_imports_wait_at_a_time(world, shop):
    made = [start(world, HEADER + GOOD) for _ in range(imports.MOST_UNFINISHED)]
    with pytest.raises(Invalid, match="not finished"):
        start(world, HEADER + GOOD)
    imports.cancel(world.acme.id, made[0].uuid)
    assert start(world, HEADER + GOOD).state == "reading"
