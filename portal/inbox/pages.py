"""The inbox: everything that waits for the partner, of every area, with the first of each kind and what may be done at once."""

from flask import render_template

from portal.web import waits


def index():
    """What waits, and below it what others have to do."""
    shown = [(wait, wait.first()) for wait in waits.everything()]
    return render_template(
        "inbox/index.html",
        waits=[(wait, items) for wait, items in shown if not wait.is_theirs and (items or not wait.is_quiet)],
        others=[wait for wait, _ in shown if wait.is_theirs],
        total=waits.total(),
    )
