"""The guards of pages, and what a page answers when one of them speaks."""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug import Response as AnyResponse

from portal import clock
from portal.database import LOST, Busy
from portal.domain.accounts.roles import ROLE_WORDS
from portal.domain.accounts.sign_ins import proofs
from portal.domain.errors import DomainError, NotFound
from portal.domain.events import log
from portal.domain.sentences import either, joined, say
from portal.routing import (
    CLUB_KIND,
    MEMBER_KIND,
    OPERATOR_KIND,
    PUBLIC_KIND,
    ROLE_KIND,
    SIGNED_IN_KIND,
    SIGNED_LINK_KIND,
)
from portal.web import clubs, kept_forms, readers
from portal.web.errors import error_page, of_domain, unavailable
from portal.web.serving import keep_at_the_counter

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
csrf = CSRFProtect()


def guard(route, more: dict):
    """The view of a page behind its guards, as Flask calls it; `more` are those that its area brings."""
    guards = (GUARDS | more)[route.access.kind]

    def run(**path):
        try:
            refusal = next(filter(None, (speak(route) for speak in guards)), None)
            response = refusal or make_response(route.view(**path))
        except DomainError as error:
            response = make_response(*_refused(route, error))
        except CSRFError:
            response = kept_forms.page() or error_page(
                400, say("This form has grown old"), say("Go back, load the page again and send it once more.")
            )
        except Busy:
            response = unavailable()
        except LOST as error:
            response = unavailable(error)
        if route.access.kind != PUBLIC_KIND or g.get("person") is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        response.vary.update(("Cookie", "HX-Request", "Accept-Language"))
        return response

    return run


def _refused(route, error: DomainError) -> tuple[AnyResponse | str, int]:
    """A club says in its own dress that there is nothing; who asks for a club that there is not reads the house's page."""
    show = current_app.extensions["missing"].get(route.access.kind)
    if show and isinstance(error, NotFound) and g.get("club") is not None:
        return show(), 404
    return of_domain(error)


def _changes_something() -> bool:
    return request.method not in SAFE


def refuse_text_that_no_database_keeps(route) -> None:
    """A NUL in the address or in a form."""
    typed = request.form.values() if _changes_something() else ()
    if any("\x00" in str(value) for value in (*request.args.values(), *(request.view_args or {}).values(), *typed)):
        abort(400)


def refuse_forged_forms(route) -> None:
    """A form that no page of ours sent."""
    if _changes_something():
        csrf.protect()


def know_who_it_is(route) -> None:
    """Whoever is signed in, and the partner that they act for."""
    if "_user_id" not in session or not current_user.is_authenticated:
        return
    g.person = person = current_user._get_current_object()  # Templates ask it often, and a proxy looks it up each time.
    g.partner = person.acting
    log.acting_as(f"user:{person.user_id}", g.partner and g.partner.id)
    proofs.asked_in(person.sign_in_id)
    if g.partner is not None:
        clock.use(g.partner.clock_offset)
        g.time_zone = g.partner.time_zone
    readers.speak_to(person.language, g.partner and g.partner.language)


def speak_whole(route) -> None:
    """A page that is not for newcomers has no sentence of another language than the rest of it."""
    readers.speak_whole()


def ask_to_sign_in(route) -> AnyResponse | None:
    """Nobody is signed in: the way to the sign-in page, and back."""
    return _to_sign_in() if g.get("person") is None else None


def hide_from_all_but_the_operator(route) -> None:
    """To everybody else these addresses do not exist."""
    if not g.person.is_operator:
        abort(404)


def refuse_without_a_partner(route) -> Response | None:
    """A page of a partner's, asked for by somebody who belongs to none, or to one that is disabled."""
    if g.partner is None:
        return error_page(403, say("You belong to no partner yet"), say("Ask an owner of the partner to invite you."))
    return _disabled() if g.partner.disabled_at is not None else None


def refuse_forms_of_another_partner(route) -> AnyResponse | None:
    """A form of a page that was drawn while its reader acted for somebody else, in another window perhaps."""
    if _changes_something() and request.form.get("acting_for", str(g.partner.id)) != str(g.partner.id):
        return _of_another_partner()
    return None


def refuse_other_roles(route) -> Response | None:
    """A role that the route does not name."""
    if route.access.allows({g.partner.role}):
        return None
    sentence = say(
        "Your role here is {role}; this needs {named}.",
        role=ROLE_WORDS[g.partner.role],
        named=either(ROLE_WORDS[name] for name in sorted(route.access.names)),
    )
    return error_page(
        403,
        say("Your role does not allow this"),
        joined([sentence, say("Ask an owner of {name}.", name=g.partner.name)]),
    )


def settle_what_is_due(route) -> None:
    """What the partner is about to see, or to act on, stands as its moment has decided."""
    for settle in current_app.extensions["settles"]:
        settle(g.partner.id)


# Who may use a page, by the kind of its access: each guard in turn lets the request pass or answers it.
_OPEN = (refuse_text_that_no_database_keeps, refuse_forged_forms, know_who_it_is)
_CLUB = (*_OPEN, clubs.know_the_club, clubs.know_the_member)
_SIGNED_IN = (*_OPEN, ask_to_sign_in, keep_at_the_counter, speak_whole)
GUARDS: dict[str, tuple[Callable, ...]] = {
    PUBLIC_KIND: _OPEN,
    # A mail program sends its form without having seen a page (RFC 8058).
    SIGNED_LINK_KIND: (refuse_text_that_no_database_keeps, know_who_it_is),
    CLUB_KIND: _CLUB,
    MEMBER_KIND: (*_CLUB, clubs.ask_member_to_sign_in),
    SIGNED_IN_KIND: _SIGNED_IN,
    OPERATOR_KIND: (*_SIGNED_IN, hide_from_all_but_the_operator),
    ROLE_KIND: (
        *_SIGNED_IN,
        refuse_without_a_partner,
        refuse_forms_of_another_partner,
        refuse_other_roles,
        settle_what_is_due,
    ),
}


def _disabled() -> Response:
    text = say(
        "The operator of this portal has closed it for the time being. What it has here is kept. Ask the operator why."
    )
    return error_page(403, say("{name} is disabled", name=g.partner.name), text)


def _of_another_partner() -> AnyResponse:
    """A form of a page that was drawn before its reader chose to act for somebody else, in another window perhaps."""
    if kept := kept_forms.page():
        return kept
    text = say(
        "You work for {name} now, but this page was opened for another of your partners. Nothing was changed.",
        name=g.partner.name,
    )
    page = render_template(
        "errors/error.html", status=409, title=say("This form is another partner’s"), text=text,
        advice=say("Go back, choose that partner again in the menu, and send the form once more."),
    )  # fmt: skip
    return make_response(page, 409)


def _to_sign_in() -> AnyResponse:
    kept = kept_forms.page() if request.method not in SAFE else None
    if kept is not None:
        return kept
    place = url_for("account.sign_in", next=_shown_page())
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": place})
    return redirect(place)


def _shown_page() -> str:
    """Where to come back to. A fragment's address is no such place; the page around it is."""
    if not request.htmx:
        return request.full_path.rstrip("?") if request.method in SAFE else "/"
    try:
        shown = urlsplit(request.htmx.current_url or "")
    except ValueError:  # No browser sends that.
        return "/"
    return shown.path + (f"?{shown.query}" if shown.query else "")
