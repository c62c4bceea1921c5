"""What the member's terms of an offer may hold, each value checked by itself (contract: member-offers, "Offer model")."""

import json
from datetime import datetime
from typing import Any

from portal.domain import values
from portal.domain.codes import INVALID_VALUE, OUT_OF_RANGE, TOO_LONG, TOO_MANY
from portal.domain.member_offers.words import REGULAR, SCOPES, STANDARD, TIMESPANS, TYPES
from portal.domain.sentences import say
from portal.domain.typed.texts import compared
from portal.domain.values import Check, Wrong

MOST_LABELS, LARGEST_LIMIT, LONGEST_ACTIVE = 50, 10**9, 86_400
READ_MORE, ACTIVATION_TEXTS = ("button_title", "url", "title", "text"), ("modal", "button", "description")
_LONGEST_TEXT, _LONGEST_EXTRAS = 20_000, 20_000


def _limit(value: int | None) -> int | None:
    if value is not None and not 1 <= value <= LARGEST_LIMIT:
        raise Wrong(
            say("Give a whole number from {lowest} to {highest}.", lowest=1, highest=LARGEST_LIMIT), OUT_OF_RANGE
        )
    return value


def _active_seconds(value: int | None) -> int | None:
    if value is not None and not 0 <= value <= LONGEST_ACTIVE:
        raise Wrong(
            say("Give a whole number from {lowest} to {highest}.", lowest=0, highest=LONGEST_ACTIVE), OUT_OF_RANGE
        )
    return value


def _labels(value: list[str] | None) -> list[str]:
    """Names, each once whatever its case."""
    required = values.name(120)
    if len(value or []) > MOST_LABELS:
        raise Wrong(say("Give at most {most}.", most=MOST_LABELS), TOO_MANY)
    named: dict[str, str] = {}
    for name in value or []:
        if name.strip():
            named.setdefault(compared(name), required(name))
    return list(named.values())


def _texts(names: tuple[str, ...]) -> Check:
    """An object of these texts; None where none of them is given."""
    optional = values.optional_text(_LONGEST_TEXT)

    def check(value: dict[str, Any] | None) -> dict[str, str | None] | None:
        taken = {name: (values.url if name == "url" else optional)((value or {}).get(name)) for name in names}
        return taken if any(taken.values()) else None

    return check


def _extras(value: Any) -> dict[str, Any]:
    if value is not None and not isinstance(value, dict):
        raise Wrong(say("Give a JSON object, such as {sample}.", sample='{"category": 42}'), INVALID_VALUE)
    if len(json.dumps(value or {})) > _LONGEST_EXTRAS:
        raise Wrong(say("Give at most {longest} characters.", longest=_LONGEST_EXTRAS), TOO_LONG)
    return value or {}


def _moment(value: datetime | None) -> datetime | None:
    return value


def _timespan(value: str | None) -> str | None:
    return values.one_of(TIMESPANS)(value) if value else None


FIELDS: dict[str, Check] = {
    "scope": values.one_of(SCOPES, STANDARD),
    "type": values.one_of(TYPES, REGULAR),
    "is_shown": values.flag(True),
    "audience": _limit,  # the id of a segment
    "external_url": values.url,
    "usable_since": _moment,
    "usable_until": _moment,
    "active_seconds": _active_seconds,
    "needs_authorization": values.flag(False),
    "member_limit": _limit,
    "period": _timespan,
    "period_limit": _limit,
    "global_limit": _limit,
    "stores": _labels,
    "tags": _labels,
    "read_more": _texts(READ_MORE),
    "activation_texts": _texts(ACTIVATION_TEXTS),
    "extras": _extras,
}
