"""A partner's club as its pages know it: whose it is, which member is signed in, by a cookie of their own beside that of the portal.

What stands on the start page of a club is brought by the areas (`Area.club`).
"""

from collections.abc import Callable
from typing import NamedTuple

from flask import Response, after_this_request, current_app, g, redirect, request, url_for
from werkzeug import Response as AnyResponse

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.errors import NotFound
from portal.domain.events import log
from portal.domain.members.sign_ins import codes, known, sign_ins
from portal.domain.members.sign_ins.sign_ins import OpenSignIn, SignedIn
from portal.domain.sentences import say
from portal.web import readers

SIGNED_IN, CODE, KNOWN = "member", "member-code", "member-known"
_LAST = {SIGNED_IN: sign_ins.LASTS, CODE: codes.LASTS, KNOWN: known.LASTS}


class ClubPart(NamedTuple):
    """What an area shows in a club: whether it has anything there, its part of the start page for a member, or for a guest, and what a
    member who leaves the club for good loses of it. A guest has nothing yet, and sees what there is to get before how one joins:
    parts that are `first_for_guests` come first then."""

    is_there: Callable[[int], bool]
    draw: Callable[[Partner, OpenSignIn | None], str]
    losses: Callable[[OpenSignIn], list[str]]
    first_for_guests: bool = False


def know_the_club(route) -> None:
    """The club that the address names. Raises NotFound for a partner who has none, or is closed."""
    slug = (request.view_args or {}).get("club_slug", "").lower()
    club = Partner.get_or_none(Partner.slug == slug, Partner.disabled_at.is_null())
    if club is None or not any(part.is_there(club.id) for part in current_app.extensions["clubs"]):
        raise NotFound(say("club"))
    g.club, g.member = club, None
    clock.use(club.clock_offset)
    g.time_zone = club.time_zone


def know_the_member(route) -> None:
    """Who is signed in at this club."""
    key = kept(SIGNED_IN)
    found = sign_ins.find(g.club.id, key) if key else None
    if found is None or key is None:
        return
    g.member = found
    log.acting_as(f"member:{found.member_id}")
    readers.speak_to(found.language, None)
    if sign_ins.note_seen(found):
        keep(SIGNED_IN, key)


def ask_member_to_sign_in(route) -> AnyResponse | None:
    """No member is signed in: the way to the sign-in page, and back."""
    if g.member is not None:
        return None
    shown = request.full_path.rstrip("?") if request.method == "GET" and not request.htmx else None
    place = url_for("club.signing_in.begin", club_slug=g.club.slug, next=shown)
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": place})
    return redirect(place)


def come_in(signed_in: SignedIn) -> None:
    """With the answer to this request: this browser is the member's."""
    keep(SIGNED_IN, signed_in.key)
    keep(KNOWN, known.mark(signed_in.member_id))
    drop(CODE)


def kept(what: str) -> str | None:
    """What this browser keeps for the club."""
    return request.cookies.get(_cookie(what))


def keep(what: str, value: str) -> None:
    """Let this browser keep it for the club, with the answer to this request."""
    name, lasts, is_https = _cookie(what), _LAST[what], current_app.config["SETTINGS"].is_https

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(name, value, max_age=lasts, path="/", secure=is_https, httponly=True, samesite="Lax")
        return response


def drop(what: str) -> None:
    """Let this browser keep it no more."""
    name, is_https = _cookie(what), current_app.config["SETTINGS"].is_https

    @after_this_request
    def delete_cookie(response: Response) -> Response:
        response.delete_cookie(name, path="/", secure=is_https, httponly=True, samesite="Lax")
        return response


def _cookie(what: str) -> str:
    """Each club has its own: somebody may be a member of several."""
    prefix = "__Host-" if current_app.config["SETTINGS"].is_https else ""
    return f"{prefix}{what}-{g.club.id}"
