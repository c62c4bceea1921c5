"""What the benchmark's database holds: a merchant with a catalog, a promoter, a token, a person, and many deals."""

import re
from dataclasses import dataclass
from decimal import Decimal
from http.client import HTTPConnection
from urllib.parse import urlencode

from bench import bulk
from portal import clock
from portal.database import transaction
from portal.domain.accounts import people, tokens
from portal.domain.accounts.permits import PERMITS
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate import catalogs, landings, offers
from portal.domain.affiliate.tables import Catalog, PromoCode, Promotion

MAIL, PASSWORD = "owner@bench.example", "correct horse battery"
UID, CODE, CATALOG_CODE, OFFER_NAME = "BENCHUID1", "BENCH10", "bench", "Bench offer"
_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class World:
    """What the rows need to make their requests."""

    token: str
    catalog: str
    offer: str
    deals: int
    cookie: str = ""


def fill(deals: int) -> World:
    """Fill the connected, empty database."""
    merchant = _partner(MAIL, "Bench Shop")
    promoter = _partner("owner@promoter.example", "Bench Promoter")
    catalog = catalogs.create(
        merchant.id, {"title": "Bench catalog", "catalog_code": CATALOG_CODE, "is_promocode_allowed": True}
    )
    prices = [offers.Price(Decimal("49.90"), "USD"), offers.Price(Decimal(45), "EUR")]
    terms = {"name": OFFER_NAME, "reward_percent": Decimal("7.5"), "is_promocode_allowed": True}
    offer = offers.create(merchant.id, terms, catalog.uuid, prices)
    for number in range(3):
        landings.create(merchant.id, {"url": f"https://shop.example/{number}", "title": "Landing"}, catalog.uuid)
    promotion = _promotion(merchant, catalog, promoter)
    bulk.add_deals(bulk.Place(merchant.id, promoter.id, catalog.id, offer.id, OFFER_NAME, promotion.id), deals)
    _, token = tokens.make(merchant, "Bench", list(PERMITS), rate_limit=tokens.LARGEST_LIMIT)
    return World(token, catalog.uuid, offer.uuid, deals)


def _partner(mail: str, name: str) -> Partner:
    people.sign_up(mail, "Olga Owner", PASSWORD, name, confirmed=True)
    return Partner.get(Partner.name == name)


def _promotion(merchant: Partner, catalog: Catalog, promoter: Partner) -> Promotion:
    with transaction():
        promotion = Promotion.create(uid=UID, catalog=catalog, promoter=promoter, decided_at=clock.now())
        PromoCode.create(merchant=merchant, promotion=promotion, code=CODE, written=CODE, percent_discounts=1000)
    return promotion


def sign_in(port: int) -> str:
    """Sign the person in through the real form; the session cookie."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        page, cookie = _fetched(connection, "GET", "/sign-in")
        form = {"csrf_token": _CSRF.search(page)[1], "mail": MAIL, "password": PASSWORD}
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        return _fetched(connection, "POST", "/sign-in", urlencode(form), headers)[1]
    finally:
        connection.close()


def _fetched(connection, method: str, path: str, body: str | None = None, headers: dict | None = None) -> tuple:
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    return response.read().decode(), (response.getheader("Set-Cookie") or "").partition(";")[0]
