"""The pages of imports of a kind: the upload and the history, one import from its preview to its result, and its progress.

A feature's own pages name the kind: their folder gives the addresses their names.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from flask import g, render_template, request

from portal.domain.errors import Invalid, Refused
from portal.domain.events import timeline
from portal.domain.importing import lists
from portal.domain.importing.files import LARGEST_BYTES
from portal.domain.importing.verbs import BUSY
from portal.domain.importing.words import BAD, CHANGED, DONE, FAILED, NEW, SAME, STAYED, UNDOING, UNDONE
from portal.domain.sentences import say
from portal.web import answers
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried
from portal.web.imported import words
from portal.web.imported.kinds import Kind


def index(kind: Kind):
    """Upload a file; what was imported before."""
    form = kind.upload_form(g.partner.id)
    if form.validate_on_submit():
        with tried(form, Invalid):
            name, body = form.file.data.filename or "", form.file.data.stream.read(LARGEST_BYTES + 1)
            return _underway(kind, kind.verbs.start(g.partner.id, name, body, **form.chosen(g.partner.id)))
    text, (before, after) = request.args.get("q", "").strip()[:100], place_asked()
    page = lists.history(kind.tables, g.partner.id, before, after, text)
    actors = timeline.names({one.actor for one in page.rows})
    shown: dict[str, Any] = {"kind": kind, "page": page, "actors": actors, "text": text, "said": words}
    return form_page("imported/index.html", form, page_url=with_arguments, **shown)


def show(kind: Kind, import_uuid: str):
    """One import: its columns to be chosen, its progress, its preview or its result."""
    found = _found(kind, import_uuid)
    return render_template("imported/show.html", form=kind.lines_form(found), **_parts(kind, found))


def progress(kind: Kind, import_uuid: str):
    """How far it is, for the page that shows it: 304 while nothing has changed."""
    found = _found(kind, import_uuid)
    return answers.unless_seen(
        _mark(found),
        lambda: render_template("imported/_import.html", form=kind.lines_form(found), **_parts(kind, found)),
    )


def columns(kind: Kind, import_uuid: str):
    """Say what each column of the file is; then it is checked with that."""
    found = _found(kind, import_uuid)
    form = kind.columns_form(found)
    if form.validate_on_submit():
        with tried(form, Invalid):
            return done(kind, kind.verbs.take_columns, import_uuid, form.fields(), **form.chosen(g.partner.id))
    examples = lists.examples(kind.tables, found)
    return form_page("imported/columns.html", form, kind=kind, found=found, examples=examples)


def lines(kind: Kind, import_uuid: str):
    """Say at the preview what lines leave out; then they are checked with that."""
    found = _found(kind, import_uuid)
    form = kind.lines_form(found)
    if form.validate_on_submit():
        with tried(form, Invalid):
            return done(kind, kind.verbs.take_left_out, import_uuid, **form.chosen(g.partner.id))
    return form_page("imported/show.html", form, **_parts(kind, found))


def check(kind: Kind, import_uuid: str):
    """Check the lines anew."""
    return done(kind, kind.verbs.check_again, import_uuid)


def confirmation(kind: Kind, import_uuid: str):
    """Import what the preview showed."""
    return done(kind, kind.verbs.confirm, import_uuid)


def cancellation(kind: Kind, import_uuid: str):
    """Ask, and stop it for good."""
    if request.method == "GET":
        found = _found(kind, import_uuid)
        return render_template("imported/cancellation.html", kind=kind, found=found, said=words)
    return done(kind, kind.verbs.cancel, import_uuid, message=say("The import is canceled."))


def undoing(kind: Kind, found: Any, how: str, goes: list[str]):
    """Ask whether it shall be undone, by telling how and what goes."""
    return render_template("imported/undoing.html", kind=kind, found=found, how=how, goes=goes)


def done(kind: Kind, verb: Callable, import_uuid: str, /, *given: Any, message: str | None = None, **chosen: Any):
    """The answer to a verb: on to the page of the import, which says why if it was refused."""
    try:
        return _underway(kind, verb(g.partner.id, import_uuid, *given, **chosen), message)
    except Refused as error:
        return answers.done(kind.url("show", _found(kind, import_uuid)), error.sentence, "warning")


def _underway(kind: Kind, found: Any, message: str | None = None):
    kind.wake()
    return answers.done(kind.url("show", found), message)


def _found(kind: Kind, import_uuid: str) -> Any:
    return kind.verbs.find(g.partner.id, import_uuid)


def _parts(kind: Kind, found: Any) -> dict[str, Any]:
    """What the page shows of it."""
    is_busy = found.state in (*BUSY, UNDOING)
    kept = {} if is_busy else lists.counts(kind.tables, found)
    tabs = [(key, label, kept[key]) for key, label in _tabs(kind).items() if kept.get(key)]
    shown = request.args.get("show")
    shown = shown if shown in kept else tabs[0][0] if tabs else None
    return {
        "kind": kind,
        "found": found,
        "said": words,
        "is_busy": is_busy,
        "asks_for_sign": kind.verbs.asks_for_sign(found),
        "undo": kind.undo(found),
        "etag": f'"{_mark(found)}"',
        "names": timeline.names({found.actor, found.confirmed_by or found.actor}),
        "tabs": tabs,
        "shown": shown,
        "page": kind.lines.page(found, shown, *place_asked()) if shown else None,
    }


def _tabs(kind: Kind) -> dict[str, str]:
    """What lines are shown by, in the order in which people look at them."""
    return {
        BAD: say("Bad"), FAILED: say("Failed"), NEW: kind.words.new[0], CHANGED: say("Changes"),
        STAYED: say("Stayed"), DONE: say("Imported"), UNDONE: say("Undone"), SAME: say("Nothing to do"),
    }  # fmt: skip


def _mark(found: Any) -> str:
    """What is another one when anything has changed."""
    seen = (found.state, found.total, found.checked, found.done, found.failed, getattr(found, "undone", 0))
    return hashlib.blake2b(repr(seen).encode(), digest_size=9).hexdigest()
