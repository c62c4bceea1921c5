"""What leaves as CSV stays text: no formula survives, and numbers are numbers."""

import csv
import io
import threading
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from flask import g

from portal.server import file_threads
from portal.web import spreadsheets


def read(pieces) -> list[list[str]]:
    text = "".join(pieces)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        " =1+1",
        '"=1+1',
        "'=1+1",
        "＝1+1",
        "plain;=1+1",
        "plain\t=1+1",
        "plain\n=1+1",
        'plain"; "=1+1',
    ],
)
def test_no_formula_survives(text):
    ((cell,),) = read(spreadsheets.written(["Name"], [[text]]))[1:]
    for separator in (None, ";", "\t", "\n"):
        for part in cell.split(separator) if separator else [cell]:
            assert part.lstrip(' \t\r\n"')[:1] not in set("=+-@＝＋－＠"), (text, part)
    assert cell.replace("'", "") == text.replace("'", "")


def test_plain_text_and_numbers_are_left_alone():
    rows = [["Trail shoe, “Ridge” 2=3", Decimal("-20.00"), -7, None, "a; b - c", "Köln\n50667"]]
    assert read(spreadsheets.written(["A", "B", "C", "D", "E", "F"], rows))[1:] == [
        ["Trail shoe, “Ridge” 2=3", "-20.00", "-7", "", "a; b - c", "Köln\n50667"]
    ]


def test_a_long_file_goes_out_in_pieces_and_reads_its_rows_meanwhile():
    taken = []

    def rows():
        for number in range(450):
            taken.append(number)
            yield [number]

    pieces = spreadsheets.written(["Number"], rows())
    next(pieces)
    assert len(taken) == 200
    assert sum(piece.count("\r\n") for piece in pieces) == 250


def test_a_file_is_named_by_the_day_of_the_time_zone():
    late = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    assert spreadsheets.file_name("deals", late, "Asia/Tokyo") == "deals-2026-03-02.csv"
    assert spreadsheets.file_name("deals", late, "America/Lima") == "deals-2026-03-01.csv"


def test_one_file_of_a_partner_and_few_in_all_are_sent_at_once(world):
    """A place is free again when its file has come, when the client has gone, and when the answer was never sent."""
    with world.app.test_request_context():
        g.person = None

        def asked(partner_id: int):
            g.partner = SimpleNamespace(id=partner_id)
            return spreadsheets.download("a.csv", ["A"], ([number] for number in range(1000)))

        first = asked(1)
        assert asked(1).status_code == 429
        second = asked(2)
        assert (second.status_code, asked(3).status_code, asked(3).headers["Retry-After"]) == (200, 429, "10")
        assert len(b"".join(first.iter_encoded())) > 1000
        again, begun = asked(1), second.iter_encoded()
        next(begun)
        assert (again.status_code, asked(2).status_code) == (200, 429)
        second.close()
        del again
        last = [asked(number) for number in (1, 2)]
        assert [one.status_code for one in last] == [200, 200]


def test_a_thread_of_the_pages_sends_no_file(world):
    """A request behind another one on its connection comes to such a thread, whatever it asks for."""
    assert world.as_("acme").get("/coupons/export.csv").status_code == 200
    me = threading.current_thread()
    name, me.name = me.name, f"{file_threads.OF_PAGES}_0"
    try:
        assert world.as_("acme").get("/coupons/export.csv").status_code == 429
    finally:
        me.name = name
