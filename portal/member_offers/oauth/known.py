"""A request, and what the portal knows of apps, codes and tokens, in the shapes in which Authlib asks for them."""

from authlib.oauth2 import OAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload

from portal.domain.members.oauth import addresses, apps, clients
from portal.domain.members.oauth.tables import OauthApp, OauthCode, OauthToken


class Client(ClientMixin):
    """An app, at the page that members agree on; or whoever sends a client token of the club's, with no app yet."""

    def __init__(self, partner_id: int, app: OauthApp | None = None, token_id: int = 0):
        self.partner_id, self.app, self.token_id = partner_id, app, token_id

    def get_default_redirect_uri(self):
        return None  # It is told each time.

    def get_allowed_scope(self, scope):
        return ""  # There are none.

    def check_redirect_uri(self, redirect_uri):
        return addresses.is_one_of(self.app.redirect_uris if self.app else (), redirect_uri)

    def check_endpoint_auth_method(self, method, endpoint):
        return True

    def check_response_type(self, response_type):
        return True  # `CodeGrant` looks at it; Authlib would repeat it in a sentence, whatever is in it.

    def check_grant_type(self, grant_type):
        return True


class Asked(OAuth2Request):
    """A request: its parameters, from wherever they were sent, and the client that the portal has admitted."""

    def __init__(self, parameters: dict[str, list[str]], client: Client):
        super().__init__("POST", "https://portal.example")  # Whether it came by https is the installation's.
        one = {name: values[0] for name, values in parameters.items() if name != "scope"}
        self.payload = BasicOAuth2Payload(one)
        self.payload._datalist = parameters
        self.client_of_club = client

    @property
    def form(self) -> dict[str, str]:
        return self.payload.data


class KnownCode:
    """A code as Authlib asks for it."""

    def __init__(self, row: OauthCode):
        self.row, self.code_challenge, self.code_challenge_method = row, row.challenge, "S256"

    def get_redirect_uri(self):
        return self.row.redirect_uri

    def get_scope(self):
        return ""


class KnownToken:
    """A pair of tokens as Authlib asks for it."""

    def __init__(self, row: OauthToken):
        self.row = row

    def check_client(self, client: Client) -> bool:
        """Whether it was given to this client: by an app, to one that has its client token, else to the program that asked."""
        chain = self.row.chain
        if chain.app_id is None:
            return clients.are_one(chain.client_token_id, client.token_id)
        return apps.may_use(chain.app_id, client.token_id)
