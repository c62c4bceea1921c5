"""The demo shop: nobody signs in."""

from portal.coupons.shop import acts, pages
from portal.routing import PUBLIC, page

ROUTES = [
    page("GET", "/shop/<shop_key>", pages.shop, PUBLIC),
    page("POST", "/shop/<shop_key>/reservation", acts.reserve, PUBLIC),
    page("POST", "/shop/<shop_key>/code", acts.use, PUBLIC),
    page("POST", "/shop/<shop_key>/purchase", acts.buy, PUBLIC),
    page("POST", "/shop/<shop_key>/release", acts.let_go, PUBLIC),
    page("POST", "/shop/<shop_key>/again", acts.again, PUBLIC),
]
