"""Mails go after ninety days, whatever became of them; one that still waits to be sent stays. Counts go with their day."""

from datetime import timedelta

from portal.database import Statement
from portal.domain.keeping.ageing import Aged, Ended, Oldest
from portal.domain.mail.tables import MailCount

_OLDEST = Statement(
    """SELECT m.id, m.created_at AS written, COALESCE(p.clock_offset, 0) AS ahead, m.due_at IS NOT NULL AS is_wanted
    FROM mail m LEFT JOIN partner p ON p.id = m.partner_id ORDER BY m.id LIMIT :most""",
    row=Oldest,
)
KEEPING = (
    Aged("mails", timedelta(days=90), _OLDEST, Statement("DELETE FROM mail WHERE id <= :last")),
    Ended("how many mails somebody wrote to others", timedelta(days=2), MailCount.since),
)
