"""A club as an app of its own asks it."""

from portal.domain.accounts.tokens import tokens
from tests.contract.caller import Caller, Reply
from tests.support import club_offers

CLIENT = "X-Client-Authorization"


class Club:
    """Acme's club as an app of its own asks it: `club.get("guest", "/offers")`."""

    def __init__(self, client, party):
        self.caller, self.party, self.token = Caller(client, None), party, party.token

    def __call__(self, method: str, context, path: str, body=None, **headers) -> Reply:
        sent = {CLIENT: self.token, **headers}
        slug = self.party.partner.slug
        return self.caller(method, f"/v3/{slug}/members/{context}{path}", body, {k: v for k, v in sent.items() if v})

    def get(self, context, path: str, **headers) -> Reply:
        return self("GET", context, path, **headers)

    def post(self, context, path: str, body=None, **headers) -> Reply:
        return self("POST", context, path, body, **headers)

    def ids(self, context, query: str = "") -> list[int]:
        """Those of a list."""
        reply = self.get(context, f"/offers{query}")
        assert reply.status == 200, reply.body
        return [offer["id"] for offer in reply.body["offers"]]

    def offer(self, **given) -> int:
        """The id of a new offer."""
        return club_offers.offer(self.party, **given).offer_id

    def with_permits(self, *names: str) -> None:
        """Ask with a token that has these permits alone."""
        self.token = tokens.make(self.party.partner, "Few", list(names))[1]
