"""Scripts of partners' web pages at the open parts of the API: their origins are registered (contract: README, "CORS").

Never with credentials: the API knows no cookie.
"""

from flask import Response, current_app, g, request

from portal.api.credentials import HEADERS
from portal.database import AWAY
from portal.domain.accounts.origins import origins

_SENT = (
    *HEADERS, "Reservation-Secret", "Idempotency-Key", "X-Product-Name", "X-User-Agent", "Content-Type",
)  # fmt: skip
_READ = (
    "Link", "ETag", "Retry-After", "RateLimit", "RateLimit-Policy", "Idempotent-Replayed", "Reservation-Secret",
)  # fmt: skip
_REMEMBERED_SECONDS = 600


def concerns(partner_id: int) -> None:
    """Say whose things are answered: pages of theirs may read the answer, and of nobody else."""
    g.concerned = partner_id


def is_open(route) -> bool:
    """Whether scripts may ask the address."""
    path = request.view_args or {}
    return route.is_cross_origin and all(path.get(name) in words for name, words in route.open_to_scripts.items())


def allow(response: Response) -> Response:
    """Let the script read the answer, where its page is registered."""
    if _is_allowed(response):
        response.headers["Access-Control-Expose-Headers"] = ", ".join(_READ)
    return response


def preflight(response: Response) -> Response:
    """The answer to a browser that asks whether a script may send such a request, where the address is open to them."""
    route = current_app.extensions["route_of"].get(request.endpoint)
    if route is None or not is_open(route) or "Access-Control-Request-Method" not in request.headers:
        return response
    if _is_allowed(response):
        response.headers["Access-Control-Allow-Methods"] = ", ".join(route.methods)
        response.headers["Access-Control-Allow-Headers"] = ", ".join(_SENT)
        response.headers["Access-Control-Max-Age"] = str(_REMEMBERED_SECONDS)
    return response


def _is_allowed(response: Response) -> bool:
    """Whether the page is registered; then it is named. The answer differs by it in any case."""
    response.headers.add("Vary", "Origin")
    origin = request.headers.get("Origin")
    if not origin or not _is_registered(origin):
        return False
    response.headers["Access-Control-Allow-Origin"] = origin
    return True


def _is_registered(origin: str) -> bool:
    concerned = g.get("concerned")
    try:
        return origins.is_registered(origin) if concerned is None else origins.is_of(origin, concerned)
    except AWAY:
        return False  # The script learns no more than that nothing was answered.
