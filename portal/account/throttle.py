"""How often one may try: the same sentence for every kind of try, with the time after which one more is counted."""

from flask import Response, current_app, request

from portal import web

_WINDOW = 600
_MANY = 5  # People behind one address: an office, a school.


def may_try(name: str, mail: str | None = None) -> bool:
    """Count a try by address and, where one is named, by mail; whether it may go on."""
    most = current_app.config["SETTINGS"].sign_in_limit
    by_address = web.within_limit(f"{name} by address", request.remote_addr or "", most * _MANY, _WINDOW)
    return by_address and (mail is None or web.within_limit(f"{name} by mail", mail, most, _WINDOW))


def refuse(form) -> None:
    """Say so on top of the form."""
    form.form_errors.append("Too many tries in a short time. Wait a few minutes, then try again.")


def with_wait(response: Response) -> Response:
    """Tell programs how long to wait until one more try is counted."""
    response.headers["Retry-After"] = str(max(1, _WINDOW // current_app.config["SETTINGS"].sign_in_limit))
    return response
