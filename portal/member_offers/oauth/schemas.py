"""Bodies of the token endpoints, and what they answer (contract: member-offers, "Member tokens")."""

from typing import Annotated

from pydantic import AfterValidator, Field

from portal.api.answers import AnswerSchema
from portal.api.fields import Body, Text
from portal.api.loose import Loose
from portal.domain.codes import REQUIRED
from portal.domain.values import Wrong
from portal.member_offers.oauth.errors import USUAL


def _named(grant_type: str) -> str:
    if not grant_type.strip():
        raise Wrong(USUAL["unsupported_grant_type"], REQUIRED)
    return grant_type


class TokenAsk(Body):
    """What tokens are drawn with; which of it depends on `grant_type`."""

    grant_type: Annotated[Text, AfterValidator(_named)] = Field(
        description="`authorization_code`, `refresh_token` or `password`."
    )
    code: Text | None = Field(None, description="The code of the address that the member came back to.")
    redirect_uri: Text | None = Field(None, description="That address, as it was asked for.")
    code_verifier: Text | None = Field(None, description="What the challenge was made of.")
    client_id: Text | None = Field(None, description="The app’s public id.")
    refresh_token: Text | None = Field(None, description="The refresh token of the last answer.")
    identifier_type: Text | None = Field(None, description="What the member is named by: `id`, `email` or `msisdn`.")
    identifier: Loose | None = Field(None, description="The member’s id, mail address or phone.")
    password: Text | None = Field(None, description="The member’s password.")


class Revoked(Body):
    """A token that is given back."""

    token: Text | None = Field(None, description="The access or the refresh token.")
    token_type_hint: Text | None = Field(
        None, description="`access_token` or `refresh_token`; either is found without."
    )


class TokenPair(AnswerSchema):
    """Tokens of a member."""

    access_token: str = Field(description="Send it as `Authorization: Bearer …`.")
    token_type: str = Field(description="Always `bearer`.")
    expires_in: int = Field(description="In how many seconds the access token ends.")
    refresh_token: str = Field(description="Draws the next pair, once.")
    created_at: int = Field(description="Now, in seconds since 1970.")
    resource_owner_id: int = Field(description="The member’s id.")


class TokenApp(AnswerSchema):
    """The app that a token was given to."""

    uid: str | None = Field(description="Its public id; null for a program of the partner’s own.")


class TokenInfo(AnswerSchema):
    """What is known of an access token."""

    resource_owner_id: int = Field(description="The member’s id.")
    scope: list[str] = Field(description="Always empty: what may be done is said by the client token’s permits.")
    expires_in: int = Field(description="In how many seconds it ends.")
    application: TokenApp = Field(description="Whom it was given to.")
    created_at: int = Field(description="When it was drawn, in seconds since 1970.")
