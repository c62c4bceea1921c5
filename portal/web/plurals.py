"""Sentences that name a number: whole ones for one and for several, so that each can be translated as a whole."""

from flask import Flask

from portal.web import formats


def counted(number: int, one: str, several: str, **named: str) -> str:
    """The sentence for this number, which it names as {number}: `counted(3, "1 deal", "{number} deals")`."""
    return (one if number == 1 else several).format(number=formats.number(number), **named)


def install(app: Flask) -> None:
    """Give it to the templates."""
    app.jinja_env.globals["counted"] = counted
