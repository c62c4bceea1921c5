"""The events that are filtered, as CSV."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from flask import g

from portal import clock
from portal.activity import filters, lines
from portal.domain.events import history
from portal.domain.events.history import Filter
from portal.web import spreadsheets

HEAD = ["time", "what", "type", "thing", "name", "id", "details", "who", "source", "position"]


def csv():
    """All that is filtered, newest first. Times are the partner's, with their distance from UTC."""
    chosen, asked = filters.read(lines.actors(g.partner.id))
    zone = ZoneInfo(g.partner.time_zone)
    name = spreadsheets.file_name("activity", clock.now(), g.partner.time_zone)
    return spreadsheets.download(name, HEAD, _rows(g.partner.id, chosen, asked["q"], zone))


def _rows(partner_id: int, chosen: Filter, text: str, zone: ZoneInfo) -> Iterator[list]:
    for portion in history.each(partner_id, chosen):
        for line in lines.of(partner_id, portion):
            if not line.holds(text):
                continue
            event = line.event
            yield [
                event.moment.astimezone(zone).isoformat(timespec="seconds"), event.sentence, event.type, event.thing,
                line.name, event.thing_id, line.details, line.actor, line.source, event.position,
            ]  # fmt: skip
