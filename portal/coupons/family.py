"""The coupons family: how its API speaks (contract: coupons), its features and its part of the menu."""

from portal.api.credentials import HEADERS
from portal.api.families import Tag, WireFamily
from portal.coupons.errors import LISTED
from portal.routing import Area, Route

TAGS: dict[str, Tag] = {}
PATH_PARAMETERS: dict[str, str] = {}
OWN_HEADER = "X-API-Token"  # the family's own, which comes first in what is told
WIRE = WireFamily(
    "/api",
    TAGS,
    PATH_PARAMETERS,
    headers=(OWN_HEADER, *(header for header in HEADERS if header != OWN_HEADER)),
    errors=LISTED,
)
TABLES: tuple[list[Route], ...] = ()
AREA = Area(TABLES, wire=WIRE)
