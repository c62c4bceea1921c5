"""The server of a club's apps, as Authlib joins one of grants and endpoints."""

from authlib.oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc7009 import RevocationEndpoint

from portal.api.idempotency import Reply
from portal.domain.members.oauth import apps, chains, tokens
from portal.member_offers.oauth.errors import USUAL, described
from portal.member_offers.oauth.grants import BY_TOKEN, S256, CodeGrant, PasswordGrant, RefreshGrant
from portal.member_offers.oauth.known import Client, KnownToken


class Revocation(RevocationEndpoint):
    """A token is given back, and all that came of the same sign-in with it."""

    CLIENT_AUTH_METHODS = [BY_TOKEN]

    def check_params(self, request, client):
        if not request.form.get("token"):
            raise InvalidRequestError("Send the token.")

    def authenticate_token(self, request, client):
        """One that another client got is as one that nobody knows: nothing is done, and nothing is told (RFC 7009 §2.2)."""
        self.check_params(request, client)
        row = tokens.of_any(self.server.partner_id, request.form["token"])
        return KnownToken(row) if row and KnownToken(row).check_client(client) else None

    def revoke_token(self, token, request):
        chains.end(token.row.chain_id)


class ClubServer(AuthorizationServer):
    """The server of one club's apps, for one request."""

    def __init__(self, partner_id: int):
        super().__init__()
        self.partner_id = partner_id
        self.register_client_auth_method(BY_TOKEN, lambda query_client, request: request.client_of_club)
        for grant, extensions in ((CodeGrant, [S256()]), (RefreshGrant, None), (PasswordGrant, None)):
            self.register_grant(grant, extensions)
        self.register_endpoint(Revocation)

    def query_client(self, client_id):
        app = apps.known_as(self.partner_id, client_id)
        return app and Client(self.partner_id, app)

    def get_authorization_grant(self, request):
        grant = CodeGrant(request, self)
        S256()(grant)
        return grant

    def create_oauth2_request(self, request):
        return request

    def send_signal(self, name, *args, **kwargs):
        """Nobody listens."""

    def handle_response(self, status, body, headers):
        if "error" in body:
            body["error_description"] = described(body.get("error_description") or USUAL.get(body["error"], ""))
        return Reply(body, status, dict(headers))
