"""What pages of imports share, whatever the file holds: sentences, and the answer to a page that asks how far it is."""

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Response, make_response, request

from portal.domain.sentences import counted, say


def uploaded(found: Any, names: dict[str, str]) -> str:
    """Who brought the file, and who said that it be imported."""
    who = names.get(found.actor) or say("the portal")
    if not found.confirmed_at:
        return say("Uploaded by {name}", name=who)
    return say(
        "Uploaded by {name}, confirmed by {other}",
        name=who,
        other=names.get(found.confirmed_by or "") or say("the portal"),
    )


def reading(found: Any) -> str:
    """How far the file is read."""
    return counted(found.total, "Reading the file: 1 line so far.", "Reading the file: {number} lines so far.")


def columns_left_out(names: list[str]) -> str:
    """Which columns are not imported; one without a name is shown as an empty one."""
    named = ", ".join(f"“{name or ' '}”" for name in names)
    return counted(len(names), "Not imported: the column {names}.", "Not imported: the columns {names}.", names=named)


def letters_are_read(found: Any) -> str | None:
    """What the letters of a file were taken for that says nothing of it itself."""
    name = {"cp1251": say("Cyrillic"), "cp1252": say("Western")}.get(found.letters or "")
    return name and say(
        "The letters of this file are no Unicode. They are read as {name} ones of Windows; look whether names and comments "
        "are right, else save it as “CSV UTF-8” and upload it again.",
        name=name,
    )


def stops(found: Any) -> str:
    """What the question before canceling says first."""
    return say("The import of {file_name} stops at once.", file_name=found.file_name)


def progress(found: Any, drawn: Callable[[], str]) -> Response:
    """How far it is, for the page that shows it: 304 while nothing has changed."""
    response = Response(status=304)
    if mark(found) not in request.if_none_match:
        response = make_response(drawn())
    response.set_etag(mark(found))
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def mark(found: Any) -> str:
    """What is another one when anything has changed."""
    seen = (found.state, found.total, found.checked, found.done, found.failed, getattr(found, "undone", 0))
    return hashlib.blake2b(repr(seen).encode(), digest_size=9).hexdigest()


def left_out(found: Any) -> list[str]:
    """The names of the columns that are not imported."""
    return [name for number, name in enumerate(found.head) if number not in found.mapping.values()]
