"""What other areas do at the counter for whoever shows a card: each a page beside the card (`Area.counter`)."""

from collections.abc import Callable
from typing import NamedTuple

from flask import current_app
from werkzeug import Response

from portal.domain.members.tables import Member


class CounterPart(NamedTuple):
    """Its name in addresses, its label and icon, whether it is there for whoever acts, and what it serves: for a customer, at the
    address of the page, the body of the page, or an answer that leads on. What it draws for a form is shown this once."""

    name: str
    label: str
    icon: str
    is_there: Callable[[], bool]
    serve: Callable[[Member, str], str | Response]


def parts() -> list[CounterPart]:
    """Those that there are for whoever acts."""
    return [part for part in current_app.extensions["counter_parts"] if part.is_there()]
