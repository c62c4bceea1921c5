"""The feed of events over JSON (contract: offers-feed)."""

import orjson

from portal.api.fields import cursor_after
from portal.api.moments import moment
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.errors import Invalid
from portal.domain.events import replay, things
from portal.domain.events.replay import Told
from portal.offers_feed.event_feed.schemas import NO_NEXT, EventsQuery


def index(caller: Credential, query: EventsQuery) -> dict:
    """What happened to the token's partner's own things, oldest first. Keep `next`, and send it as `after`.

    An event is told only when none that belongs before it can still come, so nothing is skipped. A cursor older than what is
    kept is a 410: read whole lists anew, drop what is absent, then go on.
    """
    if query.after and len(query.after) != 1:
        raise Invalid("after", NO_NEXT)
    after = query.after[0] if query.after else None
    found = replay.read(caller.partner_id, after, query.types, query.limit)
    numbers = things.numbers(caller.partner_id, ((row.thing, row.thing_id) for row in found.rows))
    told = [_told(row, numbers.get((row.thing, row.thing_id), {})) for row in found.rows]
    return {"events": told, "next": cursor_after(found.next), "has_more": found.has_more}


def _told(row: Told, numbers: dict[str, int]) -> dict:
    data = {"thing": row.thing, "id": row.thing_id, **numbers, **orjson.loads(row.data)}
    return {"id": str(row.position), "type": row.type, "created_at": moment(row.at), "data": data}
