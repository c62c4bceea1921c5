"""What is sent with what members do (contract: member-offers, "Endpoints")."""

from pydantic import Field

from portal.api.answers import AnswerSchema
from portal.api.fields import Body
from portal.api.loose import Loose, Whole
from portal.domain.member_offers.grants import LONGEST_SECONDS
from portal.member_offers.club_offers.schemas import OfferUsage


class UseAsked(Body):
    """A use of an offer."""

    authorization_token: Loose | None = Field(
        None, description="The code of the counter, where the offer needs one: six digits."
    )


class GrantAsked(Body):
    """A grant of an exclusive offer."""

    usable_for_seconds: Whole | None = Field(
        None,
        description=f"For how long, 1 to {LONGEST_SECONDS}; as long as the offer may be used where it is left out.",
    )


class Used(AnswerSchema):
    """What is left after the use."""

    usage: OfferUsage = Field(description="How often the offer may be used now, and until when the use is active.")


class Nothing(AnswerSchema):
    """Done."""
