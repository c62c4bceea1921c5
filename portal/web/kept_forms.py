"""A form that came without a sign-in, or with the token of an ended one, or for another partner than its reader acts for:
what was typed is shown again to be sent again.

Only for a form that this portal's own page sent: a stranger's page must not be able to lay one in front of somebody.
"""

from urllib.parse import urlsplit

from flask import current_app, g, make_response, render_template, request
from werkzeug import Response

from portal.web import kept_answers
from portal.web.addresses import here

FIELDS = "fields"
_TOKEN, _PARTNER = "csrf_token", "acting_for"


def page() -> Response | None:
    """The page that keeps the form, or None when there is nothing to keep or nobody to trust."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != _TOKEN]
    if not fields or not _is_from_here() or any("password" in name for name, _ in fields):
        return None
    place = kept_answers.address({FIELDS: fields}, for_any_partner=True)
    return kept_answers.moved(place) if place else drawn(fields)


def drawn(fields: list) -> Response:
    """The form, to be sent again by whoever is signed in now, for the partner for which it was opened."""
    person, partner = g.get("person"), g.get("partner")
    opened_for = dict(fields).get(_PARTNER)
    is_anothers = bool(partner) and opened_for not in (None, str(partner.id))
    body = render_template(
        "errors/send_again.html", fields=fields, path=here(), signed_in=person is not None,
        opened_for=opened_for if is_anothers else None,
    )  # fmt: skip
    status = 409 if is_anothers else 422 if person or request.htmx else 401
    response = make_response(body, status)
    if request.htmx:
        response.headers.update({"HX-Retarget": "body", "HX-Reswap": "innerHTML"})
    return response


def _is_from_here() -> bool:
    """Browsers say where a form was sent from, and a page cannot make them say otherwise."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    home = urlsplit(current_app.config["SETTINGS"].public_url)
    return request.headers.get("Origin") in (f"{home.scheme}://{home.netloc}", request.host_url.rstrip("/"))
