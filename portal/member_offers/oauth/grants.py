"""The ways in which tokens are drawn. Authlib reads requests and checks them by the standards; the domain decides and writes.

Authlib would take `plain` for a challenge, none where a client proves itself in a way of its own, draw tokens before it ends the old
ones, and neither rotate them nor see that one comes again: all that is the domain's, or said here.
"""

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import BaseGrant, InvalidGrantError, InvalidRequestError, TokenEndpointMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, RefreshTokenGrant
from authlib.oauth2.rfc7636 import CodeChallenge

from portal.domain.members.oauth import apps, chains, codes, signing_in, tokens
from portal.domain.members.oauth.chains import Pair
from portal.member_offers.oauth import wire
from portal.member_offers.oauth.errors import USUAL
from portal.member_offers.oauth.known import Client, KnownCode, KnownToken
from portal.server.limits import network

BY_TOKEN = "client_token"  # noqa: S105 - how a client proves itself
_ONCE = ("response_type", "state", "code_challenge", "code_challenge_method")


class S256(CodeChallenge):
    """A challenge that says nothing of what it was made of; without one no code is given."""

    DEFAULT_CODE_CHALLENGE_METHOD = "S256"
    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant, redirect_uri):
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("Send a code_challenge with code_challenge_method=S256.")
        super().validate_code_challenge(grant, redirect_uri)


class CodeGrant(AuthorizationCodeGrant):
    """A member agrees in the browser, and the app draws tokens with the code."""

    TOKEN_ENDPOINT_AUTH_METHODS = [BY_TOKEN]

    def validate_no_multiple_request_parameter(self, request):
        """Below: what is wrong with the rest is told to the app, once it is known where it is."""

    def validate_authorization_request(self):
        if any(self._is_repeated(name) for name in ("client_id", "redirect_uri")):
            raise InvalidRequestError("Send client_id and redirect_uri once.")
        place = super().validate_authorization_request()
        if any(map(self._is_repeated, _ONCE)):
            raise InvalidRequestError("Send each parameter once.", redirect_uri=place)
        if not self.request.payload.response_type:
            raise InvalidRequestError("Send response_type=code.", redirect_uri=place)
        if self.request.payload.response_type != "code":
            raise OAuth2Error("Send response_type=code.", error="unsupported_response_type", redirect_uri=place)
        return place

    @staticmethod
    def validate_authorization_redirect_uri(request, client):
        """Authlib would repeat the address in its sentence, and fail at the letters that one may not have."""
        place = request.payload.redirect_uri
        if not place or not client.check_redirect_uri(place):
            raise InvalidRequestError("Send a redirect_uri of the app.")
        return place

    def _is_repeated(self, name: str) -> bool:
        return len(self.request.payload.datalist.get(name, ())) > 1

    def generate_authorization_code(self):
        asked = self.request.payload.data
        return codes.issue(self.client.app, self.request.user, asked["redirect_uri"], asked["code_challenge"])

    def save_authorization_code(self, code, request):
        """It is kept with what makes it."""

    def query_authorization_code(self, code, client):
        row = codes.found(client.partner_id, code)
        asked = self.request.payload.client_id
        if row is None or not apps.may_use(row.app_id, client.token_id) or asked not in (None, row.app.client_id):
            return None
        if row.used_at is not None:  # Whatever comes with it, somebody else has seen it.
            chains.end(row.chain_id)
            return None
        return KnownCode(row)

    def create_token_response(self):
        return _drawn(codes.redeem(self.request.authorization_code.row, self.client.token_id))


class RefreshGrant(RefreshTokenGrant):
    """The next pair for a refresh token."""

    TOKEN_ENDPOINT_AUTH_METHODS = [BY_TOKEN]

    def authenticate_refresh_token(self, refresh_token):
        row = tokens.of_refresh(self.request.client_of_club.partner_id, refresh_token)
        return row and KnownToken(row)

    def create_token_response(self):
        return _drawn(chains.draw(self.request.refresh_token.row))


class PasswordGrant(BaseGrant, TokenEndpointMixin):
    """A member's password, in an app that the member trusts with it."""

    TOKEN_ENDPOINT_AUTH_METHODS = [BY_TOKEN]
    GRANT_TYPE = "password"

    def validate_token_request(self):
        asked = self.request.form
        if missing := [name for name in ("identifier", "identifier_type", "password") if not asked.get(name)]:
            raise InvalidRequestError(f"Send {' and '.join(missing)}.")
        if asked["identifier_type"] not in signing_in.KINDS:
            raise InvalidRequestError(f"Send an identifier_type: {', '.join(signing_in.KINDS)}.")
        self.request.client = self.authenticate_token_endpoint_client()

    def create_token_response(self):
        asked, client = self.request.form, self.request.client
        pair = signing_in.by_password(
            client.partner_id, _named_app(client, asked.get("client_id")), client.token_id, asked["identifier_type"],
            asked["identifier"], asked["password"], network(asked["address"]),
        )  # fmt: skip
        return _drawn(pair, "No member has this identifier and this password.")


def _named_app(client: Client, client_id: str | None) -> int | None:
    """The app that says its name, where the client token is its own."""
    app = apps.known_as(client.partner_id, client_id) if client_id else None
    return app.id if app and apps.may_use(app.id, client.token_id) else None


def _drawn(pair: Pair | None, refused: str = USUAL["invalid_grant"]):
    if pair is None:
        raise InvalidGrantError(refused)
    return 200, wire.pair(pair), RefreshGrant.TOKEN_RESPONSE_HEADER
