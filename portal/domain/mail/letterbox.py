"""Mail as the operator reads it: what was sent, what waits, what failed, and what is kept because no server is set up."""

from portal import clock
from portal.database import Statement, transaction
from portal.domain.errors import NotFound, Refused
from portal.domain.mail.tables import Mail

PAGE = 50
STATES = {"kept": "Kept here", "waiting": "Waiting", "failed": "Failed", "sent": "Sent"}
_RETRY = Statement(
    "UPDATE mail SET state = 'waiting', attempts = 0, error = NULL, due_at = ? WHERE id = ? AND state IN ('failed', 'kept')"
)


def page(state: str | None, before: int | None) -> tuple[list[Mail], int | None]:
    """Up to fifty mails, newest first, and the id to go on before; without their text."""
    columns = (Mail.id, Mail.uuid, Mail.to, Mail.subject, Mail.state, Mail.error, Mail.created_at, Mail.sent_at)
    query = Mail.select(*columns)
    if state:
        query = query.where(Mail.state == state)
    if before is not None:
        query = query.where(Mail.id < before)
    rows = list(query.order_by(Mail.id.desc()).limit(PAGE + 1))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def find(uuid: str) -> Mail:
    """A mail. Raises NotFound."""
    mail = Mail.get_or_none(Mail.uuid == uuid)
    if mail is None:
        raise NotFound("mail")
    return mail


def retry(mail: Mail) -> None:
    """Hand a failed or kept mail to the worker once more. Raises Refused when it waits already or was sent."""
    with transaction():
        if not _RETRY.run(clock.micros(), mail.id):
            raise Refused("Only a mail that failed or is kept can be sent again.")
