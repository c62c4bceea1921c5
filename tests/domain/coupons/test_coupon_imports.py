"""Nothing of a file is a coupon before it is confirmed; then each good row is one, once, and all of it can be taken back."""

import pytest

from portal.database import database
from portal.domain import verify
from portal.domain.coupons.assignments.tables import CouponOffer
from portal.domain.coupons.coupons import coupons, tags
from portal.domain.coupons.coupons.tables import ACCESS, COMP, DISCOUNT, Coupon
from portal.domain.coupons.imports import imports, undoing
from portal.domain.coupons.imports import work as import_work
from portal.domain.coupons.imports.files import ROW
from portal.domain.coupons.imports.tables import CouponImport, CouponImportRow
from portal.domain.coupons.mailings.tables import CouponMailing, MailedCoupon
from portal.domain.errors import NotFound, Refused
from tests.support import desk


def work() -> None:
    while import_work.work_due():
        pass


def checked(party, text, **chosen) -> CouponImport:
    body = text if isinstance(text, bytes) else text.encode()
    found = imports.start(party.id, "coupons.csv", body, **chosen)
    work()
    return CouponImport.get_by_id(found.id)


def imported(party, text, **chosen) -> CouponImport:
    found = checked(party, text, **chosen)
    imports.confirm(party.id, found.uuid)
    work()
    return CouponImport.get_by_id(found.id)


def counts(found) -> dict:
    names = ("total", "new", "same", "bad", "done", "failed", "undone", "stayed")
    return {name: getattr(found, name) for name in names if getattr(found, name)}


def rows(found) -> list[tuple]:
    every = CouponImportRow.select().where(CouponImportRow.coupon_import == found.id).order_by(CouponImportRow.line)
    return [(row.line, row.state, [why for _, why in row.errors or ()]) for row in every]


def written() -> list[str]:
    return [one.written for one in Coupon.select().order_by(Coupon.id)]


def test_the_preview_writes_nothing_and_confirming_makes_each_coupon_once(acme, world):
    text = 'code,name,type,amount,amount_type,budget,tags,active\nSummer-25,Summer,Discount,25,percentage,90.50,"Radio, Press",no\n'
    found = checked(acme, text)
    assert (found.state, counts(found), written()) == ("checked", {"total": 1, "new": 1}, [])
    assert counts(imported(acme, text)) == {"total": 1, "new": 1, "done": 1}
    coupon = Coupon.get()
    assert (coupon.code, coupon.written, coupon.name, coupon.kind) == ("SUMMER-25", "Summer-25", "Summer", DISCOUNT)
    assert (coupon.amount, coupon.budget, coupon.currency) == (2500, 9050, "USD") and coupon.ended_at is not None
    assert tags.of([coupon.id])[coupon.id] == ["Press", "Radio"]
    with pytest.raises(NotFound):
        imports.find(world.rival.id, found.uuid)


@pytest.mark.parametrize(
    "body",
    [
        b"A-11;First\nB-22;\n",
        b"\xef\xbb\xbfA-11;First\nB-22;\n",
        b"sep=;\r\nA-11;First\r\nB-22;\r\n",
        "A-11;First\nB-22;\n".encode("utf-16"),
        b'="A-11",First\nB-22,\n',
    ],
)
def test_the_documented_uploaders_file_has_no_names_of_columns(acme, body):
    assert counts(imported(acme, body, kind=COMP)) == {"total": 2, "new": 2, "done": 2}
    assert [(one.written, one.name, one.kind) for one in Coupon.select().order_by(Coupon.id)] == [
        ("A-11", "First", COMP),
        ("B-22", "B-22", COMP),
    ]


def test_a_single_code_is_a_file(acme):
    assert counts(imported(acme, b"ONLY-1\n", kind=ACCESS)) == {"total": 1, "new": 1, "done": 1}
    assert counts(checked(acme, b"ONE two,x\nTWO-1,y\n", kind=ACCESS, first=ROW)) == {"total": 2, "new": 1, "bad": 1}


def test_codes_that_a_spreadsheet_has_shortened_are_flagged_and_not_made(acme):
    found = imported(acme, 'code\n6.93E+13\n"6,93E+13"\n1.5\n\'02138\n69321700000000\n1E10\n', kind=COMP)
    assert counts(found) == {"total": 6, "new": 3, "bad": 3, "done": 3}
    assert written() == ["02138", "69321700000000", "1E10"]
    assert "took for a number" in rows(found)[0][2][0]


def test_duplicates_are_left_out_counted_and_listed(acme, world):
    desk.coupon(acme, code="There-1")
    desk.coupon(world.rival, code="Free-1")
    found = imported(acme, "code\nTHERE-1\nNew-1\n new-1 \nFREE-1\nfree-1\n", kind=COMP)
    assert counts(found) == {"total": 5, "new": 2, "same": 3, "done": 2}
    assert rows(found) == [
        (2, "same", ["There is a coupon with this code already."]),
        (3, "done", []),
        (4, "same", ["Line 3 has this code already."]),
        (5, "done", []),
        (6, "same", ["Line 5 has this code already."]),
    ]


def test_a_code_that_somebody_made_since_the_preview_fails_and_the_rest_is_made(acme):
    found = checked(acme, "code\nA-11\nB-22\n", kind=COMP)
    desk.coupon(acme, code="a-11")
    imports.confirm(acme.id, found.uuid)
    work()
    assert counts(CouponImport.get_by_id(found.id)) == {"total": 2, "new": 2, "done": 1, "failed": 1}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("bad code,Comp,,", "Use 4 to 64 letters"),
        (",Comp,,", "The line has no code."),
        ("CODE-1,Gift,,", "is no type of coupon"),
        ("CODE-1,,,", "Of which type?"),
        ("CODE-1,Discount,,", "Say how much it takes off."),
        ("CODE-1,Discount,much,", "“much” is no number."),
        ("CODE-1,Discount,101,", ""),
        ("CODE-1,Comp,,maybe", "Write yes or no"),
    ],
)
@pytest.mark.engine("sqlite")
def test_a_line_that_makes_no_coupon_says_why(acme, line, said):
    found = checked(acme, f"code,type,amount,alone\n{line}\n")
    assert counts(found) == {"total": 1, "bad": 1} and said in " ".join(rows(found)[0][2])


def test_sums_are_of_the_lines_currency_and_amounts_of_the_form_where_none_says_them(acme):
    imported(acme, "code;type;amount;amount_type;currency\nA-11;Discount;9,50;fixed;EUR\nB-22;Auto;500;fixed;JPY\n")
    imported(acme, "code\nC-33\n", kind=DISCOUNT, amount="12.5", amount_type="percentage")
    taken = [(one.written, one.amount, one.currency) for one in Coupon.select().order_by(Coupon.id)]
    assert taken == [("A-11", 950, "EUR"), ("B-22", 500, "JPY"), ("C-33", 1250, None)]


def test_an_import_is_undone_whole_while_nothing_of_it_is_used(acme):
    desk.coupon(acme, code="Stays-1")
    found = imported(acme, "code\nA-11\nB-22\nC-33\n", kind=COMP)
    desk.assigned(coupons.by_code(acme.id, "a-11"), coupons.by_code(acme.id, "b-22"))
    undoing.begin(acme.id, found.uuid)
    assert Coupon.select().where(Coupon.ended_at.is_null()).count() == 1
    work()
    found = CouponImport.get_by_id(found.id)
    assert (found.state, counts(found)) == ("undone", {"total": 3, "new": 3, "done": 3, "undone": 3})
    assert written() == ["Stays-1"]
    with pytest.raises(Refused, match="once"):
        undoing.begin(acme.id, found.uuid)


def test_an_import_of_which_a_code_was_mailed_stays_whole(acme):
    found = imported(acme, "code\nA-11\nB-22\n", kind=COMP)
    mailing = CouponMailing.create(partner=acme.id, name="To all", wanted=1, made_by="system")
    MailedCoupon.create(mailing=mailing, mail="ada@example.com", coupon=coupons.by_code(acme.id, "A-11"))
    with pytest.raises(Refused, match="were mailed"):
        undoing.begin(acme.id, found.uuid)
    assert Coupon.select().where(Coupon.ended_at.is_null()).count() == 2
    assert CouponImport.get_by_id(found.id).state == "done" and verify.faults() == []


def test_what_an_undone_import_removes_is_looked_for_by_an_index_wherever_it_may_be_referred_to(acme):
    """Engines look in each of these tables before they remove a row."""
    for key, model in (Coupon._meta.backrefs | CouponOffer._meta.backrefs).items():
        name = model._meta.table_name
        first = {index.columns[0] for index in database.get_indexes(name)} | set(database.get_primary_keys(name)[:1])
        assert key.column_name in first, name
