"""Sentences of Python whose words are marked up: a template with tags of our own, and text that stays text."""

from typing import Any

from markupsafe import Markup

from portal import languages
from portal.languages import ENGLISH


def marked(template: str, /, **named: Any) -> Markup:
    """A sentence with markup, in the language that is spoken now: `marked("<strong>{mail}</strong> is invited.", mail=mail)`."""
    language = languages.spoken()
    text = template if language == ENGLISH else languages.catalog(language).text(template)
    return Markup(text).format(**named) if named else Markup(text)  # noqa: S704 - templates and catalogs are ours
