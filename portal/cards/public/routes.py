"""What holders of cards open without an account of the portal: the card by its secret link, or as a member of the club, its code, and
the forms to get one."""

from portal.cards.public import club, getting, notifications, opening, own_data, pages
from portal.routing import CLUB, MEMBER, PUBLIC, SIGNED_LINK, page

_BIGGEST = 2**63 - 1  # that a database counts to
ROUTES = [
    page("GET", "/c/<card_key>.svg", pages.code, PUBLIC),
    page("GET", "/c/<card_key>", pages.card, PUBLIC),
    page("GET", "/c/<card_key>/code", pages.live, PUBLIC),
    page("GET", "/club/<club_slug>/c/<card_key>", club.by_link, CLUB),
    page("POST", "/club/<club_slug>/c/<card_key>/notifications", notifications.switch, CLUB),
    page("POST", f"/push/<int(max={_BIGGEST}):recipient_id>/<signature>/shown", notifications.shown, SIGNED_LINK),
    page("POST", "/push/renewal", notifications.renew, SIGNED_LINK),
    page("GET", "/club/<club_slug>/cards/<card_id>", club.card, MEMBER),
    page("GET", "/club/<club_slug>/details/data", own_data.show, MEMBER),
    page("GET POST", "/c/new/<template_key>", getting.new, PUBLIC),
    page("GET POST", "/c/with/<share_key>", getting.with_friend, PUBLIC),
    page("GET POST", "/c/asked/<asked_key>", opening.opened, PUBLIC),
]
