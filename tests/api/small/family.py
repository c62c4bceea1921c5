"""How it speaks: an envelope, 422 for a broken rule, a header of its own, and two kinds of access that only it knows."""

from typing import NamedTuple

from flask import abort, request

from portal.api.admission import ADMISSIONS, Admission
from portal.api.errors import PROBLEM, STATUSES, ApiError, ErrorShape
from portal.api.families import Tag, WireFamily
from portal.domain.affiliate.permits import CATALOGS_READ
from portal.domain.codes import FORBIDDEN
from portal.domain.errors import Refused
from portal.routing import Access, Area, api, page, permit
from tests.api.small import api as json
from tests.api.small import pages

SECRET = "the secret of reservation 7"


class Reservation(NamedTuple):
    """Who asks with a reservation's secret."""

    identity: str


def by_secret(route, path: dict, headers: list) -> Reservation:
    """Whoever knows the secret."""
    if request.headers.get("Reservation-Secret") != SECRET:
        raise ApiError(FORBIDDEN, "Send the reservation's secret.")
    return Reservation("reservation:7")


def refuse_without_a_card(route) -> None:
    """Only holders of a card see the page."""
    if "card" not in request.args:
        abort(404)


def _error(error: ApiError) -> dict:
    told = {"message": error.detail, "error_code": error.code.name, "details": error.errors}
    return {"code": error.status, "data": None, "error": told}


ENVELOPED = ErrorShape(
    "Enveloped",
    "application/json",
    {
        "type": "object",
        "required": ["code", "data", "error"],
        "properties": {"code": {"type": "integer"}, "data": {"type": "null"}, "error": {"type": "object"}},
    },
    _error,
)
WIRE = WireFamily(
    "/api/small",
    {"small": Tag("Shelves", "What the tests keep on shelves.")},
    {"catalog_id": "The shelf's UUID."},
    headers=("X-API-Key",),
    admissions={**ADMISSIONS, "secret": Admission(by_secret, refuses=frozenset({403}))},
    statuses={**STATUSES, Refused: 422},
    errors=ENVELOPED,
    envelope=lambda body, status: {"code": status, "data": body},
)
READ = permit(CATALOGS_READ)
ROUTES = [
    api("GET", "/api/small/shelf/<catalog_id>", json.show, READ, "Get a shelf", answer=json.Shelf),
    api("POST", "/api/small/stamps", json.add_stamps, READ, "Add stamps", body=json.Stamps, answer=json.Shelf,
        example={"stamps": 1}),
    api("POST", "/api/small/plain-stamps", json.add_plain_stamps, READ, "Add stamps plainly", body=json.Stamps,
        answer=json.Shelf, errors=PROBLEM),
    api("GET", "/api/small/reservation", json.reserved, Access("secret"), "See the reservation", answer=json.Shelf),
    page("GET", "/small/shelf", pages.shelf, Access("card holder")),
]  # fmt: skip
AREA = Area((ROUTES,), wire=WIRE, guards={"card holder": (refuse_without_a_card,)})
