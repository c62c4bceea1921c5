"""A form that came without a sign-in, or with the token of an ended one: what was typed is shown again to be sent again.

Only for a form that this portal's own page sent: a stranger's page must not be able to lay one in front of somebody.
"""

from urllib.parse import urlsplit

from flask import Response, current_app, make_response, render_template, request
from flask_login import current_user

_TOKEN = "csrf_token"  # noqa: S105 - the field's name


def page() -> Response | None:
    """The page that keeps the form, or None when there is nothing to keep or nobody to trust."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != _TOKEN]
    if not fields or not _is_from_here() or any("password" in name for name, _ in fields):
        return None
    path = request.full_path.rstrip("?")
    body = render_template("errors/send_again.html", fields=fields, path=path, signed_in=current_user.is_authenticated)
    response = make_response(body, 422 if request.htmx else 401)
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
