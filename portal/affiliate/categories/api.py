"""Categories over JSON."""

from portal.api.fields import Page
from portal.api.idempotency import Reply
from portal.api.paging import paged
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.offers import choices
from portal.domain.offers.tables import Category


def index(caller: Credential, query: Page) -> Reply:
    """The categories that a catalog can have, newest first. They are the same for every partner of this portal."""
    return paged(choices.page_of_categories, query, lambda rows: [_shown(row) for row in rows])


def _shown(category: Category) -> dict:
    return {"id": category.uuid, "name": category.name}
