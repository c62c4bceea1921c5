"""Customers as the API answers them (contract: cards, "Objects")."""

from collections.abc import Iterable, Sequence

from portal.cards.envelope import stamp
from portal.domain.cards.segments import lists
from portal.domain.members import shown
from portal.domain.members.shown import ShownMember
from portal.domain.members.tables import Segment


def customer(row: ShownMember, segments: list[dict]) -> dict:
    """A Customer; of a phone what was written."""
    return {
        "id": row.uuid,
        "phone": row.phone_typed,
        "email": row.mail,
        "gender": row.gender,
        "dateOfBirth": row.date_of_birth,
        "surname": row.surname,
        "firstName": row.first_name,
        "externalUserId": row.external_user_id,
        "segments": segments,
        "createdAt": stamp(row.created_at),
        "updatedAt": stamp(row.updated_at),
    }


def of_rows(rows: Sequence[ShownMember]) -> list[dict]:
    """The Customers of these rows, in their order."""
    segments = lists.of_members(row.id for row in rows) if rows and rows[0].has_segments else {}
    return [customer(row, [_segment(one) for one in segments.get(row.id, ())]) for row in rows]


def customers(ids: Iterable[int]) -> dict[int, dict]:
    """The Customers of these ids."""
    rows = list(shown.by_id(ids).values())
    return dict(zip((row.id for row in rows), of_rows(rows), strict=True))


def _segment(segment: Segment) -> dict:
    return {"id": segment.id, "type": lists.word(segment), "name": segment.name}
