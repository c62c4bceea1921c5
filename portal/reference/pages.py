"""The API reference for people, from the same description as programs read."""

import re

from flask import current_app, render_template
from markupsafe import Markup, escape

from portal.reference import endpoints
from portal.reference.api import openapi

_MARKS = (
    ("code", re.compile(r"`([^`]+)`")),
    ("strong", re.compile(r"\*\*([^*]+)\*\*")),
    ("em", re.compile(r"\*([^*]+)\*")),
)


def docs():
    """Every endpoint, by what it is about, with a request to paste and the answer to expect."""
    description, base = openapi(), current_app.config["SETTINGS"].public_url
    return render_template(
        "reference/docs.html",
        introduction=description["info"]["description"],
        groups=endpoints.groups(description, base),
        objects=endpoints.objects(description),
        marked=marked,
    )


def marked(text: str) -> Markup:
    """The description's sentences as HTML: code, strong and emphasised words; everything else stays text."""
    shown = str(escape(text))
    for tag, mark in _MARKS:
        shown = mark.sub(rf"<{tag}>\1</{tag}>", shown)
    return Markup(shown)  # noqa: S704 - escaped above
