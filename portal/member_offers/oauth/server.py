"""The server of a club's apps, as Authlib joins one of grants and endpoints."""

from authlib.oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc7009 import RevocationEndpoint

from portal.api.idempotency import Reply
from portal.domain.members.oauth import apps, chains, tokens
from portal.member_offers.oauth.errors import described
from portal.member_offers.oauth.grants import BY_TOKEN, S256, CodeGrant, PasswordGrant, RefreshGrant
from portal.member_offers.oauth.known import Client, KnownToken


class Revocation(RevocationEndpoint):
    """A token is given back, and all that came of the same sign-in with it."""

    CLIENT_AUTH_METHODS = [BY_TOKEN]

    def check_params(self, request, client):
        if not request.form.get("token"):
            raise InvalidRequestError("Send the token.")

    def query_token(self, token_string, token_type_hint):
        row = tokens.of_any(self.server.partner_id, token_string)
        return row and KnownToken(row)

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
        if "error_description" in body:
            body["error_description"] = described(body["error_description"])
        return Reply(body, status, dict(headers))
