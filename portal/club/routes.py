"""The club of a partner: its start page, how members sign in, and what they see of themselves."""

from portal.club import (
    app,
    colours,
    connected,
    details,
    dress,
    mail,
    missing,
    news,
    pages,
    password,
    removal,
    scopes,
    signing_in,
)
from portal.domain.accounts.roles import MAY_EDIT
from portal.routing import CLUB, CLUB_KIND, MEMBER, MEMBER_KIND, PUBLIC, Area, page, roles

_BIGGEST = 2**63 - 1  # that a database counts to
EDIT = roles(MAY_EDIT)
ROUTES = [
    page("GET", "/club/sw.js", app.worker, PUBLIC),
    page("GET", "/club/<club_slug>/", pages.start, CLUB),
    page("GET", "/club/<club_slug>/app.webmanifest", app.manifest, CLUB),
    page("GET", "/club/<club_slug>/c/<card_key>/app.webmanifest", app.of_card, CLUB),
    page("GET", "/club/<club_slug>/icon-<int(max=512):size>.png", app.icon, CLUB),
    page("GET", "/club/<club_slug>/colours.css", colours.sheet, CLUB),
    page("GET", "/club/<club_slug>/offline", app.offline, CLUB),
    page("GET POST", "/club-page/look", dress.edit, EDIT),
    page("POST", "/club-page/look/drawn", dress.drawn, EDIT),
    page("POST", "/club-page/look/removal", dress.undress, EDIT),
    page("POST", "/club-page/scopes", scopes.choose, EDIT),
    page("GET POST", "/club/<club_slug>/sign-in", signing_in.begin, CLUB),
    page("GET POST", "/club/<club_slug>/sign-in/code", signing_in.code, CLUB),
    page("POST", "/club/<club_slug>/sign-out", signing_in.sign_out, CLUB),
    page("GET POST", "/club/<club_slug>/details", details.show, MEMBER),
    page("POST", "/club/<club_slug>/language", details.speak, MEMBER),
    page("POST", "/club/<club_slug>/details/news", news.choose, MEMBER),
    page("GET POST", "/club/<club_slug>/mail", mail.begin, MEMBER),
    page("GET POST", "/club/<club_slug>/mail/code", mail.code, MEMBER),
    page("GET POST", "/club/<club_slug>/removal", removal.ask, MEMBER),
    page("POST", "/club/<club_slug>/sign-ins/endings", details.end_all, MEMBER),
    page("POST", f"/club/<club_slug>/sign-ins/<int(max={_BIGGEST}):sign_in_id>/ending", details.end_one, MEMBER),
    page("GET POST", "/club/<club_slug>/password", password.edit, MEMBER),
    page("POST", "/club/<club_slug>/password/code", password.ask, MEMBER),
    page("POST", f"/club/<club_slug>/apps/<int(max={_BIGGEST}):chain_id>/ending", connected.end, MEMBER),
]
AREA = Area((ROUTES,), missing=dict.fromkeys((CLUB_KIND, MEMBER_KIND), missing.show))
