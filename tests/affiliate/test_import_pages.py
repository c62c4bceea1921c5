"""The pages of imports: upload, columns, preview, result, what must be mended; without a script, and for editors alone."""

import csv
import io
import re
from datetime import timedelta

import pytest

from portal import clock
from portal.affiliate.deal_imports.forms import PLAIN
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.imports.files import FIELDS
from portal.domain.affiliate.imports.tables import DealImport
from portal.worker import drains
from tests.affiliate import counting, things

HEADER = "deal_id,status,offer,cost,currency,catalog_code,comment\n"
GOOD = "A-1,Paid,Spanish A1,100,USD,summer,\n"
BAD = "B-1,Paid,Latin,100,USD,summer,=1+1\n"


@pytest.fixture
def shop(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    return catalog


@pytest.fixture
def visitor(world, shop):
    return world.as_("acme", "manager")


@pytest.fixture
def upload(visitor, settings):
    """Upload a text and have it checked; the address of its page."""

    def send(text, name="deals.csv"):
        body = text if isinstance(text, bytes) else text.encode()
        answer = visitor.post("/deals/imports", {"file": (io.BytesIO(body), name)}, content_type="multipart/form-data")
        drains.run("imports", settings)
        return answer.headers.get("Location") or answer

    return send


def test_every_column_has_a_plain_name_beside_the_wires(visitor, upload):
    assert tuple(PLAIN) == FIELDS
    place = upload("Order;Zustand\n1;Paid\n")
    for page in (visitor.get(f"{place}/columns").text, visitor.get("/deals/imports").text):
        assert all(field in page and words in page for field, words in PLAIN.items())


def test_a_file_goes_from_its_upload_to_its_result(world, visitor, upload, settings):
    place = upload(HEADER + GOOD + BAD)
    preview = visitor.get(place).text
    assert "Import 1 deal<" in preview and "the catalog has no offer named “Latin”" in preview.replace("The ", "the ")
    assert not Deal.select().exists()
    assert visitor.post(f"{place}/confirmation").headers["Location"] == place
    assert "Importing" in visitor.get(place).text
    drains.run("imports", settings)
    result = visitor.get(f"{place}?show=done").text
    assert f'/deals/{Deal.get().uuid}"' in result and "Acme Manager" in result
    history = visitor.get("/deals/imports").text
    assert "deals.csv" in history and "Done" in history


def test_an_import_is_undone_by_canceling_the_deals_that_it_made_and_no_others(world, visitor, upload, settings, shop):
    known = things.deal(shop, "KNOWN")
    Deal.update(conversion_time=clock.now() - timedelta(hours=1)).execute()
    place = upload(HEADER + GOOD + "KNOWN,Paid,Spanish A1,100,USD,summer,\n")
    assert "Undo" not in visitor.get(place).text
    visitor.post(f"{place}/confirmation")
    drains.run("imports", settings)
    undo = re.search(r'href="(/deals/cancellation[^"]*)"', visitor.get(place).text)[1].replace("&amp;", "&")
    question = visitor.get(undo)
    made = Deal.get(Deal.deal_id == "A-1")
    assert "Cancel 1 deal?" in question.text and "KNOWN" not in question.text
    assert world.as_("rival").get(undo).status_code == 303, "Others have nothing to cancel there."
    assert visitor.post(undo, {"deals": str(made.id), "returned": "0"}).location == place
    assert {deal.deal_id: deal.status for deal in Deal.select()} == {"A-1": "Canceled", "KNOWN": "Paid"}
    assert "Undo" not in visitor.get(place).text and known.uuid


def test_an_import_is_found_by_words_of_its_files_name(visitor, upload):
    upload("deal_id,status\nORDER-1,Paid\n", name="Till of May.csv")
    found = visitor.get("/deals/imports?q=may till").text.partition("<tbody>")[2]
    assert "Till of May.csv" in found
    nothing = visitor.get("/deals/imports?q=june").text
    assert "No file is called “june”" in nothing and "<tbody>" not in nothing


def test_the_button_stands_above_the_deals_for_those_who_edit(world, visitor):
    assert 'href="/deals/imports"' in visitor.get("/deals").text
    assert 'href="/deals/imports"' not in world.as_("acme", "viewer").get("/deals").text


def test_lines_to_mend_come_back_with_their_reasons_and_can_be_uploaded_mended(visitor, upload, shop):
    place = upload(HEADER + GOOD + BAD)
    answer = visitor.get(f"{place}/bad.csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == ["line", *HEADER.strip().split(","), "reason"]
    assert (
        rows[1][:2] == ["3", "B-1"]
        and rows[1][7] == "'=1+1"
        and rows[1][8].startswith("offer: The catalog has no offer")
    )
    mended = upload(answer.data.replace(b"Latin", b"Spanish A1"))
    assert "Import 1 deal<" in visitor.get(mended).text
    again = list(csv.reader(io.StringIO(visitor.get(f"{upload(answer.data)}/bad.csv").text.removeprefix("\ufeff"))))
    assert again[0] == rows[0]


def test_the_sample_can_be_imported(visitor, upload):
    place = upload(visitor.get("/deals/imports/sample.csv").data)
    page = visitor.get(place).text
    assert "Import 2 deals<" in page and "order-0999" in page


def test_what_cannot_be_read_is_said_beside_the_field(visitor, upload):
    answer = upload("deal_id;größe\n1;2\x81".encode("latin-1"))
    assert answer.status_code == 422 and "CSV UTF-8" in answer.text
    assert visitor.post("/deals/imports").status_code == 422
    assert not DealImport.select().exists()


def test_columns_are_chosen_where_the_file_names_them_otherwise(visitor, upload, settings):
    place = upload("Order;State;What;Sum;Money;List\nA-1;paid;Spanish A1;100;USD;summer\n")
    assert "Choose the columns" in visitor.get(place).text
    form = visitor.get(f"{place}/columns").text
    assert "Order" in form and "For example: A-1" in form
    wrong = visitor.post(f"{place}/columns", {"columns-0": "status", "columns-1": "status"})
    assert wrong.status_code == 422 and "Two columns are “status”" in wrong.text
    fields = ("deal_id", "status", "offer", "cost", "currency", "catalog_code")
    visitor.post(f"{place}/columns", {f"columns-{number}": field for number, field in enumerate(fields)})
    drains.run("imports", settings)
    assert "Import 1 deal<" in visitor.get(place).text


def test_how_sums_are_written_is_said_where_the_rows_leave_it_open(visitor, upload, settings):
    place = upload(HEADER + GOOD.replace("100", "1.500"))
    assert "can be read in two ways" in visitor.get(place).text
    assert "Say how sums are written" in visitor.get(place).text
    fields = ("deal_id", "status", "offer", "cost", "currency", "catalog_code", "comment")
    chosen = {f"columns-{number}": field for number, field in enumerate(fields)}
    visitor.post(f"{place}/columns", {**chosen, "decimal_sign": ","})
    drains.run("imports", settings)
    preview = visitor.get(place).text
    assert "Import 1 deal<" in preview and "Sums are read as 1.234,50." in preview
    assert '<option selected value=",">' in visitor.get(f"{place}/columns").text


def test_letters_that_were_guessed_are_told(visitor, upload):
    place = upload((HEADER + GOOD.replace("summer,", "summer,Größe")).encode("cp1252"))
    assert "read as Western ones of Windows" in visitor.get(place).text


def test_what_has_ended_says_so_instead_of_beginning_again(visitor, upload):
    place = upload(HEADER + GOOD)
    assert "1 deal that could be imported is not" in visitor.get(f"{place}/cancellation").text
    visitor.post(f"{place}/cancellation")
    assert "was not imported" in visitor.get(place).text
    for act in ("confirmation", "check", "cancellation"):
        answer = visitor.post(f"{place}/{act}")
        assert answer.status_code == 303
        assert "was canceled. Upload the file again" in visitor.get(answer.headers["Location"]).text
    assert not Deal.select().exists()


def test_the_progress_is_a_304_until_something_changes(visitor, upload, settings):
    place = upload(HEADER + GOOD)
    visitor.post(f"{place}/confirmation")
    page = visitor.get(place).text
    etag = re.search(r'If-None-Match": "\\?"?(?:\\"|&#34;|\\u0022)?([\w-]+)', page)[1]
    polled = {"htmx": True, "headers": {"If-None-Match": f'"{etag}"'}}
    assert visitor.get(f"{place}/progress", **polled).status_code == 304
    drains.run("imports", settings)
    polled = {"htmx": True, "headers": {"If-None-Match": f'"{etag}"'}}
    changed = visitor.get(f"{place}/progress", **polled)
    assert changed.status_code == 200 and "hx-trigger" not in changed.text and "The import is done." in changed.text
    assert "<html" not in changed.text


def test_hostile_text_stays_text(visitor, upload):
    place = upload(
        f'deal_id,status,"{things.HOSTILE.replace(chr(34), chr(34) * 2)}"\n<script>x</script>,<b>,\n', "<img>.csv"
    )
    for address in (place, f"{place}/columns", f"{place}/cancellation", "/deals/imports"):
        page = visitor.get(address).text
        assert "<script>" not in page.replace("<script src", "").replace("<script defer", "").replace(
            "<script type", ""
        )
        assert "<img>" not in page and "<b>" not in page


@pytest.mark.on_both_engines
def test_lines_are_paged_and_read_with_as_many_queries_however_many_there_are(visitor, upload):
    few, many = (
        upload(HEADER + "".join(f"X-{n},Paid,Latin,1,USD,summer,\n" for n in range(size))) for size in (2, 120)
    )
    assert counting.queries(lambda: visitor.get(few)) == counting.queries(lambda: visitor.get(many))
    first = visitor.get(many).text
    later = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = visitor.get(later).text
    last = visitor.get(re.search(r'href="([^"]+)" rel="next"', second)[1].replace("&amp;", "&")).text
    assert [re.findall(r"X-(\d+)<", page)[0] for page in (first, second, last)] == ["0", "50", "100"]
    assert 'rel="next"' not in last
    back = visitor.get(re.search(r'href="([^"]+)" rel="prev"', last)[1].replace("&amp;", "&")).text
    assert re.findall(r"X-(\d+)<", back) == re.findall(r"X-(\d+)<", second)


def test_forgotten_lines_leave_the_counts(visitor, upload, settings):
    place = upload(HEADER + GOOD + BAD)
    DealImport.update(forget_at=clock.now()).execute()
    drains.run("housekeeping", settings)
    assert "kept for 30 days" in visitor.get(place).text


def test_a_strangers_import_is_missing(world, visitor, upload):
    place = upload(HEADER + BAD)
    for path in ("", "/progress", "/columns", "/cancellation", "/bad.csv"):
        assert world.as_("rival").get(place + path).status_code == 404
    assert "deals.csv" not in world.as_("rival").get("/deals/imports").text
