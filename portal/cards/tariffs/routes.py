"""Tariffs: their JSON."""

from portal.cards.envelope import Many, One, Page
from portal.cards.examples import TARIFF, listed, one
from portal.cards.tariffs import api as json
from portal.cards.tariffs.schemas import Tariff
from portal.domain.cards.permits import COMPANIES_READ
from portal.routing import api, permit

READ = permit(COMPANIES_READ)
API = [
    api(
        "GET",
        "/api/v2/tariffs",
        json.index,
        READ,
        "List tariffs",
        operation="list_tariffs",
        query=Page,
        answer=Many[Tariff],
        answer_example=listed(TARIFF),
    ),
    api(
        "GET",
        "/api/v2/tariffs/<tariff_id>",
        json.show,
        READ,
        "Get a tariff",
        operation="get_tariff",
        answer=One[Tariff],
        answer_example=one(TARIFF),
    ),
]
ROUTES = API
