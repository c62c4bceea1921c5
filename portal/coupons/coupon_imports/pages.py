"""Importing coupons from a file: the upload and the history, one import from its preview to its result, and its progress."""

from flask import g, request

from portal.coupons.coupon_imports import sentences
from portal.coupons.coupon_imports.kind import COUPONS
from portal.domain.coupons.imports import imports, undoing
from portal.domain.sentences import say
from portal.web.imported import pages


def index():
    """Upload a file; what was imported before."""
    return pages.index(COUPONS)


def show(import_uuid: str):
    """One import: its columns to be chosen, its progress, its preview or its result."""
    return pages.show(COUPONS, import_uuid)


def progress(import_uuid: str):
    """How far it is, for the page that shows it: 304 while nothing has changed."""
    return pages.progress(COUPONS, import_uuid)


def columns(import_uuid: str):
    """Say what each column of the file is; then it is checked with that."""
    return pages.columns(COUPONS, import_uuid)


def lines(import_uuid: str):
    """Say of which type lines are that name none; then they are checked with that."""
    return pages.lines(COUPONS, import_uuid)


def check(import_uuid: str):
    """Check the lines anew."""
    return pages.check(COUPONS, import_uuid)


def confirmation(import_uuid: str):
    """Import what the preview showed."""
    return pages.confirmation(COUPONS, import_uuid)


def cancellation(import_uuid: str):
    """Ask, and stop it for good."""
    return pages.cancellation(COUPONS, import_uuid)


def undo(import_uuid: str):
    """Ask, by telling what goes, and undo it."""
    if request.method == "GET":
        found = imports.find(g.partner.id, import_uuid)
        how = say(
            "{file_name} is undone as a whole, unless one of its coupons is used or was mailed.",
            file_name=found.file_name,
        )
        return pages.undoing(COUPONS, found, how, sentences.undoing(found))
    return pages.done(COUPONS, undoing.begin, import_uuid)
