"""The inbox: everything that waits for the partner, of every area, with the first of each kind and what may be done at once."""

from flask import render_template

from portal.web import waits


def index():
    """What waits, and below it what others have to do."""
    gathered = waits.gathered()
    return render_template(
        "inbox/index.html",
        waits=[wait for wait in gathered if not wait.is_theirs],
        others=[wait for wait in gathered if wait.is_theirs],
        total=waits.total(),
    )
