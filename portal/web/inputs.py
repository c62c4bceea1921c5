"""Inputs that several forms share. They change the shape of what was typed, and judge nothing."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, g, request
from wtforms import DateTimeLocalField, DecimalField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from portal.domain import money, values
from portal.domain.sentences import say
from portal.domain.typed import numbers
from portal.domain.values import checked

DAY, HOUR = 86_400, 3_600
_MOMENT = "%Y-%m-%dT%H:%M"


class LinesField(TextAreaField):
    """A list of texts, one a line. Left as it was shown, it gives back the list it came from."""

    def process_formdata(self, valuelist):
        """The lines that are not empty."""
        if not valuelist:
            return
        typed = valuelist[0].replace("\r\n", "\n")
        if typed == "\n".join(self.object_data or []):
            self.data = self.object_data or []
        else:
            self.data = [line.strip() for line in typed.split("\n") if line.strip()]

    def _value(self):
        return self.raw_data[0] if self.raw_data else "\n".join(self.data or [])


class NamesField(LinesField):
    """A list of names with commas between; semicolons where a name has a comma. Left as it was shown, it gives back its list."""

    widget = TextInput()

    def process_formdata(self, valuelist):
        """The names that are not empty."""
        if not valuelist:
            return
        typed = valuelist[0]
        if typed == self._joined(self.object_data):
            self.data = self.object_data or []
        else:
            self.data = [name.strip() for name in typed.split(";" if ";" in typed else ",") if name.strip()]

    def _value(self):
        return self.raw_data[0] if self.raw_data else self._joined(self.data)

    @staticmethod
    def _joined(names: list[str] | None) -> str:
        return ("; " if any("," in name for name in names or []) else ", ").join(names or [])


class NumberField(DecimalField):
    """A number below a thousand, such as a percentage, with a point or a comma before its decimals."""

    def __init__(self, label, validators=None, **more):
        super().__init__(label, validators, places=None, **more)

    def process_formdata(self, valuelist):
        """The number that was typed; emptied, it is none, whatever the form had shown. Raises ValueError for what is no number."""
        if not valuelist:
            return
        self.data = numbers.least(valuelist[0]) if valuelist[0].strip() else None
        if self.data is None and valuelist[0].strip():
            raise ValueError(say("Write a number, such as 12.50."))


class SumField(NumberField):
    """A sum of money, in the currency that `currency` tells by the form. One that could be a thousand times another is asked
    back; three decimals are right where the currency has them."""

    data: Any  # a Decimal; None where nothing was typed, which a required one is asked back for

    def __init__(self, label, validators=None, currency=lambda form: form["currency"].data, **more):
        super().__init__(label, validators, **more)
        self._currency = currency

    def pre_validate(self, form):
        """Raises StopValidation for what may be thousands or decimals."""
        typed = (self.raw_data or [""])[0]
        may_have_three = money.EXPONENTS.get(self._currency(form), 2) >= 3
        if not numbers.is_open(typed) or (may_have_three and numbers.has_three_decimals(typed, numbers.POINT)):
            return
        raise StopValidation(
            say(
                "“{typed}” could be {larger} or {smaller}. Write it so.",
                typed=typed[:40],
                **dict(zip(("larger", "smaller"), numbers.ways(typed), strict=True)),
            )
        )


def seen() -> int | None:
    """When the thing had last been changed as this form showed it, in microseconds."""
    return request.form.get("seen", type=int)


def is_on(name: str) -> bool:
    """Which way a button of two switches; a request that no such button sent is a 400."""
    if request.values.get(name) not in ("0", "1"):
        abort(400)
    return request.values[name] == "1"


def choices(pairs) -> list[SelectChoice]:
    """(value, label) pairs as a select or a group of radio buttons takes them."""
    return [SelectChoice(value, label) for value, label in pairs]


def percent(hundredths: int | None) -> Decimal | None:
    """Hundredths of a percent as a person writes them, without idle zeros."""
    if hundredths is None:
        return None
    value = Decimal(hundredths).scaleb(-2)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def days_and_hours(seconds: int) -> tuple[int, int]:
    """A duration as its two inputs show it."""
    days, rest = divmod(seconds, DAY)
    return days, rest // HOUR


def duration(days: int | None, hours: int | None, present: int | None) -> int | None:
    """The seconds of the two inputs; minutes that they do not show stay where nobody touched them."""
    if days is None and hours is None:
        return None
    if present is not None and days_and_hours(present) == (days, hours):
        return present
    return (days or 0) * DAY + (hours or 0) * HOUR


def discount(typed: Decimal | None) -> int:
    """A discount in hundredths of a percent; left empty there is none. Raises Invalid for one that nothing can have."""
    given = {"percent_discounts": typed or Decimal(0)}
    return checked(given, {"percent_discounts": values.percent("0", "95")})["percent_discounts"]


class MomentField(DateTimeLocalField):
    """A moment as people type it, in the acting partner's time zone; its data is UTC."""

    data: datetime | None

    def __init__(self, label: str, validators=None, **options):
        super().__init__(label, validators, format=_MOMENT, **options)

    def process_formdata(self, valuelist):
        """The moment in UTC."""
        super().process_formdata(valuelist)
        if self.data is not None:
            if not 1970 <= self.data.year <= 9000:
                self.data = None
                raise ValueError(say("Choose a year from 1970 to 9000."))
            self.data = self.data.replace(tzinfo=ZoneInfo(g.partner.time_zone)).astimezone(UTC)

    def _value(self):
        if self.raw_data:
            return " ".join(self.raw_data)
        return self.data.astimezone(ZoneInfo(g.partner.time_zone)).strftime(_MOMENT) if self.data else ""
