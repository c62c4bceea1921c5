"""Its endpoints."""

from pydantic import BaseModel

from portal.api.fields import Body, Whole
from portal.domain.errors import NotFound, Refused
from portal.domain.offers.tables import Catalog


class Stamps(Body):
    """How many stamps to add."""

    stamps: Whole


class Shelf(BaseModel):
    """What is answered, in the envelope."""

    code: int
    data: dict


def show(caller, catalog_id: str) -> dict:
    """A catalog's title."""
    found = Catalog.get_or_none(Catalog.uuid == catalog_id, Catalog.partner == caller.partner_id)
    if found is None:
        raise NotFound("shelf")
    return {"title": found.title}


def add_stamps(caller, body: Stamps) -> dict:
    """At most five at once."""
    if body.stamps > 5:
        raise Refused("A card takes at most 5 stamps at once. Send fewer.", field="stamps")
    return {"stamps": body.stamps}


def add_plain_stamps(caller, body: Stamps) -> dict:
    """The same with refusals in another shape."""
    return add_stamps(caller, body)


def reserved(caller) -> dict:
    """What the secret of a reservation opens."""
    return {"reservation": caller.identity}
