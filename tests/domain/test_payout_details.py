"""A promoter's payout details are checked as they are given, and are its own."""

from decimal import Decimal

import pytest

from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.errors import Invalid, Refused
from portal.domain.events.tables import Event

GOOD = {"holder": "Northwind Ltd", "account": "DE89 3704 0044 0532 0130 00"}


def test_details_are_set_at_once_and_told_without_the_account(world):
    northwind = world.northwind.id
    assert payout_details.of(northwind) is None
    payout_details.keep(northwind, {**GOOD, "bank": "Bank", "minimums": {"USD": Decimal("50.5"), "JPY": Decimal(0)}})
    kept = payout_details.of(northwind)
    assert (kept.account, kept.bank, kept.minimums) == ("DE89370400440532013000", "Bank", {"USD": 5050})
    kept = payout_details.keep(northwind, {**GOOD, "invoice_name": "N", "invoice_address": "1 Quay\nPort"})
    assert (kept.bank, kept.minimums, kept.invoice_address, kept.tax_number) == (None, {}, "1 Quay\nPort", None)
    assert payout_details.of(world.rival.id) is None
    told = Event.select().where(Event.partner == northwind, Event.type == "payout_details.changed")
    assert [event.data for event in told] == [{}, {}]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("gb82 west 1234 5698 7654 32", "GB82WEST12345698765432"),
        ("NO93 8601 1117 947", "NO9386011117947"),
        ("IBAN: FR14-2004-1010-0505-0001-3M02-606", "FR1420041010050500013M02606"),
        ("DE12", "DE12"),
        ("DE-shop-00112233445566", "DE-shop-00112233445566"),
        ("AC12345678901", "AC12345678901"),
        ("pay@northwind.example", "pay@northwind.example"),
        ("12-34-56 00112233", "12-34-56 00112233"),
    ],
)
def test_an_account_is_an_iban_or_any_text(world, written, kept):
    assert payout_details.keep(world.northwind.id, {**GOOD, "account": written}).account == kept


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"account": "DE89 3704 0044 0532 0130 01"}, "account", "check digits 89"),
        ({"account": "DE89 3704 0044 0532 0130"}, "account", "DE has 22 letters and digits, and this has 20"),
        ({"account": "DE89 3704 0044 0532 0130 0000"}, "account", "this has 24"),
        ({"account": "DE89 37O4 0044 0532 0130 00"}, "account", "the O in its group 37O4 has to be a digit"),
        ({"account": "DEB9 3704 0044 0532 0130 00"}, "account", "the B in its group DEB9 has to be a digit"),
        ({"account": "GB82 1EST 1234 5698 7654 32"}, "account", "the 1 in its group 1EST has to be a letter"),
        ({"account": "ZZ89 3704 0044 0532 0130 00"}, "account", "no country begin with ZZ"),
        ({"account": "ES13 2100 0418 4002 0005 1332"}, "account", "check digits of its bank"),
        ({"account": "GB28 WEST 1234 5698 7654 32"}, "account", "check digits"),
        ({"account": ""}, "account", "required"),
        ({"holder": "a\nb"}, "holder", "one line"),
        ({"minimums": {"USD": Decimal("0.001")}}, "minimums", "decimals"),
        ({"minimums": {"USD": Decimal(-1)}}, "minimums", "below zero"),
        ({"minimums": {"XXX": Decimal(1)}}, "minimums", "not a currency"),
        ({"tax_number": "9" * 41}, "tax_number", "at most 40"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_kept(world, wrong, field, says):
    with pytest.raises(Invalid, match=says) as refused:
        payout_details.keep(world.northwind.id, {**GOOD, **wrong})
    assert refused.value.field == field
    assert payout_details.of(world.northwind.id) is None


def test_what_is_no_account_is_changed_alone_and_not_before_there_is_one(world):
    northwind = world.northwind.id
    with pytest.raises(Refused, match="no account yet"):
        payout_details.keep_terms(northwind, {"tax_number": "T1"})
    payout_details.keep(northwind, {**GOOD, "bank": "Bank"})
    kept = payout_details.keep_terms(northwind, {"tax_number": "T1", "minimums": {"JPY": Decimal(9)}, "account": "X"})
    assert (kept.account, kept.bank) == ("DE89370400440532013000", "Bank")
    assert (kept.tax_number, kept.minimums) == ("T1", {"JPY": 9})
    with pytest.raises(Invalid):
        payout_details.keep_terms(northwind, {"tax_number": "9" * 41})
