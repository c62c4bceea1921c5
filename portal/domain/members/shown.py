"""Members as they are shown, prebuilt: each card and each operation names its customer, and lists have many, newest first."""

from collections.abc import Iterable
from typing import NamedTuple

from portal.database import Statement
from portal.domain.members import names


class ShownMember(NamedTuple):
    """A member; moments in microseconds."""

    id: int
    uuid: str
    first_name: str
    surname: str | None
    mail: str | None
    phone: str | None
    phone_typed: str | None
    gender: int | None
    date_of_birth: str | None
    external_user_id: str | None
    created_at: int
    updated_at: int
    has_segments: bool

    @property
    def name(self) -> str:
        """What they are called."""
        return names.full(self.first_name, self.surname)


COLUMNS = """m.id, m.uuid, m.first_name, m.surname, m.mail, m.phone, m.phone_typed, m.gender,
    CAST(m.date_of_birth AS VARCHAR(10)) AS date_of_birth, m.external_user_id, m.created_at, m.updated_at,
    EXISTS (SELECT 1 FROM segment s WHERE s.partner_id = m.partner_id) AS has_segments"""
_BY_ID = Statement(f"SELECT {COLUMNS} FROM member m WHERE m.id IN :ids", row=ShownMember)
# Who was here twice is whom it became.
BY_UUID = Statement(
    f"""SELECT {COLUMNS} FROM member asked JOIN member m ON m.id = COALESCE(asked.merged_into_id, asked.id)
    WHERE asked.uuid = :uuid AND asked.partner_id = :partner AND m.erased_at IS NULL""",
    row=ShownMember,
)
# The ids of a page stand in the index alone; nothing is read of the customers before it.
PAGE = Statement(
    f"""SELECT {COLUMNS} FROM member m WHERE m.id IN (SELECT id FROM member WHERE partner_id = :partner AND erased_at IS NULL
        AND merged_into_id IS NULL ORDER BY id DESC LIMIT :most OFFSET :skipped) ORDER BY m.id DESC""",
    row=ShownMember,
)


def by_id(ids: Iterable[int]) -> dict[int, ShownMember]:
    """The members of these ids."""
    return {row.id: row for row in _BY_ID.rows(ids=sorted(set(ids)))}
