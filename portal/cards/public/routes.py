"""What holders of cards open without an account of the portal: the card by its secret link, or as a member of the club, its code, and
the forms to get one."""

from portal.cards.public import club, getting, opening, pages
from portal.routing import CLUB, MEMBER, PUBLIC, page

ROUTES = [
    page("GET", "/c/<card_key>.svg", pages.code, PUBLIC),
    page("GET", "/c/<card_key>", pages.card, PUBLIC),
    page("GET", "/c/<card_key>/code", pages.live, PUBLIC),
    page("GET", "/club/<club_slug>/c/<card_key>", club.by_link, CLUB),
    page("GET", "/club/<club_slug>/cards/<card_id>", club.card, MEMBER),
    page("GET POST", "/c/new/<template_key>", getting.new, PUBLIC),
    page("GET POST", "/c/with/<share_key>", getting.with_friend, PUBLIC),
    page("GET POST", "/c/asked/<asked_key>", opening.opened, PUBLIC),
]
