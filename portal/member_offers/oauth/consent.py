"""A member's browser comes from an app: the member signs in at the club, reads what the app may do, and goes back with a code
(contract: member-offers, "Member tokens"; RFC 6749 §4.1).

Whatever is wrong with the app or its address is told to the member, here; all else is told to the app, there.
"""

from authlib.common.urls import add_params_to_uri
from authlib.oauth2 import OAuth2Error
from flask import Response, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response as AnyResponse

from portal import clock
from portal.domain.cards.templates import looks
from portal.domain.members.oauth import addresses, bans
from portal.domain.members.oauth.bans import Banned
from portal.domain.members.tables import Member
from portal.member_offers.oauth.grants import CodeGrant
from portal.member_offers.oauth.known import Asked, Client
from portal.member_offers.oauth.server import ClubServer


def authorize(club_slug: str) -> AnyResponse:
    """Where apps send members: on to the page that asks, or back with what is wrong."""
    try:
        _granting()
    except OAuth2Error as error:
        return _refused(error)
    return redirect(f"{url_for('oauth.consent.ask', club_slug=g.club.slug)}?{request.query_string.decode()}", 303)


def ask(club_slug: str) -> AnyResponse:
    """Name the app and what it may do; what the member answers leads back to it."""
    try:
        grant = _granting()
    except OAuth2Error as error:
        return _refused(error)
    member = Member.get_by_id(g.member.member_id)
    try:
        bans.refuse(member)
    except Banned as error:
        return _page("banned", 403, until=error.until)
    if request.method == "POST":
        return _answered(grant, member.id if request.form.get("answer") == "allow" else None)
    g.leads_to = addresses.source(grant.redirect_uri)
    return _page("consent", 200, app=grant.client.app, member=member)


def _granting() -> CodeGrant:
    """What is asked for. Raises OAuth2Error; one that the app is to be told of says where it is."""
    asked = Asked({name: request.args.getlist(name) for name in request.args}, Client(g.club.id))
    return ClubServer(g.club.id).get_consent_grant(asked)


def _answered(grant: CodeGrant, member_id: int | None) -> Response:
    reply = ClubServer(g.club.id).create_authorization_response(grant.request, member_id, grant)
    return _back(reply.headers["Location"])


def _refused(error: OAuth2Error) -> Response:
    if error.redirect_uri:
        return _back(add_params_to_uri(error.redirect_uri, error.get_body()))
    return _page("refused", 400)


def _back(place: str) -> Response:
    return Response(
        status=303, headers={"Location": place, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    )


def _page(name: str, status: int, **context) -> Response:
    page = f"member_offers/oauth/{name}.html"
    return make_response(
        render_template(page, club=g.club, look=looks.of(g.club), read_at=clock.now(), **context), status
    )
