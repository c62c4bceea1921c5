"""The kinds of fields that bodies and queries are made of."""

import base64
import binascii
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    WithJsonSchema,
    model_validator,
)

from portal.domain import money, values
from portal.domain.codes import OUT_OF_RANGE, WRONG_TYPE
from portal.domain.values import Wrong

_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_DIGITS, _PLACE = re.compile(r"[0-9]+"), re.compile(r"[0-9]{1,18}(\.[0-9]{1,18})?")
NO_CURSOR = "Send the cursor of a Link header as it was."
LARGEST_PAGE, USUAL_PAGE = 200, 100


def _decimal(value):
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise Wrong("Send a number.", WRONG_TYPE)
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value.strip()):
            raise Wrong("Send a number.", WRONG_TYPE)
        value = value.strip()
    return Decimal(value)


def _whole(value):
    """30.0 is a whole number, as JSON Schema counts; compared only, because the largest exponents cannot be reckoned with."""
    if isinstance(value, Decimal) and -(2**63) <= value < 2**63 and value == int(value):
        return int(value)
    return value


# A number, or the same number as a string, because the documented tables and samples show both.
Number = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_NUMBER.pattern}$"}]}),
]
Text = StrictStr
ABSENT: Any = None  # the default of what may be left out and is never null
# Told by the description, while the domain decides.
AN_ADDRESS: dict[str, Any] = {"format": "uri", "pattern": "^https?://", "maxLength": values.LONGEST_URL}
A_DURATION: dict[str, Any] = {"pattern": f"^{values.DURATION}$"}
A_SUM: dict[str, Any] = {"minimum": 0, "maximum": money.LARGEST}
SUMS = (
    "at most as many decimals as the currency has, and at most 1,000,000,000,000 of its smallest units: "
    "10,000,000,000 USD"
)
A_CURRENCY: dict[str, Any] = {"pattern": "^[A-Z]{3}$"}
Flag = StrictBool
Whole = Annotated[StrictInt, BeforeValidator(_whole)]


class Body(BaseModel):
    """A request's body. Unknown keys are ignored, and an empty string in an optional field means that it was not given."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)
    SEVERAL: ClassVar[tuple[str, ...]] = ()  # of a query: what may come several times

    @model_validator(mode="before")
    @classmethod
    def _without_empty_strings(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        required = {name for name, field in cls.model_fields.items() if field.is_required()}
        return {name: value for name, value in data.items() if value != "" or name in required}

    def given(self, *but: str) -> dict:
        """The fields that were sent, by their answered names."""
        return {
            name: getattr(self, name)
            for name in type(self).model_fields
            if name in self.model_fields_set and name not in but
        }


def between(lowest: float, highest: float | None = None) -> dict[str, Any]:
    """The bounds of a number, for the description."""
    return {"minimum": lowest} if highest is None else {"minimum": lowest, "maximum": highest}


def also(name: str, *older: str) -> AliasChoices:
    """A field's answered name, and the older ones that are accepted as well."""
    return AliasChoices(name, *older)


def _page_size(value) -> int:
    digits = str(value).lstrip("0")
    if not _DIGITS.fullmatch(digits):
        raise Wrong(f"Send a whole number of at least 1; more than {LARGEST_PAGE} means {LARGEST_PAGE}.", OUT_OF_RANGE)
    return min(int(digits[:9]), LARGEST_PAGE)


def cursor(value) -> tuple[int, ...]:
    """The place that a cursor stands for. Raises ValueError for what is none."""
    try:
        place = base64.urlsafe_b64decode(f"{value}===".encode()).decode()
    except (ValueError, binascii.Error, UnicodeError):
        place = ""
    if not _PLACE.fullmatch(place):
        raise ValueError(NO_CURSOR)
    return tuple(map(int, place.split(".")))


def cursor_after(*place: int) -> str:
    """The cursor of the page that follows a row: its id, or the moment of its change and its id."""
    return base64.urlsafe_b64encode(".".join(map(str, place)).encode()).decode().rstrip("=")


def _written_moment(value) -> datetime:
    text = str(value).upper()  # RFC 3339 allows a small t and z.
    try:
        if text[4:5] != "-":  # ISO's short forms would take any run of digits for a time.
            raise ValueError
        return datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        raise ValueError("Send a time such as 2026-01-31T10:00:00Z.") from None


def _moment(value) -> datetime:
    moment = _written_moment(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# One without an offset is a local time, of a place that stands beside it.
LocalMoment = Annotated[datetime, BeforeValidator(_written_moment), WithJsonSchema({"type": "string"})]
Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]


Cursor = Annotated[
    tuple[int, ...] | None, BeforeValidator(cursor), WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_-]*$"})
]


PageSize = Annotated[int, BeforeValidator(_page_size), WithJsonSchema({"type": "integer", "minimum": 1})]


class Page(Body):
    """Paging by key: a size, and where to go on."""

    limit: PageSize = Field(
        USUAL_PAGE, description=f"How many to a page; more than {LARGEST_PAGE} means {LARGEST_PAGE}."
    )
    cursor: Cursor = Field(None, description="Where the page begins, as the `Link` header of the page before gave it.")
