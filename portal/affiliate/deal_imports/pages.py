"""Importing deals from a file: the upload and the history, one import from its preview to its result, and its progress."""

from portal.affiliate.deal_imports.kind import DEALS
from portal.web.imported import pages


def index():
    """Upload a file; what was imported before."""
    return pages.index(DEALS)


def show(import_uuid: str):
    """One import: its columns to be chosen, its progress, its preview or its result."""
    return pages.show(DEALS, import_uuid)


def progress(import_uuid: str):
    """How far it is, for the page that shows it: 304 while nothing has changed."""
    return pages.progress(DEALS, import_uuid)


def columns(import_uuid: str):
    """Say what each column of the file is; then it is checked with that."""
    return pages.columns(DEALS, import_uuid)


def check(import_uuid: str):
    """Check the lines anew."""
    return pages.check(DEALS, import_uuid)


def confirmation(import_uuid: str):
    """Import what the preview showed."""
    return pages.confirmation(DEALS, import_uuid)


def cancellation(import_uuid: str):
    """Ask, and stop it for good."""
    return pages.cancellation(DEALS, import_uuid)
