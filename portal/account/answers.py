"""Pages outside the shell: never kept by a browser, and silent about their address where the address is a secret."""

from flask import Response, make_response, render_template


def plain(template: str, form, **values) -> Response:
    """The page with its form; 422 when something in it must be corrected."""
    response = make_response(render_template(template, form=form, **values), 422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def secret_address(response: Response, status: int | None = None) -> Response:
    """The same answer, from which no link leads on with this address."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.status_code = status or response.status_code
    return response
