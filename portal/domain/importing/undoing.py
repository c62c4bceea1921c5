"""Undoing an import: whether that may be, and having the worker do it."""

from typing import Any

from portal import clock
from portal.database import transaction
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.importing import verbs
from portal.domain.importing.tables import Tables
from portal.domain.importing.words import CANCELED, DONE, UNDOING
from portal.domain.sentences import say


def may_be(found: Any) -> bool:
    """Whether it has done something, and its rows still say what."""
    return found.state in (DONE, CANCELED) and found.done > 0 and found.forget_at is not None


def begin(tables: Tables, found: Any, fact: str, thing: str) -> Any:
    """Have all of it undone, in the name of whoever acts. Raises Refused where it may not be, or is undone already."""
    imports = tables.imports
    begun = imports.update(state=UNDOING, undone_by=log.actor(), due_at=clock.wall_micros(), ended_at=None).where(
        imports.id == found.id,
        imports.state.in_((DONE, CANCELED)),
        imports.done > 0,
        imports.forget_at.is_null(False),
    )
    with transaction():
        if not begun.execute():
            raise Refused(say("Only an import that has brought something in within thirty days can be undone, once."))
        log.record(found.partner_id, fact, thing, found.uuid)
    return verbs.find(tables, found.partner_id, found.uuid)
