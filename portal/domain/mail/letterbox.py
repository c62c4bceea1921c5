"""Mail as the operator reads it: what was sent, what waits, what failed, and what is kept because no server is set up."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import transaction
from portal.domain.errors import NotFound, Refused
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.mail.tables import Mail
from portal.domain.sentences import say
from portal.domain.typed.texts import visible

STATES = {"kept": say("Kept here"), "waiting": say("Waiting"), "failed": say("Failed"), "sent": say("Sent")}
_SELECT = 'SELECT id, uuid, "to", subject, state, error, created_at AS created FROM mail'


class Listed(NamedTuple):
    """A mail in the list, without its text."""

    id: int
    uuid: str
    to: str
    subject: str
    state: str
    error: str | None
    created: int

    @property
    def created_at(self) -> datetime:
        """When it was written."""
        return clock.from_micros(self.created)


def page(state: str, to: str = "", before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty mails, newest first, in one state or in any, to one address or to all, each a Listed."""
    where = Conditions(["1 = 1"])
    if state:
        where.add("state = :state", state=state)
    if to:
        where.add('"to" = :to', to=visible(to).lower())
    return key_pages.read(_SELECT, "id", where, Listed, before, after)


def find(uuid: str) -> Mail:
    """A mail. Raises NotFound."""
    mail = Mail.get_or_none(Mail.uuid == uuid)
    if mail is None:
        raise NotFound(say("mail"))
    return mail


def retry(mail: Mail) -> None:
    """Hand a failed or kept mail to the worker once more. Raises Refused when it waits already or was sent."""
    waiting = Mail.update(state="waiting", attempts=0, error=None, due_at=clock.wall_micros())
    with transaction():
        if not waiting.where(Mail.id == mail.id, Mail.state.in_(("failed", "kept"))).execute():
            raise Refused(say("Only a mail that failed or is kept can be sent again."))
