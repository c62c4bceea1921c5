"""What apps tell of offers that members looked at (contract: member-offers, "Endpoints")."""

from typing import Any

from pydantic import Field

from portal.api.fields import Body
from portal.api.loose import Id, Moment

MOST = 1000


class Look(Body):
    """A look at an offer."""

    offer_id: Id = Field(description="The offer.")
    created_at: Moment = Field(description="When. What cannot be, or is over 30 days ago, is taken for now.")
    context: Any = Field(None, description="Where it was seen; it is not kept.")


class Looks(Body):
    """Looks at offers, at most a thousand at once."""

    events: list[Look] = Field(description=f"At most {MOST}.")
