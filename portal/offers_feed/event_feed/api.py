"""The feed of events over JSON (contract: offers-feed)."""

import orjson

from portal import clock
from portal.api.fields import NO_CURSOR, cursor_after
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.errors import Invalid
from portal.domain.events import replay
from portal.domain.events.replay import Told
from portal.offers_feed.event_feed.schemas import EventsQuery

_BIGGEST = 2**62


def index(caller: Credential, query: EventsQuery) -> dict:
    """What happened to the token's partner's own things, oldest first. Keep `next`, and send it as `after`.

    An event is told only when none that belongs before it can still come, so nothing is skipped. A cursor older than what is
    kept is a 410: read whole lists anew, drop what is absent, then go on.
    """
    types = [word for word in (query.types or "").split(",") if word]
    found = replay.read(caller.partner_id, _place(query.after), types, query.limit)
    return {"events": [_told(row) for row in found.rows], "next": cursor_after(found.next), "has_more": found.has_more}


def _place(cursor: tuple[int, ...] | None) -> int | None:
    if cursor is not None and len(cursor) != 1:
        raise Invalid("after", NO_CURSOR)
    return min(cursor[0], _BIGGEST) if cursor else None


def _told(row: Told) -> dict:
    data = orjson.loads(row.data) if isinstance(row.data, str | bytes) else row.data
    moment = clock.from_micros(row.at).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "id": str(row.position), "type": row.type, "created_at": moment, "data": {"thing": row.thing, "id": row.thing_id, **data},
    }  # fmt: skip
