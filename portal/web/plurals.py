"""Sentences that name a number, for templates."""

from flask import Flask

from portal.domain.sentences import counted

__all__ = ["counted", "install"]


def install(app: Flask) -> None:
    """Give it to the templates."""
    app.jinja_env.globals["counted"] = counted
