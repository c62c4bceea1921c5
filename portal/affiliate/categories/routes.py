"""Categories: what a catalog's `category` may be."""

from portal.affiliate.categories import api as json
from portal.affiliate.schemas import CategoryResponse, examples
from portal.api.fields import Page
from portal.domain.affiliate.permits import CATALOGS_READ
from portal.routing import api, permit

ROUTES = [
    api(
        "GET",
        "/api/category",
        json.index,
        permit(CATALOGS_READ),
        "List categories",
        operation="list_categories",
        query=Page,
        answer=list[CategoryResponse],
        answer_example=[examples.CATEGORY],
    ),
]
