"""Apps of a club: how a member signs in by one, and the tokens that it draws (contract: member-offers, "Member tokens")."""

from portal.member_offers.acts.schemas import Nothing
from portal.member_offers.oauth import api as json
from portal.member_offers.oauth import consent, examples
from portal.member_offers.oauth.admission import CLIENT, CLIENT_AND_MEMBER
from portal.member_offers.oauth.errors import OF_TOKENS
from portal.member_offers.oauth.guards import OF_APPS
from portal.member_offers.oauth.schemas import Revoked, TokenAsk, TokenInfo, TokenPair
from portal.routing import MEMBER, api, page

_OAUTH = "/api/v3/<club_slug>/members/oauth"
ROUTES = [
    page("GET", f"{_OAUTH}/authorize", consent.authorize, OF_APPS),
    page("GET POST", "/club/<club_slug>/authorize", consent.ask, MEMBER),
    api(
        "POST",
        f"{_OAUTH}/token",
        json.draw,
        CLIENT,
        "Draw a member's tokens",
        operation="draw_member_tokens",
        is_cross_origin=True,
        body=TokenAsk,
        body_may_be_form=True,
        answer=TokenPair,
        example=examples.TOKEN_ASK,
        answer_example=examples.TOKEN_PAIR,
        errors=OF_TOKENS,
    ),
    api(
        "POST",
        f"{_OAUTH}/revoke",
        json.revoke,
        CLIENT,
        "Revoke a member's token",
        operation="revoke_member_token",
        is_cross_origin=True,
        body=Revoked,
        body_may_be_form=True,
        answer=Nothing,
        example={"token": examples.TOKEN_PAIR["refresh_token"]},
        answer_example={},
        errors=OF_TOKENS,
    ),
    api(
        "GET",
        f"{_OAUTH}/token/info",
        json.info,
        CLIENT_AND_MEMBER,
        "Look at a member's token",
        operation="get_member_token_info",
        is_cross_origin=True,
        answer=TokenInfo,
        answer_example=examples.TOKEN_INFO,
        errors=OF_TOKENS,
    ),
]
