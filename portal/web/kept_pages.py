"""A page that answers a form gets an address of its own, so that it can be left and come back to, without scripts too.

Whatever a form is answered with, a refusal, a preview, an error, is kept, and the browser goes on to where it is kept.
Not what shows a secret once, and not the parts of pages that htmx swaps: those leave the address as it was.
"""

from flask import Flask, Response, g, make_response, request, session
from werkzeug import Response as AnyResponse

from portal.web import kept_answers, kept_forms
from portal.web.addresses import KEPT
from portal.web.answers import is_fragment
from portal.web.guards import know_who_it_is
from portal.web.sessions import NoSession

_ALSO = ("Retry-After", "Referrer-Policy")
_TOKEN = "csrf_token"  # noqa: S105 - the name under which a session keeps it


def install(app: Flask) -> None:
    """Keep and show. To be called after whatever compresses and logs answers, for those that are called last come first."""
    app.before_request(_shown)
    app.after_request(_kept)


def _shown() -> AnyResponse | None:
    """The kept answer that the address names; a page that is not kept any more is shown anew."""
    if request.method != "GET" or not request.query_string:
        return None
    if KEPT not in request.args or is_fragment() or isinstance(session, NoSession):
        return None
    know_who_it_is(None)
    kept = kept_answers.asked()
    if kept is None:
        return None
    if kept_forms.FIELDS in kept:
        response = kept_forms.drawn(kept[kept_forms.FIELDS])
    else:
        response = make_response(kept["page"], kept["status"])
    response.headers.update({**kept.get("headers", {}), "Cache-Control": "no-store"})
    response.vary.update(("Cookie", "HX-Request"))
    return response


def _kept(response: Response) -> Response:
    if not _is_page_of_a_form(response):
        return response
    headers = {name: response.headers[name] for name in _ALSO if name in response.headers}
    answer = {"page": response.get_data(as_text=True), "status": response.status_code, "headers": headers}
    if place := kept_answers.address(answer):
        response.status_code, response.location = 303, place
        response.headers.pop("Retry-After", None)
        response.set_data("")
    return response


def _is_page_of_a_form(response: Response) -> bool:
    """Whether somebody's browser sent a form, and would draw the answer under the form's own address."""
    if request.method != "POST" or response.mimetype != "text/html" or request.url_rule is None:
        return False
    is_drawn = response.status_code < 500 and not 201 <= response.status_code < 400 and not is_fragment()
    return is_drawn and _TOKEN in session and not g.get("is_shown_once")
