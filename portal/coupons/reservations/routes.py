"""Reservations: their JSON and their pages."""

from portal.coupons.admissions import reserving, with_secret_or
from portal.coupons.examples import RESERVATION, RESERVATION_CREATE, RESERVATION_MADE
from portal.coupons.reservations import api as json
from portal.coupons.reservations.page_routes import PAGES
from portal.coupons.reservations.schemas import Reservation, ReservationCreate, ReservationMade
from portal.coupons.sellers import AnySeller
from portal.domain.coupons.permits import RESERVATIONS_READ, RESERVATIONS_WRITE
from portal.routing import api

READ, WRITE = with_secret_or(RESERVATIONS_READ), with_secret_or(RESERVATIONS_WRITE)
API = [
    api(
        "POST",
        "/api/reservations",
        json.create,
        reserving(RESERVATIONS_WRITE),
        "Reserve tickets",
        operation="create_reservation",
        status=201,
        query=AnySeller,
        body=ReservationCreate,
        answer=ReservationMade,
        example=RESERVATION_CREATE,
        answer_example=RESERVATION_MADE,
    ),
    api(
        "GET",
        "/api/reservations/<reservation_id>",
        json.show,
        READ,
        "Get a reservation",
        operation="get_reservation",
        answer=Reservation,
        answer_example=RESERVATION,
    ),
    api(
        "DELETE",
        "/api/reservations/<reservation_id>",
        json.release,
        WRITE,
        "Let a reservation go",
        operation="release_reservation",
        status=204,
    ),
    api(
        "POST",
        "/api/reservations/<reservation_id>/purchase",
        json.purchase,
        WRITE,
        "Buy a reservation",
        operation="purchase_reservation",
        answer=Reservation,
        answer_example=RESERVATION | {"state": "purchased"},
    ),
]
ROUTES = API + PAGES
