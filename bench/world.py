"""What the benchmark's database holds: a merchant with catalogs, promoters, a token, a person, many deals, as many
operations of loyalty cards, and ten times as many coupons."""

import re
from dataclasses import dataclass
from decimal import Decimal
from http.client import HTTPConnection
from urllib.parse import urlencode

from bench import bulk, card_bulk, coupon_bulk, offer_bulk
from bench.coupon_bulk import Desk
from bench.offer_bulk import Club
from portal import clock
from portal.database import transaction
from portal.domain.accounts.sign_ups import codes, sign_ups
from portal.domain.accounts.tables import Partner
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.affiliate.catalogs import landings, terms
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.feed.ties import pools
from portal.domain.offers import catalogs, offers
from portal.domain.offers.tables import Catalog, Offer

MAIL, PASSWORD = "owner@bench.example", "correct horse battery"
CATALOG_CODE, OFFER_NAME = "bench", "Bench offer"
UID, CODE = "BENCHUID{}", "BENCH{}"  # of each promoter, numbered from 1
_CATALOGS, _OFFERS, _LANDINGS, _PROMOTERS = 4, 5, 3, 200
_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class World:
    """What the rows need to make their requests: ids as they stand in addresses, `catalogs` the short codes."""

    token: str
    catalog: str
    offer: str
    catalogs: list[str]
    uids: list[str]
    deals: int
    cards: int
    desk: Desk
    club: Club
    cookie: str = ""


def fill(deals: int) -> World:
    """Fill the connected, empty database."""
    half = sign_ups.find(sign_ups.begin(MAIL, "Olga Owner", PASSWORD, "Bench Shop"))
    sign_ups.finish_by_code(half, codes.code_of(half), confirmed=True, address="", agent="")
    merchant = Partner.get(Partner.name == "Bench Shop")
    made = [_catalog(merchant, number) for number in range(_CATALOGS)]
    uids = _promotions(merchant, made)
    bulk.add_deals(merchant.id, _PROMOTERS, _OFFERS, deals)
    cards, desk = card_bulk.add(merchant.id, deals), coupon_bulk.add(merchant.id, deals)
    club = offer_bulk.add(merchant)
    _, token = tokens.make(merchant, "Bench", list(PERMITS), rate_limit=tokens.LARGEST_LIMIT)
    offer = Offer.get(Offer.name == OFFER_NAME)
    return World(
        token, made[0].uuid, offer.uuid, [catalog.short_code for catalog in made], uids, deals, cards, desk, club
    )


def _catalog(merchant: Partner, number: int) -> Catalog:
    """A catalog with its offers and landings; the first of the first one have the names that requests use."""
    code = f"{CATALOG_CODE}-{number}" if number else CATALOG_CODE
    catalog = catalogs.create(
        merchant.id, {"title": f"Bench catalog {number}", "catalog_code": code, "is_promocode_allowed": True}
    )
    prices = [offers.Price(Decimal("49.90"), "USD"), offers.Price(Decimal(45), "EUR")]
    for place in range(_OFFERS):
        name = f"{OFFER_NAME} {number}.{place}" if number or place else OFFER_NAME
        given = {"name": name, "reward_percent": Decimal("7.5"), "is_promocode_allowed": True}
        offer = terms.create(merchant.id, given, catalog.uuid, prices)
        pools.put(offer, {"leads_to": "https://shop.example/"}, None)
    for place in range(_LANDINGS):
        landings.create(
            merchant.id, {"url": f"https://shop.example/{number}/{place}", "title": "Landing"}, catalog.uuid
        )
    return catalog


def _promotions(merchant: Partner, made: list[Catalog]) -> list[str]:
    """Every promoter in one of the catalogs, with a code; their uids."""
    with transaction():
        for number in range(1, _PROMOTERS + 1):
            now, code = clock.now(), CODE.format(number)
            promoter = Partner.create(slug=f"promoter-{number}", name=f"Bench Promoter {number}", confirmed_at=now)
            promotion = Promotion.create(
                uid=UID.format(number), catalog=made[number % len(made) - 1], promoter=promoter, decided_at=now
            )
            PromoCode.create(merchant=merchant, promotion=promotion, code=code, written=code, percent_discounts=1000)
    return [UID.format(number) for number in range(1, _PROMOTERS + 1)]


def sign_in(port: int) -> str:
    """Sign the person in through the real form; the cookies, as a browser sends them."""
    connection, cookies = HTTPConnection("127.0.0.1", port, timeout=30), {}
    try:
        page = _fetched(connection, cookies, "GET", "/sign-in")
        form = {"csrf_token": _CSRF.search(page)[1], "mail": MAIL, "password": PASSWORD}
        _fetched(connection, cookies, "POST", "/sign-in", urlencode(form))
        # The first page puts the token of its forms into the cookie, as it does for a browser.
        _fetched(connection, cookies, "GET", "/catalogs")
        return _sent(cookies)
    finally:
        connection.close()


def _fetched(connection, cookies: dict[str, str], method: str, path: str, body: str | None = None) -> str:
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, path, body, {"Cookie": _sent(cookies), **kind})
    response = connection.getresponse()
    for cookie in response.headers.get_all("Set-Cookie", []):
        name, _, value = cookie.partition(";")[0].partition("=")
        cookies[name] = value
    return response.read().decode()


def _sent(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
