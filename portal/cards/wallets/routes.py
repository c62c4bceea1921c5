"""Wallets of phones: what a company sets up, and the addresses by which holders put their cards there."""

from portal.cards.wallets import giving, pages, phones
from portal.domain.accounts.roles import MAY_OWN
from portal.routing import PUBLIC, SIGNED_LINK, page, roles

OWN = roles(MAY_OWN)
_ONE = "/wallets/apple/v1/passes/<pass_type>/<serial>"
_PHONE = "/wallets/apple/v1/devices/<device>/registrations/<pass_type>"
ROUTES = [
    page("GET", "/account/wallets", pages.index, OWN),
    page("GET POST", "/account/wallets/apple", pages.apple, OWN),
    page("GET POST", "/account/wallets/google", pages.google, OWN),
    page("POST", "/account/wallets/switching", pages.switching, OWN),
    page("POST", "/account/wallets/removal", pages.removal, OWN),
    page("GET", "/c/<card_key>.pkpass", giving.apple, PUBLIC),
    page("GET", "/c/new/<template_key>.png", giving.icon, PUBLIC),
    page("GET", "/c/<card_key>/google", giving.google, PUBLIC),
    page("POST DELETE", f"{_PHONE}/<serial>", phones.registration, SIGNED_LINK),
    page("GET", _PHONE, phones.changed, SIGNED_LINK),
    page("GET", _ONE, phones.latest, SIGNED_LINK),
    page("POST", "/wallets/apple/v1/log", phones.log, SIGNED_LINK),
]
