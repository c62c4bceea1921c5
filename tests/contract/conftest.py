"""An integrator of acme's, one of rival's, and a shop that is ready to sell."""

import pytest

from portal.domain.members.tables import Member
from tests.contract.caller import Caller
from tests.contract.clubs import Club
from tests.contract.promoters import promoted
from tests.support import loyalty


@pytest.fixture
def api(client, world):
    """Acme's integrator."""
    return Caller(client, world.acme.token)


@pytest.fixture
def stranger(client, world):
    """Rival's integrator."""
    return Caller(client, world.rival.token)


@pytest.fixture
def begin(request):
    return _sold if "shop" in request.fixturenames else None


@pytest.fixture
def shop(api, world):
    """A published catalog of acme's with one offer (100 USD, 20%) and a landing, sold by northwind with a uid and a code."""
    return Shop(api, *world.begun)


def _sold(world) -> tuple:
    """The shop's catalog, offer, landing and promotion."""
    api = Caller(world.app.test_client(), world.acme.token)
    catalog = api.made("/catalog/", {"title": "Shop", "catalog_code": "shop", "is_promocode_allowed": True})
    offer = api.made(
        "/offer/",
        {
            "name": "Plan",
            "catalog_id": catalog["id"],
            "is_promocode_allowed": True,
            "prices": [{"cost": 100, "currency": "USD"}],
            "reward_percent": 20,
        },
    )
    landing = api.made("/landing/", {"url": "https://shop.example/", "catalog_id": catalog["id"]})
    return catalog, offer, landing, promoted(catalog["id"], world.northwind)


class Shop:
    """The shop's things, and the way a deal of it is reported."""

    def __init__(self, api, catalog, offer, landing, promotion):
        self.api, self.catalog, self.offer, self.landing, self.promotion = api, catalog, offer, landing, promotion

    def said(self, **said) -> dict:
        """A report of a deal that northwind's link brought."""
        usual = {
            "status": "Created",
            "offer": "Plan",
            "cost": 100,
            "currency": "USD",
            "another_data": "myshare=BDGSYEHVX",
            "deal_id": "order-1",
            "catalog_code": "shop",
        }
        return {name: value for name, value in {**usual, **said}.items() if value is not ...}

    def report(self, **said):
        """Report it."""
        return self.api.post("/deal/", self.said(**said))

    def deal(self, deal_id: str = "order-1") -> dict:
        """What GET answers."""
        return self.api.get(f"/deal/{deal_id}/").body


@pytest.fixture
def club(client, world):
    return Club(client, world.acme)


@pytest.fixture
def mia(world) -> Member:
    return loyalty.customer(world.acme, "Mia")
