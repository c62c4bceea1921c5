"""Things of a merchant's that are found by our id: through the merchant who asks, so that another's and a missing one are the same."""

from typing import TypeVar

from portal.database import BaseModel
from portal.domain.errors import NotFound
from portal.domain.identifiers import is_uuid

Row = TypeVar("Row", bound=BaseModel)


def of_merchant(table: type[Row], merchant_id: int, uuid: str, called: str) -> Row:
    """The merchant's row of a table that has `uuid` and `merchant`. Raises NotFound of what it is called."""
    found = is_uuid(uuid) and table.get_or_none(uuid=uuid.lower(), merchant=merchant_id)
    if not found:
        raise NotFound(called)
    return found
