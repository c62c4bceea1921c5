"""Ticketed events: the list, one event with how its tickets are sold, made and changed."""

from zoneinfo import ZoneInfo

from flask import g, render_template, request, url_for

from portal.coupons.local_times import local
from portal.coupons.refusals import beside
from portal.coupons.ticketed_events import tabs
from portal.coupons.ticketed_events.forms import EventForm
from portal.domain.coupons.reservations import settling
from portal.domain.coupons.ticketed_events import events, found
from portal.domain.coupons.ticketed_events.found import COMING, PAST
from portal.domain.coupons.ticketed_events.tables import TicketedEvent
from portal.domain.sentences import say
from portal.web import answers, pickers
from portal.web.addresses import chips, place_asked, with_arguments
from portal.web.forms import form_page, tried

_beside = beside({"timezone": "time_zone"})
WHEN = {COMING: say("Coming"), PAST: say("Past")}


def index():
    """The partner's events, those to come unless others are asked for."""
    settling.settle_run_out(g.partner.id)
    text = request.args.get("q", "").strip()[:100]
    when = PAST if request.args.get("when") == PAST else COMING
    return render_template(
        answers.page_or_part("coupons/events/index.html", "coupons/events/_events.html"),
        page=found.page(g.partner.id, when, text, *place_asked()),
        count=found.count(g.partner.id, when, text),
        text=text,
        when=when,
        is_first=not (text or request.args.get("when")) and not TicketedEvent.get_or_none(partner=g.partner.id),
        chips=chips({"q": say("Search")}, {"q": text}),
        whens=list(WHEN.items()),
        local=local,
        page_url=with_arguments,
    )


def new():
    """Add one."""
    form = EventForm(time_zone=g.partner.time_zone, currency=g.partner.currency)
    if form.validate_on_submit():
        with tried(form, take=_beside):
            made = events.create(g.partner.id, **form.given())
            return answers.done(_place(made), say("{name} is there. Say what its tickets cost.", name=made.name))
    return form_page("coupons/events/form.html", form, event=None, **pickers.offered(form))


def show(event_id: int):
    """One event."""
    settling.settle_run_out(g.partner.id)
    event = events.find(g.partner.id, event_id)
    tab = request.args.get("tab", tabs.LEVELS)
    tab = tab if tab in tabs.SHOWN else tabs.LEVELS
    return render_template(
        "coupons/events/show.html",
        event=event,
        begins=local(event.starts_at, event.timezone),
        tab=tab,
        tabs=tabs.tabs(event.id, tab),
        part=f"coupons/events/tabs/_{tab}.html",
        **tabs.SHOWN[tab](event),
    )


def edit(event_id: int):
    """Change it."""
    event = events.find(g.partner.id, event_id)
    begins = event.starts_at.astimezone(ZoneInfo(event.timezone)).replace(tzinfo=None)
    form = EventForm(name=event.name, starts_at=begins, time_zone=event.timezone, currency=event.currency)
    if form.validate_on_submit():
        with tried(form, take=_beside):
            changed = events.change(g.partner.id, event_id, form.given())
            return answers.done(_place(changed), say("{name} is changed.", name=changed.name))
    return form_page("coupons/events/form.html", form, event=event, **pickers.offered(form))


def _place(event: TicketedEvent) -> str:
    return url_for("ticketed_events.show", event_id=event.id)
