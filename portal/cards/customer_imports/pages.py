"""Importing customers from a file: the upload and the history, one import from its preview to its result, and its progress."""

from typing import Any

from flask import g, render_template, request, url_for

from portal.cards.customer_imports import forms, sentences
from portal.cards.customer_imports.forms import PLAIN, SHORT, columns_form, upload_form
from portal.domain.cards.imports import imports, undoing
from portal.domain.cards.imports import lists as import_lists
from portal.domain.cards.imports.files import WIRE
from portal.domain.cards.imports.tables import CardImport
from portal.domain.errors import Invalid, Refused
from portal.domain.events import timeline
from portal.domain.importing.files import LARGEST_BYTES
from portal.domain.importing.words import UNDOING
from portal.domain.sentences import say
from portal.web import answers, imported
from portal.web.addresses import place_asked, with_arguments
from portal.web.forms import form_page, tried
from portal.worker import wake

DRAIN = "customer imports"
# What lines are shown by, in the order in which people look at them.
_TABS = {
    "bad": say("Bad"), "failed": say("Failed"), "new": say("New"), "changed": say("Changes"),
    "stayed": say("Stayed"), "done": say("Imported"), "undone": say("Undone"), "same": say("Nothing to do"),
}  # fmt: skip


def index():
    """Upload a file; what was imported before."""
    form = upload_form(g.partner.id)
    if form.validate_on_submit():
        with tried(form, Invalid):
            name, body = form.file.data.filename or "", form.file.data.stream.read(LARGEST_BYTES + 1)
            template = forms.template(g.partner.id, form.template.data)
            return _underway(imports.start(g.partner.id, name, body, form.known.data, template))
    text, (before, after) = request.args.get("q", "").strip()[:100], place_asked()
    page = import_lists.history(g.partner.id, before, after, text)
    actors = timeline.names({one.actor for one in page.rows})
    named = [(WIRE[field], words) for field, words in PLAIN.items()]
    shown: dict[str, Any] = {"page": page, "actors": actors, "named": named, "text": text}
    return form_page("cards/customer_imports/index.html", form, page_url=with_arguments, **shown)


def show(import_uuid: str):
    """One import: its columns to be chosen, its progress, its preview or its result."""
    found = imports.find(g.partner.id, import_uuid)
    return render_template("cards/customer_imports/show.html", **_parts(found))


def progress(import_uuid: str):
    """How far it is, for the page that shows it."""
    found = imports.find(g.partner.id, import_uuid)
    return imported.progress(found, lambda: render_template("cards/customer_imports/_import.html", **_parts(found)))


def columns(import_uuid: str):
    """Say what each column of the file is; then it is checked with that."""
    found = imports.find(g.partner.id, import_uuid)
    form = columns_form(found)
    if form.validate_on_submit():
        with tried(form, Invalid):
            template = forms.template(g.partner.id, form.template.data)
            sign = form.decimal_sign.data or None
            return _done(imports.take_columns, import_uuid, form.chosen(), form.known.data, template, sign)
    examples = import_lists.examples(found)
    return form_page("cards/customer_imports/columns.html", form, found=found, examples=examples)


def check(import_uuid: str):
    """Check the lines anew."""
    return _done(imports.check_again, import_uuid)


def confirmation(import_uuid: str):
    """Import what the preview showed."""
    return _done(imports.confirm, import_uuid)


def cancellation(import_uuid: str):
    """Ask, and stop it for good."""
    if request.method == "GET":
        found = imports.find(g.partner.id, import_uuid)
        return render_template("cards/customer_imports/cancellation.html", found=found, sentences=sentences)
    return _done(imports.cancel, import_uuid, said=say("The import is canceled."))


def undo(import_uuid: str):
    """Ask, by telling what goes and what stays and why, and undo it."""
    if request.method == "GET":
        found = imports.find(g.partner.id, import_uuid)
        told = sentences.undoing(undoing.foreseen(found))
        return render_template("cards/customer_imports/undoing.html", found=found, told=told)
    return _done(undoing.begin, import_uuid)


def _done(verb, import_uuid: str, *given, said: str | None = None):
    try:
        return _underway(verb(g.partner.id, import_uuid, *given), said)
    except Refused as error:
        return answers.done(_place(imports.find(g.partner.id, import_uuid)), error.sentence, "warning")


def _underway(found: CardImport, said: str | None = None):
    wake(DRAIN)
    return answers.done(_place(found), said)


def _place(found: CardImport) -> str:
    return url_for("customer_imports.show", import_uuid=found.uuid)


def _parts(found: CardImport) -> dict:
    """What the page shows of it."""
    is_busy = found.state in (*imports.BUSY, UNDOING)
    kept = {} if is_busy else import_lists.counts(found)
    tabs = [(key, label, kept[key]) for key, label in _TABS.items() if kept.get(key)]
    shown = request.args.get("show")
    shown = shown if shown in kept else tabs[0][0] if tabs else None
    before, after = place_asked()
    return {
        "found": found,
        "is_busy": is_busy,
        "short": SHORT,
        "asks_for_sign": imports.asks_for_sign(found),
        "may_be_undone": undoing.may_be(found),
        "sentences": sentences,
        "etag": f'"{imported.mark(found)}"',
        "names": timeline.names({found.actor, found.confirmed_by or found.actor}),
        "tabs": tabs,
        "shown": shown,
        "page": import_lists.lines(found, shown, before, after) if shown else None,
        "page_url": with_arguments,
        "left_out": imported.left_out(found),
    }
