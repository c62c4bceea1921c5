"""The API reference for people, from the same description as programs read."""

import json
import re

from flask import current_app, render_template
from markupsafe import Markup, escape

from portal.api.changes import CHANGES
from portal.api.codes import every
from portal.api.errors import PROBLEM, ApiError, wrong_field
from portal.domain.codes import Code
from portal.domain.offers.codes import CATALOG_CODE_TAKEN
from portal.reference import chapters, endpoints
from portal.reference.api import openapi

_MARKS = (
    ("code", re.compile(r"`([^`]+)`")),
    ("strong", re.compile(r"\*\*([^*]+)\*\*")),
    ("em", re.compile(r"\*([^*]+)\*")),
)


def docs():
    """Every endpoint, by what it is about, with a request to paste and the answer to expect."""
    description, settings = openapi(), current_app.config["SETTINGS"]
    return render_template(
        "reference/docs.html",
        introduction=description["info"]["description"],
        groups=endpoints.groups(description, settings.public_url),
        objects=endpoints.objects(description),
        chapters=chapters,
        limits=chapters.limits(settings),
        changes=CHANGES,
        codes=every(),
        refusal=_sample(CATALOG_CODE_TAKEN, "catalog_code"),
        marked=marked,
    )


def _sample(code: Code, field: str) -> str:
    """A refusal of a field, as it is sent."""
    told = PROBLEM.body(ApiError(code, code.sample, [wrong_field(field, code.sample, code)]))
    return json.dumps(told, indent=2, ensure_ascii=False)


def marked(text: str) -> Markup:
    """The description's sentences as HTML: code, strong and emphasised words; everything else stays text."""
    shown = str(escape(text))
    for tag, mark in _MARKS:
        shown = mark.sub(rf"<{tag}>\1</{tag}>", shown)
    return Markup(shown)  # noqa: S704 - escaped above
