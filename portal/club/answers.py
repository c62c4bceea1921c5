"""Pages of a club, in its colours."""

from typing import Any

from flask import Response, g, render_template

from portal import clock
from portal.domain.cards.templates import looks
from portal.web.forms import form_page


def page(template: str, **context: Any) -> str:
    """A page of the club's."""
    return render_template(template, club=g.club, look=looks.of(g.club), read_at=clock.now(), **context)


def with_form(template: str, form, **context: Any) -> Response:
    """One with a form; 422 when something in it must be corrected, 429 after too many tries."""
    return form_page(template, form, club=g.club, look=looks.of(g.club), read_at=clock.now(), **context)
