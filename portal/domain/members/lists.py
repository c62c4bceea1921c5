"""Lists of customers, newest first."""

from portal.database import Statement
from portal.domain.members.shown import COLUMNS, ShownMember

# The ids of a page stand in the index alone; nothing is read of the customers before it.
PAGE = Statement(
    f"""SELECT {COLUMNS} FROM member m WHERE m.id IN (SELECT id FROM member WHERE partner_id = :partner AND erased_at IS NULL
        AND merged_into_id IS NULL ORDER BY id DESC LIMIT :most OFFSET :skipped) ORDER BY m.id DESC""",
    row=ShownMember,
)
