"""What holders of cards open without signing in: the card by its secret link, its code, and the forms to get one."""

from portal.cards.public import getting, opening, pages
from portal.routing import PUBLIC, page

ROUTES = [
    page("GET", "/c/<card_key>.svg", pages.code, PUBLIC),
    page("GET", "/c/<card_key>", pages.card, PUBLIC),
    page("GET", "/c/<card_key>/code", pages.live, PUBLIC),
    page("GET POST", "/c/new/<template_key>", getting.new, PUBLIC),
    page("GET POST", "/c/with/<share_key>", getting.with_friend, PUBLIC),
    page("GET POST", "/c/asked/<asked_key>", opening.opened, PUBLIC),
]
