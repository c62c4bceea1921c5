"""How often one may try: the same sentence for every kind of try, with the time after which one more is counted.

Tries are counted before they are made, so that no race gets more of them, and given back when they were no guess.
"""

from flask import Response, current_app, request

from portal.server.limits import Policy, network

_WINDOW = 600
_REFUSED = "Too many tries in a short time. Wait a few minutes, then try again."
_MANY = 5  # People behind one address (an office, a school), and addresses of one person.


def may_try(form, name: str, mail: str | None = None, elsewhere: int = _MANY) -> bool:
    """Count a try by address and, where one is named, by mail; whether it may go on. If not, the form says so.

    From all addresses together one mail has `elsewhere` times as many tries as from one.
    """
    limiter = current_app.extensions["limiter"]
    verdicts = [
        limiter.take(caller, policy) for caller, policy in _counted(name, mail, elsewhere)
    ]  # Each counts, whatever the others say.
    is_allowed = all(verdict.allowed for verdict in verdicts)
    if not is_allowed:
        form.form_errors.append(_REFUSED)
    return is_allowed


def was_no_guess(name: str, mail: str | None = None, elsewhere: int = _MANY) -> None:
    """The try succeeded: give it back."""
    for caller, policy in _counted(name, mail, elsewhere):
        current_app.extensions["limiter"].give_back(caller, policy)


def told(form, response: Response) -> Response:
    """The form's page; when a try was refused, programs are told how long to wait until one more is counted."""
    if _REFUSED in form.form_errors:
        response.status_code = 429
        response.headers["Retry-After"] = str(max(1, _WINDOW // current_app.config["SETTINGS"].sign_in_limit))
    return response


def _counted(name: str, mail: str | None, elsewhere: int) -> list[tuple[str, Policy]]:
    """The closest limit is for one mail from one address, so that a stranger elsewhere cannot lock its owner out."""
    most, address = current_app.config["SETTINGS"].sign_in_limit, network(request.remote_addr)
    counted = [(address, Policy(f"{name} by address", most * _MANY, _WINDOW))]
    if mail is not None:
        counted.append((f"{mail} {address}", Policy(f"{name} by mail and address", most, _WINDOW)))
        counted.append((mail, Policy(f"{name} by mail", most * elsewhere, _WINDOW)))
    return counted
