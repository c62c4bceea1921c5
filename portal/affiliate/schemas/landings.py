"""Landings on the wire."""

from pydantic import Field

from portal.api.answers import AnswerSchema, Moment, Uuid
from portal.api.fields import ABSENT, AN_ADDRESS, Body, Text, also
from portal.domain.offers.words import ADAPTABILITIES

_URL = "Absolute http(s) address of the page that promoters lead to"
_REFERENCE = "The catalog's UUID or its short code"
_DEVICES = "Devices that the page is made for: All, Desktop or Mobile"


class LandingChange(Body):
    """The fields of a landing to set; what is absent or empty stays."""

    url: Text = Field(ABSENT, json_schema_extra=AN_ADDRESS, description=f"{_URL}. Cannot be null.")
    adaptability: Text | None = Field(
        None, json_schema_extra={"enum": [*ADAPTABILITIES, None]}, description=f"{_DEVICES}. Default and null: All."
    )
    title: Text | None = Field(None, max_length=255, description="Up to 255 characters. null clears.")
    catalog_id: Text | None = Field(None, description=f"{_REFERENCE}; moves the landing there. null leaves it.")
    image_url: Text | None = Field(
        None,
        validation_alias=also("image_url", "image"),
        json_schema_extra=AN_ADDRESS,
        description="Absolute http(s) address of a picture. null removes it. Also taken as `image`.",
    )


class LandingCreate(LandingChange):
    """A new landing."""

    url: Text = Field(json_schema_extra=AN_ADDRESS, description=f"{_URL}.")
    catalog_id: Text = Field(description=f"{_REFERENCE}.")


class LandingResponse(AnswerSchema):
    """A landing."""

    id: str = Field(description="Code of the landing, six letters and digits.")
    url: str = Field(description="Address of the page that promoters lead to.")
    modified_at: Moment = Field(description="When it was last changed: UTC, whole seconds, with Z.")
    adaptability: str = Field(json_schema_extra={"enum": [*ADAPTABILITIES]}, description=f"{_DEVICES}.")
    title: str | None = Field(description="What promoters see it as.")
    catalog_id: Uuid = Field(description="UUID of its catalog.")
    image_url: str | None = Field(description="Address of a picture, as it was given.")
