"""Reservations: the list, and one with what each coupon takes off it. The moment decides: what has run out is settled first."""

from flask import g, render_template, request

from portal import clock
from portal.coupons.kind_words import KIND_WORDS
from portal.coupons.reservations import sentences
from portal.domain.coupons.reservations import access, found, settling, shown
from portal.domain.coupons.reservations.found import Filter
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.ticketed_events.tables import PriceLevel, TicketedEvent
from portal.domain.coupons.ties import telling
from portal.domain.coupons.uses import live
from portal.domain.coupons.uses import tables as uses
from portal.domain.events import timeline
from portal.domain.identifiers import typed_id
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.web import answers, thing_pages
from portal.web.addresses import chips, place_asked, with_arguments

_LABELS = {"q": say("Search"), "event": say("Event")}


def index():
    """The partner's reservations, newest first."""
    settling.settle_run_out(g.partner.id)
    text, state = request.args.get("q", "").strip()[:100], request.args.get("state", "")
    state, event = state if state in sentences.STATES else "", _event(request.args.get("event", ""))
    chosen = Filter(state, event.id if event else None, text)
    page = found.page(g.partner.id, chosen, *place_asked())
    count = page.counted(lambda: found.count(g.partner.id, chosen))
    return render_template(
        answers.page_or_part("coupons/reservations/index.html", "coupons/reservations/_reservations.html"),
        page=page,
        count=say("over {most}", most=found.MOST_COUNTED) if count > found.MOST_COUNTED else count,
        text=text,
        state=state,
        event=event,
        is_first=chosen == Filter() and not count,
        chips=chips(_LABELS, {"q": text, "event": event and event.name}),
        states=[(word, said) for word, (said, _, _) in sentences.STATES.items()],
        sentences=sentences,
        page_url=with_arguments,
    )


def show(reservation_id: int):
    """One reservation."""
    held = find(reservation_id)
    its_uses = live.of_reservation(held.id, (uses.HELD, uses.COMMITTED, uses.RELEASED))
    return render_template(
        "coupons/reservations/show.html",
        held=held,
        event=TicketedEvent.get_by_id(held.event_id),
        customer=held.member_id and Member.get_by_id(held.member_id),
        lines=shown.lines(held.id),
        parts=shown.parts(held.id),
        uses=its_uses,
        opened=_opened(its_uses),
        deals=telling.deals_of(use.id for use in its_uses),
        links={use.coupon_id: thing_pages.link("coupon", str(use.coupon_id), use.written) for use in its_uses},
        kinds=KIND_WORDS,
        left=held.left,
        until=clock.from_micros(held.expires_at),
        facts=timeline.of(g.partner.id, settling.THING, str(held.id)),
        sentences=sentences,
    )


def find(reservation_id: int) -> Held:
    """The partner's reservation as it stands. Raises NotFound."""
    return settling.as_it_stands(access.of_sellers([g.partner.id], str(reservation_id)))


def _opened(its_uses: list[live.Use]) -> dict[int, str]:
    """The names of the price levels that each use opens."""
    ids = {level for use in its_uses for level in use.opens}
    names = {level.id: level.name for level in PriceLevel.select().where(PriceLevel.id.in_(list(ids)))}
    return {use.id: ", ".join(names[level] for level in use.opens if level in names) for use in its_uses}


def _event(typed: str) -> TicketedEvent | None:
    number = typed_id(typed)
    return (
        TicketedEvent.get_or_none(TicketedEvent.id == number, TicketedEvent.partner == g.partner.id) if number else None
    )
