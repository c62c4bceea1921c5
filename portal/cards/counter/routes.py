"""The counter: its pages, one line each. A cashier has no others."""

from portal.cards.counter import booking, day, pages
from portal.cards.counter.access import SERVE
from portal.routing import page

ROUTES = [
    page("GET", "/counter", pages.find, SERVE),
    page("POST", "/counter/place", pages.place, SERVE),
    page("GET", "/counter/day", day.show, SERVE),
    page("GET", "/counter/cards/<card_id>", pages.card, SERVE),
    page("GET POST", "/counter/cards/<card_id>/<verb>", booking.book, SERVE),
    page("GET", "/counter/cards/<card_id>/<verb>/foreseen", booking.foreseen, SERVE),
    page("POST", "/counter/operations/<operation_id>/undoing", booking.undo, SERVE),
]
