"""Phone numbers: kept as they were typed, compared as E.164 (contract: cards, "Whose, and what when").

A number in international notation is the same everywhere. One without a plus is read as the partner's country writes it, and
else as an international one whose plus was left out: programs send many so. Where both are numbers, one without the zero that
its country writes is somebody's mobile abroad sooner than a fixed line at home.
"""

import re
from unicodedata import decimal

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from portal.domain.sentences import say
from portal.domain.typed.texts import in_one_line, normal, plain
from portal.domain.values import Wrong

LONGEST = 40
# 4.41E+11, and 4915123456789.0, whose last digit would be one of the number.
_RECKONED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+|\+?[0-9]{7,}[.,]0")
_EXTENSION = re.compile(r"(?:ext\.?|extension|x|#|;ext=|durchwahl|доб\.?)\s*[0-9]+$", re.IGNORECASE)
_NOT_DIALLED = re.compile(r"[\s().\-/\u00b7]+")
_MAY_BE_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_NUMBER = re.compile(r"\+?[0-9]{3,20}")


def read(typed: str, country: str | None) -> str:
    """The number as E.164. Raises Wrong with what is not right about it."""
    text = plain(typed).removeprefix("tel:").strip()
    _refuse_other_text(text)
    dialled = _dialled(text)
    if not _NUMBER.fullmatch(dialled):
        raise Wrong(say("Write a phone number in digits, such as +49 151 23456789."))
    found = [number for number in _readings(dialled, country) if phonenumbers.is_valid_number(number)]
    if not found:
        raise Wrong(_why_invalid(dialled, country))
    if country is not None and len(found) > 1 and _lacks_prefix(dialled, country):
        found.sort(key=_is_fixed)
    return phonenumbers.format_number(found[0], PhoneNumberFormat.E164)


def known(typed: str, country: str | None) -> str | None:
    """The number as E.164; None for what is none."""
    try:
        return read(typed, country)
    except Wrong:
        return None


def as_kept(typed: str) -> str:
    """The number as somebody wrote it, in one line, its digits those that programs dial. Raises Wrong when it is too long to be one."""
    text = _in_our_digits(normal("NFKC", in_one_line(typed)))
    if len(text) > LONGEST:
        raise Wrong(say("Give at most {longest} characters.", longest=LONGEST))
    return text


def looked_for(number: str) -> tuple[str, ...]:
    """What a number is found by the beginnings of: with its country's code, and without."""
    national = str(phonenumbers.parse(number).national_number)
    return number.removeprefix("+"), national


def _refuse_other_text(text: str) -> None:
    if _RECKONED.fullmatch(text):
        raise Wrong(say("{text} is what a spreadsheet made of a number. Write all of its digits, as text.", text=text))
    if _EXTENSION.search(text):
        raise Wrong(say("Leave the extension out: a customer is known by a number of their own."))
    if any(letter.isalpha() for letter in text):
        raise Wrong(say("Write a phone number in digits, not in letters."))


def _dialled(text: str) -> str:
    return _NOT_DIALLED.sub("", _in_our_digits(text))


def _in_our_digits(text: str) -> str:
    return "".join(str(decimal(letter, letter)) for letter in text)


def _readings(dialled: str, country: str | None) -> list[phonenumbers.PhoneNumber]:
    """What it can be, the likeliest first."""
    international = f"+{dialled.removeprefix('+').removeprefix('00')}"
    ways: list[tuple[str, str | None]] = [(international, None)]
    if country is not None and not dialled.startswith("+"):
        begins_with_code = dialled.startswith(str(phonenumbers.country_code_for_region(country)))
        ways.insert(int(begins_with_code), (dialled, country))
    return [number for text, region in ways if (number := _parsed(text, region))]


def _lacks_prefix(dialled: str, country: str) -> bool:
    prefix = phonenumbers.ndd_prefix_for_region(country, True)
    return prefix is not None and not dialled.startswith(prefix)


def _is_fixed(number: phonenumbers.PhoneNumber) -> bool:
    return phonenumbers.number_type(number) not in _MAY_BE_MOBILE


def _parsed(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def _why_invalid(dialled: str, country: str | None) -> str:
    if country is None and dialled.startswith("0") and not dialled.startswith("00"):
        return say("Write the number with the code of its country, such as +49 151 23456789.")
    return say("There is no phone number {number}. Check its digits, and the code of its country.", number=dialled)
