"""Generating codes: what would be made, how far it is, and what was made."""

import hashlib

from flask import g, render_template, request, url_for

from portal.coupons import giving
from portal.coupons.batches import sentences
from portal.coupons.batches.forms import BatchForm
from portal.coupons.kind_words import KIND_WORDS
from portal.coupons.local_times import span
from portal.coupons.refusals import beside
from portal.domain.coupons.assignments import lists as assignment_lists
from portal.domain.coupons.assignments import scope
from portal.domain.coupons.batches import batches, later, lists, switching
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.errors import Invalid, Refused
from portal.domain.events import timeline
from portal.domain.sentences import say
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried
from portal.worker import wake

DRAIN = "coupon codes"
_beside = beside({"event_ids": "events", "price_level_ids": "levels", "end_date": "end", "global": "scope"})


def index():
    """The batches that were made, newest first."""
    text, (before, after) = request.args.get("q", "").strip()[:100], place_asked()
    page = lists.page(g.partner.id, before, after, text)
    names = timeline.names({one.made_by for one in page.rows})
    shown = answers.page_or_part("coupons/batches/index.html", "coupons/batches/_batches.html")
    return render_template(shown, page=page, page_url=with_arguments, text=text, names=names, state=sentences.state)


def new():
    """Have codes made."""
    form = BatchForm()
    form.offer(g.partner.id)
    if form.validate_on_submit():
        with tried(form, Invalid, Refused, take=_beside):
            asked = (form.prefix.data or "", form.length.data, form.wanted.data)
            batch = batches.start(g.partner.id, form.given(), *asked, form.terms())
            return _underway(batch)
    return form_page("coupons/batches/new.html", form, **_foreseen(form))


def foreseen():
    """Codes such as would be made, and how many fit: the part of the form that shows it."""
    form = BatchForm(formdata=request.args)
    return render_template("coupons/batches/_foreseen.html", **_foreseen(form))


def show(batch_uuid: str):
    """One batch."""
    return render_template("coupons/batches/show.html", **_parts(batches.find(g.partner.id, batch_uuid)))


def progress(batch_uuid: str):
    """How far it is, for the page that shows it: 304 while nothing has changed."""
    batch = batches.find(g.partner.id, batch_uuid)
    return answers.unless_seen(_mark(batch), lambda: render_template("coupons/batches/_batch.html", **_parts(batch)))


def cancellation(batch_uuid: str):
    """Ask, and make no more."""
    batch = batches.find(g.partner.id, batch_uuid)
    if request.method == "GET":
        return render_template("coupons/batches/cancellation.html", batch=batch, lost=sentences.stops(batch))
    return _done(batches.cancel, batch_uuid, say("No more codes are made."))


def switching_off(batch_uuid: str):
    """Ask, and switch all of its codes off."""
    batch = batches.find(g.partner.id, batch_uuid)
    if request.method == "GET":
        return render_template("coupons/batches/switching_off.html", batch=batch, lost=sentences.lost(batch))
    return _done(switching.switch_off, batch_uuid)


def switching_on(batch_uuid: str):
    """Switch them on again."""
    return _done(switching.switch_on, batch_uuid)


def _foreseen(form: BatchForm) -> dict:
    """What the form would make as far as it is filled in."""
    try:
        found = batches.foreseen(g.partner.id, form.prefix.data or "", form.length.data or 0)
    except Invalid as error:
        return {"examples": [], "said": error.sentence}
    return {"examples": found.examples, "said": sentences.room(found.room)}


def _done(verb, batch_uuid: str, message: str | None = None):
    try:
        return _underway(verb(g.partner.id, batch_uuid), message)
    except Refused as error:
        return answers.done(url_for("batches.show", batch_uuid=batch_uuid), error.sentence, "warning")


def _underway(batch: CouponBatch, message: str | None = None):
    wake(DRAIN)
    return answers.done(url_for("batches.show", batch_uuid=batch.uuid), message)


def _parts(batch: CouponBatch) -> dict:
    assignment = later.assignment(batch)
    covered = scope.of(assignment) if assignment else None
    return {
        "batch": batch,
        "kind": KIND_WORDS[batch.settings["kind"]],
        "gives": giving.gives(later.like(batch)),
        "assignment": assignment,
        "span": assignment and span(assignment.starts_at, assignment.ends_at, assignment.timezone),
        "covers": covered and giving.scope(covered, assignment_lists.names([covered])),
        "is_busy": batch.due_at is not None,
        "is_late": lists.waits_for_a_worker(batch),
        "sentences": sentences,
        "names": timeline.names({batch.made_by}),
        "etag": f'"{_mark(batch)}"',
    }


def _mark(batch: CouponBatch) -> str:
    """What is another one when anything has changed."""
    late = lists.waits_for_a_worker(batch)
    seen = (
        batch.state,
        batch.made,
        batch.turning,
        batch.turned,
        batch.assigned,
        batch.off_at,
        batch.due_at is None,
        late,
    )
    return hashlib.blake2b(repr(seen).encode(), digest_size=9).hexdigest()
