"""A file is understood as spreadsheets write it, and refused with a sentence where it cannot be."""

from decimal import Decimal

import pytest

from portal.domain.affiliate.deal_lists.export import COLUMNS
from portal.domain.affiliate.imports import files as import_files
from portal.domain.affiliate.imports import rows as import_rows
from portal.domain.affiliate.imports.rows import Sums
from portal.domain.errors import Invalid
from portal.domain.importing import files
from portal.domain.typed.numbers import COMMA, POINT
from portal.web import spreadsheets

TEXTS = ["=1+1", "'=1+1", "@sum", "-5", "  =x", "a;=b", "a\n\t=b", "plain", "it's", "＝x", '"=x"', "''=x"]


def rows_of(body: bytes):
    sheet = import_files.opened(body)
    return list(files.rows(sheet.text, sheet.separator, sheet.begins, sheet.line))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_the_letters_the_separator_and_the_line_ends_are_found_out(separator, letters, ends):
    text = ends.join([f"deal_id{separator}status", f"öre{separator}Paid", "", f"2{separator}Created", ""])
    assert [(row.line, row.cells) for row in rows_of(text.encode(letters))] == [
        (2, ["öre", "Paid"]), (4, ["2", "Created"]),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["sep=;\r\n", "\ufeffSEP=;\n", '"sep=;"\r\n', "sep=;;;\n", "sep=|\r"])
@pytest.mark.parametrize("letters", ["utf-8", "utf-16"])
def test_a_first_line_that_names_the_separator_is_none_of_the_rows(head, letters):
    separator = "|" if "|" in head else ";"
    body = f"{head}deal_id{separator}comment\r\n1{separator}a,b\r\n".encode(letters)
    sheet = import_files.opened(body)
    assert (sheet.separator, sheet.head) == (separator, ["deal_id", "comment"])
    assert [(row.line, row.cells) for row in rows_of(body)] == [(3, ["1", "a,b"])]


@pytest.mark.parametrize(
    ("letters", "text"),
    [("cp1252", "Größe, créée – “ça”"), ("cp1251", "Оплачен: кроссовки"), ("cp1251", "Да — Мир №5")],
)
def test_letters_of_windows_are_read_and_said_to_be(letters, text):
    sheet = import_files.opened(f"deal_id;comment\n1;{text}\n".encode(letters))
    assert (sheet.letters, sheet.text[-len(text) - 1 : -1]) == (letters, text)
    assert import_files.opened(f"deal_id;comment\n1;{text}\n".encode()).letters is None


def test_a_text_with_line_breaks_is_one_row_named_by_the_line_it_begins_in():
    found = rows_of(b'deal_id,comment\n1,"one\ntwo"\n2,x\n')
    assert [(row.line, row.cells[0]) for row in found] == [(2, "1"), (4, "2")]


def test_a_line_that_cannot_be_divided_is_named_and_the_next_ones_are_read():
    found = rows_of(b'deal_id,comment\n1,"a"b\n2,x\n3,"open\n')
    assert [(row.line, row.is_broken) for row in found] == [(2, True), (3, False), (4, True)]


def test_reading_goes_on_where_it_was_left():
    sheet = import_files.opened('deal_id,comment\r\n1,ä\r\n2,"x\r\ny"\r\n3,z\r\n'.encode())
    all_rows = list(files.rows(sheet.text, ",", sheet.begins, sheet.line))
    for number, row in enumerate(all_rows):
        assert list(files.rows(sheet.text, ",", row.ends, row.last_line)) == all_rows[number + 1 :]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"PK\x03\x04 and so on", "workbook"),
        (b"deal_id,status\n", "holds no rows"),
        (b"", "holds no rows"),
        (b"deal_id,status\n1\x00,Paid\n", "no text"),
        (b"deal_id,status\n" + b"1,Paid\n" * 50_001, "50,000 lines"),
        (b"a" * (5 * 2**20 + 1), "5 MiB"),
        (b",".join(b"c%d" % number for number in range(101)) + b"\n1\n", "100 columns"),
        (b"deal_id," * 500_000 + b"\n1\n", "100 columns"),
        (b"deal_id," + b"a" * 70_000 + b"\n1,2\n", "holds no rows"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_mends_it(body, says):
    with pytest.raises(Invalid) as refused:
        import_files.opened(body)
    assert refused.value.field == "file" and says in refused.value.sentence


def test_columns_are_known_by_the_apis_names_and_the_exports_are_those():
    assert import_files.mapped(["Deal ID", "x", " STATUS ", "status"]) == {"deal_id": 0, "status": 2}
    assert set(import_files.FIELDS) <= set(COLUMNS)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_was_exported_is_the_same_once_it_is_imported(text):
    body = "".join(spreadsheets.written(["deal_id", "comment"], [["1", text]])).encode()
    assert rows_of(body)[0].cells == ["1", text]


def cost_of(text, sums, currency="EUR"):
    return import_rows.said(["1", text, currency], {"deal_id": 0, "cost": 1, "currency": 2}, 3, sums).cost


def test_a_cost_is_read_as_the_file_writes_them():
    for text in ("1234.5", "1,234.50", "1'234.50", "1 234.50"):
        assert cost_of(text, Sums(POINT)) == Decimal("1234.5")
    for text in ("1234,5", "1.234,50", "1\xa0234,50", "1’234,50", "1\u202f234,5"):
        assert cost_of(text, Sums(COMMA)) == Decimal("1234.5")
    assert cost_of("1.500", Sums(COMMA)) == cost_of("1,500", Sums(POINT)) == 1500


@pytest.mark.parametrize(
    "text", ["129,50", "1.234,50", "€5", "five", "1e5", "NaN", "1,23", "12 34", "1,2345", "1.2.3", ".5"]
)
def test_a_cost_that_is_written_otherwise_is_refused_with_how_to_write_it(text):
    with pytest.raises(Invalid) as refused:
        cost_of(text, Sums(POINT))
    assert "1,234.50" in refused.value.sentence


def test_three_decimals_that_a_currency_has_not_are_refused_unless_somebody_said_how_sums_are_written():
    for text, sums, currency in (
        ("1.500", POINT, "EUR"),
        ("1,000", COMMA, "JPY"),
        ("1.000", POINT, "JPY"),
        ("-9.999", POINT, ""),
    ):
        with pytest.raises(Invalid) as refused:
            cost_of(text, Sums(sums), currency)
        assert "thousands or decimals" in refused.value.sentence
        assert cost_of(text, Sums(sums, is_said=True), currency) == Decimal(text.replace(",", "."))
    assert cost_of("1.500", Sums(POINT), "KWD") == cost_of("0.500", Sums(POINT)) + 1 == Decimal("1.5")
    assert cost_of("1234.5000", Sums(POINT)) == Decimal("1234.5")


def test_every_cell_that_cannot_be_read_is_named_at_once():
    with pytest.raises(Invalid) as refused:
        import_rows.said(["", "x", "perhaps"], {"deal_id": 0, "cost": 1, "is_returned": 2}, 3, Sums(POINT))
    assert [field for field, _ in refused.value.errors] == ["deal_id", "cost", "is_returned"]


def test_a_line_with_more_cells_than_columns_is_refused():
    with pytest.raises(Invalid) as refused:
        import_rows.said(["1", "12", "50"], {"deal_id": 0, "cost": 1}, 2, Sums(POINT))
    assert "more cells (3)" in refused.value.sentence
