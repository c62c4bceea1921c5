"""What programs send of customers (contract: cards, "Endpoints")."""

from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from portal.api.fields import ABSENT, Body, Text
from portal.api.loose import Loose, whole
from portal.cards.envelope import Page

# What the wire calls what the domain keeps.
NAMES = {
    "firstName": "first_name",
    "surname": "surname",
    "phone": "phone",
    "email": "mail",
    "gender": "gender",
    "dateOfBirth": "date_of_birth",
    "externalUserId": "external_user_id",
}


def _digit(value):
    """0, 1 or 2, which clients that make texts of all they send may send as one."""
    return None if value is None else whole(value)


Gender = Annotated[
    int | None,
    BeforeValidator(_digit),
    WithJsonSchema({"anyOf": [{"enum": [0, 1, 2]}, {"enum": ["0", "1", "2"]}, {"type": "null"}]}),
]


class CustomerFilter(Page):
    """Which customers, and which page of them."""

    phone: Text | None = Field(None, description="The one with this phone, in any notation.")
    email: Text | None = Field(None, description="The one with this mail address, in any case of letters.")


class _Said(Body):
    surname: Text | None = Field(None, max_length=120, description="Up to 120 characters.")
    email: Text | None = Field(None, max_length=254, description="One customer's; case makes no other.")
    gender: Gender = Field(None, description="0 unknown, 1 male, 2 female.")
    dateOfBirth: Text | None = Field(
        None, json_schema_extra={"format": "date"}, description="The day, as year-month-day, from 1900 to today."
    )
    externalUserId: Loose | None = Field(
        None, max_length=255, description="The id in your own software, one customer's. Up to 255 characters."
    )


class CustomerCreate(_Said):
    """A new customer."""

    firstName: Text = Field(max_length=120, description="Up to 120 characters.")
    phone: Loose | None = Field(
        None,
        max_length=40,
        description="One customer's, however it is written: kept so, and compared as E.164. Without a plus it is read as in the "
        "company's country, and else as an international number whose plus was left out; "
        "where it could be both, a mobile abroad comes before a fixed line at home that lacks its zero.",
    )


class CustomerChange(_Said):
    """The fields of a customer to set; what is absent or empty stays, null clears. The phone stays as it is."""

    id: Text | None = Field(None, description="If it is sent, the UUID of this customer.")
    body_id: Text | None = Field(None, description="The same, as some clients call it.")
    firstName: Text = Field(ABSENT, max_length=120, description="Up to 120 characters. Cannot be null.")
