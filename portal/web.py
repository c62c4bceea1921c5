"""Pages: who is signed in and for whom they act, and the one error page."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from flask import (
    Response,
    abort,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf.csrf import CSRFError, CSRFProtect

from portal import clock, kept_forms
from portal.database import LOST, mend_connection
from portal.domain.accounts import sign_ins
from portal.domain.accounts.roles import MAY_EDIT, MAY_OWN
from portal.domain.accounts.tables import Partner
from portal.domain.errors import Busy, DomainError, Forbidden, Invalid, NotFound
from portal.domain.events import log
from portal.routing import OPERATOR_KIND, PUBLIC_KIND, ROLE_KIND, SIGNED_LINK_KIND

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SIGN_IN_KEY = "sign_in"

login_manager = LoginManager()
login_manager.session_protection = None  # The sign-in row decides, not the browser's name.
csrf = CSRFProtect()


@dataclass
class Person(UserMixin):
    """The signed-in person; `get_id` names the sign-in, so that ending its row signs every copy of the cookie out."""

    key: str
    sign_in_id: int
    user_id: int
    mail: str
    name: str
    is_operator: bool
    chosen_partner: int | None

    @property
    def email(self) -> str:
        """The mail address, as templates name it."""
        return self.mail

    def get_id(self) -> str:
        return self.key

    @cached_property
    def acting(self) -> "Acting | None":
        """The partner they act for, or None when they belong to none."""
        row = sign_ins.acting_for(self.user_id, self.chosen_partner)
        return row and Acting(*row)


@dataclass
class Acting:
    """The partner a signed-in person acts for, and their role there."""

    id: int
    uuid: str
    slug: str
    name: str
    time_zone: str
    currency: str
    clock_offset: int
    live_partner_id: int | None
    confirmed_at: int | None
    role: str
    parent_id: int | None
    logo: str | None
    present_terms: int | None
    accepted_terms: int | None
    disabled_at: int | None

    @property
    def is_test(self) -> bool:
        """Whether it is a test-mode twin."""
        return self.live_partner_id is not None

    @property
    def may_edit(self) -> bool:
        """Whether the role changes things; templates use it to leave out buttons, guards to refuse."""
        return self.role in MAY_EDIT

    @property
    def may_own(self) -> bool:
        """Whether the role handles the team and the tokens."""
        return self.role in MAY_OWN

    @property
    def home_id(self) -> int:
        """The live partner, also in its test mode."""
        return self.live_partner_id or self.id

    @property
    def must_accept_terms(self) -> bool:
        """Whether an owner is asked to accept the terms of use: a version is in force that none has accepted yet."""
        return self.may_own and not self.disabled_at and (self.present_terms or 0) > (self.accepted_terms or 0)

    @cached_property
    def row(self) -> Partner:
        """The partner as a row of its table."""
        return Partner.get_by_id(self.id)


@login_manager.user_loader
def _load_person(key: str) -> Person | None:
    row = sign_ins.find(key)
    return row and Person(key, row[0], row[1], row[2], row[3], bool(row[4]), row[5])


def guard(route):
    """The view of a page behind its guard, as Flask calls it."""

    def run(**path):
        try:
            refusal = _refusal(route)
            response = refusal if refusal is not None else make_response(route.view(**path))
        except DomainError as error:
            response = make_response(*_domain_error(error))
        except CSRFError:
            response = kept_forms.page() or error_page(
                400, "This form has grown old", "Go back, load the page again and send it once more."
            )
        except LOST as error:
            response = unavailable(error)
        if route.access.kind != PUBLIC_KIND or g.get("person") is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        response.vary.update(("Cookie", "HX-Request"))
        return response

    return run


def _refusal(route) -> Response | None:
    if any("\x00" in str(value) for value in (*request.args.values(), *(request.view_args or {}).values())):
        abort(400)
    if request.method not in SAFE:
        if route.access.kind != SIGNED_LINK_KIND:  # A mail program sends it without having seen a page (RFC 8058).
            csrf.protect()
        if any("\x00" in value for value in request.form.values()):
            abort(400)
    if "_user_id" in session and current_user.is_authenticated:
        _act()
    if route.access.kind in (PUBLIC_KIND, SIGNED_LINK_KIND):
        return None
    if g.get("person") is None:
        return _to_sign_in()
    if route.access.kind == OPERATOR_KIND and not g.person.is_operator:
        abort(404)
    if route.access.kind == ROLE_KIND:
        if g.partner is None:
            return error_page(403, "You belong to no partner yet", "Ask an owner of the partner to invite you.")
        if g.partner.disabled_at is not None:
            return _disabled()
        if request.method not in SAFE and request.form.get("acting_for", str(g.partner.id)) != str(g.partner.id):
            return _of_another_partner()
        if not route.access.allows({g.partner.role}):
            sentence = f"Your role here is {g.partner.role}; this needs {route.access.named()}."
            return error_page(403, "Your role does not allow this", f"{sentence} Ask an owner of {g.partner.name}.")
    return None


def _disabled() -> Response:
    text = (
        "The operator of this portal has closed it for the time being. What it has here is kept. Ask the operator why."
    )
    return error_page(403, f"{g.partner.name} is disabled", text)


def _of_another_partner() -> Response:
    """A form of a page that was drawn before its reader chose to act for somebody else, in another window perhaps."""
    text = (
        f"You act for {g.partner.name} now, but this page was opened for another of your partners. Nothing was changed."
    )
    page = render_template(
        "errors/error.html", status=409, title="This form is another partner’s", text=text,
        advice="Go back, choose that partner again in the menu, and send the form once more.",
    )  # fmt: skip
    return make_response(page, 409)


def _act() -> None:
    g.person = person = current_user._get_current_object()  # Templates ask it often, and a proxy looks it up each time.
    g.partner = person.acting
    log.acting_as(f"user:{person.user_id}", g.partner and g.partner.id)
    if g.partner is not None:
        clock.use(g.partner.clock_offset)
        g.time_zone = g.partner.time_zone


def _to_sign_in() -> Response:
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


def sign_in(key: str) -> None:
    """Begin a browser session for the sign-in; what the session held before is dropped, so that none can be planted."""
    session.clear()
    session["_user_id"] = key
    session["_fresh"] = True


def is_fragment() -> bool:
    """Whether htmx asks and wants the fragment alone (not for a boosted or restored page)."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def done(place: str, message: str | None = None, tone: str = "success") -> Response:
    """After an action: say it, and go on to a page; htmx is told to go there as well."""
    if message:
        flash(message, tone)
    if is_fragment():
        return Response(status=204, headers={"HX-Redirect": place})
    return redirect(place, 303)


def take_errors(form, error: DomainError) -> None:
    """Put what the domain refused beside the fields it came in, or on top of the form."""
    for field, sentence in (
        error.errors if isinstance(error, Invalid) else [(getattr(error, "field", None), error.sentence)]
    ):
        name = (field or "").split(".")[0]
        if name in form and form[name].type != "CSRFTokenField":
            form[name].errors = [*form[name].errors, sentence]
        else:
            form.form_errors.append(sentence)


def error_page(status: int, title: str, text: str) -> Response:
    """The one error page: what happened, and what to do."""
    page = render_template("errors/error.html", status=status, title=title, text=text)
    return make_response(page, status)


def unavailable(error: Exception | None = None) -> Response:
    """The database is away or full: plain words, no query needed to say them. The log says why, when an error is given."""
    if error is not None:
        current_app.logger.exception("the database cannot be used: %s", error)
        mend_connection()
    g.person = g.partner = None
    response = error_page(
        503,
        "Not available right now",
        "The portal cannot reach its database. Try again in a moment, and look first whether your change is there already.",
    )
    response.headers["Retry-After"] = "1"
    return response


def _domain_error(error: DomainError) -> tuple[Response, int]:
    if isinstance(error, NotFound):
        return not_found(), 404
    if isinstance(error, Forbidden):
        return error_page(403, "This is not allowed", error.sentence), 403
    if isinstance(error, Busy):
        return unavailable(), 503
    return error_page(400, "That did not work", error.sentence), 400


def not_found() -> Response:
    """Missing, or somebody else's."""
    return error_page(
        404, "There is nothing here", "It was removed, or it belongs to another partner. Check the address."
    )
