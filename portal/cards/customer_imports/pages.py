"""Importing customers from a file: the upload and the history, one import from its preview to its result, and its progress."""

from flask import g, request

from portal.cards.customer_imports import sentences
from portal.cards.customer_imports.kind import CUSTOMERS
from portal.domain.cards.imports import imports, undoing
from portal.domain.sentences import say
from portal.web.imported import pages


def index():
    """Upload a file; what was imported before."""
    return pages.index(CUSTOMERS)


def show(import_uuid: str):
    """One import: its columns to be chosen, its progress, its preview or its result."""
    return pages.show(CUSTOMERS, import_uuid)


def progress(import_uuid: str):
    """How far it is, for the page that shows it: 304 while nothing has changed."""
    return pages.progress(CUSTOMERS, import_uuid)


def columns(import_uuid: str):
    """Say what each column of the file is; then it is checked with that."""
    return pages.columns(CUSTOMERS, import_uuid)


def check(import_uuid: str):
    """Check the lines anew."""
    return pages.check(CUSTOMERS, import_uuid)


def confirmation(import_uuid: str):
    """Import what the preview showed."""
    return pages.confirmation(CUSTOMERS, import_uuid)


def cancellation(import_uuid: str):
    """Ask, and stop it for good."""
    return pages.cancellation(CUSTOMERS, import_uuid)


def undo(import_uuid: str):
    """Ask, by telling what goes and what stays and why, and undo it."""
    if request.method == "GET":
        found = imports.find(g.partner.id, import_uuid)
        how = say(
            "{file_name} is undone line by line; it cannot be stopped or taken up again.", file_name=found.file_name
        )
        return pages.undoing(CUSTOMERS, found, how, sentences.undoing(undoing.foreseen(found)))
    return pages.done(CUSTOMERS, undoing.begin, import_uuid)
