"""What a customer's row says beside what somebody typed, so that lists find it by an index."""

from collections.abc import Mapping
from typing import Any

from portal.domain.members import likeness


def of_person(person: Mapping[str, Any]) -> dict[str, Any]:
    """The columns beside these columns of a customer."""
    born = person.get("date_of_birth")
    return {"birth_month": born.month if born else None, **likeness.of_person(person)._asdict()}
