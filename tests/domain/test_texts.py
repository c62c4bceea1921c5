"""What people type means what they meant: one normal form of text, one rule for names, one for codes."""

import itertools
import unicodedata
from unicodedata import combining

import pytest

from portal.domain import values
from portal.domain.accounts.people import people
from portal.domain.typed import mail_addresses, mailboxes, numbers, texts
from portal.domain.values import Wrong

SUMMER = "SUMMER-10"
MAILS = [
    "a@b.de",
    "a+tag@b.example",
    "a@localhost",
    "a@xn--bcher-kva.example",
    "mia@bücher.example",
    "a@भारत.भारत",
    f"a@{'x' * 63}.de",
]
NO_MAILS = [
    "a@b..de",
    "a@.de",
    "a@b.de.",
    "a@-b.de",
    "a@b-.de",
    "a@b/c.de",
    "a@b.de?x",
    f"a@{'x' * 64}.de",
    "a@b\xa0c.de",
    "a@[1.2.3.4]",
]
TYPED_ALIKE = [
    "summer-10", " Summer-10\n", "SUM\u200bMER-10", "\ufeffSUMMER-10", "SUMMER\u201310", "SUMMER\u221210", "summer\u201110",
    "\uff33UMMER\uff0d\uff11\uff10", "SUM\xadMER-10", "\u202eSUMMER-10\u202c", "SUMMER-10\ufe0f", "SUMMER\u2060-10",
]  # fmt: skip
NAMES = [
    "ශ්‍රී ලංකා", "می‌خواهم", "Café", "Trail\xa0shoe", "Зима 2026", "👨‍👩‍👧 Family", "☎️", "日本", "O’Brien & Söhne", "A\u200bB",
]  # fmt: skip
NO_NAMES = [
    "\u202eabc", "a\u2066b", "a\u200fb", "a\nb", "a\r\nb", "a\tb", "a\x7fb", "a\x85b", "a\u2028b", "a\x00b", "\u200b",
    "\u200d\ufe0f", "\u2800", "\u3164", "\u0301", " \xa0 ", "",
]  # fmt: skip


@pytest.mark.parametrize("typed", MAILS, ids=ascii)
def test_a_mail_address_leads_to_a_host_of_any_script(typed):
    assert mail_addresses.mail_address(typed) == typed


@pytest.mark.parametrize("typed", NO_MAILS, ids=ascii)
def test_what_names_no_host_is_no_mail_address(typed):
    with pytest.raises(Wrong):
        mail_addresses.mail_address(typed)


@pytest.mark.parametrize("typed", TYPED_ALIKE, ids=ascii)
def test_a_typed_code_is_the_one_that_was_meant(typed):
    assert texts.mended(typed) == SUMMER


@pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0f73", "\uff9e\u0301", "\u0301\u034f\u0316\u034f"], ids=ascii)
def test_no_number_of_marks_on_a_letter_costs_more_than_their_number(marks, monkeypatch):
    asked, own = [], texts.normalize
    monkeypatch.setattr(texts, "normalize", lambda form, text: asked.append(own("NFKD", text)) or own(form, text))
    typed = "a" + marks * 500
    for read in (texts.tidy, texts.plain, texts.visible, texts.in_one_line):
        assert read(read(typed)) == read(typed)
    assert texts.mended(typed) and texts.compared(typed)
    assert asked and all(longest_run(text) <= 60 for text in asked)  # Two of a sign that is taken apart.
    assert not numbers.is_open(typed) and mailboxes.mailbox(typed + "@x.example")


def test_what_is_too_long_to_be_a_code_or_an_address_is_not_read_to_its_end(monkeypatch):
    asked, own = [], texts.normalize
    monkeypatch.setattr(texts, "normalize", lambda form, text: asked.append(len(text)) or own(form, text))
    assert len(texts.mended("\ufdfa" * 100_000)) == texts.LONGEST_KEY
    assert people.normal_mail("ß" * 100_000 + "@x.example") == ""
    assert people.normal_mail("Ada\u200b" * 20 + "@x.example") == "ada" * 20 + "@x.example"
    assert max(asked) <= 18 * 4 * texts.LONGEST_KEY


def longest_run(text: str) -> int:
    runs = itertools.groupby(text, lambda sign: combining(sign) != 0)
    return max(len(list(run)) for _, run in runs)


def test_every_mark_is_known_as_one():
    marks = {sign for sign in map(chr, range(0x300, 0x110000)) if combining(unicodedata.normalize("NFKD", sign)[0])}
    assert marks == set(texts._mark()[1:-1])


def test_what_languages_write_keeps_all_of_its_marks():
    for text in (*NAMES, "e\u0301" * 100, "נִקּוּד", "ཨོཾ་མ་ཎི", "Ẹ̀kọ́", "ก็ที่"):
        assert texts.tidy(text) == unicodedata.normalize("NFC", text)


def test_a_code_that_looks_otherwise_is_another():
    others = {texts.mended(typed) for typed in ("SUMMER10", "SUMMER_10", "SUMMER-1O", "SUMM ER-10", "ЅUMMER-10")}
    assert len(others) == 5 and SUMMER not in others


def test_a_key_is_its_own_key():
    for text in [*TYPED_ALIKE, *NAMES, "straße ς ŉ ǰ İ ı ﬁ \ufdfa" * 40]:
        for key in (texts.mended(text), texts.compared(text)):
            assert len(key) <= texts.LONGEST_KEY
        assert texts.mended(texts.mended(text)) == texts.mended(text)
        assert texts.compared(texts.compared(text)) == texts.compared(text)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_is_of_any_script_and_kept_as_it_is(name):
    assert values.name(255)(f" {name} ") == name == values.optional_name(255)(name)


@pytest.mark.parametrize("name", NO_NAMES, ids=ascii)
def test_a_name_is_in_one_line_and_direction_and_can_be_seen(name):
    with pytest.raises(Wrong):
        pytest.fail(f"took {values.name(255)(name)!r}")


def test_names_that_look_alike_are_one():
    for one, other in [
        ("Café", "CAFE\u0301"),
        ("Straße", "STRASSE"),
        ("ΣΑΣ", "σας"),
        ("a\xa0 b", "A B"),
        ("ab", "a\u200bb"),
    ]:
        assert texts.compared(one) == texts.compared(other)
    assert texts.compared("Cafe") != texts.compared("Café")


def test_text_comes_in_by_one_normal_form():
    assert texts.tidy(" cafe\u0301\n") == "café"
    for check in (values.required_text(9), values.optional_text(9), values.printable_text(9), values.name(9)):
        assert check(" cafe\u0301 ") == "café"
    assert values.texts(9, 9)([" cafe\u0301 "]) == ["café"]
