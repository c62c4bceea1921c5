"""What a form of assignments has to choose from: events, with their price levels and bundles."""

from typing import NamedTuple

from flask import g

from portal import clock
from portal.coupons.assignments.forms import TermsForm
from portal.coupons.local_times import local
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.ticketed_events import lists
from portal.domain.coupons.ticketed_events.tables import Bundle, PriceLevel, TicketedEvent

MOST = 6  # besides those that are chosen


class Offered(NamedTuple):
    """An event with what can be chosen of it."""

    event: TicketedEvent
    begins: str
    levels: list[PriceLevel]
    bundles: list[Bundle]


def events(form: TermsForm, looked_for: str, kinds: set[int]) -> list[Offered]:
    """Those that are chosen, then those with the text in their names; without one those that come next. Bundles are there
    for types that go with them alone."""
    mine = TicketedEvent.select().where(TicketedEvent.partner == g.partner.id)
    order = (TicketedEvent.starts_at, TicketedEvent.id)
    chosen = list(mine.where(TicketedEvent.id.in_(_chosen(form))).order_by(*order))
    which = [TicketedEvent.name.contains(word) for word in looked_for.split()[:5]] or [
        TicketedEvent.starts_at >= clock.now()
    ]
    found = mine.where(*which).order_by(*order).limit(MOST + len(chosen))
    rows = chosen + [event for event in found if event not in chosen][:MOST]
    ids = [event.id for event in rows]
    levels = lists.levels_of(ids)
    bundles = lists.bundles_of(ids) if all(KINDS[kind].may_bundle for kind in kinds) else {}
    return [
        Offered(event, local(event.starts_at, event.timezone), levels[event.id], bundles.get(event.id, []))
        for event in rows
    ]


def _chosen(form: TermsForm) -> set[int]:
    levels = PriceLevel.select(PriceLevel.event).where(PriceLevel.id.in_(form.levels.data or []))
    bundles = Bundle.select(Bundle.event).where(Bundle.id.in_(form.bundles.data or []))
    return {*(form.events.data or []), *(one.event_id for one in levels), *(one.event_id for one in bundles)}
