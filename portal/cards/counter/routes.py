"""The counter: its pages, one line each. A cashier has no others."""

from portal.cards.counter import beside, booking, cashiers, day, offline, pages, queue, team_pins
from portal.cards.counter.access import SERVE
from portal.routing import PUBLIC, page

ROUTES = [
    page("GET", "/counter", pages.find, SERVE),
    page("POST", "/counter/place", pages.place, SERVE),
    page("GET", "/counter/cashiers", cashiers.index, SERVE),
    page("GET POST", "/counter/cashiers/<membership_id>", cashiers.take_over, SERVE),
    page("GET POST", "/counter/pin", cashiers.pin, SERVE),
    *team_pins.ROUTES,
    page("GET", "/counter/day", day.show, SERVE),
    page("GET", "/counter/cards/<card_id>", pages.card, SERVE),
    page("GET POST", "/counter/cards/<card_id>/<verb>", booking.book, SERVE),
    page("GET", "/counter/cards/<card_id>/<verb>/foreseen", booking.foreseen, SERVE),
    page("GET POST", "/counter/cards/<card_id>/beside/<part>", beside.show, SERVE),
    page("POST", "/counter/operations/<operation_id>/undoing", booking.undo, SERVE),
    page("GET", "/counter/session", queue.session, SERVE),
    page("POST", "/counter/queue", queue.send, SERVE),
    page("GET", "/counter/shell", offline.shell, PUBLIC),
    page("GET", "/counter/worker.js", offline.worker, PUBLIC),
]
