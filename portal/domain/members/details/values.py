"""What a customer is made of, and how each value is kept (contract: cards, `POST /customers`)."""

import re
from datetime import date

from portal import clock
from portal.domain import codes, values
from portal.domain.members.details import countries, phones
from portal.domain.sentences import say
from portal.domain.typed.mail_addresses import mail_address
from portal.domain.values import Wrong, checked

GENDERS = {0: say("Not known"), 1: say("Male"), 2: say("Female")}
_EARLIEST = date(1900, 1, 1)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_longest_id = values.printable_text(255)


def _optional_mail(value) -> str | None:
    return mail_address(value) if value and value.strip() else None


def _gender(value) -> int | None:
    if value is None or value in GENDERS:
        return value
    raise Wrong(say("Send 0 for not known, 1 for male or 2 for female."), codes.NOT_LISTED)


def _date_of_birth(value) -> date | None:
    if not value or isinstance(value, date):
        day = value or None
    elif not _DAY.fullmatch(value.strip()):
        raise Wrong(say("Write a day as year-month-day, such as 1990-09-24."))
    else:
        try:
            day = date.fromisoformat(value.strip())
        except ValueError:
            raise Wrong(say("There is no such day. Check the month and the day.")) from None
    if day and not _EARLIEST <= day <= clock.now().date():
        raise Wrong(say("Give a day from 1900 to today."), codes.OUT_OF_RANGE)
    return day


def _external_id(value) -> str | None:
    return _longest_id(value) if value and value.strip() else None


FIELDS = {
    "first_name": values.name(120),
    "surname": values.optional_name(120),
    "phone": lambda value: phones.as_kept(value) if value and value.strip() else None,
    "mail": _optional_mail,
    "gender": _gender,
    "date_of_birth": _date_of_birth,
    "external_user_id": _external_id,
}


def taken(partner_id: int, given: dict) -> dict:
    """What was given as the columns keep it. Raises Invalid with every wrong field."""
    asked = {"phone": lambda value: _phone(partner_id, value)}
    kept = checked(given, FIELDS | asked)
    if "phone" in kept:
        kept["phone_typed"], kept["phone"] = kept["phone"] or (None, None)
    return kept


def _phone(partner_id: int, value) -> tuple[str, str] | None:
    typed = FIELDS["phone"](value)
    return (typed, phones.read(typed, countries.of_partner(partner_id))) if typed else None
