"""The cookie by which a browser is known that a person has come in with before; one for each person."""

from flask import Response, after_this_request, current_app, request

from portal.domain.accounts.sign_ins import known_browsers
from portal.domain.accounts.tables import User

_NOBODY = User(id=0, password_hash="")


def remember(user_id: int, name: str | None = None) -> None:
    """With the answer to this request: it is one of the person's browsers. They came in, or by a mailed link (BY_MAIL)."""
    user = User.get_by_id(user_id)

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            _cookie(user_id), known_browsers.mark(user, name), max_age=known_browsers.LASTS, path="/",
            secure=current_app.config["SETTINGS"].is_https, httponly=True, samesite="Lax",
        )  # fmt: skip
        return response


def name_of(user: User | None) -> str | None:
    """What this browser is called as one of the person's; None when it is none of theirs, or nobody is meant.

    With any cookie of the kind one is looked at, whoever is meant: a forged one must not tell by the time whose it would be.
    """
    kept = request.cookies.get(_cookie(user.id)) if user else None
    looked_at = kept or next((value for name, value in request.cookies.items() if name.startswith(_cookie(""))), "")
    name = known_browsers.name_of(user or _NOBODY, looked_at) if looked_at else None
    return name if kept else None


def _cookie(user_id: int | str) -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-known-{user_id}"
